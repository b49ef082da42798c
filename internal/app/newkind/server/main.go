// Command server is Lotse with one register more. The browser tests start it; nobody delivers it.
package main

import (
	"os"

	"lotse.dev/lotse/internal/app"
	"lotse.dev/lotse/internal/app/newkind"
)

func main() { os.Exit(app.Main(newkind.Parcel.Def())) }
