package robust

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// The two files of the kill tests: the first is loaded before, the second is on its way when the process dies. Some
// rows of the second have no time and are refused on the user's word.
const (
	firstCases, secondCases = 400, 3000
	steps                   = 6
	badRows                 = 5
)

// logFile writes an event log of cases [from, to), each with six steps, and badRows rows without time.
func logFile(t testing.TB, path string, from, to, bad int) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("Vorgang;Schritt;Zeit;Bearbeiter;Betrag\n")
	start := time.Date(2025, 1, 13, 8, 0, 0, 0, time.UTC)
	for c := from; c < to; c++ {
		for i := range steps {
			at := start.Add(time.Duration(c)*11*time.Minute + time.Duration(i*(c%7+1))*time.Hour)
			fmt.Fprintf(&b, "V%06d;Schritt %d;%s;Person %d;%d,50\n", c, (i*(c%3+1))%steps, at.Format("02.01.2006 15:04:05"), c%9, c%1000)
		}
	}
	for i := range bad {
		fmt.Fprintf(&b, "V%06d;Schritt 1;;Person 1;1,50\n", from+i)
	}
	return write(t, path, b.String())
}

// state is what a data folder tells of the process and its loads.
type state struct {
	summary string // JSON of process summary
	loads   string // file names of the loads in force with their rows
}

// scene is a template of a data folder with the states that may follow a kill.
type scene struct {
	template string
	args     []string // of the command that is killed, without --data
	old, new state
	kind     string // of the job that does the work

	duration atomic.Int64 // of the whole command, as last measured
	mu       sync.Mutex
	seen     map[string]int // how often which state was found
}

func (sc *scene) command(dir string) *exec.Cmd {
	return command(append(slices.Clone(sc.args), "--data", dir)...)
}

func (sc *scene) note(what string) {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	sc.seen[what]++
}

// whole runs the command undisturbed and notes how long it takes.
func (sc *scene) whole(t testing.TB, dir string) {
	t.Helper()
	start := time.Now()
	if r := finish(t, sc.command(dir)); r.status != 0 {
		t.Fatalf("%v: %d %s", sc.args, r.status, r.errs)
	}
	sc.duration.Store(int64(time.Since(start)))
}

// read asks a running server for the state; derived cases must agree with the events.
func read(t testing.TB, s *server) state {
	t.Helper()
	var summary json.RawMessage
	s.get("/processes/p/summary", &summary)
	var n struct{ Cases int64 }
	if err := json.Unmarshal(summary, &n); err != nil {
		t.Fatal(err)
	}
	var sets struct {
		Items []struct {
			Table string
			Rows  int64
		}
	}
	s.get("/datasets", &sets)
	for _, d := range sets.Items {
		if d.Table == "cases" && d.Rows != n.Cases {
			t.Errorf("%d derived cases, %d in the events", d.Rows, n.Cases)
		}
	}
	return state{summary: string(summary), loads: inForce(t, s)}
}

