package roadmap

import (
	"context"
	"math"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record/field"
)

// BasisInput asks what a proposal starts from.
type BasisInput struct {
	Quarters int `query:"quarters" default:"8" minimum:"1" maximum:"40"`
}

// Basis is what a proposal starts from: the registers' figures, which the request for a proposal may replace.
type Basis struct {
	Quarters   []QuarterName   `json:"quarters" doc:"the first is the next one to begin"`
	Budgets    []YearFrame     `json:"budgets" doc:"frames by year, as kept"`
	Functions  []FunctionFree  `json:"functions"`
	Candidates []Candidate     `json:"candidates" doc:"initiatives that may be placed"`
	Running    []BasisName     `json:"running" doc:"initiatives that have begun: they stay, and what they need is taken off"`
	Left       []LeftCandidate `json:"left" doc:"initiatives that cannot be placed, and what they lack"`
	Remarks    base.Remarks    `json:"remarks"`
}

// QuarterName is a quarter of the proposal.
type QuarterName struct {
	From  period.Date `json:"from"`
	Label base.Text   `json:"label"`
}

// YearFrame is what may be spent in a year.
type YearFrame struct {
	Year   int         `json:"year" minimum:"2000" maximum:"2200"`
	Amount field.Money `json:"amount"`
}

// FunctionFree is what a function has free for initiatives a quarter.
type FunctionFree struct {
	ID   string   `json:"id"`
	Name string   `json:"name"`
	Days *float64 `json:"days" doc:"null where nobody has said so: it limits nothing"`
}

// BasisName is an initiative.
type BasisName struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Candidate is an initiative that may be placed.
type Candidate struct {
	ID        string      `json:"id"`
	Version   int         `json:"version"`
	Title     string      `json:"title"`
	Stage     string      `json:"stage"`
	Start     *field.Date `json:"start"`
	Lasts     int         `json:"lasts" doc:"quarters"`
	Worth     field.Money `json:"worth" doc:"expected net present value, or benefit of five years less cost"`
	Source    string      `json:"source" enum:"case,estimate"`
	Mandatory bool        `json:"mandatory"`
}

// LeftCandidate is an initiative that cannot be placed.
type LeftCandidate struct {
	BasisName
	Lacks []base.Text `json:"lacks"`
}

// candidate is one with what the problem takes from it.
type candidate struct {
	Candidate
	value *initiative
	worth int64 // hundredths
}

// plannable parts the initiatives that the reader may see.
type plannable struct {
	candidates []candidate
	running    []register.Typed[initiative]
	left       []LeftCandidate
	estimated  int
	remarks    base.Remarks
}

const yearsOfBenefit = 5

func (s *Service) plannable(ctx context.Context, v *view, first period.Date) (*plannable, error) {
	worths := map[string]Worth{}
	if s.cases != nil {
		var err error
		if worths, err = s.cases.Approved(ctx); err != nil {
			return nil, err
		}
	}
	out := &plannable{left: []LeftCandidate{}, remarks: base.Remarks{}}
	for _, r := range v.list {
		i := &r.Value
		if !i.going() || i.Stage == "live" {
			continue
		}
		if start, dated := day(i.Start); dated && start < first {
			out.running = append(out.running, r)
			continue
		}
		c, lacks := candidateOf(r, worths)
		if len(lacks) > 0 {
			out.left = append(out.left, LeftCandidate{BasisName{r.ID, i.Title}, lacks})
			continue
		}
		if c.Source == "estimate" {
			out.estimated++
		}
		out.candidates = append(out.candidates, c)
	}
	if out.estimated > 0 {
		out.remarks.Add("estimated", base.N(out.estimated, base.T("Ein Vorhaben hat keinen freigegebenen Business Case; sein Wert ist der wahrscheinliche Nutzen von fünf Jahren abzüglich des Aufwands.",
			"One initiative has no approved business case; its worth is the likely benefit of five years less its cost."),
			base.T("%d Vorhaben haben keinen freigegebenen Business Case; ihr Wert ist der wahrscheinliche Nutzen von fünf Jahren abzüglich des Aufwands.",
				"%d initiatives have no approved business case; their worth is the likely benefit of five years less their cost.", out.estimated)))
	}
	return out, nil
}

