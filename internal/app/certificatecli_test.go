package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A certificate is written and verified from the command line: whole, changed, by its hash, by a hash of nobody.
func TestCertificateByCommand(t *testing.T) {
	h, _, p, c := proven(t)
	if out, status := h.check(); status != 0 { // it gives the folder back
		t.Fatal(out)
	}
	sh := shell{t: t}
	file := filepath.Join(t.TempDir(), "nachweis.pdf")
	write := []string{"certificate", "write", p.ID, "--out", file, "--data", h.dir}
	if _, errs, status := sh.run(write...); status != 0 {
		t.Fatal(errs)
	}
	if _, errs, status := sh.run(write...); status == 0 || !strings.Contains(errs, "gibt es schon") {
		t.Errorf("written over: %s", errs)
	}
	pdf, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := filepath.Join(t.TempDir(), "anders.pdf")
	pdf[len(pdf)/2] ^= 1
	if err := os.WriteFile(changed, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	var out struct {
		Genuine, Holds bool
		Closing        *struct{ ID, Hash string }
	}
	verify := func(what string) int {
		t.Helper()
		out.Genuine, out.Holds, out.Closing = false, false, nil
		text, errs, status := sh.run("certificate", "verify", what, "--json", "--data", h.dir)
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			t.Fatalf("%v: %s %s", err, text, errs)
		}
		return status
	}
	if status := verify(file); status != 0 || !out.Genuine || !out.Holds || out.Closing == nil || out.Closing.ID != c.ID {
		t.Fatalf("%d %+v", status, out)
	}
	if status := verify(strings.ToUpper(out.Closing.Hash)); status != 0 || !out.Holds {
		t.Errorf("by hash: %d %+v", status, out)
	}
	if status := verify(changed); status == 0 || out.Genuine || out.Holds {
		t.Errorf("changed: %d %+v", status, out)
	}
	if status := verify(strings.Repeat("0", 64)); status == 0 || out.Genuine || out.Closing != nil {
		t.Errorf("of nobody: %d %+v", status, out)
	}
}
