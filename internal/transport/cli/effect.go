package cli

import (
	"context"
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/causal"
)

func init() {
	register(Command{Name: "effect", Usage: base.T("was sich in einer Reihe geändert hat, und ob das belegbar ist", "what changed in a series, and whether that can be proven"), Run: effect})
}

func effect(ctx context.Context, env *Env, args []string) error {
	if other := otherDesign(args); other != nil {
		return other(ctx, env, args)
	}
	flags := env.Flags("effect SERIES.csv --at PERIOD [--model step|trend|slope] [--scale plain|log|log_rate|logit] [--map field=column,…] [--expected N] [--band N]")
	at := flags.String("at", "", base.T("`PERIODE` erste betroffene Periode: Jahr, JJJJ-Qn, JJJJ-MM, JJJJ-Wnn oder Datum", "`PERIOD` first affected period: year, YYYY-Qn, YYYY-MM, YYYY-Wnn or a date").In(env.Lang))
	model := flags.String("model", string(causal.Trend), base.T("`MODELL` step Stufe, trend Stufe auf einer Geraden, slope auch mit anderer Steigung danach", "`MODEL` step, trend for a step on a straight line, slope with a change of slope too").In(env.Lang))
	scale := flags.String("scale", string(causal.Plain), base.T("`SKALA` plain der Wert selbst, log Kosten und Dauern, log_rate Anzahlen, logit Anteile", "`SCALE` plain for the value itself, log for costs and durations, log_rate for counts, logit for shares").In(env.Lang))
	fields := flags.StringSlice("map", nil, base.T("`FELD=SPALTE,…` welche Spalte welches Feld ist: time, value, control (mehrmals möglich), size (Fallzahl), negative (sollte sich nicht bewegen)",
		"`FIELD=COLUMN,…` which column is which field: time, value, control (may be repeated), size (number of cases), negative (should not move)").In(env.Lang))
	expected := flags.Float64("expected", 0, base.T("`N` erwartete Veränderung mit Vorzeichen, in der Einheit des Werts", "`N` expected change with its sign, in the unit of the value").In(env.Lang))
	band := flags.Float64("band", 0, base.T("`N` eine Veränderung innerhalb ±N fällt nicht ins Gewicht", "`N` a change within ±N does not matter").In(env.Lang))
	flags.String("design", "series", base.T("`DESIGN` series eine Reihe, did mehrere Einheiten, ab ein Test mit Gruppen; mehr mit lotse effect --design did --help", "`DESIGN` series for one series, did for several units, ab for a test with groups; more by lotse effect --design did --help").In(env.Lang))
	files, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	if *at == "" {
		return env.usage(flags, base.T("Es fehlt --at, die erste betroffene Periode.", "--at is missing, the first affected period."))
	}
	if !(*band >= 0) {
		return env.usage(flags, base.T("--band darf nicht unter 0 liegen.", "--band must not be below 0."))
	}
	design := causal.Design{Model: causal.Model(*model), Scale: causal.Scale(*scale), Band: *band}
	if flags.Lookup("expected").Changed {
		design.Expected = expected
	}
	s, err := readSeries(ctx, files[0], *fields, design.Scale)
	if err != nil {
		return err
	}
	if design.At, err = s.place(*at); err != nil {
		return err
	}
	e, err := causal.Estimate(ctx, s.series, design)
	if err != nil {
		return effectRefused(err)
	}
	e.Remarks = append(s.remarks, e.Remarks...)
	base.Localize(e, env.Lang)
	return env.Print(e, func(w io.Writer) { env.writeEffect(w, e) })
}

// effectRefused makes wrong use of what is wrong in a flag.
func effectRefused(err error) error {
	e := base.AsError(err)
	if e.Code == "model_unknown" || e.Code == "scale_unknown" {
		e.Kind = base.Usage
	}
	return e
}

