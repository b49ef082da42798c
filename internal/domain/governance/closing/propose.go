package closing

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/domain/governance/effectplan"
	"lotse.dev/lotse/internal/engine/proof"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// ProposeInput proposes a closing.
type ProposeInput struct {
	Body ProposeBody
}

// ProposeBody names a metric and the first day of a period, or a plan.
type ProposeBody struct {
	Plan      string   `json:"plan,omitempty" maxLength:"64" doc:"effect plan whose effect is to be closed; the other fields are left out then"`
	Metric    string   `json:"metric,omitempty" maxLength:"100"`
	Process   string   `json:"process,omitempty" maxLength:"200"`
	Filters   []string `json:"filters,omitempty" maxItems:"20" doc:"field=value"`
	Grain     string   `json:"grain,omitempty" enum:"day,week,month,quarter,year" doc:"month without it"`
	From      string   `json:"from,omitempty" format:"date" doc:"first day of the period"`
	Confirmer string   `json:"confirmer,omitempty" maxLength:"64" doc:"person of the department, where the company lets it confirm"`
	Note      string   `json:"note,omitempty" maxLength:"2000"`
}

// draft is a closing that is about to be proposed.
type draft struct {
	Closing
	frozen Frozen
	owners []string // persons who could confirm, the nearest first
}

// propose freezes what the facts say now and lays it before the next person. A refused closing of the same figure is
// proposed again; everything else about the figure must be done with.
func (s *Service) propose(ctx context.Context, in *ProposeInput) (*View, error) {
	by := auth.From(ctx)
	acting, err := s.Registers.Acting(ctx)
	if err != nil {
		return nil, err
	}
	var d *draft
	if in.Body.Plan != "" {
		d, err = s.ofPlan(ctx, in.Body.Plan)
	} else {
		d, err = s.ofMetric(ctx, in.Body)
	}
	if err != nil {
		return nil, err
	}
	d.Owner, d.Status = field.Person(acting.Self), "proposed"
	if err := s.confirmer(ctx, d, in.Body.Confirmer, acting); err != nil {
		return nil, err
	}
	step := Step{Step: "propose", Person: by.By(), At: s.Clock().UTC().Format(time.RFC3339Nano), Note: strings.TrimSpace(in.Body.Note)}
	if d.Frozen, err = d.frozen.text(); err != nil {
		return nil, err
	}
	kept, before, err := s.keep(ctx, d, step, by.By())
	if err != nil {
		return nil, err
	}
	def, _ := s.Records.Def(Name)
	s.Registers.Tell(ctx, register.Event{Def: def, Before: before, After: kept, Action: "update", By: by})
	n := Notice{Closing: kept.ID, Mark: fmt.Sprint(kept.Version), Text: base.T("%s legt einen Abschluss vor.", "%s proposes a closing.", who(by))}
	if d.Confirmer != "" {
		n.Persons = []string{string(d.Confirmer)}
	} else {
		n.Signers = true
	}
	s.notify(ctx, n)
	return s.view(ctx, kept, false)
}

func who(p auth.Principal) base.Text {
	switch {
	case p.CLI:
		return base.T("Die Systembetreuung", "The operator")
	case p.Name != "":
		return base.T(p.Name, p.Name)
	}
	return base.T(p.Email, p.Email)
}

// keep writes the closing: the refused one of the same figure again, or a new one.
func (s *Service) keep(ctx context.Context, d *draft, step Step, by string) (kept record.Doc, before *record.Doc, err error) {
	def, _ := s.Records.Def(Name)
	err = s.Records.Write(ctx, func(b *record.Batch) error {
		same, err := s.All(ctx, record.Condition{Field: "key", Op: "eq", Values: []string{field.Fold(d.Key)}})
		if err != nil {
			return err
		}
		id, version := "", record.New
		for _, c := range same {
			switch {
			case c.open():
				return base.Fail(base.Conflict, "closing_there", base.T("Dafür gibt es schon einen Abschluss: „%s“.", "There is a closing of it already: “%s”.", c.Title)).
					WithHint(base.T("Ein unterschriebener Abschluss lässt sich vom Controlling mit Begründung wieder öffnen.", "A signed closing can be reopened by a controller, with a reason."))
			case c.Status == "refused" && id == "":
				id, version, before = c.Doc.ID, c.Doc.Version, &c.Doc
				d.Steps, d.Follows = c.Steps, c.Follows
			case c.Status == "reopened" && d.Follows == "":
				d.Follows = field.Ref(c.Doc.ID)
			}
		}
		d.Steps = append(d.Steps, step)
		value, err := document(&d.Closing)
		if err != nil {
			return err
		}
		kept, err = b.Put(def, id, version, value, by)
		return err
	})
	return kept, before, err
}

