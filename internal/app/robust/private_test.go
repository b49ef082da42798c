package robust

import (
	"io/fs"
	"path/filepath"
	"testing"
)

// Whoever else works at the machine reads nothing of an instance, not even where the folder around it is open to all.
func TestFilesOfAnInstanceArePrivate(t *testing.T) {
	dir := folder(t)
	file := write(t, filepath.Join(dir, "log.csv"), "case_id,activity,time\n1,a,2024-01-13 10:00\n1,b,gestern\n")
	data := filepath.Join(dir, "data")
	must(t, "import", file, "--data", data, "--table", "events", "--process", "p", "--allow-refused", "1")
	err := filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
