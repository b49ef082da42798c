package strategy

import (
	"context"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// ProgressInput asks for one initiative, or for all that have not ended.
type ProgressInput struct {
	Initiative string `query:"initiative" maxLength:"64"`
}

// ProgressList is how initiatives go.
type ProgressList struct {
	Items []Progress `json:"items"`
}

// Progress is how an initiative goes: its money, and what drifts.
type Progress struct {
	Initiative string       `json:"initiative"`
	Title      string       `json:"title"`
	Stage      string       `json:"stage"`
	Budget     *field.Money `json:"budget"`
	Money      *Ledger      `json:"money" doc:"null where nothing is posted, the reader may not see it or currencies are mixed"`
	Work       *Work        `json:"work" doc:"null where there is none or the reader may not see it"`
	Milestones int          `json:"milestones"`
	Reached    int          `json:"reached"`
	Warnings   base.Remarks `json:"warnings" doc:"codes date, cost and benefit"`
	Remarks    base.Remarks `json:"remarks"`
}

// Ledger adds up the postings of an initiative. The forecast is what is spent, what is committed and not settled, and
// what the plan still holds for the time to come beyond that.
type Ledger struct {
	Planned   field.Money `json:"planned"`
	Committed field.Money `json:"committed"`
	Spent     field.Money `json:"spent"`
	Open      field.Money `json:"open" doc:"committed and not yet settled by spending on the same order"`
	Rest      field.Money `json:"rest" doc:"planned for days to come, less what is committed for them"`
	Forecast  field.Money `json:"forecast"`
}

// posting is what progress reads of the postings that delivery keeps.
type posting struct {
	Initiative string       `json:"initiative"`
	Day        field.Date   `json:"day"`
	Sort       string       `json:"sort"`
	Amount     *field.Money `json:"amount"`
	Order      string       `json:"order"`
}

// Work adds up the work items of an initiative in person-days.
type Work struct {
	Items   int      `json:"items"`
	Done    int      `json:"done"`
	Late    int      `json:"late" doc:"due before today and not done"`
	Effort  *float64 `json:"effort" doc:"estimated for those that have an estimate, null while none has"`
	Settled *float64 `json:"settled" doc:"estimated for what is done"`
	Spent   *float64 `json:"spent" doc:"spent so far, null while nothing is noted"`
	Unrated int      `json:"unrated" doc:"without an estimate"`
}

// workItem is what progress reads of the work items that delivery keeps.
type workItem struct {
	Initiative string     `json:"initiative"`
	Status     string     `json:"status"`
	Due        field.Date `json:"due"`
	Effort     *float64   `json:"effort"`
	Spent      *float64   `json:"spent"`
}

// costDrift is how far the forecast may go over the budget before the early warning speaks.
const costDrift = 0.05

func (s *Service) progress(ctx context.Context, in *ProgressInput) (*ProgressList, error) {
	var list []register.Typed[Initiative]
	var where []record.Condition
	if in.Initiative == "" {
		all, err := s.going(ctx)
		if err != nil {
			return nil, err
		}
		list = all
	} else {
		_, doc, err := s.registers.Need(ctx, Initiatives.Name, in.Initiative, "read")
		if err != nil {
			return nil, err
		}
		i, err := record.As[Initiative](doc.Value)
		if err != nil {
			return nil, err
		}
		list = []register.Typed[Initiative]{{Doc: doc, Value: i}}
		where = []record.Condition{{Field: "initiative", Op: "eq", Values: []string{doc.ID}}}
	}
	postings, err := register.All[posting](ctx, s.registers, "posting", where...)
	if err != nil {
		return nil, err
	}
	items, err := register.All[workItem](ctx, s.registers, "work_item", where...)
	if err != nil {
		return nil, err
	}
	work := map[string][]workItem{}
	for _, w := range items {
		work[w.Value.Initiative] = append(work[w.Value.Initiative], w.Value)
	}
	readings, err := s.readings(ctx, list)
	if err != nil {
		return nil, err
	}
	behind, err := s.shortfalls(ctx, list)
	if err != nil {
		return nil, err
	}
	today, out := s.clock().Format(time.DateOnly), &ProgressList{Items: []Progress{}}
	for _, r := range list {
		var own []posting
		for _, p := range postings {
			if p.Value.Initiative == r.ID {
				own = append(own, p.Value)
			}
		}
		p := progressOf(r, own, work[r.ID], readings, today)
		warnOfShortfall(r.ID, behind, &p.Warnings)
		out.Items = append(out.Items, p)
	}
	return out, nil
}

func progressOf(r register.Typed[Initiative], own []posting, items []workItem, readings []Reading, today string) Progress {
	i := &r.Value
	p := Progress{Initiative: r.ID, Title: i.Title, Stage: string(i.Stage), Budget: i.Budget, Milestones: len(i.Milestones), Warnings: base.Remarks{}, Remarks: base.Remarks{}}
	for _, m := range i.Milestones {
		if m.Done != "" {
			p.Reached++
		}
	}
	p.Work = workOf(items, today)
	if !hasEnded(i) {
		warnOfDates(i, today, &p.Warnings)
		warnOfWork(p.Work, &p.Warnings)
	}
	p.Money = ledger(own, today, &p.Remarks)
	if p.Money != nil {
		warnOfCost(i, p.Money, &p.Warnings, &p.Remarks)
	}
	if watched(i) {
		warnOfBenefit(i, readings, &p.Warnings)
	}
	return p
}

func hasEnded(i *Initiative) bool { return i.Stage == "closed" || i.Stage == "stopped" }

// watched says whether an initiative has changed anything yet that a metric could show.
func watched(i *Initiative) bool {
	return slices.Contains([]field.Choice{"pilot", "scale", "live"}, i.Stage)
}

func warnOfDates(i *Initiative, today string, w *base.Remarks) {
	for _, m := range i.Milestones {
		if m.Done == "" && m.Due != "" && string(m.Due) < today {
			w.Add("date", base.T("Meilenstein „%s“ ist seit dem %s fällig.", "Milestone “%s” has been due since %s.", m.Title, days(m.Due)))
		}
	}
	if i.GoLive != "" && string(i.GoLive) < today && i.Stage != "live" {
		w.Add("date", base.T("Der Betrieb sollte am %s beginnen.", "Go-live was due on %s.", days(i.GoLive)))
	}
}

func warnOfWork(work *Work, w *base.Remarks) {
	if work != nil && work.Late > 0 {
		w.Add("date", base.N(work.Late, base.T("Ein Arbeitspaket ist überfällig.", "One work item is overdue."), base.T("%d Arbeitspakete sind überfällig.", "%d work items are overdue.", work.Late)))
	}
}

// workOf adds up work items; nil where there are none. What nobody has estimated is counted, never taken as nothing.
func workOf(items []workItem, today string) *Work {
	if len(items) == 0 {
		return nil
	}
	out := &Work{Items: len(items)}
	add := func(to **float64, v *float64) {
		if v == nil {
			return
		}
		if *to == nil {
			*to = new(float64)
		}
		**to += *v
	}
	for _, w := range items {
		add(&out.Effort, w.Effort)
		add(&out.Spent, w.Spent)
		if w.Effort == nil {
			out.Unrated++
		}
		switch {
		case w.Status == "done":
			out.Done++
			add(&out.Settled, w.Effort)
		case w.Due != "" && string(w.Due) < today:
			out.Late++
		}
	}
	return out
}

func days(d field.Date) base.Text {
	return base.Text{De: field.FormatDay(string(d), base.German), En: field.FormatDay(string(d), base.English)}
}

func warnOfCost(i *Initiative, l *Ledger, w, remarks *base.Remarks) {
	switch {
	case i.Budget == nil:
		remarks.Add("no_budget", base.T("Ohne Budget lässt sich die Prognose nicht einordnen.", "Without a budget the forecast says little."))
	case i.Budget.Currency != l.Forecast.Currency:
		remarks.Add("currencies", base.T("Budget und Buchungen stehen in verschiedenen Währungen.", "Budget and postings are in different currencies."))
	default:
		budget, forecast := field.Minor(i.Budget.Amount), field.Minor(l.Forecast.Amount)
		if over := float64(forecast-budget) / float64(max(budget, 1)); over > costDrift {
			w.Add("cost", base.T("Die Prognose liegt %s %% über dem Budget.", "The forecast is %s %% over budget.", base.Number{Value: 100 * over}))
		}
	}
}

func warnOfBenefit(i *Initiative, readings []Reading, w *base.Remarks) {
	for _, r := range readings {
		if !slices.Contains(i.Metrics, r.Name) || r.Process != "" && len(i.Processes) > 0 && !slices.Contains(i.Processes, r.Process) || r.YearBefore == nil {
			continue
		}
		if r.Up && r.YearBefore.High < 0 || r.Down && r.YearBefore.Low > 0 {
			w.AddLink("benefit", base.T("„%s“ bewegt sich gesichert gegen die erwartete Richtung (zum Vorjahr).", "“%s” moves against the expected direction, beyond chance (year on year).", r.Title),
				"/kennzahlen/"+r.Name)
		}
	}
}

// warnOfShortfall speaks before the closing does: the promise of a signed plan lies outside what was measured.
func warnOfShortfall(initiative string, behind []Shortfall, w *base.Remarks) {
	for _, b := range behind {
		if b.Initiative == initiative {
			w.AddLink("benefit", base.T("„%s“ bleibt hinter dem Wirkungsplan: gemessen %s, versprochen %s.", "“%s” stays short of its effect plan: measured %s, promised %s.",
				b.Metric, b.Measured, b.Promised), "/wirkung/"+b.Plan)
		}
	}
}

// shortfalls asks for the effects of the initiatives that have changed something.
func (s *Service) shortfalls(ctx context.Context, list []register.Typed[Initiative]) ([]Shortfall, error) {
	var ids []string
	for _, r := range list {
		if watched(&r.Value) {
			ids = append(ids, r.ID)
		}
	}
	if s.proofs == nil || len(ids) == 0 {
		return nil, nil
	}
	return s.proofs.Shortfalls(ctx, ids)
}

// readings asks the metrics only when an initiative is far enough to be judged by them.
func (s *Service) readings(ctx context.Context, list []register.Typed[Initiative]) ([]Reading, error) {
	if s.metrics == nil || !slices.ContainsFunc(list, func(r register.Typed[Initiative]) bool { return watched(&r.Value) && len(r.Value.Metrics) > 0 }) {
		return nil, nil
	}
	return s.metrics.Readings(ctx)
}

// ledger adds up postings in cents; nil where there are none or several currencies.
func ledger(list []posting, today string, remarks *base.Remarks) *Ledger {
	var planned, committed, spent, ahead, open int64
	currency, orders, settled := "", map[string]int64{}, map[string]int64{}
	for _, p := range list {
		if p.Amount == nil {
			continue
		}
		if currency == "" {
			currency = p.Amount.Currency
		}
		if p.Amount.Currency != currency {
			remarks.Add("currencies", base.T("Die Buchungen stehen in verschiedenen Währungen und werden nicht addiert.", "The postings are in different currencies and are not added up."))
			return nil
		}
		cents := field.Minor(p.Amount.Amount)
		switch p.Sort {
		case "planned":
			planned += cents
			if string(p.Day) > today {
				ahead += cents
			}
		case "committed":
			committed += cents
			orders[p.Order] += cents
		case "spent":
			spent += cents
			settled[p.Order] += cents
		}
	}
	if currency == "" {
		return nil
	}
	for order, cents := range orders {
		if order == "" {
			open += cents // nothing says that it is settled
			continue
		}
		open += max(0, cents-settled[order])
	}
	rest := max(0, ahead-open)
	m := func(cents int64) field.Money {
		return field.Money{Amount: field.FormatMinor(cents), Currency: currency}
	}
	return &Ledger{Planned: m(planned), Committed: m(committed), Spent: m(spent), Open: m(open), Rest: m(rest), Forecast: m(spent + open + rest)}
}
