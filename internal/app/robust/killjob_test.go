package robust

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// workScene has one file loaded, and a second beside it that lies in wait.
func workScene(t *testing.T) (template, file string) {
	t.Helper()
	dir := folder(t)
	template = filepath.Join(dir, "t")
	must(t, "import", logFile(t, filepath.Join(dir, "erste.csv"), 0, secondCases, 0), "--data", template, "--table", "events", "--process", "p")
	return template, logFile(t, filepath.Join(dir, "zweite.csv"), secondCases, 2*secondCases, 0)
}

// The server is killed while it derives cases, because a rule changed that was acknowledged, or merges files: the facts
// are what they were, the rule is in force, and the job is done at the next start or can be repeated.
func TestKillJob(t *testing.T) {
	template, file := workScene(t)
	for _, kind := range []string{"derive", "compact"} {
		duration, want := workOnce(t, copyTree(t, template, filepath.Join(folder(t), "d")), kind, file)
		points := times(4, 25)
		t.Run(kind, func(t *testing.T) {
			for i := range points {
				t.Run(fmt.Sprint(i), func(t *testing.T) {
					t.Parallel()
					after := time.Duration((float64(i) + 0.5) / float64(points) * float64(duration))
					killedAtWork(t, copyTree(t, template, filepath.Join(folder(t), "d")), kind, file, after, want)
				})
			}
		})
	}
}

// work brings a job of a kind about and returns when it is there: a change of the rules asks for a derivation, the load
// of a second file for a merge. It answers the command that waits for the load.
func work(t *testing.T, s *server, kind, file string) *exec.Cmd {
	t.Helper()
	if kind == "derive" {
		var settings struct {
			Value   map[string]any
			Version int
		}
		s.get("/settings", &settings)
		settings.Value["automatic_activities"] = []any{map[string]any{"process": "p", "activity": "Schritt 1"}}
		s.ask(person{}, 200, "PUT", "/settings", fmt.Sprint(settings.Version), settings.Value, nil)
		return nil
	}
	cmd := command("import", file, "--data", s.dir, "--table", "events", "--process", "p")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for !slices.ContainsFunc(s.jobs(), func(j task) bool { return j.Kind == kind }) {
		time.Sleep(time.Millisecond)
	}
	return cmd
}

func workOnce(t *testing.T, dir, kind, file string) (time.Duration, state) {
	t.Helper()
	s := serve(t, dir)
	cmd := work(t, s, kind, file)
	start := time.Now()
	s.settled()
	took := time.Since(start)
	if cmd != nil {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	defer s.stop()
	return took, read(t, s)
}

func killedAtWork(t *testing.T, dir, kind, file string, after time.Duration, want state) {
	s := serve(t, dir)
	cmd := work(t, s, kind, file)
	time.Sleep(after)
	s.kill()
	if cmd != nil {
		cmd.Wait() // it may have been answered or not
	}
	s = serve(t, dir)
	for _, j := range s.settled() {
		switch {
		case j.State == "done":
		case j.State == "interrupted" && j.EndedAt != nil && (kind == "compact" || j.Kind == kind):
			t.Logf("%s broken off after %v", j.Kind, after.Round(time.Millisecond))
			if again := s.repeat(j.ID); again.State != "done" {
				t.Errorf("%+v %+v", again, again.Error)
			}
		default:
			t.Errorf("%+v", j)
		}
	}
	if now := read(t, s); now != want {
		t.Errorf("after the kill:\n%+v\nwant %+v", now, want)
	}
	if kind == "derive" {
		var settings struct {
			Value struct {
				Automatic []struct{ Process, Activity string } `json:"automatic_activities"`
			}
		}
		s.get("/settings", &settings)
		if !slices.Contains(settings.Value.Automatic, struct{ Process, Activity string }{"p", "Schritt 1"}) {
			t.Errorf("%+v", settings)
		}
	}
	whole(t, s)
	if status := s.stop(); status != 0 {
		t.Errorf("serve ended with %d", status)
	}
	nothingHalf(t, dir)
}
