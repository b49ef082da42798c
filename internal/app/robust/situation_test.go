package robust

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// situation is one that a machine or its people bring about, with the answer of Lotse.
type situation struct {
	name   string
	status int
	says   string
	after  string // what holds afterwards
}

var situations = []situation{
	{"port taken", 1, "ist schon belegt", "no data folder is made"},
	{"address that is none", 2, "Rechner:Port", "no data folder is made"},
	{"second server on a folder", 1, "arbeitet gerade ein anderer Prozess", "the first goes on"},
	{"import while a server runs", 0, "", "loaded by the server, through its socket"},
	{"two imports at once through a server", 0, "", "both are loaded, one after the other"},
	{"two imports at once without a server", 1, "arbeitet gerade ein anderer Prozess", "who has the lock loads; the other says so and can repeat"},
	{"folder that cannot be made", 1, "kann nicht beschrieben werden", "nothing"},
	{"folder not writable", 1, "kann nicht beschrieben werden", "unchanged"},
	{"file that may not be read", 4, "darf nicht gelesen werden", "unchanged"},
	{"disk that is mounted read-only", 1, "kann nicht beschrieben werden", "unchanged"},
	{"disk full during import", 1, "kein Platz mehr", "the earlier state whole; the repetition with space loads"},
	{"disk full during backup", 1, "kein Platz mehr", "no file; the repetition with space backs up"},
	{"backup into a folder that cannot be written", 1, "kann nicht beschrieben werden", "no file"},
	{"instance without room during backup", 1, "kein Platz mehr", "no file; the repetition with space backs up"},
	{"signing on a full disk", 1, "kein Platz mehr", "not signed, no entry of the ledger; the repetition signs"},
	{"job on a full disk", 0, "", "the job failed and says so; its repetition is done"},
	{"signing with the clock set back", 4, "vor dem letzten Eintrag", "not signed"},
	{"loading with the clock set back", 0, "", "loaded, and marked"},
	{"signing killed at any point", 0, "", "what was acknowledged is signed and stands in the ledger, nothing by half"},
	{"job killed at any point", 0, "", "done at the next start, or broken off and repeatable"},
	{"backup killed at any point", 0, "", "no file that restore takes for whole when it is not; the instance as it was"},
	{"folder written by a newer version", 4, "einer neueren Version", "unchanged"},
	{"folder of something else", 4, "ist keine Instanz von Lotse", "unchanged"},
	{"no instance in the folder", 3, "keine Instanz von Lotse", "the folder is not made"},
	{"lotse.db damaged", 1, "lotse.db ist beschädigt", "unchanged"},
	{"file of the lake removed", 1, "nicht unversehrt", "lotse check names the file"},
	{"data folder copied elsewhere", 0, "", "every figure equal"},
	{"data folder with a very long path", 0, "", "server and commands work"},
	{"clock that was years ahead and is right again", 0, "", "loads, lists and undo work"},
	{"browser closed during upload", 0, "", "nothing stays, the server goes on"},
	{"server ended during a load", 1, "wiederholt werden", "job broken off and repeatable, or done"},
	{"import killed at any point", 0, "", "old or new state whole; job broken off and repeatable"},
	{"undo killed at any point", 0, "", "old or new state whole"},
	{"first import killed while the instance is made", 0, "", "the repetition makes it"},
}

// answers checks what a command left against the row of a situation, in German and, run again, in English.
func answers(t *testing.T, name, place string, args ...string) {
	t.Helper()
	check(t, name, place, lotse(t, args...), lotse(t, append(args, "--json", "--lang", "en")...))
}

func check(t *testing.T, name, place string, german, english result) {
	t.Helper()
	for _, s := range situations {
		if s.name != name {
			continue
		}
		if german.status != s.status || !strings.Contains(german.errs, s.says) || !strings.Contains(german.errs, place) {
			t.Errorf("%s: status %d, says %s", name, german.status, german.errs)
		}
		if s.status == 0 {
			return
		}
		e := problemOf(t, english)
		if english.status != s.status || e.Code == "internal" || e.Text == "" || e.Hint == "" || strings.Contains(german.errs, e.Text) {
			t.Errorf("%s in English: %d %+v", name, english.status, e)
		}
		return
	}
	t.Errorf("no situation %q", name)
}

