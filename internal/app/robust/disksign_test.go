package robust

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// onDisk puts a copy of a template on a small disk that holds nothing else, and answers the disk and the data folder.
func onDisk(t *testing.T, template string) (disk, dir string) {
	t.Helper()
	disk = mounted(t, "-t", "tmpfs", "-o", "size=256m", "tmpfs")
	return disk, copyTree(t, template, filepath.Join(disk, "d"))
}

// fill takes all the room of a disk but some bytes and answers how to give it back.
func fill(t *testing.T, disk string, left int64) (free func()) {
	t.Helper()
	path := filepath.Join(disk, "voll")
	exec.Command("dd", "if=/dev/zero", "of="+path, "bs=4096").Run() // it ends when the disk is full
	st, err := os.Stat(path)
	if err == nil {
		err = os.Truncate(path, max(0, st.Size()-left))
	}
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// clear checks that an answer is a refusal with one of the codes, in words that help.
func clear(t *testing.T, what string, status int, body []byte, codes ...string) {
	t.Helper()
	var p problem
	if json.Unmarshal(body, &p) != nil || status < 400 || p.Text == "" || p.Hint == "" || !strings.Contains(" "+strings.Join(codes, " ")+" ", " "+p.Code+" ") {
		t.Errorf("%s: %d %s", what, status, body)
	}
}

// A full disk and one that turned read-only under a running server refuse the signature; with room again it succeeds, and
// nothing was signed by half.
func TestDiskFullWhileSigning(t *testing.T) {
	p := proving(t)
	disk, dir := onDisk(t, p.template)
	s := serve(t, dir)
	refused := 0
	for i, x := range p.papers {
		free := fill(t, disk, int64(i)*8192)
		for range 3 {
			status, body := s.try(p.staff["controller"], "POST", x.path(), fmt.Sprint(x.version), map[string]any{})
			if status == 200 {
				break
			}
			refused++
			clear(t, "signing on a full disk", status, body, "disk_full")
		}
		if i == 0 {
			check(t, "signing on a full disk", "", finish(t, p.sign(dir, x)), finish(t, p.sign(dir, x, "--json", "--lang", "en")))
		}
		free()
		now := p.signed(t, s)
		whole(t, s)
		if !now[x.id] {
			s.ask(p.staff["controller"], 200, "POST", x.path(), fmt.Sprint(x.version), map[string]any{}, nil)
		}
	}
	if refused == 0 {
		t.Error("no signature found the disk full")
	}
	t.Logf("%d signatures found the disk full", refused)
	p.allSigned(t, s, dir)
}

func TestReadOnlyDiskWhileSigning(t *testing.T) {
	p := proving(t)
	disk, dir := onDisk(t, p.template)
	s := serve(t, dir)
	if out, err := exec.Command("mount", "-o", "remount,ro", disk).CombinedOutput(); err != nil {
		s.stop()
		p.readOnlyCommands(t, disk, dir, string(out))
		return
	}
	for _, x := range p.papers {
		status, body := s.try(p.staff["controller"], "POST", x.path(), fmt.Sprint(x.version), map[string]any{})
		clear(t, "signing on a read-only disk", status, body, "not_writable")
	}
	remount(t, disk, "rw")
	p.signRest(t, s)
	p.allSigned(t, s, dir)
}

// readOnlyCommands signs by commands where a disk does not turn read-only while files are open for writing.
func (p *proof) readOnlyCommands(t *testing.T, disk, dir, why string) {
	t.Helper()
	t.Logf("a disk in use does not turn read-only here: %s", strings.TrimSpace(why))
	remount(t, disk, "ro")
	unchanged(t, dir, func() {
		for _, x := range p.papers {
			r := finish(t, p.sign(dir, x))
			check(t, "disk that is mounted read-only", "", r, finish(t, p.sign(dir, x, "--json", "--lang", "en")))
		}
	})
	remount(t, disk, "rw")
	s := serve(t, dir)
	p.signRest(t, s)
	p.allSigned(t, s, dir)
}

func (p *proof) signRest(t *testing.T, s *server) {
	t.Helper()
	if done := p.signAll(s); len(done) != len(p.papers) {
		t.Errorf("with room again: %v", done)
	}
}

// allSigned checks that every paper is signed and the instance is whole.
func (p *proof) allSigned(t *testing.T, s *server, dir string) {
	t.Helper()
	for id, signed := range p.signed(t, s) {
		if !signed {
			t.Errorf("%s is not signed", id)
		}
	}
	whole(t, s)
	s.stop()
	must(t, "check", "--data", dir)
	nothingHalf(t, dir)
	p.books(t, dir)
}

// A derivation that finds the disk full says so as a job, and is repeated when there is room.
func TestDiskFullDuringJob(t *testing.T) {
	template, file := workScene(t)
	disk, dir := onDisk(t, template)
	_, want := workOnce(t, copyTree(t, template, filepath.Join(folder(t), "d")), "derive", file)
	failed := 0
	s := serve(t, dir)
	work(t, s, "derive", file)
	first := s.settled()
	for i := range 6 {
		free := fill(t, disk, int64(i)*(32<<10))
		status, body := s.try(person{}, "POST", "/jobs/"+first[0].ID+"/repeat", "", nil)
		if status/100 != 2 {
			clear(t, "a job on a full disk", status, body, "disk_full")
			failed++
		}
		for deadline := time.Now().Add(time.Minute); open(s) && time.Now().Before(deadline); {
			time.Sleep(5 * time.Millisecond)
		}
		free()
		for _, j := range s.settled() {
			if j.State == "failed" {
				failed++
				if j.Error == nil || j.Error.Code != "disk_full" || j.Error.Hint == "" {
					t.Errorf("%+v %+v", j, j.Error)
				}
				if again := s.repeat(j.ID); again.State != "done" {
					t.Errorf("with room again: %+v %+v", again, again.Error)
				}
				break
			}
		}
		if now := read(t, s); now != want {
			t.Errorf("%+v\nwant %+v", now, want)
		}
		whole(t, s)
	}
	t.Logf("%d jobs found the disk full", failed)
	if failed == 0 {
		t.Error("the disk was never full")
	}
	s.stop()
	nothingHalf(t, dir)
}

// open says whether a job waits or runs.
func open(s *server) bool {
	for _, j := range s.jobs() {
		if j.EndedAt == nil {
			return true
		}
	}
	return false
}

// A backup that finds the disk of its target or of the instance full, or its folder read-only, says so and leaves
// nothing.
func TestDiskFullDuringBackup(t *testing.T) {
	template, _ := workScene(t)
	was := stateOf(t, template)
	target := mounted(t, "-t", "tmpfs", "-o", "size=256m", "tmpfs")
	file := filepath.Join(target, "a.tar")
	for i := range 4 {
		free := fill(t, target, int64(i)*(200<<10))
		check(t, "disk full during backup", file, lotse(t, "backup", file, "--data", template), lotse(t, "backup", file, "--data", template, "--json", "--lang", "en"))
		free()
		missing(t, file)
		missing(t, file+".tmp")
	}
	remount(t, target, "ro")
	check(t, "backup into a folder that cannot be written", file, lotse(t, "backup", file, "--data", template), lotse(t, "backup", file, "--data", template, "--json", "--lang", "en"))
	remount(t, target, "rw")
	disk, dir := onDisk(t, template)
	s := serve(t, dir)
	free := fill(t, disk, 0)
	check(t, "instance without room during backup", "", lotse(t, "backup", file, "--data", dir), lotse(t, "backup", file, "--data", dir, "--json", "--lang", "en"))
	free()
	missing(t, file)
	must(t, "backup", file, "--data", dir)
	whole(t, s)
	s.stop()
	nothingHalf(t, dir)
	to := filepath.Join(folder(t), "r")
	must(t, "restore", file, "--data", to)
	if now := stateOf(t, to); now != was {
		t.Errorf("%+v\nwas %+v", now, was)
	}
}
