package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// Command is one use of the program. Name is one or two words.
type Command struct {
	Name    string
	Usage   base.Text // one line for the list
	Creates bool      // a missing or empty data folder becomes a new instance
	Run     func(ctx context.Context, env *Env, args []string) error
}

var commands []Command

// register adds a command; files of commands call it from init.
func register(c Command) { commands = append(commands, c) }

// Register adds a command that needs more than this package may import; it is called before Main.
func Register(c Command) { register(c) }

// find returns the command that the arguments begin with and the arguments after it. Flags may stand before the name.
func find(args []string) (Command, []string, bool) {
	var words []int
	for i := 0; i < len(args) && len(words) < 2; i++ {
		if a := args[i]; strings.HasPrefix(a, "-") {
			if takesValue(a) {
				i++
			}
			continue
		}
		words = append(words, i)
	}
	for n := min(2, len(words)); n > 0; n-- {
		var name []string
		rest := slices.Clone(args)
		for k := n - 1; k >= 0; k-- {
			rest = slices.Delete(rest, words[k], words[k]+1)
		}
		for _, i := range words[:n] {
			name = append(name, args[i])
		}
		for _, c := range commands {
			if c.Name == strings.Join(name, " ") {
				return c, rest, true
			}
		}
	}
	return Command{}, nil, false
}

// takesValue says whether a global flag before the command is followed by its value.
func takesValue(flag string) bool {
	if strings.Contains(flag, "=") {
		return false
	}
	return slices.Contains([]string{"--data", "--as", "--lang", "--log-level", "--log-format"}, flag)
}

func unknown(args []string) error {
	name := strings.Join(args, " ")
	if i := strings.Index(name, " -"); i > 0 {
		name = name[:i]
	}
	below := commandsBelow(args)
	e := base.Fail(base.Usage, "unknown_command", base.T("Den Befehl „%s“ gibt es nicht.", "There is no command “%s”.", name))
	if len(below) > 0 {
		var names []string
		for _, c := range below {
			names = append(names, c.Name)
		}
		return e.WithHint(base.T("Es gibt: %s.", "There is: %s.", strings.Join(names, ", ")))
	}
	return e.WithHint(base.T("lotse help zeigt alle Befehle.", "lotse help shows all commands."))
}

// commandsBelow lists the commands of a group, which the first argument names, by name.
func commandsBelow(args []string) []Command {
	var below []Command
	for _, c := range commands {
		if len(args) > 0 && strings.HasPrefix(c.Name, args[0]+" ") {
			below = append(below, c)
		}
	}
	slices.SortFunc(below, func(a, b Command) int { return cmp.Compare(a.Name, b.Name) })
	return below
}

// writeGroup answers a group followed by -h alone; false when the arguments are something else.
func writeGroup(w io.Writer, args []string, l base.Lang) bool {
	below := commandsBelow(args)
	if len(args) < 2 || len(below) == 0 || !slices.Contains([]string{"-h", "--help"}, args[1]) {
		return false
	}
	for _, c := range below {
		fmt.Fprintf(w, "  %-22s %s\n", c.Name, c.Usage.In(l))
	}
	return true
}

// writeHelp lists every command.
func writeHelp(w io.Writer, l base.Lang) {
	fmt.Fprintln(w, base.T("Lotse zeigt, wie ein Unternehmen wirklich arbeitet.\n\nBefehle:",
		"Lotse shows how a company really works.\n\nCommands:").In(l))
	sorted := slices.SortedFunc(slices.Values(commands), func(a, b Command) int { return cmp.Compare(a.Name, b.Name) })
	for _, c := range sorted {
		fmt.Fprintf(w, "  %-22s %s\n", c.Name, c.Usage.In(l))
	}
	fmt.Fprintln(w, base.T(`
Für alle:
  --data ORDNER         Ordner der Instanz (LOTSE_DATA, sonst ./data)
  --json                Ausgabe als JSON
  --as E-MAIL           als diese Person handeln, mit dem API-Schlüssel in LOTSE_TOKEN
  --lang de|en          Sprache (LOTSE_LANG)
  --help                Schalter eines Befehls zeigen`, `
For all:
  --data DIR            folder of the instance (LOTSE_DATA, otherwise ./data)
  --json                print JSON
  --as EMAIL            act as this person, with the API token in LOTSE_TOKEN
  --lang de|en          language (LOTSE_LANG)
  --help                show the flags of a command`).In(l))
}
