package cli

import (
	"cmp"
	"context"
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
	words := wordsOf(args)
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

// wordsOf are the places of the first two arguments that are no flags.
func wordsOf(args []string) []int {
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
	return words
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
