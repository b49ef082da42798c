package roadmap

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/domain/strategy/roadmap/holiday"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record/field"
)

// Input asks for the roadmap of a time.
type Input struct {
	From   string   `query:"from" format:"date" doc:"first day; without it the first of January of this year"`
	To     string   `query:"to" format:"date" doc:"day after the last; without it three years after the first"`
	Filter []string `query:"filter,explode" maxItems:"30" doc:"of initiatives, as in their register; loads and conflicts count all of them. Without one by stage the stopped ones are left out"`
}

// Roadmap is what is planned when.
type Roadmap struct {
	From      period.Date       `json:"from"`
	To        period.Date       `json:"to" doc:"day after the last"`
	Today     period.Date       `json:"today"`
	Items     []Item            `json:"items" doc:"in the order of their start; those without one last"`
	Outside   int               `json:"outside" doc:"initiatives of the question that lie outside the time"`
	Links     []Link            `json:"links"`
	Budgets   []YearLoad        `json:"budgets"`
	Functions []FunctionLoad    `json:"functions"`
	Conflicts []Conflict        `json:"conflicts"`
	State     string            `json:"federal_state" doc:"whose holidays count, empty for those of the whole country"`
	Holidays  []holiday.Holiday `json:"holidays"`
	Plan      *Baseline         `json:"plan" doc:"the newest approved plan"`
	Remarks   base.Remarks      `json:"remarks"`
}

// Item is an initiative on the roadmap.
type Item struct {
	ID         string       `json:"id"`
	Version    int          `json:"version"`
	UpdatedAt  time.Time    `json:"updated_at"`
	Title      string       `json:"title"`
	Stage      string       `json:"stage"`
	Area       string       `json:"area"`
	Start      *field.Date  `json:"start"`
	GoLive     *field.Date  `json:"go_live"`
	End        *field.Date  `json:"end"`
	Milestones []Mark       `json:"milestones"`
	Budget     *field.Money `json:"budget"`
	May        bool         `json:"may" doc:"the one who asks may move it"`
	Deviation  *Deviation   `json:"deviation" doc:"from the approved plan, null where it is not in it or nothing is approved"`
	Remarks    base.Remarks `json:"remarks" doc:"dates on weekends and holidays"`
}

// Mark is a milestone with its day.
type Mark struct {
	Title string      `json:"title"`
	Due   field.Date  `json:"due"`
	Done  *field.Date `json:"done"`
}

// Link is a dependency between two initiatives.
type Link struct {
	ID     string `json:"id"`
	From   string `json:"from"`
	To     string `json:"to"`
	Sort   string `json:"sort" enum:"after,with,excludes"`
	Broken bool   `json:"broken" doc:"the dates do not keep it"`
}

// view is everything that one answer is made of.
type view struct {
	from, to, today period.Date
	list            []register.Typed[initiative]
	byID            map[string]*initiative
	links           []register.Typed[dependency]
	demands         []register.Typed[Demand]
	functions       []register.Typed[function]
	frames          []register.Typed[Frame]
	company         company
	remarks         base.Remarks
}

const longestYears = 15

func (s *Service) window(ctx context.Context, in *Input) (from, to, today period.Date, err error) {
	now, err := s.today(ctx)
	if err != nil {
		return 0, 0, 0, err
	}
	today = period.NewDate(now.Date())
	year, _, _ := today.Civil()
	from = period.NewDate(year, time.January, 1)
	if in.From != "" {
		if from, err = period.ParseDate(in.From); err != nil {
			return 0, 0, 0, err
		}
	}
	year, month, d := from.Civil()
	to = period.NewDate(year+3, month, d)
	if in.To != "" {
		if to, err = period.ParseDate(in.To); err != nil {
			return 0, 0, 0, err
		}
	}
	if to <= from || to > period.NewDate(year+longestYears, month, d) {
		return 0, 0, 0, base.Fail(base.Usage, "wrong_time", base.T("Ein Fahrplan reicht von einem Tag bis höchstens %d Jahre danach.",
			"A roadmap goes from a day to at most %d years after it.", longestYears))
	}
	return from, to, today, nil
}