// small makes an instance with one small log and returns its folder.
func small(t *testing.T) string {
	t.Helper()
	dir := folder(t)
	data := filepath.Join(dir, "d")
	must(t, "import", logFile(t, filepath.Join(dir, "a.csv"), 0, 40, 0), "--data", data, "--table", "events", "--process", "p")
	return data
}

func missing(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Lstat(path); err == nil {
		t.Errorf("%s was made", path)
	}
}

func unchanged(t *testing.T, dir string, do func()) {
	t.Helper()
	before := treeSum(t, dir)
	do()
	if after := treeSum(t, dir); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

func TestPortTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	dir := filepath.Join(folder(t), "d")
	answers(t, "port taken", l.Addr().String(), "serve", "--data", dir, "--listen", l.Addr().String())
	answers(t, "address that is none", "127.0.0.1", "serve", "--data", dir, "--listen", "127.0.0.1:nix")
	missing(t, dir)
}

func TestFolderTaken(t *testing.T) {
	dir := small(t)
	s := serve(t, dir)
	answers(t, "second server on a folder", dir, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	second := logFile(t, filepath.Join(folder(t), "b.csv"), 40, 80, 0)
	check(t, "import while a server runs", "", lotse(t, "import", second, "--data", dir, "--table", "events", "--process", "p"), result{})
	if got := inForce(t, s); got != "a.csv 240 0\nb.csv 240 0" {
		t.Error(got)
	}
	if s.peak() > maxMemory {
		t.Errorf("the server took %d MB", s.peak()>>20)
	}
}

// both runs an import of two different files at once and returns how each ended.
func both(t *testing.T, data string) [2]result {
	t.Helper()
	dir := folder(t)
	var out [2]result
	var group sync.WaitGroup
	for i := range out {
		file := logFile(t, filepath.Join(dir, fmt.Sprintf("%d.csv", i)), 1000*(i+1), 1000*(i+1)+800, 0)
		group.Go(func() {
			out[i] = lotse(t, "import", file, "--data", data, "--table", "events", "--process", "p", "--json", "--lang", "en")
		})
	}
	group.Wait()
	return out
}

func TestTwoImportsAtOnce(t *testing.T) {
	dir := small(t)
	s := serve(t, dir)
	for _, r := range both(t, dir) {
		check(t, "two imports at once through a server", "", r, r)
	}
	if got := inForce(t, s); got != "0.csv 4800 0\n1.csv 4800 0\na.csv 240 0" {
		t.Error(got)
	}
	s.settled()
	if now := read(t, s); !strings.Contains(now.summary, `"cases":1640`) {
		t.Error(now.summary)
	}
	s.stop()
	nothingHalf(t, dir)
}

func TestTwoImportsAtOnceWithoutServer(t *testing.T) {
	dir := small(t)
	loaded := int64(240)
	for _, r := range both(t, dir) {
		if r.status == 0 {
			loaded += 4800
		} else if e := problemOf(t, r); e.Code != "instance_locked" || e.Place.File != dir || e.Hint == "" || r.status != 1 {
			t.Errorf("%d %+v", r.status, e)
		}
	}
	if n := lakeRows(t, dir); n != loaded || n == 240 {
		t.Errorf("%d rows, want %d", n, loaded)
	}
	nothingHalf(t, dir)
	holder := serve(t, dir)
	os.Remove(filepath.Join(dir, "lotse.sock")) // a holder that cannot be spoken to, as a command is
	answers(t, "two imports at once without a server", dir, "check", "--data", dir)
	holder.stop()
}

func TestOtherFolders(t *testing.T) {
	dir := folder(t)
	answers(t, "no instance in the folder", dir, "load", "list", "--data", filepath.Join(dir, "x"))
	missing(t, filepath.Join(dir, "x"))
	write(t, filepath.Join(dir, "Steuer.pdf"), "%PDF")
	unchanged(t, dir, func() {
		answers(t, "folder of something else", dir, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	})
}

func TestNewerVersion(t *testing.T) {
	dir := small(t)
	change(t, dir, `INSERT INTO goose_db_version(version_id, is_applied) VALUES (999999, 1)`)
	unchanged(t, dir, func() {
		answers(t, "folder written by a newer version", dir, "check", "--data", dir)
		answers(t, "folder written by a newer version", dir, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	})
}

func TestDamagedInstance(t *testing.T) {
	dir := small(t)
	files, err := filepath.Glob(filepath.Join(dir, "lake", "events_p", "*.parquet"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	whole := copyTree(t, dir, filepath.Join(folder(t), "w"))
	os.Remove(files[0])
	answers(t, "file of the lake removed", "", "check", "--data", dir)
	if out := lotse(t, "check", "--data", dir).out; !strings.Contains(out, filepath.Base(files[0])) {
		t.Errorf("which file is not said: %s", out)
	}
	write(t, filepath.Join(whole, "lotse.db"), strings.Repeat("no database ", 1000))
	unchanged(t, whole, func() { answers(t, "lotse.db damaged", whole, "check", "--data", whole) })
}

// figures asks for all that a company would look at.
func figures(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	for _, args := range [][]string{
		{"process", "summary", "--process", "p"}, {"process", "dfg", "--process", "p"}, {"process", "variants", "--process", "p"},
		{"metric", "query", "case_duration_median", "--process", "p", "--by", "month"}, {"metric", "query", "cases", "--process", "p"},
		{"finding", "list"}, {"load", "list"},
	} {
		b.WriteString(must(t, append(args, "--data", dir, "--json")...))
	}
	return b.String()
}

func TestMovedFolder(t *testing.T) {
	dir := small(t)
	before := figures(t, dir)
	moved := copyTree(t, dir, filepath.Join(folder(t), "mit Leerzeichen und Ä"))
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if after := figures(t, moved); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	must(t, "check", "--data", moved)
	nothingHalf(t, moved)
}

// A Unix socket's path may have about a hundred characters; a data folder may have more.
func TestLongPath(t *testing.T) {
	dir := filepath.Join(folder(t), strings.Repeat("langer Name ", 10), strings.Repeat("noch einer ", 10))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(dir, "d")
	s := serve(t, data)
	check(t, "data folder with a very long path", "",
		lotse(t, "import", logFile(t, filepath.Join(dir, "a.csv"), 0, 40, 0), "--data", data, "--table", "events", "--process", "p"), result{})
	s.stop()
	if n := lakeRows(t, data); n != 240 {
		t.Errorf("%d rows", n)
	}
}

// All instants in the books are moved years ahead: the clock was wrong and has been put right.
func TestClockWasAhead(t *testing.T) {
	dir := small(t)
	change(t, dir, `UPDATE load SET created_at = replace(created_at, substr(created_at, 1, 4), '2099');
		UPDATE job SET created_at = replace(created_at, substr(created_at, 1, 4), '2099'), started_at = replace(started_at, substr(started_at, 1, 4), '2099'), ended_at = replace(ended_at, substr(ended_at, 1, 4), '2099');
		UPDATE job SET id = 'zzzzzzzzzzzz' || rowid;
		UPDATE ducklake_snapshot SET snapshot_time = replace(snapshot_time, substr(snapshot_time, 1, 4), '2099')`)
	second := logFile(t, filepath.Join(folder(t), "b.csv"), 40, 80, 0)
	r := lotse(t, "import", second, "--data", dir, "--table", "events", "--process", "p")
	check(t, "clock that was years ahead and is right again", "", r, r)
	s := serve(t, dir)
	if s.settled(); inForce(t, s) != "a.csv 240 0\nb.csv 240 0" {
		t.Error(inForce(t, s))
	}
	var any struct{}
	for _, path := range []string{"/overview", "/datasets", "/metrics", "/findings"} {
		s.get(path, &any)
	}
	s.stop()
	must(t, "load", "undo", "1", "--data", dir)
	must(t, "check", "--data", dir)
	if n := lakeRows(t, dir); n != 240 {
		t.Errorf("%d rows", n)
	}
}
