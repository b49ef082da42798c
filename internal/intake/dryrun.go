package intake

import (
	"context"
	"encoding/json"
	"errors"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/job"
)

// DryRun says what a load would do.
type DryRun struct {
	Verdict       string            `json:"verdict" enum:"usable,usable_with_refusals,unusable,question"`
	Sentence      base.Text         `json:"sentence"`
	Table         string            `json:"table"`
	Process       string            `json:"process"`
	RowsRead      int64             `json:"rows_read"`
	RowsUsable    int64             `json:"rows_usable"`
	RowsRefused   int64             `json:"rows_refused"`
	RowsLeftOut   int64             `json:"rows_left_out"`
	RefusedSample []convert.Refused `json:"refused_sample" nullable:"false"`
	Overlapping   int64             `json:"overlapping"`
	Checks        []Check           `json:"checks" nullable:"false"`
	Questions     []Question        `json:"questions" nullable:"false"`
	ExistingLoad  *Existing         `json:"existing_load"`
	SameMapping   bool              `json:"same_mapping" doc:"the existing load has this very mapping: loading changes nothing"`
	Columns       []ResultColumn    `json:"columns" nullable:"false"`
	Preview       Preview           `json:"preview"`
	Remarks       base.Remarks      `json:"remarks" nullable:"false"`
	Mapping       []mapping.Entry   `json:"mapping" nullable:"false"`
	Plan          convert.Plan      `json:"plan" doc:"the settled plan"`
}

// ResultColumn is one column of the table as it would be.
type ResultColumn struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Source string `json:"source"`
	Case   bool   `json:"case"`
	Person bool   `json:"person"`
}

// Question is something that only the user can say.
type Question struct {
	Code     string    `json:"code" enum:"dates,currency,overlap,refused"`
	Text     base.Text `json:"text"`
	Blocking bool      `json:"blocking" doc:"the load is refused without an answer"`
	Options  []Option  `json:"options" nullable:"false"`
}

// Option is one answer: the value that the plan's field takes.
type Option struct {
	Value string    `json:"value"`
	Text  base.Text `json:"text"`
}

func (s *Service) runDryRun(ctx context.Context, run job.Run, input json.RawMessage) (any, error) {
	l, err := s.prepare(ctx, run, input)
	if err != nil {
		if out := unusable(err); out != nil {
			return out, nil
		}
		return nil, err
	}
	return l.dryRun(ctx)
}

// unusable answers a file or plan that would be refused as a whole; nil for other errors.
func unusable(err error) *DryRun {
	var e *base.Error
	if !errors.As(err, &e) || e.Kind != base.Refused && e.Kind != base.TooLarge {
		return nil
	}
	c := Check{Code: e.Code, State: bad, Title: e.Text, Detail: e.Hint, ExampleLine: e.Place.Line, Place: e.Place}
	return &DryRun{Verdict: "unusable", Sentence: base.T("Nein. %s", "No. %s", e.Text), RefusedSample: []convert.Refused{}, Checks: []Check{c}, Questions: []Question{},
		Columns: []ResultColumn{}, Preview: Preview{[]string{}, [][]string{}}, Remarks: base.Remarks{}, Mapping: []mapping.Entry{}}
}

// Refusal is the error of a verdict that the file is unusable.
func (d *DryRun) Refusal() error {
	e := base.Fail(base.Refused, "unusable", d.Sentence)
	for _, c := range d.Checks {
		if c.State == bad {
			return base.Fail(base.Refused, c.Code, c.Title).WithHint(c.Detail).At(c.Place)
		}
	}
	return e
}

func (l *loading) dryRun(ctx context.Context) (*DryRun, error) {
	out := &DryRun{Table: l.layout.Plan.Table, Process: l.layout.Plan.Process, Mapping: l.layout.Mapping, Plan: l.layout.Plan, Questions: []Question{}, Columns: resultColumns(l.layout.Schema)}
	info, err := l.s.loadOfBytes(ctx, l.dataset(), l.upload.SHA256)
	if err != nil {
		return nil, err
	}
	if info != nil {
		out.ExistingLoad = &Existing{info.ID, info.Table, info.Process, info.CreatedAt}
		out.SameMapping = info.planHash == l.hash
	}
	preview := newPreview(l.layout.Schema, l.layout.Plan.Zone)
	rep, overlapping, err := l.look(ctx, preview, info)
	if err != nil {
		if u := unusable(err); u != nil {
			return u, nil
		}
		return nil, err
	}
	out.RowsRead, out.RowsUsable, out.RowsRefused, out.RowsLeftOut = rep.RowsRead, rep.RowsUsable, rep.RowsRefused, rep.LeftOut
	out.RefusedSample, out.Overlapping, out.Preview = sampleOf(rep), overlapping, preview.out
	out.Remarks = rep.Remarks(l.layout, l.x.Profile)
	if out.Remarks == nil {
		out.Remarks = base.Remarks{}
	}
	if err := l.sayReplaced(ctx, out); err != nil {
		return nil, err
	}
	out.Checks = l.checks(rep, out)
	l.questions(out, rep)
	return out, l.judge(out)
}

// look runs the file through the layout and, where earlier loads could hold the same rows, counts those without
// committing anything.
func (l *loading) look(ctx context.Context, p *preview, same *LoadInfo) (*convert.Report, int64, error) {
	_, err := l.s.Lake.Dataset(ctx, l.dataset())
	if base.IsKind(err, base.NotFound) || same != nil {
		rep, err := l.convert(ctx, convert.Options{Sink: p})
		return rep, 0, err
	}
	if err != nil {
		return nil, 0, err
	}
	w, err := l.begin(ctx, 0, 0) // never committed, so it needs no number
	if err != nil {
		return nil, 0, err
	}
	defer w.Close()
	p.next = w
	rep, err := l.convert(ctx, convert.Options{Sink: p})
	if err != nil || rep.RowsUsable == 0 {
		return rep, 0, err
	}
	n, err := w.Overlapping(ctx)
	return rep, n, err
}

