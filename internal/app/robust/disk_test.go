package robust

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// nobody is a user without rights, for tests that run as root, whom no permission stops.
const nobody = 65534

// weak runs a command as a user whom permissions stop.
func weak(t *testing.T, args ...string) result {
	t.Helper()
	cmd := command(args...)
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return finish(t, cmd)
}

// refused checks a command of a weak user in both languages.
func refused(t *testing.T, name, place string, args ...string) {
	t.Helper()
	check(t, name, place, weak(t, args...), weak(t, append(args, "--json", "--lang", "en")...))
}

func TestFolderNotWritable(t *testing.T) {
	dir := small(t)
	up := filepath.Dir(dir)
	if err := os.Chmod(up, 0o555); err != nil { // others may look into it
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(up, 0o755) })
	refused(t, "folder that cannot be made", up, "serve", "--data", filepath.Join(up, "x", "y"), "--listen", "127.0.0.1:0")
	missing(t, filepath.Join(up, "x"))
	file := logFile(t, filepath.Join(folderForAll(t), "b.csv"), 40, 80, 0)
	for _, mode := range []os.FileMode{0o500, 0o700} { // owned by root, so that nobody may do nothing; else not writable
		if os.Getuid() != 0 && mode == 0o700 {
			continue
		}
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		unchanged(t, dir, func() {
			refused(t, "folder not writable", dir, "import", file, "--data", dir, "--table", "events", "--process", "p")
			refused(t, "folder not writable", dir, "serve", "--data", dir, "--listen", "127.0.0.1:0")
		})
	}
	os.Chmod(dir, 0o700)
}

func folderForAll(t *testing.T) string {
	t.Helper()
	dir := folder(t)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestFileNotReadable(t *testing.T) {
	dir := folderForAll(t)
	data := filepath.Join(dir, "d")
	if err := os.Mkdir(data, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(data, 0o777); err != nil {
		t.Fatal(err)
	}
	secret := write(t, filepath.Join(dir, "geheim.csv"), "Vorgang;Schritt;Zeit\n")
	if err := os.Chmod(secret, 0); err != nil {
		t.Fatal(err)
	}
	refused(t, "file that may not be read", secret, "import", secret, "--data", data, "--table", "events", "--process", "p")
}

// mounted makes a file system for a test, or skips it where that is not allowed.
func mounted(t *testing.T, args ...string) string {
	t.Helper()
	dir := folder(t)
	if out, err := exec.Command("mount", append(args, dir)...).CombinedOutput(); err != nil {
		t.Skipf("mounting is not allowed here: %s", out)
	}
	t.Cleanup(func() { exec.Command("umount", "-l", dir).Run() })
	return dir
}

func remount(t *testing.T, dir, options string) {
	t.Helper()
	if out, err := exec.Command("mount", "-o", "remount,"+options, dir).CombinedOutput(); err != nil {
		t.Fatal(string(out))
	}
}

func TestReadOnlyDisk(t *testing.T) {
	disk := mounted(t, "-t", "tmpfs", "-o", "size=64m", "tmpfs")
	dir := copyTree(t, small(t), filepath.Join(disk, "d"))
	file := logFile(t, filepath.Join(folder(t), "b.csv"), 40, 80, 0)
	remount(t, disk, "ro")
	unchanged(t, dir, func() {
		for _, args := range [][]string{
			{"process", "summary", "--process", "p", "--data", dir},
			{"import", file, "--data", dir, "--table", "events", "--process", "p"},
			{"serve", "--data", dir, "--listen", "127.0.0.1:0"},
			{"serve", "--data", filepath.Join(disk, "neu"), "--listen", "127.0.0.1:0"},
		} {
			answers(t, "disk that is mounted read-only", disk, args...)
		}
	})
	remount(t, disk, "rw")
	must(t, "import", file, "--data", dir, "--table", "events", "--process", "p")
}

// The disk has room for a different part of the import each time: for nothing, for some of the upload, for some of the
// rows, for all but the derived cases.
func TestDiskFull(t *testing.T) {
	disk := mounted(t, "-t", "tmpfs", "-o", "size=128m", "tmpfs")
	sc := importScene(t)
	used, upload := treeSize(t, sc.template), treeSize(t, sc.args[1])
	full, points := 0, times(14, 90)
	for i := range points {
		room := upload + int64(i-points/5)*(1<<20)/int64(points) // a fifth of the points has no room for the upload
		dir := copyTree(t, sc.template, filepath.Join(disk, fmt.Sprint(i)))
		remount(t, disk, "size="+strconv.FormatInt(used+room, 10))
		args := append(sc.args[:len(sc.args):len(sc.args)], "--data", dir)
		german := lotse(t, args...)
		english := german
		if german.status != 0 {
			full++
			if english = lotse(t, append(args, "--json", "--lang", "en")...); english.status != 0 {
				check(t, "disk full during import", dir, german, english)
				t.Logf("%d kB: %s", room>>10, german.errs)
			}
		}
		remount(t, disk, "size=128m")
		s := serve(t, dir)
		s.settled()
		if now := read(t, s); now != sc.old && now != sc.new || now == sc.old && english.status == 0 {
			t.Errorf("with %d kB left: neither old nor new: %+v", room>>10, now)
		}
		whole(t, s)
		s.stop()
		must(t, args...)
		nothingHalf(t, dir)
		if after := stateOf(t, dir); after != sc.new {
			t.Errorf("with %d kB left, after the repetition: %+v", room>>10, after)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d imports found the disk full", full)
	if full < 4 {
		t.Error("the disk was hardly ever full")
	}
}

// treeSize is how much room a folder takes on the disk of whole pages.
func treeSize(t *testing.T, dir string) int64 {
	t.Helper()
	out, err := exec.Command("du", "-s", "--block-size=1", dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.ParseInt(strings.Fields(string(out))[0], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
