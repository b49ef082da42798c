package app_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// entry is a line of help: what something is called, and what it does.
var entry = regexp.MustCompile(`^  (\S.*?)(?:  +(\S.*))?$`)

// entries reads a part of a help text; a name too long for its column has its explanation on the next line.
func entries(t *testing.T, help string) map[string]string {
	t.Helper()
	out := map[string]string{}
	last := ""
	for line := range strings.Lines(help) {
		line = strings.TrimRight(line, "\n")
		if utf8.RuneCountInString(line) > 80 {
			t.Errorf("wider than 80 columns: %q", line)
		}
		if rest, more := strings.CutPrefix(line, strings.Repeat(" ", 26)); more && last != "" {
			out[last] = strings.TrimSpace(out[last] + " " + rest)
			continue
		}
		if m := entry.FindStringSubmatch(line); m != nil {
			last = m[1]
			out[last] = m[2]
		} else {
			last = ""
		}
	}
	return out
}

// Every flag of every command is explained in both languages within 80 columns, and every command in the list.
func TestHelpExplainsEveryFlag(t *testing.T) {
	var flags [2][]string
	for i, lang := range []string{"de", "en"} {
		list, errs, status := shell{t: t}.run("--help", "--lang", lang)
		if status != 0 || errs != "" {
			t.Fatal(status, errs)
		}
		var commands []string
		for name, text := range entries(t, list) {
			if text == "" && !strings.HasPrefix(name, "lotse ") {
				t.Errorf("%s: %s is not explained", lang, name)
			}
			if !strings.HasPrefix(name, "-") && !strings.HasPrefix(name, "lotse ") {
				commands = append(commands, name)
			}
		}
		slices.Sort(commands)
		for _, want := range []string{"import", "metric rows", "setting set", "assumption history", "dataset delete", "serve", "demo"} {
			if !slices.Contains(commands, want) {
				t.Errorf("%s: the list lacks %s", lang, want)
			}
		}
		for _, name := range commands {
			help, errs, status := shell{t: t}.run(append(strings.Fields(name), "--help", "--lang", lang)...)
			if status != 0 || errs != "" || !strings.Contains(help, "\n  lotse "+name) {
				t.Errorf("%s --help: %d %s%s", name, status, errs, help)
			}
			count := 0
			for flag, text := range entries(t, help) {
				if !strings.HasPrefix(flag, "--") {
					continue
				}
				count++
				word, _, _ := strings.Cut(flag, " ")
				flags[i] = append(flags[i], name+" "+word+" "+text)
				if text == "" {
					t.Errorf("%s, %s: %s is not explained", name, lang, flag)
				}
			}
			if count < 6 {
				t.Errorf("%s explains %d flags", name, count)
			}
		}
	}
	for _, line := range flags[0] {
		if slices.Contains(flags[1], line) {
			t.Errorf("said alike in German and English: %s", line)
		}
	}
	if len(flags[0]) != len(flags[1]) {
		t.Errorf("%d flags in German, %d in English", len(flags[0]), len(flags[1]))
	}
}

func TestHelpOfACommandByHelp(t *testing.T) {
	out, _, status := shell{t: t}.run("help", "import")
	if again, _, _ := (shell{t: t}).run("import", "--help"); status != 0 || out != again || !strings.Contains(out, "lotse import DATEI") {
		t.Errorf("%d %s", status, out)
	}
}