// look reads what the answer is made of.
func (s *Service) look(ctx context.Context) (*view, error) {
	v := &view{byID: map[string]*initiative{}, remarks: base.Remarks{}}
	var err error
	if v.list, err = register.All[initiative](ctx, s.registers, kindInitiative); err != nil {
		return nil, err
	}
	for i := range v.list {
		v.byID[v.list[i].ID] = &v.list[i].Value
	}
	if v.links, err = register.All[dependency](ctx, s.registers, kindDependency); err != nil {
		return nil, err
	}
	if v.demands, err = register.All[Demand](ctx, s.registers, Demands.Name); err != nil {
		return nil, err
	}
	if v.functions, err = register.All[function](ctx, s.registers, kindFunction); err != nil {
		return nil, err
	}
	if v.frames, err = register.All[Frame](ctx, s.registers, Frames.Name); err != nil {
		return nil, err
	}
	companies, err := register.All[company](ctx, s.registers, kindCompany)
	if err == nil && len(companies) > 0 {
		v.company = companies[0].Value
	}
	if err != nil {
		return nil, err
	}
	reads, err := s.allOf(ctx, kindInitiative)
	if err == nil && !reads {
		v.remarks.Add("not_all", base.T("Budget, Auslastung und Konflikte zählen nur Vorhaben, die Sie lesen dürfen.", "Budget, load and conflicts count initiatives only that you may read."))
	}
	return v, err
}

// Roadmap answers what is planned in a time, as far as the one who asks may read it.
func (s *Service) Roadmap(ctx context.Context, in *Input) (*Roadmap, error) {
	from, to, today, err := s.window(ctx, in)
	if err != nil {
		return nil, err
	}
	v, err := s.look(ctx)
	if err != nil {
		return nil, err
	}
	v.from, v.to, v.today = from, to, today
	filter := in.Filter
	if !slices.ContainsFunc(filter, func(f string) bool { return strings.HasPrefix(f, "stage:") }) {
		filter = append(slices.Clone(filter), "stage:ne:stopped")
	}
	def, _ := s.records.Def(kindInitiative)
	q, err := s.registers.Query(ctx, def, register.AskInput{Filter: filter})
	if err != nil {
		return nil, err
	}
	asked, err := register.All[initiative](ctx, s.registers, kindInitiative, q.Where...)
	if err != nil {
		return nil, err
	}
	may, err := s.registers.May(ctx, def, auth.Update)
	if err != nil {
		return nil, err
	}
	plan, err := s.baseline(ctx)
	if err != nil {
		return nil, err
	}
	out := &Roadmap{From: from, To: to, Today: today, State: v.company.State, Items: []Item{}, Links: []Link{}, Remarks: v.remarks}
	out.Holidays = v.holidays()
	for _, r := range asked {
		if first, last, dated := r.Value.span(); dated && (last < from || first >= to) {
			out.Outside++
			continue
		}
		item := v.item(r)
		item.May = may(r.Doc)
		item.Deviation = plan.deviation(r.ID, &r.Value)
		out.Items = append(out.Items, item)
	}
	slices.SortStableFunc(out.Items, byStart)
	out.Plan = plan.summary(v)
	out.Budgets, out.Functions = v.budgets(), v.capacity()
	out.Conflicts = v.conflicts(out)
	out.Links = v.shownLinks(out.Items, out.Conflicts)
	if v.company.State == "" {
		out.Remarks.AddLink("no_state", base.T("Ohne Bundesland des Unternehmens zählen nur die bundesweiten Feiertage.", "Without the company's federal state only the holidays of the whole country count."), "/register/company")
	}
	out.Remarks = append(out.Remarks, v.gaps()...)
	return out, nil
}

