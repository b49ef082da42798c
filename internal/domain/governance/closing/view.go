package closing

import (
	"context"
	"math"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/causal"
	"lotse.dev/lotse/internal/engine/proof"
	"lotse.dev/lotse/internal/store/record"
)

// View is a closing as the API shows it.
type View struct {
	ID          string         `json:"id"`
	Version     int            `json:"version"`
	Title       string         `json:"title"`
	Subject     string         `json:"subject" enum:"metric,effect"`
	Metric      string         `json:"metric"`
	Process     string         `json:"process"`
	Filters     []string       `json:"filters" nullable:"false" doc:"field=value"`
	Grain       string         `json:"grain" enum:"day,week,month,quarter,year"`
	From        string         `json:"from" doc:"first day"`
	To          string         `json:"to" doc:"day after the last"`
	Label       base.Text      `json:"label" doc:"the period as people read it"`
	Plan        string         `json:"plan" doc:"empty for a metric"`
	Initiative  string         `json:"initiative"`
	Status      string         `json:"status" enum:"proposed,confirmed,signed,refused,reopened"`
	Next        string         `json:"next" enum:"propose,confirm,sign," doc:"what is to be done next, empty when it is done"`
	Value       *float64       `json:"value"`
	Low         *float64       `json:"low"`
	High        *float64       `json:"high"`
	N           int64          `json:"n"`
	Unit        string         `json:"unit" enum:"count,money,share,seconds,number"`
	Currency    *string        `json:"currency"`
	Verdict     *string        `json:"verdict" enum:"belegt,kein Hinweis,nicht belegbar"`
	Class       *string        `json:"class" enum:"planned,retrospective,exploratory"`
	Effect      *causal.Effect `json:"effect" doc:"as frozen; only in the answer for one closing of an effect"`
	Worth       *proof.Worth   `json:"worth" doc:"a year"`
	Definition  int            `json:"definition_version"`
	Snapshot    int64          `json:"snapshot"`
	MeasuredAt  time.Time      `json:"measured_at"`
	Hash        string         `json:"hash" doc:"SHA-256 of everything frozen, empty until it is signed"`
	Rows        []proof.Row    `json:"rows" nullable:"false" doc:"result rows of which the value was computed; only in the answer for one closing"`
	Steps       []StepView     `json:"steps" nullable:"false"`
	Confirmer   *PersonName    `json:"confirmer" doc:"of the department, where the company lets it confirm"`
	Follows     string         `json:"follows" doc:"closing that was reopened"`
	FollowedBy  string         `json:"followed_by"`
	Restatement *Restatement   `json:"restatement" doc:"what the facts say today; only in the answer for one closing"`
	May         []string       `json:"may" nullable:"false" doc:"steps that the reader may take now: confirm, sign, refuse, reopen"`
	Remarks     base.Remarks   `json:"remarks" nullable:"false"`
}

// StepView is a step with the name of who took it.
type StepView struct {
	Step string    `json:"step" enum:"propose,confirm,sign,refuse,reopen"`
	By   string    `json:"by" doc:"e-mail address, or cli"`
	Name string    `json:"name" doc:"of the person, empty where the reader may not see it"`
	At   time.Time `json:"at"`
	Note string    `json:"note"`
}

// PersonName is a person with the name that the reader may see.
type PersonName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Restatement is what the facts of today say of a frozen figure.
type Restatement struct {
	Value      *float64     `json:"value"`
	Low        *float64     `json:"low"`
	High       *float64     `json:"high"`
	Verdict    *string      `json:"verdict"`
	Definition int          `json:"definition_version"`
	Snapshot   int64        `json:"snapshot"`
	Changed    bool         `json:"changed" doc:"another value than the frozen one"`
	Why        base.Remarks `json:"why" nullable:"false" doc:"codes facts, definition and settings"`
}

