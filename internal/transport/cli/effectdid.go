package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/causal/did"
)

// panelNames are names that columns of a panel bear, folded.
var panelNames = map[string][]string{
	"unit":   {"unit", "einheit", "team", "filiale", "region", "state", "land"},
	"period": {"period", "periode", "time", "zeit", "year", "jahr", "month", "monat", "quarter", "quartal", "date", "datum", "week", "woche"},
	"value":  {"value", "wert", "y"},
	"weight": {"weight", "gewicht"},
}

func effectDiD(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("effect PANEL.csv --design did --unit COLUMN --treated COLUMN|UNITS [--at PERIOD] [--map field=column,…] [--scale plain|log] [--controls all|never] [--seed N]")
	flags.String("design", "did", base.T("`DESIGN` did: mehrere Einheiten, betroffene und andere, davor und danach", "`DESIGN` did: several units, treated and others, before and after").In(env.Lang))
	unit := flags.String("unit", "", base.T("`SPALTE` welche Spalte die Einheit nennt", "`COLUMN` which column names the unit").In(env.Lang))
	treated := flags.String("treated", "", base.T("`SPALTE|EINHEITEN` Spalte, die je Zeile ja oder nein oder je Einheit die erste betroffene Periode sagt; oder die betroffenen Einheiten, durch Komma getrennt, dann mit --at",
		"`COLUMN|UNITS` column that says yes or no in each row, or the first treated period of each unit; or the treated units, parted by commas, then with --at").In(env.Lang))
	at := flags.String("at", "", base.T("`PERIODE` erste betroffene Periode der genannten Einheiten", "`PERIOD` first treated period of the units named").In(env.Lang))
	fields := flags.StringSlice("map", nil, base.T("`FELD=SPALTE,…` welche Spalte welches Feld ist: period, value, weight", "`FIELD=COLUMN,…` which column is which field: period, value, weight").In(env.Lang))
	scale := flags.String("scale", "plain", base.T("`SKALA` plain der Wert selbst, log sein Logarithmus, der Unterschied gilt dann als Verhältnis", "`SCALE` plain for the value itself, log for its logarithm, the difference then is a ratio").In(env.Lang))
	controls := flags.String("controls", "all", base.T("`WELCHE` all auch noch nicht betroffene Einheiten, never nur nie betroffene", "`WHICH` all for units not treated yet as well, never for those never treated only").In(env.Lang))
	seed := flags.Uint64("seed", 1, base.T("Startwert des Zufalls, wo nicht alle Zuordnungen durchgesehen werden", "seed of what is drawn where not all assignments are looked at").In(env.Lang))
	files, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	switch {
	case *treated == "":
		return env.usage(flags, base.T("Es fehlt --treated, welche Einheiten von wann an betroffen sind.", "--treated is missing, which units are treated from when on."))
	case *scale != "plain" && *scale != "log":
		return env.usage(flags, base.T("--scale ist plain oder log.", "--scale is plain or log."))
	case *controls != "all" && *controls != "never":
		return env.usage(flags, base.T("--controls ist all oder never.", "--controls is all or never."))
	}
	given, err := columnsGiven(*fields, []string{"period", "value", "weight"}, "period=Quartal,value=Quote")
	if err != nil {
		return err
	}
	if *unit != "" {
		given["unit"] = *unit
	}
	p, err := readPanel(ctx, files[0], given, *treated, *at, *scale == "log")
	if err != nil {
		return err
	}
	r, err := did.Estimate(ctx, p, did.Options{NeverOnly: *controls == "never", Seed: *seed})
	if err != nil {
		return err
	}
	base.Localize(r, env.Lang)
	return env.Print(r, func(w io.Writer) { env.writeDiD(w, r, *scale == "log") })
}

// panelFile is a panel that is read.
type panelFile struct {
	*effectTable
	panel  did.Panel
	period map[string]int // by the text of the cell
	unit   map[string]int
	seen   map[[2]int]int64 // line of each unit and period
}

func readPanel(ctx context.Context, path string, given map[string]string, treated, at string, log bool) (*did.Panel, error) {
	t, err := readEffectTable(ctx, path, given, []string{"unit", "period", "value"}, []string{"weight"}, panelNames)
	if err != nil {
		return nil, err
	}
	p := &panelFile{effectTable: t, period: map[string]int{}, unit: map[string]int{}, seen: map[[2]int]int64{}}
	if err := p.periods(); err != nil {
		return nil, err
	}
	if err := p.fill(log); err != nil {
		return nil, err
	}
	if place := slices.Index(t.t.Columns, treated); place >= 0 && at == "" {
		t.column["treated"] = place
		return &p.panel, p.startsByColumn()
	}
	return &p.panel, p.startsByName(treated, at)
}

