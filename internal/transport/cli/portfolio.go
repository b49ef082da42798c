package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"text/tabwriter"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/portfolio"
)

func init() {
	register(Command{Name: "portfolio optimise", Usage: base.T("welche Vorhaben wann: der beste Plan innerhalb der Grenzen", "which initiatives when: the best plan within the limits"), Run: optimise})
}

func optimise(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("portfolio optimise FILE [--seconds 20]")
	seconds := flags.Float64("seconds", 20, base.T("so viele Sekunden höchstens suchen", "search for at most so many seconds").In(env.Lang))
	seed := flags.Uint64("seed", 0, base.T("Startwert des Zufalls der Suche", "seed of what the search draws").In(env.Lang))
	files, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	if !(*seconds > 0 && *seconds <= 86400) {
		return base.Fail(base.Usage, "wrong_use", base.T("--seconds muss über 0 und darf höchstens 86400 sein.", "--seconds must be above 0 and at most 86400."))
	}
	data, err := readProblem(files[0])
	if err != nil {
		return err
	}
	p, err := portfolio.Decode(data)
	if err != nil {
		e := base.AsError(err)
		e.Place.File = files[0]
		return e
	}
	limit := time.Duration(*seconds * float64(time.Second))
	a, err := portfolio.Solve(ctx, p, portfolio.Options{Limit: limit, Seed: *seed, Clock: base.SystemClock})
	if err != nil {
		return err
	}
	if err := a.Failure(); err != nil {
		return err
	}
	base.Localize(a, env.Lang)
	return env.Print(a, func(w io.Writer) { env.writePlan(w, a) })
}

// readProblem reads a file of bounded size.
func readProblem(path string) ([]byte, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, base.Fail(base.NotFound, "file_not_found", base.T("Diese Datei gibt es nicht.", "This file does not exist.")).
			WithHint(base.T("Prüfen Sie Namen und Ordner der Datei.", "Check name and folder of the file.")).
			At(base.Place{File: path})
	}
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, portfolio.MaxBytes+1))
	if err != nil {
		return nil, unreadable(path, err)
	}
	return data, nil
}

func unreadable(path string, err error) error {
	return base.Fail(base.Refused, "file_unreadable", base.T("Diese Datei lässt sich nicht lesen.", "This file cannot be read.")).
		WithHint(base.T("Prüfen Sie, ob es eine Datei ist und Sie sie lesen dürfen.", "Check that it is a file and that you may read it.")).
		At(base.Place{File: path}).Because(err)
}

var planWords = map[portfolio.Status]base.Text{
	portfolio.Optimal:    base.T("Bester Plan, bewiesen", "Best plan, proven"),
	portfolio.Feasible:   base.T("Guter Plan; ob es einen besseren gibt, ist nicht bewiesen", "Good plan; whether there is a better one is not proven"),
	portfolio.Infeasible: base.T("Kein Plan erfüllt alle Vorgaben", "No plan satisfies all demands"),
}

func (e *Env) writePlan(w io.Writer, a *portfolio.Answer) {
	fmt.Fprintln(w, planWords[a.Status].In(e.Lang))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(label base.Text, value string) { fmt.Fprintf(t, "%s\t%s\n", label.In(e.Lang), value) }
	if a.Objective != nil {
		line(base.T("Wert", "Value"), e.planNumber(*a.Objective))
	}
	if a.Bound != nil && a.Status != portfolio.Optimal {
		line(base.T("Höchstens möglich", "At most possible"), e.planNumber(*a.Bound))
	}
	if a.Gap != nil && a.Status != portfolio.Optimal {
		line(base.T("Abstand", "Gap"), base.FormatFloat(100**a.Gap, 2, e.Lang)+" %")
	}
	line(base.T("Gerechnet", "Took"), e.duration(&a.Seconds))
	if len(a.Chosen) > 0 {
		fmt.Fprintf(t, "\n%s\n", base.T("Beginn in Periode\tVorhaben", "Start in period\tInitiative").In(e.Lang))
	}
	for _, c := range a.Chosen {
		fmt.Fprintf(t, "%d\t%s\n", c.Start, c.ID)
	}
	t.Flush()
	if len(a.Conflict) > 0 {
		fmt.Fprintln(w, base.T("\nDiese Vorgaben widersprechen einander:", "\nThese demands contradict each other:").In(e.Lang))
	}
	for _, d := range a.Conflict {
		fmt.Fprintln(w, "• "+d.Text.In(e.Lang))
	}
	e.writeRemarks(w, a.Remarks)
}

// planNumber writes a value with as many decimals as it needs, at most six.
func (e *Env) planNumber(x float64) string {
	return base.FormatFloat(math.Round(x*1e6)/1e6, -1, e.Lang)
}