func (s *Service) view(ctx context.Context, doc record.Doc, whole bool) (*View, error) {
	c, err := Of(doc)
	if err != nil {
		return nil, err
	}
	f, err := c.frozen()
	if err != nil {
		return nil, err
	}
	v := &View{ID: doc.ID, Version: doc.Version, Title: c.Title, Subject: string(c.Subject), Metric: c.Metric, Process: c.Process, Filters: append([]string{}, f.Ask.Filters...),
		Grain: string(c.Grain), From: string(c.From), To: string(c.Before), Plan: string(c.Plan), Initiative: string(c.Initiative), Status: string(c.Status), Next: next(c.Closing),
		Value: f.Value, Low: f.Low, High: f.High, N: f.N, Unit: f.Unit, Worth: f.Worth, Definition: f.Ask.Definition, Snapshot: f.Ask.Moment.Snapshot,
		MeasuredAt: f.Ask.Moment.At, Hash: c.Hash, Rows: []proof.Row{}, Steps: []StepView{}, Follows: string(c.Follows), May: []string{}, Remarks: base.Remarks{}}
	if f.Currency != "" {
		v.Currency = &f.Currency
	}
	if c.Verdict != "" {
		verdict, class := string(c.Verdict), string(c.Class)
		v.Verdict, v.Class = &verdict, &class
	}
	if err := s.words(ctx, c, f, v); err != nil {
		return nil, err
	}
	if !whole {
		return v, nil
	}
	v.Rows = f.Rows
	if f.Effect != nil {
		v.Effect = f.bilingual(ctx)
	}
	if err := s.warnUnbegun(ctx, v.Initiative, &v.Remarks); err != nil {
		return nil, err
	}
	v.Restatement, err = s.restate(ctx, f)
	return v, err
}

// next is the step that a closing waits for.
func next(c *Closing) string {
	switch {
	case c.Status == "refused" || c.Status == "reopened":
		return "propose"
	case c.Status == "proposed" && c.Confirmer != "":
		return "confirm"
	case c.Status == "proposed" || c.Status == "confirmed":
		return "sign"
	}
	return ""
}

// words adds the names of people, the period and what the reader may do.
func (s *Service) words(ctx context.Context, c *Kept, f *Frozen, v *View) error {
	cal, err := s.Facts.Calendar(ctx)
	if err != nil {
		return err
	}
	from, err := period.ParseDate(string(c.From))
	if err != nil {
		return err
	}
	before, err := period.ParseDate(string(c.Before))
	if err != nil {
		return err
	}
	v.Label = period.Period{From: from, To: before}.Label()
	if f.Plan == nil {
		v.Label = cal.Label(f.Ask.Grain, period.Period{From: from, To: before})
	}
	persons := map[string]string{}
	var ids []string
	for _, st := range c.Steps {
		person, err := s.Person(ctx, st.Person)
		if err != nil {
			return err
		}
		persons[st.Person], ids = person, append(ids, person)
	}
	names, err := s.Registers.Visible(ctx, "person", append(ids, string(c.Confirmer)))
	if err != nil {
		return err
	}
	for _, st := range c.Steps {
		at, _ := time.Parse(time.RFC3339Nano, st.At) // written by this package
		v.Steps = append(v.Steps, StepView{Step: string(st.Step), By: st.Person, Name: names[persons[st.Person]], At: at, Note: st.Note})
	}
	if c.Confirmer != "" {
		v.Confirmer = &PersonName{string(c.Confirmer), names[string(c.Confirmer)]}
	}
	return s.addMay(ctx, c, v)
}

// addMay tries the steps; what comes back is what a button may offer.
func (s *Service) addMay(ctx context.Context, c *Kept, v *View) error {
	for _, name := range []string{"confirm", "sign", "refuse", "reopen"} {
		if s.may(ctx, name, c) != nil {
			continue
		}
		err := s.allowed(ctx, name, c.Closing, byOf(ctx), "x")
		if err == nil || base.IsKind(err, base.Refused) { // a clock set back is told at the step itself
			v.May = append(v.May, name)
		}
	}
	list, err := s.All(ctx, record.Condition{Field: "follows", Op: "eq", Values: []string{c.Doc.ID}})
	if err == nil && len(list) > 0 {
		v.FollowedBy = list[0].Doc.ID
	}
	return err
}

