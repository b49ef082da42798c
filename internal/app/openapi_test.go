package app_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write api/openapi.json anew")

// The committed contract is what the operations say. Refresh it by make generate.
func TestOpenAPIIsCurrent(t *testing.T) {
	path := filepath.Join("..", "..", "api", "openapi.json")
	got := open(t, t.TempDir()).OpenAPI()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Fatal("api/openapi.json does not say what the operations say; run make generate and look at the difference")
	}
}
