package robust

import (
	"os"
	"path/filepath"
	"testing"
)

// A backup that is taken while the files of a table are merged holds one state of the instance: restored into another
// folder it tells the same as the instance itself, with every file whole.
func TestBackupWhileFilesAreMerged(t *testing.T) {
	template, file := workScene(t)
	during := 0
	for i := range times(4, 20) {
		dir := copyTree(t, template, filepath.Join(folder(t), "d"))
		s := serve(t, dir)
		cmd := work(t, s, "compact", file)
		archive := filepath.Join(folder(t), "a.tar")
		if i%2 == 1 {
			cmd.Wait() // the load is answered, its files are merged afterwards
		}
		open := merging(s)
		must(t, "backup", archive, "--data", dir)
		if open {
			during++
		}
		if i%2 == 0 {
			cmd.Wait()
		}
		if code := cmd.ProcessState.ExitCode(); code != 0 {
			t.Errorf("import: %d", code)
		}
		s.settled()
		now := read(t, s)
		whole(t, s)
		s.stop()
		nothingHalf(t, dir)
		restored(t, archive, now)
	}
	if during == 0 {
		t.Error("no backup began while files were merged")
	}
	t.Logf("%d backups began while files were merged", during)
}

// merging says whether a merge waits or runs.
func merging(s *server) bool {
	for _, j := range s.jobs() {
		if j.Kind == "compact" && j.EndedAt == nil {
			return true
		}
	}
	return false
}

// restored checks what a backup holds against the instance that it was taken of.
func restored(t *testing.T, archive string, want state) {
	t.Helper()
	to := filepath.Join(folder(t), "r")
	must(t, "restore", archive, "--data", to)
	must(t, "check", "--data", to)
	s := serve(t, to)
	for _, j := range s.settled() {
		if j.State != "done" && j.State != "interrupted" {
			t.Errorf("%+v %+v", j, j.Error)
		}
	}
	if got := read(t, s); got != want {
		t.Errorf("restored:\n%+v\nwant %+v", got, want)
	}
	whole(t, s)
	s.stop()
	nothingHalf(t, to)
	if err := os.Remove(archive); err != nil {
		t.Error(err)
	}
}
