// Command lotse is the server, the command line and the web app of Lotse in one binary.
package main

import (
	"os"

	"lotse.dev/lotse/internal/app"
)

func main() { os.Exit(app.Main()) }
