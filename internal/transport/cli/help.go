package cli

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"lotse.dev/lotse/internal/base"
)

// Help is written for terminals of 80 columns: what something is called on the left, what it does on the right.
const (
	helpWidth  = 80
	helpIndent = 26 // column in which the right side begins
)

// chapters order the list of commands by what a person wants to do; the first word of a command tells its chapter.
var chapters = []struct {
	title base.Text
	words []string
}{
	{base.T("Daten einlesen und pflegen", "Load and keep data"), []string{"import", "load", "dataset"}},
	{base.T("Messen", "Measure"), []string{"process", "metric", "finding"}},
	{base.T("Entscheiden und belegen", "Decide and prove"), []string{"record", "case", "portfolio", "effect", "closing"}},
	{base.T("Was für das Unternehmen gilt", "What holds for the company"), []string{"setting", "assumption"}},
	{base.T("Instanz", "Instance"), []string{"serve", "demo", "check", "backup", "restore", "user", "version"}},
}

// writeHelp lists every command.
func writeHelp(e *Env) {
	w, l := e.Out, e.Lang
	fmt.Fprintln(w, base.T("Lotse zeigt, wie ein Unternehmen wirklich arbeitet.\n\nAufruf:\n  lotse BEFEHL [Optionen]",
		"Lotse shows how a company really works.\n\nUsage:\n  lotse COMMAND [options]").In(l))
	left := slices.SortedFunc(slices.Values(commands), func(a, b Command) int { return cmp.Compare(a.Name, b.Name) })
	for _, chapter := range chapters {
		var listed []Command
		for _, word := range chapter.words {
			for _, c := range left {
				if first, _, _ := strings.Cut(c.Name, " "); first == word {
					listed = append(listed, c)
				}
			}
		}
		left = slices.DeleteFunc(left, func(c Command) bool {
			return slices.ContainsFunc(listed, func(have Command) bool { return have.Name == c.Name })
		})
		writeChapter(w, chapter.title, listed, l)
	}
	writeChapter(w, base.T("Weitere Befehle", "Further commands"), left, l)
	writeFlags(w, base.T("Für alle Befehle", "For all commands"), e.Flags("").VisitAll, l)
	fmt.Fprintln(w, base.T("\nlotse BEFEHL --help erklärt einen Befehl.", "\nlotse COMMAND --help explains a command.").In(l))
}

func writeChapter(w io.Writer, title base.Text, listed []Command, l base.Lang) {
	if len(listed) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s:\n", title.In(l))
	for _, c := range listed {
		writeEntry(w, c.Name, c.Usage.In(l))
	}
}

// writeGroup answers a group followed by -h alone; false when the arguments are something else.
func writeGroup(w io.Writer, args []string, l base.Lang) bool {
	below := commandsBelow(args)
	if len(args) < 2 || len(below) == 0 || !slices.Contains([]string{"-h", "--help"}, args[1]) {
		return false
	}
	for _, c := range below {
		writeEntry(w, c.Name, c.Usage.In(l))
	}
	return true
}

// writeCommandHelp explains one command with its flags and those that every command has.
func (e *Env) writeCommandHelp(f *pflag.FlagSet) {
	w, l := e.Out, e.Lang
	if !e.command.Usage.IsZero() {
		usage := []rune(e.command.Usage.In(l))
		fmt.Fprintf(w, "%s%s.\n\n", strings.ToUpper(string(usage[:1])), string(usage[1:]))
	}
	fmt.Fprintf(w, "%s:\n", base.T("Aufruf", "Usage").In(l))
	for i, line := range wrap(parts(localWords(f.Name(), l)), helpWidth-6) {
		fmt.Fprintln(w, strings.Repeat(" ", 2+4*min(i, 1))+line)
	}
	common := e.Flags("")
	writeFlags(w, base.T("Optionen", "Options"), func(visit func(*pflag.Flag)) {
		f.VisitAll(func(flag *pflag.Flag) {
			if common.Lookup(flag.Name) == nil {
				visit(flag)
			}
		})
	}, l)
	writeFlags(w, base.T("Für alle Befehle", "For all commands"), common.VisitAll, l)
}

// writeFlags explains flags, nothing when there are none.
func writeFlags(w io.Writer, title base.Text, visitAll func(func(*pflag.Flag)), l base.Lang) {
	first := true
	visitAll(func(flag *pflag.Flag) {
		if first {
			fmt.Fprintf(w, "\n%s:\n", title.In(l))
			first = false
		}
		value, text := placeholder(flag, l)
		if !slices.Contains([]string{"", "0", "false", "[]"}, flag.DefValue) {
			text += base.T(" (Vorgabe: %s)", " (default: %s)", strings.Trim(flag.DefValue, "[]")).In(l)
		}
		writeEntry(w, strings.TrimSpace("--"+flag.Name+" "+value), text)
	})
}

// placeholder is what stands for the value of a flag, and its explanation: `VALUE` at the beginning of the usage, or N
// for numbers and nothing for switches.
func placeholder(flag *pflag.Flag, l base.Lang) (value, text string) {
	if rest, ok := strings.CutPrefix(flag.Usage, "`"); ok {
		value, text, _ = strings.Cut(rest, "` ")
		return value, text
	}
	switch flag.Value.Type() {
	case "bool":
		return "", flag.Usage
	case "string", "stringArray", "stringSlice":
		return localWords("VALUE", l), flag.Usage
	}
	return "N", flag.Usage
}

// writeEntry writes one line of a list, wrapped on the right side.
func writeEntry(w io.Writer, name, text string) {
	name = "  " + name
	lines := wrap(strings.Fields(text), helpWidth-helpIndent)
	if utf8.RuneCountInString(name) >= helpIndent {
		fmt.Fprintln(w, name)
		name = ""
	}
	for _, line := range lines {
		fmt.Fprintf(w, "%-*s%s\n", helpIndent, name, line)
		name = ""
	}
}

// parts cuts a synopsis at blanks outside of brackets.
func parts(synopsis string) []string {
	var out []string
	depth := 0
	for _, word := range strings.Fields(synopsis) {
		if depth > 0 {
			out[len(out)-1] += " " + word
		} else {
			out = append(out, word)
		}
		depth += strings.Count(word, "[") - strings.Count(word, "]")
	}
	return out
}

// wrap joins words to lines of at most width characters; a longer word has a line of its own.
func wrap(words []string, width int) []string {
	var lines []string
	for _, word := range words {
		last := len(lines) - 1
		if last >= 0 && utf8.RuneCountInString(lines[last])+1+utf8.RuneCountInString(word) <= width {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// germanWords are the words of a synopsis that stand for something to fill in.
var germanWords = map[string]string{"FILE": "DATEI", "DIR": "ORDNER", "EMAIL": "E-MAIL", "KIND": "ART", "VALUE": "WERT", "D": "TAG", "TABLE": "TABELLE",
	"KEY": "ANGABE", "FIELD": "FELD", "WORDS": "WÖRTER", "op": "Prüfung", "ID": "NUMMER", "NEW": "NEU", "PROCESS": "PROZESS", "ADDRESS": "ADRESSE", "ADDRESSES": "ADRESSEN", "ROLE": "ROLLE", "field": "Feld", "value": "Wert", "column": "Spalte", "SERIES": "REIHE", "PERIOD": "PERIODE"}

var anyWord = regexp.MustCompile(`-*[A-Za-z]+`)

func localWords(s string, l base.Lang) string {
	if l == base.English {
		return s
	}
	return anyWord.ReplaceAllStringFunc(s, func(word string) string { return cmp.Or(germanWords[word], word) })
}
