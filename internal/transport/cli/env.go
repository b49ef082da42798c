package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/config"
)

// Env is what a command works with.
type Env struct {
	Config config.Config // valid after Parse
	JSON   bool
	Lang   base.Lang
	In     io.Reader
	Out    io.Writer
	Err    io.Writer

	program Program
	command Command
	creates bool
	as      string
	zone    *time.Location // of the instants that people read; known after useZone
	client  *client        // made at the first call
}

// Flags makes the flag set of a command with the flags that all commands have. synopsis is the command as one line.
func (e *Env) Flags(synopsis string) *pflag.FlagSet {
	f := pflag.NewFlagSet("lotse "+synopsis, pflag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	f.SortFlags = false
	f.String("data", "", base.T("`ORDNER` Ordner der Instanz (LOTSE_DATA, sonst ./data)", "`DIR` folder of the instance (LOTSE_DATA, otherwise ./data)").In(e.Lang))
	f.BoolVar(&e.JSON, "json", false, base.T("Ausgabe als JSON", "print JSON").In(e.Lang))
	f.StringVar(&e.as, "as", "", base.T("`E-MAIL` als diese Person handeln, mit dem API-Schlüssel in LOTSE_TOKEN",
		"`EMAIL` act as this person, with the API token in LOTSE_TOKEN").In(e.Lang))
	f.String("lang", "", base.T("`de|en` Sprache (LOTSE_LANG)", "`de|en` language (LOTSE_LANG)").In(e.Lang))
	f.String("log-level", "", base.T("`STUFE` Protokoll ab dieser Stufe: debug, info, warn oder error (LOTSE_LOG_LEVEL)",
		"`LEVEL` log from this level on: debug, info, warn or error (LOTSE_LOG_LEVEL)").In(e.Lang))
	f.String("log-format", "", base.T("`text|json` Form des Protokolls (LOTSE_LOG_FORMAT)", "`text|json` form of the log (LOTSE_LOG_FORMAT)").In(e.Lang))
	return f
}

// OpenBy lets a command open the instance in a way of its own.
func (e *Env) OpenBy(open func(ctx context.Context, c config.Config, create bool, log *slog.Logger) (Instance, error)) {
	e.program.Open = open
}

// Parse reads the flags and returns the arguments, of which there must be at least least and at most most (−1 for any
// number).
func (e *Env) Parse(f *pflag.FlagSet, args []string, least, most int) ([]string, error) {
	for _, a := range args { // so that an error in the flags is printed as asked for
		e.JSON = e.JSON || a == "--json"
	}
	err := f.Parse(args)
	if errors.Is(err, pflag.ErrHelp) {
		e.writeCommandHelp(f)
		return nil, errHelp
	}
	if err != nil {
		return nil, e.usage(f, flagProblem(err))
	}
	rest := f.Args()
	switch {
	case len(rest) < least:
		return nil, e.usage(f, base.T("Es fehlt ein Argument.", "An argument is missing."))
	case most >= 0 && len(rest) > most:
		return nil, e.usage(f, base.T("„%s“ ist zu viel.", "“%s” is too much.", rest[most]))
	}
	return rest, e.configure(f)
}

// flagProblem says in both languages what is wrong with a flag.
func flagProblem(err error) base.Text {
	var unknown *pflag.NotExistError
	var without *pflag.ValueRequiredError
	var bad *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		dashes := "--"
		if unknown.GetSpecifiedShortnames() != "" {
			dashes = "-"
		}
		return base.T("Die Option %s gibt es hier nicht.", "There is no option %s here.", dashes+name)
	case errors.As(err, &without):
		return base.T("Der Option --%s fehlt ihr Wert.", "The option --%s lacks its value.", without.GetFlag().Name)
	case errors.As(err, &bad):
		return base.T("„%s“ ist kein Wert für --%s.", "“%s” is no value of --%s.", bad.GetValue(), bad.GetFlag().Name)
	}
	return base.T("%s", "%s", err.Error())
}

func (e *Env) usage(f *pflag.FlagSet, text base.Text) error {
	return base.Fail(base.Usage, "wrong_use", text).WithHint(base.T("Aufruf: %s", "Usage: %s", base.Text{De: localWords(f.Name(), base.German), En: f.Name()}))
}

// configure lays flags over environment and file.
func (e *Env) configure(f *pflag.FlagSet) error {
	data, _ := f.GetString("data")
	c, err := config.Read(data, e.program.Getenv)
	if err != nil {
		return err
	}
	for flag, field := range map[string]*string{"lang": &c.Lang, "log-level": &c.LogLevel, "log-format": &c.LogFormat, "listen": &c.Listen, "public-url": &c.PublicURL, "trusted-proxies": &c.TrustedProxies} {
		if given := f.Lookup(flag); given != nil && given.Changed {
			*field = given.Value.String()
		}
	}
	e.Config = c
	if err := c.Check(); err != nil {
		return err
	}
	e.Lang = base.ParseLang(c.Lang)
	return nil
}

// log is the structured log of commands that open an instance themselves; it speaks of defects only, unless a level
// was asked for, because everything else is what the command answers.
func (e *Env) log() *slog.Logger {
	c := e.Config
	if c.LogLevel == config.Default().LogLevel {
		c.LogLevel = "error"
	}
	return c.Logger(e.Err)
}

// Print writes v as JSON with --json, otherwise the text.
func (e *Env) Print(v any, text func(w io.Writer)) error {
	if !e.JSON {
		text(e.Out)
		return nil
	}
	enc := json.NewEncoder(e.Out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// Say tells a person what is going on, on standard error; with --json it stays silent.
func (e *Env) Say(text base.Text) {
	if !e.JSON {
		fmt.Fprintln(e.Err, text.In(e.Lang))
	}
}

// Scratch opens a throw-away instance for commands that work on a file alone; done removes it.
func (e *Env) Scratch(ctx context.Context) (scratch *Env, done func(), err error) {
	dir, err := os.MkdirTemp("", "lotse-")
	if err != nil {
		return nil, nil, err
	}
	s := *e
	s.client, s.creates, s.as, s.zone = nil, true, "", nil
	s.Config.Data = dir
	done = func() {
		s.close()
		os.RemoveAll(dir)
	}
	return &s, done, nil
}

// token is the API token that belongs to --as.
func (e *Env) token() (string, error) {
	if e.as == "" {
		return "", nil
	}
	if t := strings.TrimSpace(e.program.Getenv("LOTSE_TOKEN")); t != "" {
		return t, nil
	}
	return "", base.Fail(base.Usage, "token_missing", base.T("Zu --as gehört ein API-Schlüssel in LOTSE_TOKEN.",
		"--as needs an API token in LOTSE_TOKEN.")).
		WithHint(base.T("lotse user token %s stellt einen aus.", "lotse user token %s makes one.", e.as))
}

func (e *Env) close() error {
	if e.client == nil {
		return nil
	}
	return e.client.close()
}
