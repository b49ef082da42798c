package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/config"
)

// Instance is an open data folder.
type Instance interface {
	Handler() http.Handler
	FirstLink(ctx context.Context) (string, error) // "" when there is an account
	SetBaseURL(url string)
	Close() error
}

// Program is what main hands over.
type Program struct {
	Version string
	Open    func(ctx context.Context, c config.Config, create bool, log *slog.Logger) (Instance, error)
	Args    []string // without the program's name
	In      io.Reader
	Out     io.Writer
	Err     io.Writer
	Getenv  func(string) string
}

// exits is the one table from the kind of an error to the exit status (contract.md).
var exits = map[base.Kind]int{
	base.Internal:        1,
	base.Unavailable:     1,
	base.Usage:           2,
	base.NotFound:        3,
	base.Refused:         4,
	base.Conflict:        4,
	base.TooLarge:        4,
	base.Unauthenticated: 5,
	base.Forbidden:       5,
}

// codeExits are codes whose exit status is finer than that of their kind: what the API understands and refuses can be a
// mistyped name on the command line.
var codeExits = map[string]int{
	"dim_unknown": 2, // no column of the metric
}

// errHelp ends a command that only showed its flags.
var errHelp = errors.New("help was shown")

// Main runs the program and returns its exit status.
func Main(ctx context.Context, p Program) int {
	lang := base.ParseLang(firstOf(flagValue(p.Args, "--lang"), p.Getenv("LOTSE_LANG")))
	env := &Env{program: p, Lang: lang, Out: p.Out, Err: p.Err, In: p.In}
	if len(p.Args) > 1 && p.Args[0] == "help" {
		p.Args = append(slices.Clone(p.Args[1:]), "--help")
	}
	if len(p.Args) == 0 || p.Args[0] == "help" || onlyHelp(p.Args) {
		writeHelp(env)
		return 0
	}
	err := run(ctx, env, p.Args)
	if closing := env.close(); err == nil {
		err = closing
	}
	if err == nil || errors.Is(err, errHelp) {
		return 0
	}
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		err = base.Fail(base.Unavailable, "interrupted", base.T("Abgebrochen. Nichts Halbes ist geblieben.", "Interrupted. Nothing half-done stays.")).Because(err)
	}
	e := base.AsError(err)
	if e.Place == (base.Place{}) && slices.Contains([]string{"disk_full", "not_writable"}, e.Code) {
		e.Place.File = env.Config.Data // which disk it is, a server does not tell a browser
	}
	complain(env, e)
	return exitOf(e)
}

func exitOf(e *base.Error) int {
	if status, fine := codeExits[e.Code]; fine {
		return status
	}
	return exits[e.Kind]
}

// onlyHelp says whether flags ask for help without naming a command.
func onlyHelp(args []string) bool {
	return len(wordsOf(args)) == 0 && (slices.Contains(args, "--help") || slices.Contains(args, "-h"))
}

func run(ctx context.Context, env *Env, args []string) error {
	c, rest, ok := find(args)
	if !ok && writeGroup(env.Out, args, env.Lang) {
		return nil
	}
	if !ok {
		return unknown(args)
	}
	env.creates, env.command = c.Creates, c
	return c.Run(ctx, env, rest)
}

// complain writes an error to standard error: what is wrong, where, what to do; with --json as the API writes it.
func complain(env *Env, e *base.Error) {
	if !env.JSON {
		fmt.Fprintln(env.Err, "lotse: "+e.Render(env.Lang))
		if e.Kind == base.Internal && e.Cause != nil {
			fmt.Fprintln(env.Err, e.Cause)
		}
		return
	}
	base.Localize(&e.Text, env.Lang)
	base.Localize(&e.Hint, env.Lang)
	base.Localize(&e.Fields, env.Lang)
	out := map[string]any{"code": e.Code, "text": e.Text, "hint": e.Hint, "fields": e.Fields}
	if e.Place != (base.Place{}) {
		out["place"] = e.Place
	}
	if e.Fields == nil {
		out["fields"] = []string{}
	}
	enc := json.NewEncoder(env.Err)
	enc.SetEscapeHTML(false)
	enc.Encode(map[string]any{"error": out})
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// flagValue looks for one flag before flags are parsed, for what has to be known early.
func flagValue(args []string, name string) string {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, name+"="); ok {
			return v
		}
		if a == name && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}