func byStart(a, b Item) int {
	start := func(i Item) string {
		if i.Start == nil {
			return "9999"
		}
		return string(*i.Start)
	}
	return cmp.Or(cmp.Compare(start(a), start(b)), cmp.Compare(a.Title, b.Title), cmp.Compare(a.ID, b.ID))
}

func (v *view) item(r register.Typed[initiative]) Item {
	i := &r.Value
	out := Item{ID: r.ID, Version: r.Version, UpdatedAt: r.UpdatedAt, Title: i.Title, Stage: i.Stage, Area: i.Area, Start: some(i.Start), GoLive: some(i.GoLive), End: some(i.End),
		Milestones: []Mark{}, Budget: i.Budget, Remarks: base.Remarks{}}
	for _, m := range i.Milestones {
		if m.Due != "" {
			out.Milestones = append(out.Milestones, Mark{Title: m.Title, Due: m.Due, Done: some(m.Done)})
		}
	}
	remark := func(what base.Text, d field.Date) {
		if at, ok := day(d); ok {
			v.remarkDay(&out.Remarks, what, at)
		}
	}
	remark(base.T("Beginn", "Start"), i.Start)
	remark(base.T("Betrieb", "Go-live"), i.GoLive)
	remark(base.T("Ende", "End"), i.End)
	for _, m := range out.Milestones {
		remark(base.T("%s", "%s", m.Title), m.Due)
	}
	return out
}

func some(d field.Date) *field.Date {
	if d == "" {
		return nil
	}
	return &d
}

// holidays are those of the time, of the company's federal state.
func (v *view) holidays() []holiday.Holiday {
	out := []holiday.Holiday{}
	first, _, _ := v.from.Civil()
	last, _, _ := (v.to - 1).Civil()
	for y := first; y <= last; y++ {
		for _, h := range holiday.Of(y, v.company.State) {
			if h.Day >= v.from && h.Day < v.to {
				out = append(out, h)
			}
		}
	}
	return out
}

// remarkDay says that a date is no working day.
func (v *view) remarkDay(r *base.Remarks, what base.Text, d period.Date) {
	if h, is := holiday.On(d, v.company.State); is {
		r.Add("holiday", base.T("%s am %s ist ein Feiertag: %s.", "%s on %s is a public holiday: %s.", what, d.Label(), h.Name))
		return
	}
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		r.Add("weekend", base.T("%s am %s fällt auf ein Wochenende.", "%s on %s falls on a weekend.", what, d.Label()))
	}
}

// gaps says what the answer does not know.
func (v *view) gaps() base.Remarks {
	var undated, unpriced, open int
	for _, r := range v.list {
		i := &r.Value
		switch {
		case !i.going():
		case i.Start == "":
			undated++
		case i.Budget == nil:
			unpriced++
		case i.last() == "":
			open++
		}
	}
	out := base.Remarks{}
	if undated > 0 {
		out.Add("undated", base.N(undated, base.T("Ein Vorhaben hat keinen Beginn und zählt in keiner Auslastung.", "One initiative has no start and counts in no load."),
			base.T("%d Vorhaben haben keinen Beginn und zählen in keiner Auslastung.", "%d initiatives have no start and count in no load.", undated)))
	}
	if unpriced > 0 {
		out.Add("unpriced", base.N(unpriced, base.T("Ein Vorhaben hat kein Budget und fehlt in der Summe der Jahre.", "One initiative has no budget and is missing in the sums of the years."),
			base.T("%d Vorhaben haben kein Budget und fehlen in der Summe der Jahre.", "%d initiatives have no budget and are missing in the sums of the years.", unpriced)))
	}
	if open > 0 {
		out.Add("open_end", base.N(open, base.T("Ein Vorhaben hat kein Ende; sein Budget zählt ganz im Jahr des Beginns.", "One initiative has no end; its budget counts in the year of its start."),
			base.T("%d Vorhaben haben kein Ende; ihr Budget zählt ganz im Jahr des Beginns.", "%d initiatives have no end; their budget counts in the year of their start.", open)))
	}
	return out
}