// periods puts the periods in order: as numbers where all are numbers, otherwise by the calendar.
func (p *panelFile) periods() error {
	type entry struct {
		text  string
		order float64
	}
	var all []entry
	numeric := true
	for _, r := range p.rows {
		if text := p.text(r, "period"); text != "" {
			_, err := strconv.ParseFloat(text, 64)
			numeric = numeric && err == nil
		}
	}
	for _, r := range p.rows {
		text := p.text(r, "period")
		if _, have := p.period[text]; have {
			continue
		}
		p.period[text] = 0
		order, err := strconv.ParseFloat(text, 64)
		if !numeric {
			var s stamp
			s, err = readStamp(text)
			order = float64(s.from)
		}
		if err != nil || math.IsNaN(order) {
			return p.refuse("period_unreadable", r.line, p.name("period"), base.T("„%s“ ist keine Periode.", "“%s” is not a period.", text)).
				WithHint(base.T("Erwartet wird eine laufende Nummer, ein Jahr, JJJJ-Qn, JJJJ-MM, JJJJ-Wnn oder ein Datum.", "Expected is a running number, a year, YYYY-Qn, YYYY-MM, YYYY-Wnn or a date."))
		}
		all = append(all, entry{text, order})
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Compare(a.order, b.order) })
	for i, e := range all {
		p.period[e.text] = i
		p.panel.Periods = append(p.panel.Periods, e.text)
	}
	return nil
}

func (p *panelFile) fill(log bool) error {
	values, err := p.figures("value")
	if err != nil {
		return err
	}
	weights, err := p.figures("weight")
	if err != nil {
		return err
	}
	for i, r := range p.rows {
		u, err := p.unitOf(r)
		if err != nil {
			return err
		}
		at := p.period[p.text(r, "period")]
		if line, have := p.seen[[2]int{u, at}]; have {
			return p.refuse("period_doubled", r.line, p.name("period"), base.T("Die Periode %s der Einheit „%s“ kommt mehrmals vor, zuerst in Zeile %s.", "The period %s of the unit “%s” occurs more than once, first in line %s.",
				p.text(r, "period"), p.text(r, "unit"), strconv.FormatInt(line, 10)))
		}
		p.seen[[2]int{u, at}] = r.line
		if values[i] == nil {
			continue
		}
		v := *values[i]
		if log {
			if v <= 0 {
				return p.refuse("value_not_positive", r.line, p.name("value"), base.T("Ein Logarithmus braucht Werte über 0.", "A logarithm needs values above 0."))
			}
			v = math.Log(v)
		}
		p.panel.Units[u].Values[at] = v
		if weights != nil && weights[i] != nil {
			if *weights[i] <= 0 {
				return p.refuse("weight_not_positive", r.line, p.name("weight"), base.T("Ein Gewicht muss über 0 liegen.", "A weight must be above 0."))
			}
			p.panel.Units[u].Weight = *weights[i]
		}
	}
	return nil
}

func (p *panelFile) unitOf(r seriesRow) (int, error) {
	name := p.text(r, "unit")
	if name == "" {
		return 0, p.refuse("unit_missing", r.line, p.name("unit"), base.T("In dieser Zeile fehlt die Einheit.", "The unit is missing in this row."))
	}
	u, have := p.unit[name]
	if have {
		return u, nil
	}
	if (len(p.panel.Units)+1)*len(p.panel.Periods) > did.MaxCells {
		return 0, p.refuse("panel_too_large", r.line, "", base.T("Das Panel ist zu groß: höchstens %d Werte.", "The panel is too large: at most %d values.", did.MaxCells))
	}
	values := make([]float64, len(p.panel.Periods))
	for t := range values {
		values[t] = math.NaN()
	}
	p.unit[name] = len(p.panel.Units)
	p.panel.Units = append(p.panel.Units, did.Unit{Name: name, Values: values, From: did.Never})
	return p.unit[name], nil
}

