package intake_test

import (
	"os"
	"path/filepath"
	"testing"
)

// A workbook inside a .gz is unpacked in the instance's own folder, and nothing of it stays: neither after use, nor after
// a refusal, nor after a process that was killed in between.
func TestPackedWorkbookIsUnpackedInTheInstance(t *testing.T) {
	h := newHouse(t)
	good := write(t, "a.xlsx.gz", packed([]byte(workbook(sheetOf("Vorgang;Schritt;Zeit", "A;x;13.11.2025 08:00", "A;y;14.11.2025 08:00")))))
	cut := write(t, "b.xlsx.gz", packed([]byte(workbook(sheetOf("Vorgang;Schritt;Zeit", "A;x;13.11.2025 08:00"))[:200])))
	left := filepath.Join(h.dir, "tmp", "intake", "lotse-1.xlsx")
	h.must(os.WriteFile(left, []byte("half"), 0o600))
	h.close()
	t.Setenv("TMPDIR", filepath.Join(h.dir, "nowhere"))
	again, err := openHouse(t.Context(), h.dir)
	h.must(err)
	again.t = t
	defer again.close()
	if out := again.mustLoad(good, events("p")); out.RowsLoaded != 2 {
		t.Errorf("%d rows", out.RowsLoaded)
	}
	if _, err := again.load(cut, events("q")); codeOf(err) != "xlsx_damaged" {
		t.Errorf("damaged: %v", err)
	}
	entries, err := os.ReadDir(filepath.Dir(left))
	if err != nil || len(entries) != 0 {
		t.Errorf("left behind: %v %v", entries, err)
	}
}