var verdictWords = map[causal.Verdict]base.Text{
	causal.Proven:      base.T("belegt", "proven"),
	causal.NoSign:      base.T("kein Hinweis auf eine Veränderung, die ins Gewicht fällt", "no sign of a change that matters"),
	causal.NotProvable: base.T("nicht belegbar", "not provable"),
}

func (e *Env) writeEffect(w io.Writer, f *causal.Effect) {
	fmt.Fprintln(w, strings.ToUpper(verdictWords[f.Verdict].In(e.Lang)[:1])+verdictWords[f.Verdict].In(e.Lang)[1:])
	e.writeEstimate(w, f)
	fmt.Fprintln(w, base.T("\nBedingungen", "\nConditions").In(e.Lang))
	for _, r := range f.Reasons {
		e.writeCondition(w, r.Met, r.Text, r.Note)
	}
	if len(f.Checks) > 0 {
		fmt.Fprintln(w, base.T("\nGegenproben", "\nCounter-checks").In(e.Lang))
	}
	for _, c := range f.Checks {
		note := base.Text{}
		if c.Low != nil && c.High != nil {
			note = base.T("%s bis %s", "%s to %s", e.rounded(*c.Low), e.rounded(*c.High))
		}
		e.writeCondition(w, c.Held, c.Text, note)
	}
	if len(f.Remarks) > 0 {
		fmt.Fprintln(w, base.T("\nBemerkungen", "\nRemarks").In(e.Lang))
		e.writeRemarks(w, f.Remarks)
	}
}

func (e *Env) writeEstimate(w io.Writer, f *causal.Effect) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	defer t.Flush()
	line := func(label base.Text, value string) { fmt.Fprintf(t, "%s\t%s\n", label.In(e.Lang), value) }
	if f.Estimate != nil {
		value := e.rounded(*f.Estimate)
		if f.Relative != nil {
			value += " (" + base.FormatFloat(100**f.Relative, 1, e.Lang) + " %)"
		}
		line(base.T("Veränderung", "Change"), value)
	}
	if f.Low != nil && f.High != nil {
		line(base.T("Bereich, 95 %", "Range, 95 %"), base.T("%s bis %s", "%s to %s", e.rounded(*f.Low), e.rounded(*f.High)).In(e.Lang))
	}
	if f.P != nil {
		value := base.FormatFloat(*f.P, 3, e.Lang)
		if *f.P < 0.001 {
			value = "< " + base.FormatFloat(0.001, 3, e.Lang)
		}
		line(base.T("Durch Zufall allein (p-Wert)", "By chance alone (p-value)"), value)
	}
	if f.Smallest != nil {
		line(base.T("Belegbar wäre ab", "Would show from"), e.rounded(*f.Smallest))
	}
	if m := f.Fit; m != nil {
		line(base.T("Modell", "Model"), strings.Join(m.Terms, " + "))
		if m.Rho != nil && m.DF != nil {
			line(base.T("Zusammenhang der Abweichungen", "Correlation of errors"), base.T("%s; gerechnet wie mit %s unabhängigen Werten", "%s; computed as with %s independent values",
				causal.Neighbours(*m.Rho), base.Number{Value: *m.DF, Decimals: 1}).In(e.Lang))
		}
	}
}

// writeCondition writes a sentence with the sign of whether it holds and its numbers on a line of their own.
func (e *Env) writeCondition(w io.Writer, met *bool, text, note base.Text) {
	sign := "?"
	switch {
	case met != nil && *met:
		sign = "✓"
	case met != nil:
		sign = "✗"
	}
	fmt.Fprintln(w, sign+" "+text.In(e.Lang))
	if !note.IsZero() {
		fmt.Fprintln(w, "  "+note.In(e.Lang))
	}
}

// rounded writes a number with four figures that count, whole from a thousand on.
func (e *Env) rounded(x float64) string {
	if x == 0 {
		return "0"
	}
	places := min(max(3-int(math.Floor(math.Log10(math.Abs(x)))), 0), 8)
	return base.FormatFloat(x, places, e.Lang)
}