// ofMetric freezes the value of a metric for a period.
func (s *Service) ofMetric(ctx context.Context, b ProposeBody) (*draft, error) {
	if _, err := s.Registers.NeedNew(ctx, Name); err != nil {
		return nil, err
	}
	grain, err := period.ParseGrain(b.Grain)
	if err != nil {
		return nil, err
	}
	span, err := s.period(ctx, grain, b.From)
	if err != nil {
		return nil, err
	}
	series, err := s.Facts.Series(ctx, proof.Ask{Metric: b.Metric, Process: b.Process, Filters: b.Filters, Grain: grain, From: span.From.String(), To: span.To.String()})
	if err != nil {
		return nil, err
	}
	if len(series.Rows) != 1 || !series.Rows[0].Complete {
		return nil, base.Fail(base.Refused, "period_open", base.T("Der Zeitraum %s ist noch nicht ganz gemessen.", "The period %s is not measured in full yet.", span.Label())).
			WithHint(base.T("Laden Sie die Vorgänge bis zum Ende des Zeitraums.", "Load the facts up to the end of the period."))
	}
	row := series.Rows[0]
	if row.Value == nil {
		return nil, base.Fail(base.Refused, "value_unknown", base.T("Der Wert ist unbekannt und lässt sich nicht abschließen.", "The value is unknown and cannot be closed."))
	}
	title := series.Title.In(base.LangOf(ctx)) + ", " + row.Label
	if series.Ask.Process != "" {
		title = series.Title.In(base.LangOf(ctx)) + ", " + series.Ask.Process + ", " + row.Label
	}
	d := &draft{frozen: Frozen{Subject: "metric", Title: title, Ask: series.Ask, Unit: series.Unit, Currency: series.Currency, Rows: series.Rows,
		Value: row.Value, Low: row.Low, High: row.High, N: row.N}}
	d.fill(span)
	d.Key = "metric|" + b.Metric + "|" + series.Ask.Process + "|" + url.QueryEscape(strings.Join(b.Filters, "&")) + "|" + row.Label
	d.owners, err = s.targetOwners(ctx, b.Metric, series.Ask.Process)
	return d, err
}

func (s *Service) period(ctx context.Context, grain period.Grain, from string) (period.Period, error) {
	day, err := period.ParseDate(from)
	if err != nil {
		return period.Period{}, err
	}
	cal, err := s.Facts.Calendar(ctx)
	if err != nil {
		return period.Period{}, err
	}
	span := cal.Of(grain, day)
	if span.From != day {
		return span, base.Fail(base.Refused, "period_begins_elsewhere", base.T("Der Zeitraum beginnt am %s.", "The period begins on %s.", span.From.Label()))
	}
	return span, nil
}

