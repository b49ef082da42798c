package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/causal/experiment"
)

// testNames are names that columns of an experiment bear, folded.
var testNames = map[string][]string{
	"group":   {"group", "gruppe", "arm", "variant", "variante", "version"},
	"outcome": {"outcome", "ergebnis", "value", "wert"},
	"before":  {"before", "davor", "vorher"},
}

func effectAB(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("effect FILE.csv --design ab --map group=COLUMN,outcome=COLUMN[,before=COLUMN] [--control NAME] [--split NAME=SHARE,…] [--planned N]")
	flags.String("design", "ab", base.T("`DESIGN` ab: ein Test, dessen Gruppen der Zufall bildete", "`DESIGN` ab: a test whose groups chance made").In(env.Lang))
	fields := flags.StringSlice("map", nil, base.T("`FELD=SPALTE,…` welche Spalte welches Feld ist: group (Gruppe), outcome (Ergebnis, ja und nein oder eine Zahl), before (derselbe Wert vor dem Test)",
		"`FIELD=COLUMN,…` which column is which field: group, outcome (yes and no, or a number), before (the same value before the test)").In(env.Lang))
	control := flags.String("control", "", base.T("`NAME` die Gruppe, mit der verglichen wird; sonst die erste nach dem Namen", "`NAME` the group to compare with; otherwise the first by name").In(env.Lang))
	split := flags.StringSlice("split", nil, base.T("`NAME=ANTEIL,…` geplante Aufteilung, wenn sie nicht gleich ist, etwa A=0.9,B=0.1", "`NAME=SHARE,…` planned split where it is not even, such as A=0.9,B=0.1").In(env.Lang))
	planned := flags.Int64("planned", 0, base.T("`N` geplante Größe beider Gruppen zusammen; dann gilt der Bereich für jeden Blick auch vor dem Ende", "`N` planned size of both groups together; the interval then holds for every look before the end too").In(env.Lang))
	files, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	given, err := columnsGiven(*fields, []string{"group", "outcome", "before"}, "group=version,outcome=retention_7")
	if err != nil {
		return err
	}
	if *planned < 0 {
		return env.usage(flags, base.T("--planned darf nicht unter 0 liegen.", "--planned must not be below 0."))
	}
	t, err := readEffectTable(ctx, files[0], given, []string{"group", "outcome"}, []string{"before"}, testNames)
	if err != nil {
		return err
	}
	arms, kind, remarks, err := t.arms(*control)
	if err != nil {
		return err
	}
	if err := setSplit(arms, *split); err != nil {
		return err
	}
	r, err := experiment.Judge(arms, experiment.Options{Kind: kind, Early: *planned > 0, Planned: *planned})
	if err != nil {
		return err
	}
	r.Remarks = append(remarks, r.Remarks...)
	base.Localize(r, env.Lang)
	return env.Print(r, func(w io.Writer) { env.writeTest(w, r) })
}

// arms sums the rows by group, the control first.
func (e *effectTable) arms(control string) ([]*experiment.Arm, experiment.Kind, base.Remarks, error) {
	kind := experiment.Share
	outcome, yes := e.truths("outcome")
	if !yes {
		kind = experiment.Mean
		var err error
		if outcome, err = e.figures("outcome"); err != nil {
			return nil, kind, nil, err
		}
	}
	before, err := e.figures("before")
	if err != nil {
		return nil, kind, nil, err
	}
	byName := map[string]*experiment.Arm{}
	left := 0
	for i, r := range e.rows {
		name := e.text(r, "group")
		if name == "" {
			return nil, kind, nil, e.refuse("group_missing", r.line, e.name("group"), base.T("In dieser Zeile fehlt die Gruppe.", "The group is missing in this row."))
		}
		arm := byName[name]
		if arm == nil {
			if len(byName) == experiment.MaxArms {
				return nil, kind, nil, e.refuse("ab_many_arms", r.line, e.name("group"), base.T("Es sind mehr als %d Gruppen.", "There are more than %d groups.", experiment.MaxArms))
			}
			arm = &experiment.Arm{Name: name}
			byName[name] = arm
		}
		switch {
		case outcome[i] == nil:
			left++
		case before != nil && before[i] != nil:
			arm.AddPair(*outcome[i], *before[i])
		default:
			arm.Add(*outcome[i])
		}
	}
	remarks := base.Remarks{}
	if left > 0 {
		remarks.Add("outcome_missing", base.N(left, base.T("1 Zeile ohne Ergebnis bleibt außer Betracht.", "1 row without an outcome is left out."),
			base.T("%d Zeilen ohne Ergebnis bleiben außer Betracht.", "%d rows without an outcome are left out.", left)))
	}
	arms, err := inOrder(byName, control)
	return arms, kind, remarks, err
}

