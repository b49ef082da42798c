package robust

import (
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
)

// A backup that is killed, by itself or with the server that gives it, leaves the instance as it was and no file that
// is taken for a backup; the next one is made as if nothing had been.
func TestKillBackup(t *testing.T) {
	sc := importScene(t)
	template := sc.template
	must(t, sc.command(template).Args[1:]...)
	start := time.Now()
	must(t, "backup", filepath.Join(folder(t), "a.tar"), "--data", template)
	duration := time.Since(start)
	before := stateOf(t, template)
	points := times(6, 50)
	var half, made atomic.Int64
	t.Run("points", func(t *testing.T) {
		for i := range points {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				after := time.Duration((float64(i) + 0.5) / float64(points) * float64(duration) * 1.2)
				dir := copyTree(t, template, filepath.Join(folder(t), "d"))
				file := filepath.Join(folder(t), "a.tar")
				killedBackup(t, dir, file, after, i%2 == 0)
				if takenOrNothing(t, dir, file, before) {
					made.Add(1)
				} else {
					half.Add(1)
				}
			})
		}
	})
	t.Logf("%d backups were broken off, %d were made before the kill", half.Load(), made.Load())
	if half.Load() == 0 {
		t.Error("no kill broke off a backup")
	}
}

// killedBackup kills the command, or the server that answers it, after some time.
func killedBackup(t *testing.T, dir, file string, after time.Duration, alone bool) {
	t.Helper()
	var s *server
	if !alone {
		s = serve(t, dir)
	}
	cmd := command("backup", file, "--data", dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { cmd.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(after):
	}
	if alone {
		cmd.Process.Kill()
		<-ended
		return
	}
	s.kill() // the command ends by itself: its answer is cut off
	<-ended
	if _, err := os.Stat(file + ".tmp"); err == nil {
		t.Error("a command that could clean up left its half file")
	}
}

// takenOrNothing checks what a kill left: a whole backup that is taken, or a file that is refused, or none.
func takenOrNothing(t *testing.T, dir, file string, before state) bool {
	t.Helper()
	made := false
	for _, name := range []string{file, file + ".tmp"} {
		if _, err := os.Stat(name); err != nil {
			continue
		}
		to := filepath.Join(folder(t), "r")
		switch r := lotse(t, "restore", name, "--data", to); {
		case r.status == 0:
			if after := stateOf(t, to); after != before {
				t.Errorf("%s was taken and is another instance:\n%+v\nbefore\n%+v", name, after, before)
			}
			nothingHalf(t, to)
			made = made || name == file
		case r.status != 4 || name == file:
			t.Errorf("%s: %d %s", name, r.status, r.errs)
		default:
			missing(t, to)
		}
	}
	if now := stateOf(t, dir); now != before {
		t.Errorf("the instance changed:\n%+v\nbefore\n%+v", now, before)
	}
	must(t, "check", "--data", dir)
	nothingHalf(t, dir)
	os.Remove(file)
	must(t, "backup", file, "--data", dir)
	missing(t, file+".tmp")
	return made
}
