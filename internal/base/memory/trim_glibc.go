//go:build linux && cgo

package memory

/*
#include <features.h>
#ifdef __GLIBC__
#include <malloc.h>
static void lotse_trim(void) { malloc_trim(0); }
#else
static void lotse_trim(void) {}
#endif
*/
import "C"

// trim asks the C library to return the free pages of all its arenas, which it keeps otherwise (malloc_trim(3)).
func trim() { C.lotse_trim() }