func inOrder(byName map[string]*experiment.Arm, control string) ([]*experiment.Arm, error) {
	var arms []*experiment.Arm
	for _, a := range byName {
		arms = append(arms, a)
	}
	slices.SortFunc(arms, func(a, b *experiment.Arm) int { return strings.Compare(a.Name, b.Name) })
	if control == "" {
		return arms, nil
	}
	at := slices.IndexFunc(arms, func(a *experiment.Arm) bool { return a.Name == control })
	if at < 0 {
		return nil, base.Fail(base.Refused, "group_unknown", base.T("Die Gruppe „%s“ gibt es in der Datei nicht.", "There is no group “%s” in the file.", control))
	}
	first := arms[at]
	return append([]*experiment.Arm{first}, slices.Delete(arms, at, at+1)...), nil
}

func setSplit(arms []*experiment.Arm, split []string) error {
	for _, pair := range split {
		name, text, _ := strings.Cut(pair, "=")
		share, err := strconv.ParseFloat(text, 64)
		at := slices.IndexFunc(arms, func(a *experiment.Arm) bool { return a.Name == name })
		if err != nil || at < 0 {
			return base.Fail(base.Usage, "split_unreadable", base.T("„%s“ hat nicht die Form Gruppe=Anteil mit einer Gruppe der Datei.", "“%s” is not of the form group=share with a group of the file.", pair)).
				WithHint(base.T("Beispiel: --split A=0.9,B=0.1", "Example: --split A=0.9,B=0.1"))
		}
		arms[at].Share = share
	}
	return nil
}

func (e *Env) writeTest(w io.Writer, r *experiment.Result) {
	figure := func(v float64) string {
		if r.Kind == experiment.Share {
			return base.FormatFloat(100*v, 2, e.Lang) + " %"
		}
		return e.rounded(v)
	}
	points := func(v float64) string {
		if r.Kind == experiment.Share {
			return base.FormatFloat(100*v, 2, e.Lang) + base.T(" Punkte", " points").In(e.Lang)
		}
		return e.rounded(v)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, a := range r.Arms {
		fmt.Fprintf(t, "%s\tn = %s\t%s\n", a.Name, base.FormatInt(a.N, e.Lang), figure(*a.Value))
	}
	t.Flush()
	for _, c := range r.Comparisons {
		fmt.Fprintf(w, "\n%s − %s\n", c.Arm, r.Arms[0].Name)
		t = tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprintf(t, "%s\t%s\n", base.T("Unterschied", "Difference").In(e.Lang), points(*c.Estimate))
		if c.Low != nil && c.High != nil {
			fmt.Fprintf(t, "%s\t%s\n", base.T("Bereich, 95 %", "Range, 95 %").In(e.Lang), base.T("%s bis %s", "%s to %s", points(*c.Low), points(*c.High)).In(e.Lang))
		}
		e.writeRange(t, nil, nil, c.P)
		t.Flush()
	}
	fmt.Fprintln(w, base.T("\nBedingungen", "\nConditions").In(e.Lang))
	for _, d := range r.Diagnostics {
		e.writeCondition(w, d.Held, d.Text, base.Text{})
	}
	e.writeRemarks(w, r.Remarks)
}
