package arch

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var promised = regexp.MustCompile("`([^`]+)`")

// TestPromisesNameWhatExists reads docs/promises.md and checks that every page, command and test that a kept or partly
// kept promise names is there, and that only known states are used.
func TestPromisesNameWhatExists(t *testing.T) {
	root := "../.."
	text, err := os.ReadFile(filepath.Join(root, "docs/promises.md"))
	if err != nil {
		t.Fatal(err)
	}
	routes := readAll(t, filepath.Join(root, "web/src"), ".tsx", ".ts")
	commands := readAll(t, filepath.Join(root, "internal/transport/cli"), ".go") + readAll(t, filepath.Join(root, "internal/app"), ".go")
	makefile := readAll(t, root, "Makefile")
	rows := 0
	for i, line := range strings.Split(string(text), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 7 || strings.HasPrefix(strings.TrimSpace(cells[1]), "-") || strings.Contains(cells[1], "point") {
			continue
		}
		rows++
		state, _, _ := strings.Cut(strings.TrimSpace(cells[5]), ":")
		switch state {
		case "open":
			continue
		case "done", "part":
		default:
			t.Errorf("promises.md:%d: unknown state %q", i+1, cells[5])
		}
		for _, m := range promised.FindAllStringSubmatch(cells[2], -1) {
			if !strings.Contains(routes, m[1]) {
				t.Errorf("promises.md:%d: no page %s", i+1, m[1])
			}
		}
		for _, m := range promised.FindAllStringSubmatch(cells[3], -1) {
			checkCommand(t, i+1, m[1], commands, makefile)
		}
		for _, m := range promised.FindAllStringSubmatch(cells[4], -1) {
			checkTest(t, i+1, root, m[1])
		}
		if !promised.MatchString(cells[4]) {
			t.Errorf("promises.md:%d: a kept promise names its test", i+1)
		}
	}
	if rows < 30 {
		t.Errorf("only %d promises found", rows)
	}
}

func checkCommand(t *testing.T, line int, name, commands, makefile string) {
	t.Helper()
	words := strings.Fields(name)
	switch {
	case len(words) == 2 && words[0] == "make":
		if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(words[1]) + `\s*:`).MatchString(makefile) {
			t.Errorf("promises.md:%d: no make target %s", line, words[1])
		}
	case len(words) >= 2 && words[0] == "lotse":
		if !strings.Contains(commands, `"`+words[1]) {
			t.Errorf("promises.md:%d: no command %s", line, name)
		}
	default:
		t.Errorf("promises.md:%d: command %q is neither make nor lotse", line, name)
	}
}

func checkTest(t *testing.T, line int, root, name string) {
	t.Helper()
	path, fn, hasFn := strings.Cut(name, ":")
	text, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Errorf("promises.md:%d: no test file %s", line, path)
		return
	}
	if hasFn && !strings.Contains(string(text), fn) {
		t.Errorf("promises.md:%d: no %s in %s", line, fn, path)
	}
}

// readAll joins the text of all files below dir whose name ends in one of the endings, test files left out.
func readAll(t *testing.T, dir string, endings ...string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == "data") {
			return filepath.SkipDir
		}
		for _, ending := range endings {
			if !d.IsDir() && strings.HasSuffix(path, ending) && !strings.HasSuffix(path, "_test.go") {
				text, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				b.Write(text)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