func inForce(t testing.TB, s *server) string {
	t.Helper()
	var list struct {
		Items []struct {
			File, State string
			RowsLoaded  int64 `json:"rows_loaded"`
			RowsRefused int64 `json:"rows_refused"`
		}
	}
	s.get("/loads", &list)
	var out []string
	for _, l := range list.Items {
		if l.State == "loaded" {
			out = append(out, fmt.Sprintf("%s %d %d", l.File, l.RowsLoaded, l.RowsRefused))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

func stateOf(t testing.TB, dir string) state {
	t.Helper()
	s := serve(t, dir)
	s.settled()
	out := read(t, s)
	if status := s.stop(); status != 0 {
		t.Errorf("serve ended with %d", status)
	}
	return out
}

// importScene has the first file loaded and the second to come.
func importScene(t *testing.T) *scene {
	dir := folder(t)
	first := logFile(t, filepath.Join(dir, "erste.csv"), 0, firstCases, 0)
	second := logFile(t, filepath.Join(dir, "zweite.csv"), firstCases, firstCases+secondCases, badRows)
	sc := &scene{template: filepath.Join(dir, "t"), kind: "load", seen: map[string]int{}}
	must(t, "import", first, "--data", sc.template, "--table", "events", "--process", "p")
	sc.args = []string{"import", second, "--table", "events", "--process", "p", "--allow-refused", strconv.Itoa(badRows)}
	done := copyTree(t, sc.template, filepath.Join(dir, "n"))
	sc.whole(t, done)
	sc.old, sc.new = stateOf(t, sc.template), stateOf(t, done)
	for _, c := range []struct {
		state state
		cases int
	}{{sc.old, firstCases}, {sc.new, firstCases + secondCases}} {
		var n struct{ Cases, Events int }
		if err := json.Unmarshal([]byte(c.state.summary), &n); err != nil || n.Cases != c.cases || n.Events != steps*c.cases {
			t.Fatalf("%s %v", c.state.summary, err)
		}
	}
	return sc
}

// undoScene has both files loaded and the second on its way out.
func undoScene(t *testing.T) *scene {
	from := importScene(t)
	from.whole(t, from.template)
	sc := &scene{template: from.template, kind: "undo", seen: map[string]int{}, args: []string{"load", "undo", "2"}, old: from.new, new: from.old}
	sc.whole(t, copyTree(t, sc.template, filepath.Join(folder(t), "n")))
	return sc
}

// trigger is a moment that can be seen from outside: the process is killed shortly after it.
type trigger struct {
	name string
	seen func(dir string) bool
}

var triggers = []trigger{
	{"file arrives", func(dir string) bool { return count(dir, "uploads/*") > 0 }},
	{"rows are written", func(dir string) bool { return count(dir, "lake/events_p/*.tmp") > 0 }},
	{"rows are in place", func(dir string) bool { return count(dir, "lake/events_p/*.parquet") > 1 }},
	{"cases are written", func(dir string) bool { return count(dir, "lake/cases_p/*.tmp") > 0 }},
	{"refused rows are in place", func(dir string) bool { return count(dir, "refused/*.gz") > 0 }},
}

func count(dir, pattern string) int {
	found, _ := filepath.Glob(filepath.Join(dir, pattern)) // the pattern is a good one
	return len(found)
}

// killAfter starts the command, waits for the moment and kills it. It answers whether it had ended by itself.
func (sc *scene) killAfter(t testing.TB, dir string, moment func(ended <-chan struct{})) bool {
	t.Helper()
	cmd := sc.command(dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { cmd.Wait(); close(ended) }()
	moment(ended)
	cmd.Process.Kill()
	<-ended
	if code := cmd.ProcessState.ExitCode(); code > 0 {
		t.Errorf("the command failed before it was killed: %d", code)
	}
	return cmd.ProcessState.Exited()
}

// point kills the command after a share of its duration.
func (sc *scene) point(t *testing.T, i int, share float64) {
	sc.attempt(t, i, func(ended <-chan struct{}) {
		select {
		case <-ended:
		case <-time.After(time.Duration(share * float64(sc.duration.Load()))):
		}
	})
}

// moment kills the command some time after a moment that can be seen.
func (sc *scene) moment(t *testing.T, i int, tr trigger, after time.Duration) {
	dir := ""
	sc.attemptIn(t, i, &dir, func(ended <-chan struct{}) {
		for !tr.seen(dir) {
			select {
			case <-ended:
				return
			case <-time.After(500 * time.Microsecond):
			}
		}
		time.Sleep(after)
	})
}

func (sc *scene) attempt(t *testing.T, i int, moment func(ended <-chan struct{})) {
	dir := ""
	sc.attemptIn(t, i, &dir, moment)
}

// attemptIn kills the command in a copy of the template and checks all that must hold afterwards.
func (sc *scene) attemptIn(t *testing.T, i int, dir *string, moment func(ended <-chan struct{})) {
	*dir = copyTree(t, sc.template, filepath.Join(folder(t), "d"))
	byItself := sc.killAfter(t, *dir, moment)
	s := serve(t, *dir)
	jobs := s.settled()
	now := read(t, s)
	if now != sc.old && now != sc.new {
		t.Fatalf("neither the old state nor the new one:\n%+v\nold %+v\nnew %+v", now, sc.old, sc.new)
	}
	broken := sc.brokenOff(t, jobs)
	sc.note(describe(now == sc.new, broken, byItself))
	whole(t, s)
	switch {
	case i%3 == 0 && broken != nil:
		sc.repeatJob(t, s, broken.ID, now)
		s.stop()
	case i%3 == 1:
		sc.again(t, *dir, now)
		s.stop()
	default:
		s.stop()
		sc.again(t, *dir, now)
	}
	if status := s.stop(); status != 0 {
		t.Errorf("serve ended with %d", status)
	}
	nothingHalf(t, *dir)
	if after := stateOf(t, *dir); after != sc.new {
		t.Errorf("after the repetition:\n%+v\nwant %+v", after, sc.new)
	}
}

func describe(isNew bool, broken *task, byItself bool) string {
	switch {
	case byItself:
		return "ended before the kill"
	case isNew && broken != nil:
		return "new state, job broken off"
	case isNew:
		return "new state, job done"
	case broken != nil:
		return "old state, job broken off"
	}
	return "old state, no job yet"
}

// brokenOff finds the job that the kill broke off; every other job must have ended well.
func (sc *scene) brokenOff(t testing.TB, jobs []task) *task {
	t.Helper()
	var broken *task
	for i, j := range jobs {
		switch j.State {
		case "done":
		case "interrupted":
			if j.EndedAt == nil {
				t.Errorf("a job broken off without end: %+v", j)
			}
			if j.Kind == sc.kind {
				broken = &jobs[i]
			}
		default:
			t.Errorf("job %+v", j)
		}
	}
	return broken
}

// whole lets the program check itself and compares the number of files with what is on the disk.
func whole(t testing.TB, s *server) {
	t.Helper()
	var report struct {
		OK    bool
		Items []struct {
			Code, Detail string
			OK           bool
			Looked       int
		}
	}
	s.get("/instance/check", &report)
	if !report.OK {
		t.Errorf("check: %+v", report.Items)
	}
	for _, c := range report.Items {
		if files := count(s.dir, "lake/*/*"); c.Code == "lake" && c.Looked != files {
			t.Errorf("the books know %d files, there are %d", c.Looked, files)
		}
	}
}

// repeatJob presses "repeat" on the job that was broken off. What had been committed already is not done twice.
func (sc *scene) repeatJob(t testing.TB, s *server, id string, now state) {
	t.Helper()
	j := s.repeat(id)
	if sc.kind == "undo" && now == sc.new {
		if j.State != "failed" || j.Error == nil || j.Error.Code != "load_not_in_force" {
			t.Errorf("repeated undo: %+v", j)
		}
		return
	}
	if j.State != "done" {
		t.Errorf("repeated: %+v %+v", j, j.Error)
	}
}

// again runs the same command once more, by itself or through a running server.
func (sc *scene) again(t testing.TB, dir string, now state) {
	t.Helper()
	_, err := os.Stat(filepath.Join(dir, "lotse.sock"))
	start := time.Now()
	r := finish(t, sc.command(dir))
	switch {
	case sc.kind == "undo" && now == sc.new:
		if r.status != 0 || !strings.Contains(r.out, "Geändert wurde nichts") {
			t.Errorf("undone twice: %d %s%s", r.status, r.out, r.errs)
		}
	case r.status != 0:
		t.Errorf("repeated: %d %s", r.status, r.errs)
	case err != nil && now == sc.old:
		sc.duration.Store((3*sc.duration.Load() + int64(time.Since(start))) / 4) // the machine may be busier now than before
	}
}

// killEverywhere kills at points spread over the whole duration and at moments seen from outside.
func (sc *scene) killEverywhere(t *testing.T, points int, after []time.Duration) {
	t.Run("points", func(t *testing.T) {
		for i := range points {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				sc.point(t, i, (float64(i)+0.5)/float64(points))
			})
		}
		for k, tr := range triggers {
			for i, d := range after {
				t.Run(tr.name, func(t *testing.T) {
					t.Parallel()
					sc.moment(t, k+i, tr, d)
				})
			}
		}
	})
	for i := 0; sc.seen["new state, job done"]+sc.seen["new state, job broken off"]+sc.seen["ended before the kill"] == 0; i++ {
		sc.point(t, i, 1+float64(i)/5) // on a machine that became slower no point was late enough
	}
	t.Log(sc.seen)
	if sc.kind == "load" && sc.seen["old state, job broken off"] == 0 {
		t.Error("no kill broke off the work")
	}
}

func TestKillImport(t *testing.T) {
	importScene(t).killEverywhere(t, times(20, 240), []time.Duration{0, 3 * time.Millisecond}[:times(1, 2)])
}

func TestKillUndo(t *testing.T) {
	sc := undoScene(t)
	sc.killEverywhere(t, times(4, 50), nil)
}
