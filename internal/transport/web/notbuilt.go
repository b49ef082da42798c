//go:build !webui

package web

import "io/fs"

// Files are nil: this binary was built without the tag webui.
func Files() fs.FS { return nil }