// startsByColumn reads a yes or no for each row, which never turns back, or the first treated period for each unit.
func (p *panelFile) startsByColumn() error {
	flags, yes := p.truths("treated")
	for i, r := range p.rows {
		u := &p.panel.Units[p.unit[p.text(r, "unit")]]
		if yes {
			if at := p.period[p.text(r, "period")]; flags[i] != nil && *flags[i] == 1 && (u.From == did.Never || at < u.From) {
				u.From = at
			}
			continue
		}
		text := p.text(r, "treated")
		if text == "" {
			continue
		}
		at, have := p.period[text]
		if !have {
			return p.refuse("start_unknown", r.line, p.name("treated"), base.T("Die erste betroffene Periode „%s“ gibt es in der Datei nicht.", "There is no period “%s” in the file to be treated from.", text))
		}
		if u.From != did.Never && u.From != at {
			return p.refuse("start_doubled", r.line, p.name("treated"), base.T("Die Einheit „%s“ hat zwei erste betroffene Perioden.", "The unit “%s” has two first treated periods.", u.Name))
		}
		u.From = at
	}
	if yes {
		return p.neverEnds(flags)
	}
	return nil
}

// neverEnds refuses a treatment that ends: the design knows a start only.
func (p *panelFile) neverEnds(flags []*float64) error {
	for i, r := range p.rows {
		u := p.panel.Units[p.unit[p.text(r, "unit")]]
		if flags[i] != nil && *flags[i] == 0 && u.From != did.Never && p.period[p.text(r, "period")] > u.From {
			return p.refuse("treatment_ends", r.line, p.name("treated"), base.T("Die Einheit „%s“ ist hier nicht mehr betroffen; das Verfahren kennt nur einen Beginn.", "The unit “%s” is no longer treated here; the method knows a start only.", u.Name))
		}
	}
	return nil
}

// startsByName takes the units that were named, all from one period on.
func (p *panelFile) startsByName(names, at string) error {
	place, have := p.period[at]
	if !have {
		if at == "" {
			return p.lackingColumn(base.T("Die Spalte „%s“ gibt es in der Datei nicht; für genannte Einheiten fehlt --at.", "There is no column “%s” in the file; for named units --at is missing.", names))
		}
		return base.Fail(base.Refused, "at_outside", base.T("Die Periode „%s“ gibt es in der Datei nicht.", "There is no period “%s” in the file.", at)).At(base.Place{File: p.path})
	}
	for name := range strings.SplitSeq(names, ",") {
		u, have := p.unit[strings.TrimSpace(name)]
		if !have {
			return base.Fail(base.Refused, "unit_unknown", base.T("Die Einheit „%s“ gibt es in der Datei nicht.", "There is no unit “%s” in the file.", strings.TrimSpace(name))).At(base.Place{File: p.path})
		}
		p.panel.Units[u].From = place
	}
	return nil
}

func (e *Env) writeDiD(w io.Writer, r *did.Result, log bool) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(label base.Text, value string) { fmt.Fprintf(t, "%s\t%s\n", label.In(e.Lang), value) }
	value := e.rounded(*r.Estimate)
	if log {
		value += " (" + base.FormatFloat(100*math.Expm1(*r.Estimate), 1, e.Lang) + " %)"
	}
	line(base.T("Veränderung", "Change"), value)
	e.writeRange(t, r.Low, r.High, r.P)
	if r.TwoWay != nil {
		line(base.T("Übliche Regression", "Usual regression"), e.rounded(*r.TwoWay))
	}
	t.Flush()
	fmt.Fprintln(w, base.T("\nVerlauf um den Beginn", "\nCourse around the start").In(e.Lang))
	t = tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, x := range r.Events {
		if x.Estimate == nil {
			continue
		}
		span := ""
		if x.Low != nil {
			span = base.T("%s bis %s", "%s to %s", e.rounded(*x.Low), e.rounded(*x.High)).In(e.Lang)
		}
		fmt.Fprintf(t, "%+d\t%s\t%s\n", x.Relative, e.rounded(*x.Estimate), span)
	}
	t.Flush()
	fmt.Fprintln(w, base.T("\nBedingungen", "\nConditions").In(e.Lang))
	for _, d := range r.Diagnostics {
		e.writeCondition(w, d.Held, d.Text, base.Text{})
	}
	e.writeRemarks(w, r.Remarks)
}

// writeRange writes the interval and the p-value that are known.
func (e *Env) writeRange(w io.Writer, low, high, p *float64) {
	if low != nil && high != nil {
		fmt.Fprintf(w, "%s\t%s\n", base.T("Bereich, 95 %", "Range, 95 %").In(e.Lang), base.T("%s bis %s", "%s to %s", e.rounded(*low), e.rounded(*high)).In(e.Lang))
	}
	if p != nil {
		value := base.FormatFloat(*p, 3, e.Lang)
		if *p < 0.001 {
			value = "< " + base.FormatFloat(0.001, 3, e.Lang)
		}
		fmt.Fprintf(w, "%s\t%s\n", base.T("p-Wert", "p-value").In(e.Lang), value)
	}
}
