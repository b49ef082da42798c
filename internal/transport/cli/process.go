package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/process"
)

func init() {
	for name, usage := range map[string]base.Text{
		"summary":  base.T("Umfang und Durchlaufzeit eines Protokolls", "size and case durations of a log"),
		"dfg":      base.T("Prozesskarte: wer direkt auf wen folgt", "process map: what directly follows what"),
		"variants": base.T("Varianten eines Protokolls", "variants of a log"),
	} {
		register(Command{Name: "process " + name, Usage: usage, Run: func(ctx context.Context, env *Env, args []string) error {
			return processCommand(ctx, env, name, args)
		}})
	}
}

// processFlags are the flags of the process commands.
type processFlags struct {
	name      *string
	top       *int
	instances *bool
	names     *bool
	reading   *readingFlags
}

func newProcessFlags(f *pflag.FlagSet, l base.Lang) processFlags {
	return processFlags{
		name:      f.String("process", "", base.T("`NAME` ein eingelesener Prozess, auch wenn es eine Datei dieses Namens gibt", "`NAME` a loaded process, even where there is a file of that name").In(l)),
		top:       f.Int("top", 0, base.T("`N` nur die ersten N zeigen, sonst alle", "`N` show the first N only, otherwise all").In(l)),
		instances: f.Bool("instances", false, base.T("Beginn- und Abschlusszeilen zu einem Ereignis paaren", "pair start and complete rows into one event").In(l)),
		names:     f.Bool("names", false, base.T("Namen von Personen aus der Datei zeigen statt Pseudonymen", "show names of people in the file instead of pseudonyms").In(l)),
		reading:   newReadingFlags(f, l),
	}
}

func processCommand(ctx context.Context, env *Env, name string, args []string) error {
	flags := env.Flags("process " + name + " FILE|PROCESS [--process NAME] [--map field=column,…] [--top N] [--instances] [--names]")
	given := newProcessFlags(flags, env.Lang)
	rest, err := env.Parse(flags, args, 0, 1)
	if err != nil {
		return err
	}
	log, err := env.openLog(ctx, rest, given)
	if err != nil {
		return err
	}
	switch name {
	case "summary":
		s, err := log.summary(ctx)
		if err != nil {
			return err
		}
		return env.Print(s, func(w io.Writer) { env.writeSummary(w, s) })
	case "dfg":
		m, err := log.dfg(ctx)
		if err != nil {
			return err
		}
		if n := *given.top; n > 0 {
			m.Edges = m.Edges[:min(n, len(m.Edges))]
		}
		return env.Print(m, func(w io.Writer) { env.writeMap(w, m) })
	default:
		v, err := log.variants(ctx, *given.top)
		if err != nil {
			return err
		}
		return env.Print(v, func(w io.Writer) { env.writeVariants(w, v) })
	}
}

// eventLog is a file or a loaded process; both answer alike.
type eventLog interface {
	summary(ctx context.Context) (*process.Summary, error)
	dfg(ctx context.Context) (*process.Map, error)
	variants(ctx context.Context, top int) (*process.Variants, error)
}

// openLog finds out what is meant: --process names a process, an existing path is a file, anything else a process.
func (e *Env) openLog(ctx context.Context, args []string, given processFlags) (eventLog, error) {
	name := *given.name
	switch {
	case len(args) == 0 && name == "":
		return nil, base.Fail(base.Usage, "wrong_use", base.T("Es fehlt eine Datei oder der Name eines Prozesses.", "A file or the name of a process is missing."))
	case len(args) == 1 && name != "":
		return nil, base.Fail(base.Usage, "wrong_use", base.T("Bitte entweder eine Datei oder --process angeben.", "Please give either a file or --process."))
	case name == "":
		info, err := os.Stat(args[0])
		if err == nil && (!info.IsDir() || strings.ContainsRune(args[0], os.PathSeparator)) {
			return e.openLogFile(ctx, args[0], given)
		}
		if err != nil && strings.ContainsRune(args[0], os.PathSeparator) {
			return nil, base.Fail(base.NotFound, "file_not_found", base.T("Diese Datei gibt es nicht.", "This file does not exist.")).
				WithHint(base.T("Prüfen Sie Namen und Ordner der Datei.", "Check name and folder of the file.")).
				At(base.Place{File: args[0]})
		}
		name = args[0]
	}
	return &loadedLog{env: e, name: name, path: "/processes/" + url.PathEscape(name), instances: *given.instances, guessed: *given.name == ""}, nil
}

// loadedLog asks the API.
type loadedLog struct {
	env       *Env
	name      string
	path      string
	instances bool
	guessed   bool // it was not said whether a file or a process is meant
}

