package roadmap

import (
	"math"
	"slices"
	"strconv"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/portfolio"
	"lotse.dev/lotse/internal/store/record/field"
)

// ProposalInput asks for a proposal.
type ProposalInput struct {
	Body ProposalBody
}

// ProposalBody says within which limits. What is left out is taken from the registers.
type ProposalBody struct {
	Quarters  int           `json:"quarters,omitempty" minimum:"1" maximum:"40" doc:"8 without it"`
	Budgets   []YearFrame   `json:"budgets,omitempty" maxItems:"60" doc:"what may be spent by year; instead of the frames that are kept"`
	Functions []FunctionDay `json:"functions,omitempty" maxItems:"60" doc:"person-days a quarter; instead of what the register of functions says"`
	Rules     []Rule        `json:"rules,omitempty" maxItems:"1000"`
}

// FunctionDay is the capacity of a function in every quarter, or in each.
type FunctionDay struct {
	ID   string    `json:"id" maxLength:"64"`
	Days []float64 `json:"days" minItems:"1" maxItems:"40" doc:"one number for every quarter, or one for each"`
}

// Rule is what must hold for an initiative.
type Rule struct {
	ID        string `json:"id" maxLength:"64"`
	Mandatory *bool  `json:"mandatory,omitempty"`
	Earliest  string `json:"earliest,omitempty" format:"date" doc:"first quarter in which it may start"`
	Latest    string `json:"latest,omitempty" format:"date" doc:"last quarter in which it may start"`
}

// task is a problem with the words for what it speaks of. It is the input of the job.
type task struct {
	Problem  portfolio.Problem
	Quarters []keptQuarter
	Names    map[string]keptName // by the title that is the id within the problem
	Currency string
	Remarks  []keptRemark
	Left     []keptLeft
}

type keptQuarter struct{ From, De, En string }
type keptName struct {
	ID      string
	Version int
	Start   string
}
type keptRemark struct{ Code, De, En string }
type keptLeft struct {
	ID, Title string
	Lacks     [][2]string
}

// builder puts a problem together.
type builder struct {
	v         *view
	body      ProposalBody
	quarters  []QuarterName
	plan      *plannable
	title     map[string]string // id to the name within the problem
	functions map[string]string // id to the name of the resource
	t         task
	remarks   base.Remarks
}

func (b *builder) build() (*task, error) {
	b.t.Names, b.t.Problem = map[string]keptName{}, portfolio.Problem{Periods: len(b.quarters), Limits: map[string][]float64{}}
	b.name()
	if err := b.oneCurrency(); err != nil {
		return nil, err
	}
	if err := b.limits(); err != nil {
		return nil, err
	}
	if err := b.initiatives(); err != nil {
		return nil, err
	}
	b.order()
	b.lessRunning()
	for _, q := range b.quarters {
		b.t.Quarters = append(b.t.Quarters, keptQuarter{q.From.String(), q.Label.De, q.Label.En})
	}
	for _, r := range append(b.plan.remarks, b.remarks...) {
		b.t.Remarks = append(b.t.Remarks, keptRemark{r.Code, r.Text.De, r.Text.En})
	}
	for _, l := range b.plan.left {
		k := keptLeft{ID: l.ID, Title: l.Title}
		for _, t := range l.Lacks {
			k.Lacks = append(k.Lacks, [2]string{t.De, t.En})
		}
		b.t.Left = append(b.t.Left, k)
	}
	return &b.t, nil
}

// name gives every initiative and function a name of its own: what the optimiser says is read by people.
func (b *builder) name() {
	b.title, b.functions = map[string]string{}, map[string]string{}
	taken := map[string]bool{}
	own := func(name string) string {
		if r := []rune(name); len(r) > portfolio.MaxID-10 {
			name = string(r[:portfolio.MaxID-10])
		}
		out := name
		for n := 2; taken[out]; n++ {
			out = name + " (" + strconv.Itoa(n) + ")"
		}
		taken[out] = true
		return out
	}
	for _, c := range b.plan.candidates {
		b.title[c.ID] = own(c.Title)
		k := keptName{ID: c.ID, Version: c.Version}
		if c.Start != nil {
			k.Start = string(*c.Start)
		}
		b.t.Names[b.title[c.ID]] = k
	}
	taken = map[string]bool{}
	for _, f := range b.v.functions {
		b.functions[f.ID] = own(f.Value.Name)
	}
}

// oneCurrency refuses worths that cannot be compared.
func (b *builder) oneCurrency() error {
	for _, c := range b.plan.candidates {
		if b.t.Currency == "" {
			b.t.Currency = c.Worth.Currency
		}
		if c.Worth.Currency != b.t.Currency {
			return base.Fail(base.Refused, "several_currencies", base.T("Die Werte der Vorhaben stehen in mehreren Währungen und lassen sich nicht vergleichen.",
				"The worths of the initiatives are in several currencies and cannot be compared."))
		}
	}
	if len(b.plan.candidates) == 0 {
		return base.Fail(base.Refused, "nothing_to_place", base.T("Kein Vorhaben lässt sich einplanen.", "No initiative can be placed.")).
			WithHint(base.T("Ein Vorhaben braucht Beginn und Ende und einen Wert: Business Case oder Nutzen und Aufwand.", "An initiative needs start and end and a worth: a business case, or benefit and cost."))
	}
	return nil
}

