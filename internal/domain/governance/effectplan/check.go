package effectplan

import (
	"context"
	"fmt"
	"math"
	"regexp"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/domain/governance/unit"
	"lotse.dev/lotse/internal/engine/causal"
	"lotse.dev/lotse/internal/engine/metric"
	"lotse.dev/lotse/internal/store/record/field"
)

// mostControls bounds the columns of the regression.
const mostControls = 10

var currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)

// check refuses a plan that could never be judged.
func (s *Service) check(p *Plan) []base.FieldError {
	var e field.Errors
	ctx := context.Background()
	of, found := s.known(ctx, "metric", p.Metric, &e)
	if found && !unit.Fits(p.Unit, of) {
		e.Add("unit", unit.Wrong)
	}
	if p.Periods != nil && *p.Periods != math.Trunc(*p.Periods) {
		e.Add("periods_after", base.T("Eine ganze Zahl wird erwartet.", "A whole number is expected."))
	}
	// The field itself asks for what the other models need.
	if _, after := causal.Least(causal.Model(p.Model)); p.Model == "slope" && p.Periods != nil && *p.Periods < float64(after) {
		e.Add("periods_after", base.T("Ein Urteil braucht mindestens %d Zeiträume nach dem Start; in Wochen oder Tagen sind sie schneller beisammen.",
			"A verdict needs at least %d periods after the start; in weeks or days they are there sooner.", after))
	}
	s.checkStart(ctx, p, &e)
	switch {
	case p.Expected != nil && *p.Expected == 0:
		e.Add("expected", base.T("Ohne erwartete Änderung gibt es nichts zu belegen.", "Without an expected change there is nothing to prove."))
	case p.Expected != nil && p.Band != nil && *p.Band >= math.Abs(*p.Expected):
		e.Add("band", base.T("Die erwartete Änderung wäre dann ohne Bedeutung.", "The expected change would not matter then."))
	}
	if p.Benefit != "other" && p.Benefit != "" && p.Value == nil {
		e.Add("value_per_unit", base.T("Was eine Einheit im Jahr wert ist, gehört in den Plan: später gerechnet wäre es ein Ergebnis nach Wahl.",
			"What a unit is worth a year belongs in the plan: computed later it would be a result of choice."))
	}
	if p.Currency != "" && !currencyForm.MatchString(p.Currency) {
		e.Add("currency", base.T("Bitte den dreistelligen Code der Währung angeben, zum Beispiel EUR.", "Please give the three-letter code of the currency, for example EUR."))
	}
	s.checkOthers(ctx, p, &e)
	return e.List()
}

func (s *Service) checkStart(ctx context.Context, p *Plan, e *field.Errors) {
	day, err := period.ParseDate(string(p.Affected))
	if err != nil || p.Grain == "" {
		return // missing or no day: the fields say so
	}
	cal, err := s.facts.Calendar(ctx)
	if err != nil {
		e.Add("first_affected", base.T("Der Kalender ließ sich nicht lesen.", "The calendar could not be read."))
		return
	}
	if first := cal.Floor(period.Grain(p.Grain), day); first != day {
		e.Add("first_affected", base.T("Ein Zeitraum beginnt am %s.", "A period begins on %s.", first.Label()))
	}
}

func (s *Service) checkOthers(ctx context.Context, p *Plan, e *field.Errors) {
	if len(p.Controls) > mostControls {
		e.Add("controls", base.T("Höchstens %d Vergleichsreihen.", "At most %d controls.", mostControls))
	}
	for i, c := range p.Controls {
		at := fmt.Sprintf("controls[%d].metric", i)
		if c.Metric == p.Metric && c.Process == p.Process {
			e.Add(at, base.T("Eine Kennzahl ist nicht ihr eigener Vergleich.", "A metric is not its own control."))
			continue
		}
		s.known(ctx, at, c.Metric, e)
	}
	if p.Negative != "" {
		s.known(ctx, "negative_metric", p.Negative, e)
	}
}

func (s *Service) known(ctx context.Context, at, name string, e *field.Errors) (metric.Unit, bool) {
	if name == "" {
		return "", false
	}
	of, found, err := s.metrics.Unit(ctx, name)
	switch {
	case err != nil:
		e.Add(at, base.T("Ob es diese Kennzahl gibt, ließ sich nicht prüfen.", "Whether there is this metric could not be found out."))
	case !found:
		e.Add(at, base.T("Diese Kennzahl gibt es nicht. lotse metric list und die Seite Kennzahlen zeigen alle.", "There is no such metric. lotse metric list and the page Metrics show all."))
	}
	return of, found && err == nil
}