func (l *loadedLog) summary(ctx context.Context) (*process.Summary, error) {
	if err := l.env.useInstanceZone(ctx); err != nil {
		return nil, err
	}
	return get[process.Summary](ctx, l, "/summary", url.Values{})
}

func (l *loadedLog) dfg(ctx context.Context) (*process.Map, error) {
	return get[process.Map](ctx, l, "/dfg", url.Values{})
}

func (l *loadedLog) variants(ctx context.Context, top int) (*process.Variants, error) {
	return get[process.Variants](ctx, l, "/variants", url.Values{"top": {strconv.Itoa(top)}})
}

func get[T any](ctx context.Context, l *loadedLog, question string, query url.Values) (*T, error) {
	if l.instances {
		query.Set("instances", "true")
	}
	var out T
	err := l.env.Call(ctx, http.MethodGet, l.path+question+"?"+query.Encode(), nil, &out)
	if l.guessed && base.IsKind(err, base.NotFound) {
		return nil, base.Fail(base.NotFound, "log_not_found", base.T("„%s“ ist weder eine Datei noch ein eingelesener Prozess.",
			"“%s” is neither a file nor a loaded process.", l.name)).
			WithHint(base.T("Prüfen Sie den Pfad der Datei oder mit --data den Ordner der Instanz.",
				"Check the path of the file, or the folder of the instance by --data.")).Because(err)
	}
	return &out, err
}

func (e *Env) writeSummary(w io.Writer, s *process.Summary) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(de, en, value string) { fmt.Fprintf(t, "%s\t%s\n", base.T(de, en).In(e.Lang), value) }
	line("Vorgänge", "Cases", base.FormatInt(s.Cases, e.Lang))
	line("Ereignisse", "Events", base.FormatInt(s.Events, e.Lang))
	line("Aktivitäten", "Activities", base.FormatInt(s.Activities, e.Lang))
	line("Varianten", "Variants", base.FormatInt(s.Variants, e.Lang))
	if s.FirstEvent != nil && s.LastEvent != nil {
		line("Von", "From", e.instant(*s.FirstEvent))
		line("Bis", "To", e.instant(*s.LastEvent))
		line("Zeitzone", "Time zone", e.zone.String())
	}
	d := s.CaseDuration
	line("Durchlaufzeit, Median", "Case duration, median", e.duration(d.Median))
	line("  Mittel", "  mean", e.duration(d.Mean))
	line("  jeder zehnte länger als", "  every tenth longer than", e.duration(d.P90))
	line("  kürzeste, längste", "  shortest, longest", e.duration(d.Min)+", "+e.duration(d.Max))
	t.Flush()
	e.writeRemarks(w, s.Remarks)
}

func (e *Env) writeMap(w io.Writer, m *process.Map) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, base.T("Anzahl\tMedian\tPfad", "Count\tMedian\tPath").In(e.Lang))
	for _, s := range m.Starts {
		fmt.Fprintf(t, "%s\t\t▶ %s\n", base.FormatInt(s.Count, e.Lang), s.Name)
	}
	for _, x := range m.Edges {
		fmt.Fprintf(t, "%s\t%s\t%s → %s\n", base.FormatInt(x.Count, e.Lang), e.duration(&x.Median), x.From, x.To)
	}
	for _, s := range m.Ends {
		fmt.Fprintf(t, "%s\t\t%s ■\n", base.FormatInt(s.Count, e.Lang), s.Name)
	}
	t.Flush()
	e.writeRemarks(w, m.Remarks)
}

func (e *Env) writeVariants(w io.Writer, v *process.Variants) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, base.T("Nr.\tVorgänge\tAnteil\tMedian\tAblauf", "No.\tCases\tShare\tMedian\tSequence").In(e.Lang))
	for _, x := range v.Variants {
		fmt.Fprintf(t, "%s\t%s\t%s %%\t%s\t%s\n", base.FormatInt(int64(x.Rank), e.Lang), base.FormatInt(x.Count, e.Lang), base.FormatFloat(x.Share*100, 1, e.Lang),
			e.duration(&x.Median), strings.Join(x.Activities, " → "))
	}
	t.Flush()
	if left := v.Total - len(v.Variants); left > 0 {
		fmt.Fprintln(w, base.N(left, base.T("und eine weitere Variante", "and one further variant"),
			base.T("und %d weitere Varianten", "and %d further variants", left)).In(e.Lang))
	}
	e.writeRemarks(w, v.Remarks)
}

func (e *Env) writeRemarks(w io.Writer, remarks base.Remarks) {
	for _, r := range remarks {
		fmt.Fprintln(w, "• "+r.Text.In(e.Lang))
	}
}