func resultColumns(s fact.Schema) []ResultColumn {
	out := make([]ResultColumn, len(s))
	for i, c := range s {
		out[i] = ResultColumn{c.Name, c.Type.String(), c.Source, c.Case, c.Person}
	}
	return out
}

// questions gathers what only the user can say.
func (l *loading) questions(out *DryRun, rep *convert.Report) {
	if l.layout.Reading.Open {
		out.Questions = append(out.Questions, Question{"dates", base.T("Was steht in den Datumsangaben zuerst? Beispiel: %s", "What comes first in the dates? Example: %s", l.layout.Reading.Example), true,
			[]Option{{"dmy", base.T("der Tag", "the day")}, {"mdy", base.T("der Monat", "the month")}}})
	}
	if out.Remarks.Has("currency_assumed") {
		q := Question{"currency", base.T("In welcher Währung sind die Beträge?", "In which currency are the amounts?"), false, nil}
		for _, c := range []string{l.layout.Currency, "EUR", "CHF", "USD", "GBP"} {
			if len(q.Options) == 0 || c != l.layout.Currency {
				q.Options = append(q.Options, Option{c, base.T(c, c)})
			}
		}
		out.Questions = append(out.Questions, q)
	}
	if out.Overlapping > 0 && l.layout.Plan.Overlap == "" {
		out.Questions = append(out.Questions, Question{"overlap", base.N(out.Overlapping,
			base.T("1 Zeile ist schon durch frühere Ladungen vorhanden. Was soll gelten?", "1 row is there already from earlier loads. What shall hold?"),
			base.T("%s Zeilen sind schon durch frühere Ladungen vorhanden. Was soll gelten?", "%s rows are there already from earlier loads. What shall hold?", out.Overlapping)), true, []Option{
			{"skip", base.T("nur laden, was noch nicht da ist", "load only what is not there yet")},
			{"replace", base.T("alle früheren Zeilen desselben Zeitraums durch diese Datei ersetzen", "replace all earlier rows of the same period by this file")},
			{"add", base.T("trotzdem alles laden; diese Zeilen zählen dann doppelt", "load everything all the same; these rows then count twice")}}})
	}
	limit, _ := allowance(l.layout.Plan.AllowRefused, rep.RowsRead) // an unreadable one is refused in judge
	if rep.RowsRefused > limit && rep.RowsUsable > 0 {
		out.Questions = append(out.Questions, Question{"refused", base.N(rep.RowsRefused,
			base.T("1 Zeile ist nicht verwendbar. Den Rest laden?", "1 row cannot be used. Load the rest?"),
			base.T("%s Zeilen sind nicht verwendbar. Den Rest laden?", "%s rows cannot be used. Load the rest?", rep.RowsRefused)), true, []Option{
			{"all", base.T("Rest laden und zurückgewiesene Zeilen aufheben", "load the rest and keep the refused rows")},
			{"0", base.T("nichts laden", "load nothing")}}})
	}
}

// judge sums up in a verdict and a sentence.
func (l *loading) judge(out *DryRun) error {
	if _, err := allowance(l.layout.Plan.AllowRefused, out.RowsRead); err != nil {
		return err
	}
	blocking := false
	for _, q := range out.Questions {
		blocking = blocking || q.Blocking && q.Code != "refused"
	}
	total := base.Number{Value: float64(out.RowsRead), Decimals: 0}
	switch {
	case out.RowsUsable == 0:
		out.Verdict, out.Sentence = "unusable", base.N(out.RowsRead, base.T("Nein. Die einzige Zeile ist nicht verwendbar.", "No. The only row cannot be used."),
			base.T("Nein. Keine der %s Zeilen ist verwendbar.", "No. None of the %s rows can be used.", total))
	case blocking:
		out.Verdict, out.Sentence = "question", base.T("Noch offen: Es fehlt eine Angabe von Ihnen.", "Still open: something is missing that only you can say.")
	case out.RowsRefused > 0:
		out.Verdict, out.Sentence = "usable_with_refusals", base.N(out.RowsUsable, base.T("Ja. 1 von %s Zeilen ist verwendbar.", "Yes. 1 of %s rows can be used.", total),
			base.T("Ja. %s von %s Zeilen sind verwendbar.", "Yes. %s of %s rows can be used.", out.RowsUsable, total))
	default:
		out.Verdict, out.Sentence = "usable", base.N(out.RowsRead, base.T("Ja. Die eine Zeile ist verwendbar.", "Yes. The one row can be used."),
			base.T("Ja. Alle %s Zeilen sind verwendbar.", "Yes. All %s rows can be used.", total))
	}
	if out.RowsLeftOut > 0 && out.RowsUsable > 0 && !blocking {
		out.Sentence = base.N(out.RowsUsable, base.T("Ja. 1 von %s Zeilen wird geladen.", "Yes. 1 of %s rows will be loaded.", total),
			base.T("Ja. %s von %s Zeilen werden geladen.", "Yes. %s of %s rows will be loaded.", out.RowsUsable, total))
	}
	if out.RowsRead == 0 {
		out.Sentence = base.T("Nein. Die Datei enthält keine Zeile mit Daten.", "No. The file holds no row of data.")
	}
	if out.SameMapping && out.RowsUsable > 0 {
		out.Sentence = base.T("Diese Datei ist schon geladen (Ladung %s). Nochmals laden ändert nichts.",
			"This file is loaded already (load %s). Loading it again changes nothing.", out.ExistingLoad.Load)
	}
	return nil
}