func budgetName(currency string) string { return "Budget (" + currency + ")" }

// limits are the money of each currency and the person-days of each function by quarter.
func (b *builder) limits() error {
	frames := b.body.Budgets
	if frames == nil {
		frames = b.v.keptFrames()
	}
	years := map[yearOf]int64{}
	known := map[string]bool{}
	for _, f := range frames {
		years[yearOf{f.Year, f.Amount.Currency}] += field.Minor(f.Amount.Amount)
		known[f.Amount.Currency] = true
	}
	for currency := range known {
		limit := make([]float64, len(b.quarters))
		for n, q := range b.quarters {
			year, _, _ := q.From.Civil()
			minor, given := years[yearOf{year, currency}]
			if !given {
				b.remarks.Add("year_without_frame", base.T("Für %s gibt es keinen Budgetrahmen in %s; dann ist dort nichts frei.", "There is no budget frame in %[2]s for %[1]s; nothing is free then.", plainYear(year), currency))
			}
			limit[n] = float64(minor) / 100 / 4
		}
		b.t.Problem.Limits[budgetName(currency)] = limit
	}
	if len(known) > 0 {
		b.remarks.Add("even_budget", base.T("Das Budget eines Jahres gilt zu gleichen Teilen in seinen vier Quartalen.", "The budget of a year holds in equal parts in its four quarters."))
	} else {
		b.remarks.Add("no_frame", base.T("Ohne Budgetrahmen begrenzt das Geld den Vorschlag nicht.", "Without a budget frame money does not limit the proposal."))
	}
	for _, f := range b.v.functions {
		if f.Value.Supply != nil {
			b.t.Problem.Limits[b.functions[f.ID]] = []float64{*f.Value.Supply}
		}
	}
	for _, f := range b.body.Functions {
		name, found := b.functions[f.ID]
		if !found || len(f.Days) != 1 && len(f.Days) != len(b.quarters) {
			e := base.Fail(base.Refused, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
			e.Fields = []base.FieldError{{Field: "body.functions", Text: base.T("Eine Zahl für alle Quartale oder eine für jedes, zu einer Funktion des Registers.", "One number for all quarters or one for each, of a function of the register.")}}
			return e
		}
		b.t.Problem.Limits[name] = f.Days
	}
	for name, limit := range b.t.Problem.Limits { // each quarter has its own number, so that what runs can be taken off
		if len(limit) == 1 && len(b.quarters) > 1 {
			b.t.Problem.Limits[name] = slices.Repeat(limit, len(b.quarters))
		}
	}
	return nil
}

// periodOf is the quarter of a day, counted from 1; less than 1 lies before, more than all behind.
func (b *builder) periodOf(d period.Date) int {
	if d < b.quarters[0].From {
		return 0
	}
	for n := len(b.quarters) - 1; n >= 0; n-- {
		if end := calendar.Of(period.Quarter, b.quarters[n].From).To; d >= end {
			return n + 2
		}
		if d >= b.quarters[n].From {
			return n + 1
		}
	}
	return 1
}

func (b *builder) initiatives() error {
	rate := 0.0
	if b.v.company.Rate != nil {
		rate = float64(*b.v.company.Rate)
	} else {
		b.remarks.AddLink("no_rate", base.T("Ohne Kalkulationszins des Unternehmens ist jeder Beginn gleich viel wert.", "Without the company's discount rate every start is worth the same."), "/register/company")
	}
	rules := map[string]Rule{}
	for _, r := range b.body.Rules {
		rules[r.ID] = r
	}
	for _, c := range b.plan.candidates {
		lasts := c.Lasts
		p := portfolio.Initiative{ID: b.title[c.ID], Mandatory: c.Mandatory, Duration: &lasts, Use: b.use(c)}
		for n := range b.quarters {
			p.Value = append(p.Value, math.Round(float64(c.worth)/100/math.Pow(1+rate, float64(n)/4)))
		}
		r := rules[c.ID]
		if r.Mandatory != nil {
			p.Mandatory = *r.Mandatory
		}
		if d, known := day(field.Date(r.Earliest)); known {
			p.Earliest = max(1, b.periodOf(d))
		}
		if d, known := day(field.Date(r.Latest)); known {
			p.Latest = min(len(b.quarters), b.periodOf(d))
		}
		if p.Earliest > len(b.quarters) || r.Latest != "" && p.Latest < max(1, p.Earliest) {
			e := base.Fail(base.Refused, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
			e.Fields = []base.FieldError{{Field: "body.rules", Text: base.T("„%s“ hat keinen Beginn zwischen frühestens und spätestens im Zeitraum.", "“%s” has no start between earliest and latest within the time.", c.Title)}}
			return e
		}
		b.t.Problem.Initiatives = append(b.t.Problem.Initiatives, p)
	}
	return nil
}

// use is what an initiative needs by elapsed quarter, of the resources that are limited.
func (b *builder) use(c candidate) map[string][]float64 {
	out := map[string][]float64{}
	if i := c.value; i.Budget != nil {
		if name := budgetName(i.Budget.Currency); b.t.Problem.Limits[name] != nil {
			part := float64(field.Minor(i.Budget.Amount)) / 100 / float64(c.Lasts)
			out[name] = slices.Repeat([]float64{part}, c.Lasts)
		}
	}
	from, _, _ := c.value.span()
	for _, d := range b.v.demands {
		name := b.functions[string(d.Value.Function)]
		if string(d.Value.Initiative) != c.ID || b.t.Problem.Limits[name] == nil || d.Value.Days == nil {
			continue
		}
		first, _ := day(d.Value.From)
		last, _ := day(d.Value.To)
		out[name] = spread(out[name], float64(first-from)/daysOfQuarter, float64(last-from+1)/daysOfQuarter, d.Value.Days.Likely)
	}
	return out
}

// spread adds an amount evenly over the time from a to b, both in quarters since the start.
func spread(into []float64, a, b, amount float64) []float64 {
	a = max(0, a)
	b = max(b, a+1/daysOfQuarter)
	for len(into) < int(math.Ceil(b-rounding)) {
		into = append(into, 0)
	}
	for n := range into {
		if both := min(b, float64(n+1)) - max(a, float64(n)); both > 0 {
			into[n] += amount * both / (b - a)
		}
	}
	return into
}

// order takes over the dependencies between candidates; one on what is running moves the earliest start.
func (b *builder) order() {
	at := map[string]*portfolio.Initiative{}
	for n := range b.t.Problem.Initiatives {
		at[b.t.Problem.Initiatives[n].ID] = &b.t.Problem.Initiatives[n]
	}
	for _, l := range b.v.links {
		from, to := at[b.title[l.Value.From]], at[b.title[l.Value.To]]
		if from == nil || b.title[l.Value.From] == "" {
			continue
		}
		if l.Value.Sort == "excludes" {
			if to != nil {
				from.Excludes = append(from.Excludes, to.ID)
			}
			continue
		}
		if to != nil {
			from.After = append(from.After, to.ID)
			if l.Value.Sort == "with" {
				b.remarks.Add("with_as_after", base.T("„braucht“ gilt im Vorschlag wie „beginnt danach“.", "“needs” counts as “starts after” in the proposal."))
			}
			continue
		}
		b.afterRunning(from, b.v.byID[l.Value.To])
	}
}

func (b *builder) afterRunning(from *portfolio.Initiative, other *initiative) {
	switch {
	case other == nil || other.Stage == "closed" || other.Stage == "live":
	case other.Stage != "stopped" && other.Start != "" && other.last() != "":
		end, _ := day(other.last())
		if first := b.periodOf(end) + 1; first > 1 && first <= len(b.quarters) {
			from.Earliest = max(from.Earliest, first)
		}
	default:
		b.remarks.Add("waits", base.T("„%s“ wartet auf „%s“, das nicht eingeplant werden kann; der Vorschlag lässt das außer Acht.",
			"“%s” waits for “%s”, which cannot be placed; the proposal leaves that aside.", from.ID, other.Title))
	}
}

// lessRunning takes off what initiatives need that have begun.
func (b *builder) lessRunning() {
	for _, r := range b.plan.running {
		i := &r.Value
		from, to, _ := i.span()
		if i.Budget != nil {
			b.less(budgetName(i.Budget.Currency), from, to, float64(field.Minor(i.Budget.Amount))/100)
		}
		for _, d := range b.v.demands {
			if string(d.Value.Initiative) != r.ID || d.Value.Days == nil {
				continue
			}
			first, _ := day(d.Value.From)
			last, _ := day(d.Value.To)
			b.less(b.functions[string(d.Value.Function)], first, last, d.Value.Days.Likely)
		}
	}
}

func (b *builder) less(name string, from, to period.Date, amount float64) {
	limit := b.t.Problem.Limits[name]
	if limit == nil || to < from {
		return
	}
	for n, q := range b.quarters {
		p := calendar.Of(period.Quarter, q.From)
		both := float64(min(to+1, p.To) - max(from, p.From))
		if both <= 0 {
			continue
		}
		limit[n] -= amount * both / float64(to-from+1)
		if limit[n] < 0 {
			limit[n] = 0
			b.remarks.Add("running_over", base.T("Was schon läuft, braucht in %s mehr von „%s“ als frei ist.", "What has begun needs more of “%[2]s” in %[1]s than is free.", q.Label, name))
		}
	}
}