// mostWorth keeps estimates within what the optimiser takes.
const mostWorth = 1e12

func candidateOf(r register.Typed[initiative], worths map[string]Worth) (candidate, []base.Text) {
	i := &r.Value
	c := candidate{value: i, Candidate: Candidate{ID: r.ID, Version: r.Version, Title: i.Title, Stage: i.Stage, Start: some(i.Start), Mandatory: i.Sort == "mandatory"}}
	var lacks []base.Text
	from, to, dated := i.span()
	switch {
	case dated && i.last() != "":
		c.Lasts = max(1, int(math.Round(float64(to-from+1)/daysOfQuarter)))
	default:
		lacks = append(lacks, base.T("Beginn und Ende, aus denen die Dauer folgt", "start and end, which give its length"))
	}
	currency := "EUR"
	if i.Budget != nil {
		currency = i.Budget.Currency
	}
	switch w, known := worths[r.ID]; {
	case known:
		c.Source, c.worth, currency = "case", w.Minor, w.Currency
	case i.Benefit != nil && i.Cost != nil:
		c.Source = "estimate"
		thousands := yearsOfBenefit*i.Benefit.Likely - i.Cost.Likely
		c.worth = int64(math.Round(max(-mostWorth, min(mostWorth, thousands*1000)) * 100))
	default:
		lacks = append(lacks, base.T("Business Case, oder Nutzen und Aufwand als Schätzung", "business case, or benefit and cost as an estimate"))
	}
	c.Worth = field.Money{Amount: field.FormatMinor(c.worth), Currency: currency}
	return c, lacks
}

// daysOfQuarter is the mean length of a quarter.
const daysOfQuarter = 365.25 / 4

func (s *Service) firstQuarter(ctx context.Context) (period.Date, error) {
	today, err := s.today(ctx)
	return calendar.Of(period.Quarter, period.NewDate(today.Date())).To, err
}

func quartersFrom(first period.Date, n int) []QuarterName {
	out := []QuarterName{}
	for p := calendar.Of(period.Quarter, first); len(out) < n; p = calendar.Next(period.Quarter, p) {
		out = append(out, QuarterName{p.From, calendar.Label(period.Quarter, p)})
	}
	return out
}

func (s *Service) basis(ctx context.Context, in *BasisInput) (*Basis, error) {
	v, err := s.look(ctx)
	if err != nil {
		return nil, err
	}
	first, err := s.firstQuarter(ctx)
	if err != nil {
		return nil, err
	}
	p, err := s.plannable(ctx, v, first)
	if err != nil {
		return nil, err
	}
	out := &Basis{Quarters: quartersFrom(first, in.Quarters), Budgets: v.keptFrames(), Functions: []FunctionFree{}, Candidates: []Candidate{}, Running: []BasisName{}, Left: p.left, Remarks: p.remarks}
	for _, c := range p.candidates {
		out.Candidates = append(out.Candidates, c.Candidate)
	}
	for _, r := range p.running {
		out.Running = append(out.Running, BasisName{r.ID, r.Value.Title})
	}
	for _, f := range v.functions {
		out.Functions = append(out.Functions, FunctionFree{f.ID, f.Value.Name, f.Value.Supply})
	}
	return out, nil
}

// keptFrames are the frames of the register, added up by year and currency.
func (v *view) keptFrames() []YearFrame {
	out := []YearFrame{}
	for _, b := range v.frames {
		if b.Value.Year == nil || b.Value.Amount == nil {
			continue
		}
		year, found := int(*b.Value.Year), false
		for n := range out {
			if out[n].Year == year && out[n].Amount.Currency == b.Value.Amount.Currency {
				out[n].Amount.Amount = field.FormatMinor(field.Minor(out[n].Amount.Amount) + field.Minor(b.Value.Amount.Amount))
				found = true
			}
		}
		if !found {
			out = append(out, YearFrame{year, *b.Value.Amount})
		}
	}
	return out
}
