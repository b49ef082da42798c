package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"text/tabwriter"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/domain/insight/process"
)

func init() {
	register(Command{Name: "process compare", Usage: base.T("zwei Zeiträume eines Prozesses: schneller, oder nur leichtere Fälle", "two periods of a process side by side: faster, or easier cases only"), Run: processCompare})
}

func processCompare(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("process compare PROCESS [--a D..D --b D..D] [--state complete|open] [--filter field=value] [--instances] [--top N]")
	a := flags.String("a", "", base.T("`TAG..TAG` erster und letzter Tag davor; ohne --a und --b wählt Lotse", "`D..D` first and last day before; without --a and --b Lotse chooses").In(env.Lang))
	b := flags.String("b", "", base.T("`TAG..TAG` erster und letzter Tag danach", "`D..D` first and last day after").In(env.Lang))
	state := flags.String("state", "", base.T("`ZUSTAND` nur abgeschlossene (complete) oder nur offene (open) Vorgänge", "`STATE` complete cases only, or open ones only").In(env.Lang))
	filters := flags.StringArray("filter", nil, base.T("`FELD=WERT` nur Vorgänge mit diesem Wert, mehrmals möglich", "`FIELD=VALUE` cases with this value only, may be repeated").In(env.Lang))
	instances := flags.Bool("instances", false, base.T("Beginn- und Abschlusszeilen zu einem Ereignis paaren", "pair start and complete rows into one event").In(env.Lang))
	top := flags.Int("top", 20, base.T("`N` so viele Pfade zeigen, 0 für alle", "`N` show so many paths, 0 for all").In(env.Lang))
	names, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	query := url.Values{"attr": *filters}
	if *a != "" || *b != "" {
		for _, side := range []struct{ name, text string }{{"a", *a}, {"b", *b}} {
			if err := spanTo(query, side.name, side.text); err != nil {
				return err
			}
		}
	}
	if *state != "" {
		query.Set("state", *state)
	}
	if *instances {
		query.Set("instances", "true")
	}
	var c process.Comparison
	if err := env.Call(ctx, http.MethodGet, "/processes/"+url.PathEscape(names[0])+"/compare?"+query.Encode(), nil, &c); err != nil {
		return err
	}
	return env.Print(&c, func(w io.Writer) { env.writeComparison(w, &c, *top) })
}

// spanTo reads first..last day into the parameters of a side, which end with the day after.
func spanTo(query url.Values, side, text string) error {
	first, last, found := strings.Cut(text, "..")
	from, err := period.ParseDate(first)
	to, bad := period.ParseDate(last)
	if !found || err != nil || bad != nil {
		return base.Fail(base.Usage, "wrong_use", base.T("--%s braucht einen Zeitraum der Form JJJJ-MM-TT..JJJJ-MM-TT.", "--%s needs a period of the form YYYY-MM-DD..YYYY-MM-DD.", side)).
			WithHint(base.T("Beispiel: --a 2025-01-01..2025-06-30 --b 2025-07-01..2025-12-31", "Example: --a 2025-01-01..2025-06-30 --b 2025-07-01..2025-12-31"))
	}
	query.Set(side+"_from", from.String())
	query.Set(side+"_to", (to + 1).String())
	return nil
}

func (e *Env) writeComparison(w io.Writer, c *process.Comparison, top int) {
	fmt.Fprintln(w, c.Sentence.In(e.Lang))
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, base.T("\tdavor\tdanach\tUnterschied\t95-%-Bereich", "\tbefore\tafter\tdifference\t95% interval").In(e.Lang))
	fmt.Fprintf(t, "%s\t%s\t%s\n", base.T("Zeitraum", "Period").In(e.Lang), e.span(c.A), e.span(c.B))
	fmt.Fprintf(t, "%s\t%s\t%s\n", base.T("Vorgänge", "Cases").In(e.Lang), base.FormatInt(c.A.Cases, e.Lang), base.FormatInt(c.B.Cases, e.Lang))
	e.writeCompared(t, base.T("Durchlaufzeit, Mittel", "Case duration, mean"), c.Mean)
	e.writeCompared(t, base.T("Durchlaufzeit, Median", "Case duration, median"), c.Median)
	if m := c.Mix; m != nil {
		e.writePart(t, base.T("  durch andere Fälle", "  by other cases"), m.Mix)
		e.writePart(t, base.T("  bei gleichen Fällen", "  with the same cases"), m.Within)
	}
	t.Flush()
	fmt.Fprintln(w)
	e.writeEdges(w, c, top)
	e.writeRemarks(w, c.Remarks)
}

func (e *Env) span(p process.ComparedPeriod) string { return e.day(p.From) + "–" + e.day(p.To-1) }

func (e *Env) writeCompared(w io.Writer, label base.Text, d process.Compared) {
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", label.In(e.Lang), e.duration(d.A), e.duration(d.B), e.duration(d.Difference), e.bounds(d.Low, d.High))
}

func (e *Env) writePart(w io.Writer, label base.Text, p process.MixPart) {
	fmt.Fprintf(w, "%s\t\t\t%s\t%s\n", label.In(e.Lang), e.duration(&p.Seconds), e.bounds(&p.Low, &p.High))
}

func (e *Env) bounds(low, high *float64) string {
	if low == nil || high == nil {
		return "–"
	}
	return base.T("%s bis %s", "%s to %s", e.duration(low), e.duration(high)).In(e.Lang)
}

// writeEdges lists the paths that differ first; the sign stands before the word.
func (e *Env) writeEdges(w io.Writer, c *process.Comparison, top int) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, base.T("Anteil\tdanach\t\tMedian\tdanach\t\tPfad", "Share\tafter\t\tMedian\tafter\t\tPath").In(e.Lang))
	written := 0
	for _, different := range []bool{true, false} {
		for _, x := range c.Edges {
			if (x.Share.Significant || x.Time.Significant) != different || top > 0 && written == top {
				continue
			}
			written++
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s → %s\n", e.percent(x.Share.A), e.percent(x.Share.B), moved(x.Share, base.T("▲ häufiger", "▲ more often"), base.T("▼ seltener", "▼ less often")).In(e.Lang),
				e.duration(x.Time.A), e.duration(x.Time.B), moved(x.Time, base.T("▲ langsamer", "▲ slower"), base.T("▼ schneller", "▼ faster")).In(e.Lang), x.From, x.To)
		}
	}
	t.Flush()
	if left := len(c.Edges) - written; left > 0 {
		fmt.Fprintln(w, base.N(left, base.T("und ein weiterer Pfad", "and one further path"), base.T("und %d weitere Pfade", "and %d further paths", left)).In(e.Lang))
	}
}

func (e *Env) percent(share *float64) string {
	if share == nil {
		return "–"
	}
	return base.FormatFloat(100**share, 1, e.Lang) + " %"
}

func moved(d process.Compared, up, down base.Text) base.Text {
	switch {
	case !d.Significant:
		return base.T("", "")
	case *d.Difference > 0:
		return up
	}
	return down
}