// bilingual is the frozen effect. Its sentences are kept in one language; computed again from the frozen rows they come
// in both, as long as they say the same numbers.
func (f *Frozen) bilingual(ctx context.Context) *causal.Effect {
	again, err := proof.Estimate(ctx, f.Rows, f.Ask, *f.Terms)
	if err != nil || !sameEffect(again, f.Effect) {
		return f.Effect
	}
	return again
}

// restate asks the facts of today the frozen question, by the definition of today.
func (s *Service) restate(ctx context.Context, f *Frozen) (*Restatement, error) {
	ask := f.Ask
	ask.Moment, ask.Definition, ask.Controls, ask.Negative = proof.Moment{}, 0, nil, nil
	for _, c := range f.Ask.Controls {
		ask.Controls = append(ask.Controls, proof.Other{Metric: c.Metric, Process: c.Process})
	}
	if n := f.Ask.Negative; n != nil {
		ask.Negative = &proof.Other{Metric: n.Metric, Process: n.Process}
	}
	out := &Restatement{Why: base.Remarks{}}
	series, err := s.Facts.Series(ctx, ask)
	if base.IsKind(err, base.NotFound) || base.IsKind(err, base.Usage) { // metric or process is no longer there
		out.Changed = true
		out.Why.Add("facts", base.T("Die Fakten dahinter gibt es nicht mehr.", "The facts behind it are no longer there."))
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	out.Definition, out.Snapshot = series.Ask.Definition, series.Ask.Moment.Snapshot
	if err := out.compute(ctx, f, series); err != nil {
		return nil, err
	}
	out.Changed = !near(out.Value, f.Value) || !near(out.Low, f.Low) || !near(out.High, f.High)
	return out, s.why(ctx, f, series, out)
}

func (r *Restatement) compute(ctx context.Context, f *Frozen, series *proof.Series) error {
	if f.Terms == nil {
		if len(series.Rows) == 1 {
			r.Value, r.Low, r.High = series.Rows[0].Value, series.Rows[0].Low, series.Rows[0].High
		}
		return nil
	}
	rows := series.Known()
	for len(rows) > 0 && len(f.Rows) > 0 && rows[len(rows)-1].From > f.Rows[len(f.Rows)-1].From {
		rows = rows[:len(rows)-1]
	}
	e, err := proof.Estimate(ctx, rows, f.Ask, *f.Terms)
	if err != nil {
		return err
	}
	verdict := string(e.Verdict)
	r.Value, r.Low, r.High, r.Verdict = e.Estimate, e.Low, e.High, &verdict
	return nil
}

func (s *Service) why(ctx context.Context, f *Frozen, series *proof.Series, out *Restatement) error {
	if !out.Changed {
		return nil
	}
	st, err := s.Facts.State(ctx, series.Ask.Moment, f.Ask.Metric, f.Ask.Process)
	if err != nil {
		return err
	}
	if st.LoadedAt.After(f.Ask.Moment.At) {
		out.Why.Add("facts", base.T("Seither wurden Fakten geladen, zuletzt am %s.", "Facts were loaded since then, last on %s.", base.Text{De: st.LoadedAt.Format("02.01.2006"), En: st.LoadedAt.Format("2 January 2006")}))
	}
	if series.Ask.Definition != f.Ask.Definition {
		out.Why.Add("definition", base.T("Die Kennzahl ist seither anders definiert (Fassung %d statt %d).", "The metric is defined otherwise since then (version %d instead of %d).", series.Ask.Definition, f.Ask.Definition))
	}
	if series.Ask.Moment.Settings != f.Ask.Moment.Settings {
		out.Why.Add("settings", base.T("Die Einstellungen haben sich seither geändert.", "The settings have changed since then."))
	}
	if len(out.Why) == 0 {
		out.Why.Add("facts", base.T("Die Fakten haben sich seither geändert.", "The facts have changed since then."))
	}
	return nil
}

// tolerance is how far the same sum may differ by the order of its addition.
const tolerance = 1e-7

func near(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return math.Abs(*a-*b) <= tolerance*max(1, math.Abs(*a), math.Abs(*b))
}

func sameEffect(a, b *causal.Effect) bool {
	return a.Verdict == b.Verdict && near(a.Estimate, b.Estimate) && near(a.Low, b.Low) && near(a.High, b.High) && near(a.P, b.P)
}
