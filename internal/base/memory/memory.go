// Package memory gives back to the system what a pass over much data left behind: the free pages of Go's heap and,
// where the C library can say so, those of the libraries written in C.
package memory

import "runtime/debug"

// Release collects garbage and returns free pages to the system. It takes some ten milliseconds; call it when a large
// piece of work is done or nobody waits.
func Release() {
	debug.FreeOSMemory()
	trim()
}
