package businesscase

import (
	"context"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/finance"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// BeginInput names the initiative.
type BeginInput struct {
	Body BeginBody
}

// BeginBody names the initiative.
type BeginBody struct {
	Initiative string `json:"initiative" maxLength:"64"`
}

// initiative is what a case takes over from its initiative.
type initiative struct {
	Title   string       `json:"title"`
	Start   field.Date   `json:"start"`
	Budget  *field.Money `json:"budget"`
	Origins []origin     `json:"origins"`
}

type origin struct {
	Finding string       `json:"finding"`
	Title   string       `json:"title"`
	Unit    field.Choice `json:"unit"`
}

// begin makes the case of an initiative with what is known: the company's rate, the initiative's dates and budget, and
// its finding as the benefit, measured. Nothing is invented: what is not known waits for a person.
func (s *Service) begin(ctx context.Context, in *BeginInput) (*register.One, error) {
	d, err := s.registers.NeedNew(ctx, Cases.Name)
	if err != nil {
		return nil, err
	}
	_, doc, err := s.registers.Need(ctx, "initiative", in.Body.Initiative, auth.Read)
	if err != nil {
		return nil, err
	}
	i, err := record.As[initiative](doc.Value)
	if err != nil {
		return nil, err
	}
	b, err := s.first(ctx, &i)
	if err != nil {
		return nil, err
	}
	acting, err := s.registers.Acting(ctx)
	if err != nil {
		return nil, err
	}
	b.Initiative, b.Owner = field.Ref(doc.ID), field.Person(acting.Self)
	value, err := document(b)
	if err != nil {
		return nil, err
	}
	by := auth.From(ctx)
	var kept record.Doc
	err = s.records.Write(ctx, func(batch *record.Batch) error {
		kept, err = batch.Put(d, "", record.New, value, by.By())
		return err
	})
	if err != nil {
		return nil, err
	}
	s.registers.Tell(ctx, register.Event{Def: d, After: kept, Action: "create", By: by})
	return s.registers.Show(ctx, d, kept)
}

// Where nobody has said anything yet.
const (
	firstMonths  = 36
	noRate       = 0.08
	monthsOfYear = 12
)

func (s *Service) first(ctx context.Context, i *initiative) (*BusinessCase, error) {
	lang := base.LangOf(ctx)
	currency, err := s.defaults.Currency(ctx)
	if err != nil {
		return nil, err
	}
	months := float64(firstMonths)
	b := &BusinessCase{Title: i.Title, Start: s.firstMonth(i), Months: &months, Currency: currency, Timing: field.Choice(finance.End)}
	if err := s.addRate(ctx, b, lang); err != nil {
		return nil, err
	}
	b.addCost(i, lang)
	for _, o := range i.Origins {
		if err := s.addBenefit(ctx, b, o); err != nil {
			return nil, err
		}
		break // the others are added by hand: two findings may speak of the same hours
	}
	return b, nil
}

// firstMonth is the month in which the initiative starts, the next one while that is open.
func (s *Service) firstMonth(i *initiative) string {
	if day, err := time.Parse("2006-01-02", string(i.Start)); err == nil {
		return day.Format("2006-01")
	}
	now := s.clock()
	return time.Date(now.Year(), now.Month()+1, 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
}

func (s *Service) addRate(ctx context.Context, b *BusinessCase, lang base.Lang) error {
	rate, err := s.defaults.Rate(ctx)
	if err != nil {
		return err
	}
	in := Input{Key: finance.KeyDiscountRate, Origin: field.Choice(finance.Guessed), Range: fixed(noRate),
		Source: base.T("kein Kalkulationszins im Profil des Unternehmens", "no discount rate in the company profile").In(lang)}
	if rate != nil {
		in.Origin, in.Range, in.Source = field.Choice(finance.Estimated), fixed(*rate), base.T("Profil des Unternehmens", "Company profile").In(lang)
	}
	b.Inputs = append(b.Inputs, in)
	return nil
}

// addCost begins with the budget as one sum; a case without a budget has one of nothing that asks to be filled.
func (b *BusinessCase) addCost(i *initiative, lang base.Lang) {
	first := 1.0
	b.Costs = append(b.Costs, Cost{ID: "budget", Name: base.T("Umsetzung", "Implementation").In(lang), Kind: field.Choice(finance.OneOff), Month: &first})
	in := Input{Key: "budget.amount", Origin: field.Choice(finance.Guessed), Range: fixed(0), Source: base.T("noch offen", "still open").In(lang)}
	if i.Budget != nil && i.Budget.Currency == b.Currency {
		in.Origin, in.Source = field.Choice(finance.Estimated), base.T("Budget des Vorhabens", "Budget of the initiative").In(lang)
		in.Range = fixed(float64(field.Minor(i.Budget.Amount)) / 100)
	}
	b.Inputs = append(b.Inputs, in)
}

// addBenefit counts a finding in the class that its unit allows: hours of work are released time, money is avoided
// cost until somebody names the account that it leaves, everything else stays in its unit. A finding that cannot be
// measured any more is left out.
func (s *Service) addBenefit(ctx context.Context, b *BusinessCase, o origin) error {
	line := Benefit{ID: "finding", Name: o.Title, Class: field.Choice(finance.Other)}
	key, part, factor := "finding.quantity", "size", 1.0/monthsOfYear
	switch o.Unit {
	case "working_hours_per_year":
		line.Class, line.Unit = field.Choice(finance.ReleasedTime), base.T("Stunden", "hours").In(base.LangOf(ctx))
	case "currency_per_year":
		line.Class, line.Unit, key = field.Choice(finance.AvoidedCost), "", "finding.price"
	case "lead_time_hours_per_year":
		line.Unit = base.T("Std. Durchlaufzeit", "lead-time hours").In(base.LangOf(ctx))
	default:
		line.Unit = base.T("Vorgänge", "cases").In(base.LangOf(ctx))
	}
	bound, err := s.measure(ctx, BindBody{Key: key, Finding: o.Finding, Part: part, Factor: factor})
	if base.IsKind(err, base.NotFound) || base.IsKind(err, base.Refused) {
		return nil
	}
	if err != nil {
		return err
	}
	b.Benefits = append(b.Benefits, line)
	b.attach(bound)
	if line.Class == field.Choice(finance.ReleasedTime) {
		b.Inputs = append(b.Inputs, Input{Key: "finding.price", Origin: field.Choice(finance.Guessed), Range: fixed(0),
			Source: base.T("Wert einer Stunde noch offen", "value of an hour still open").In(base.LangOf(ctx))})
	}
	return nil
}

func fixed(v float64) *field.Range { return &field.Range{Min: v, Likely: v, Max: v} }
