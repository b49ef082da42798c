// Package basetest helps tests to find the real public data that stands beside a checkout, and to run themselves in a
// process that they kill.
package basetest

import (
	"os"
	"path/filepath"
	"testing"
)

// SharedData returns the path of a file or folder below shared/data beside the checkout (parts are joined). When it is
// absent the test is skipped with a message that says so.
func SharedData(t testing.TB, parts ...string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
	path := filepath.Join(append([]string{dir, "..", "shared", "data"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("shared data absent: %s", filepath.Join(parts...))
	}
	return path
}