// ofPlan freezes the effect of a signed plan whose window is over.
func (s *Service) ofPlan(ctx context.Context, id string) (*draft, error) {
	p, err := s.Plans.Need(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, _, err := s.Registers.Need(ctx, effectplan.Name, id, auth.Update); err != nil {
		return nil, err
	}
	if !p.Signed() {
		return nil, base.Fail(base.Refused, "plan_unsigned", base.T("Der Wirkungsplan ist nicht unterschrieben.", "The effect plan is not signed."))
	}
	m, err := s.Plans.Measure(ctx, p)
	if err != nil {
		return nil, err
	}
	switch {
	case m.Superseded:
		return nil, base.Fail(base.Refused, "plan_superseded", base.T("Ein späterer Plan hat diesen abgelöst.", "A later plan has followed this one."))
	case !m.Whole:
		return nil, base.Fail(base.Refused, "window_open", base.T("Vom Messfenster sind erst %d von %d Zeiträumen gemessen.", "Only %d of %d periods of the window are measured.", m.After, m.Terms.Periods))
	}
	cal, err := s.Facts.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	grain := period.Grain(p.Grain)
	first := cal.Of(grain, p.Start())
	span := period.Period{From: first.From, To: cal.Shift(grain, first, p.Window()).From}
	price, toward := p.Priced()
	d := &draft{frozen: Frozen{Subject: "effect", Title: p.Title, Ask: m.Series.Ask, Unit: m.Series.Unit, Currency: m.Series.Currency, Rows: m.Rows,
		Value: m.Effect.Estimate, Low: m.Effect.Low, High: m.Effect.High, N: int64(m.After), Terms: &m.Terms, Effect: m.Effect, Worth: &m.Worth,
		Plan: &FrozenPlan{ID: id, Version: p.Doc.ApprovedVersion, Title: p.Title, Class: string(p.Class), Price: [3]float64{price.Min, price.Likely, price.Max}, Toward: toward}}}
	d.fill(span)
	d.Plan, d.Initiative, d.Key, d.Class, d.Verdict = field.Ref(id), p.Initiative, "effect|"+id, p.Class, field.Choice(m.Effect.Verdict)
	d.owners = []string{string(p.Owner)}
	more, err := s.targetOwners(ctx, p.Metric, m.Series.Ask.Process)
	d.owners = append(d.owners, more...)
	return d, err
}

// fill copies into the fields of the register what is frozen.
func (d *draft) fill(span period.Period) {
	f := &d.frozen
	f.Signatures = []Step{}
	n, definition, snapshot := float64(f.N), float64(f.Ask.Definition), float64(f.Ask.Moment.Snapshot)
	d.Title, d.Subject, d.Metric, d.Process, d.Grain = f.Title, field.Choice(f.Subject), f.Ask.Metric, f.Ask.Process, field.Choice(f.Ask.Grain)
	d.From, d.Before = field.Date(span.From.String()), field.Date(span.To.String())
	d.Value, d.Low, d.High, d.Count, d.Unit, d.Currency = f.Value, f.Low, f.High, &n, f.Unit, f.Currency
	d.Definition, d.Snapshot = &definition, &snapshot
}

// confirmer finds who confirms, where the company lets the department do so.
func (s *Service) confirmer(ctx context.Context, d *draft, named string, acting register.Acting) error {
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	if !rules.Department && named != "" {
		e := base.Fail(base.Refused, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
		e.Fields = []base.FieldError{{Field: "confirmer", Text: base.T("In diesem Unternehmen bestätigt der Fachbereich keine Abschlüsse. Die Einstellung „Abschlüsse“ ändert das.", "The department confirms no closings in this company. The setting “Closings” changes that.")}}
		return e
	}
	if !rules.Department {
		return nil
	}
	if named == "" {
		for _, p := range d.owners {
			if p != "" && p != acting.Self {
				named = p
				break
			}
		}
	}
	if named == "" || named == acting.Self {
		e := base.Fail(base.Refused, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
		e.Fields = []base.FieldError{{Field: "confirmer", Text: base.T("Wer bestätigt für den Fachbereich? Die Person darf nicht selbst vorlegen.", "Who confirms for the department? It must not be who proposes.")}}
		return e
	}
	d.Confirmer = field.Person(named)
	return nil
}

// target is what closings read of targets.
type target struct {
	Metric  string `json:"metric"`
	Process string `json:"process"`
	Line    string `json:"line"`
	Owner   string `json:"owner"`
}

func (s *Service) targets(ctx context.Context) ([]record.Record[target], error) {
	return record.List(ctx, s.Records, record.Kind[target]{Name: "target"})
}

// targetOwners are who answers for targets of a metric.
func (s *Service) targetOwners(ctx context.Context, metric, process string) ([]string, error) {
	list, err := s.targets(ctx)
	var out []string
	for _, t := range list {
		if v := t.Value; v.Metric == metric && (v.Process == "" || v.Process == process) && v.Owner != "" {
			out = append(out, v.Owner)
		}
	}
	return out, err
}
