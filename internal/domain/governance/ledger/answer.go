package ledger

import (
	"cmp"
	"context"
	"math"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/causal"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Span is a number a year with its limits. Limits of several add up as if all went wrong at once, which is the careful
// side.
type Span struct {
	Low    *float64 `json:"low"`
	Middle *float64 `json:"middle"`
	High   *float64 `json:"high"`
	Count  int      `json:"count" doc:"of the cases, plans or entries behind it"`
}

// ClassView is one benefit class in one unit. Classes and units never add up.
type ClassView struct {
	Class     string `json:"class" enum:"cash,avoided_cost,released_time,other"`
	Unit      string `json:"unit" doc:"currency, h or a unit of its own, a year"`
	Claimed   *Span  `json:"claimed" doc:"approved business cases; null for none"`
	Measured  *Span  `json:"measured" doc:"proven by the facts of now, not signed yet"`
	Confirmed *Span  `json:"confirmed" doc:"signed"`
}

// Return is the yearly confirmed cash benefit less the cost so far, over that cost: the return of one year.
type Return struct {
	Low    *float64 `json:"low"`
	Middle *float64 `json:"middle"`
	High   *float64 `json:"high"`
}

// InitiativeView is what one initiative claims, shows and has proven, and what it has cost.
type InitiativeView struct {
	Initiative string       `json:"initiative"`
	Title      string       `json:"title"`
	Classes    []ClassView  `json:"classes" nullable:"false"`
	Cost       *field.Money `json:"cost" doc:"spent so far; null where nothing is posted or currencies are mixed"`
	Return     *Return      `json:"return_on_investment" doc:"of the first year, cash only; null without cost or confirmed cash"`
	Open       int          `json:"open" doc:"signed plans whose effect is not proven (yet)"`
	Remarks    base.Remarks `json:"remarks" nullable:"false"`
}

// EntryView is one entry.
type EntryView struct {
	ID         string   `json:"id"`
	Sort       string   `json:"sort" enum:"contribution,takeback"`
	Live       bool     `json:"live" doc:"a contribution that nothing took back"`
	Title      string   `json:"title"`
	Initiative string   `json:"initiative"`
	Plan       string   `json:"plan"`
	Closing    string   `json:"closing"`
	Hash       string   `json:"hash"`
	Class      string   `json:"class" enum:"planned,retrospective"`
	Benefit    string   `json:"benefit_class" enum:"cash,avoided_cost,released_time,other"`
	Low        *float64 `json:"low"`
	Middle     *float64 `json:"middle"`
	High       *float64 `json:"high"`
	Unit       string   `json:"unit"`
	From       string   `json:"from"`
	To         string   `json:"to"`
	SignedBy   string   `json:"signed_by"`
	SignedAt   string   `json:"signed_at"`
	Note       string   `json:"note"`
	Follows    string   `json:"follows"`
}

// Answer is the ledger.
type Answer struct {
	Classes     []ClassView      `json:"classes" nullable:"false" doc:"over all initiatives, each class apart"`
	Initiatives []InitiativeView `json:"initiatives" nullable:"false"`
	Entries     []EntryView      `json:"entries" nullable:"false" doc:"newest first"`
	Cost        *field.Money     `json:"cost" doc:"spent so far by all initiatives, those without proof as well"`
	Return      *Return          `json:"return_on_investment" doc:"confirmed cash of one year over all cost"`
	Remarks     base.Remarks     `json:"remarks" nullable:"false"`
}

// AnswerInput narrows the ledger down.
type AnswerInput struct {
	Initiative string `query:"initiative" maxLength:"64"`
}

// part is where a number stands.
type part uint8

const (
	claimed part = iota
	measured
	confirmed
)

// book gathers numbers by initiative, class and unit.
type book struct {
	classes     []ClassView
	initiatives []*InitiativeView
}

func (b *book) of(initiative string) *InitiativeView {
	for _, i := range b.initiatives {
		if i.Initiative == initiative {
			return i
		}
	}
	i := &InitiativeView{Initiative: initiative, Classes: []ClassView{}, Remarks: base.Remarks{}}
	b.initiatives = append(b.initiatives, i)
	return i
}

// add puts a number into its class, of its initiative and over all.
func (b *book) add(p part, initiative, class, unit string, low, middle, high *float64) {
	i := b.of(initiative)
	i.Classes = addTo(i.Classes, p, class, unit, low, middle, high)
	b.classes = addTo(b.classes, p, class, unit, low, middle, high)
}

func addTo(list []ClassView, p part, class, unit string, low, middle, high *float64) []ClassView {
	at := slices.IndexFunc(list, func(c ClassView) bool { return c.Class == class && c.Unit == unit })
	if at < 0 {
		at, list = len(list), append(list, ClassView{Class: class, Unit: unit})
	}
	c := &list[at]
	span := map[part]**Span{claimed: &c.Claimed, measured: &c.Measured, confirmed: &c.Confirmed}[p]
	if *span == nil {
		zero := 0.0
		*span = &Span{Low: &zero, Middle: &zero, High: &zero}
	}
	s := *span
	s.Low, s.Middle, s.High, s.Count = plus(s.Low, low), plus(s.Middle, middle), plus(s.High, high), s.Count+1
	return list
}

// plus adds; what is unknown stays unknown.
func plus(a, b *float64) *float64 {
	if a == nil || b == nil {
		return nil
	}
	v := math.Round((*a+*b)*100) / 100
	return &v
}

func (s *Service) answer(ctx context.Context, in *AnswerInput) (*Answer, error) {
	entries, err := s.readable(ctx)
	if err != nil {
		return nil, err
	}
	b := &book{classes: []ClassView{}}
	out := &Answer{Initiatives: []InitiativeView{}, Entries: []EntryView{}, Remarks: base.Remarks{}}
	wanted := func(initiative string) bool { return in.Initiative == "" || in.Initiative == initiative }
	current, proven := live(entries), map[string]bool{}
	for _, k := range current {
		proven[string(k.Plan)] = true
		if wanted(string(k.Initiative)) {
			b.add(confirmed, string(k.Initiative), string(k.Benefit), k.Unit, k.Low, k.Middle, k.High)
		}
	}
	if err := s.addMeasured(ctx, b, wanted, proven); err != nil {
		return nil, err
	}
	claims, err := s.claims.Claimed(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range claims {
		if wanted(c.Initiative) {
			b.add(claimed, c.Initiative, c.Class, c.Unit, c.Low, c.Middle, c.High)
		}
	}
	if err := s.addCosts(ctx, b, wanted, out); err != nil {
		return nil, err
	}
	out.Classes = sorted(b.classes)
	if err := s.name(ctx, b, out); err != nil {
		return nil, err
	}
	for _, k := range slices.Backward(entries) {
		if wanted(string(k.Initiative)) {
			out.Entries = append(out.Entries, k.view(slices.Contains(current, k)))
		}
	}
	return out, nil
}

// addMeasured adds signed plans of which the facts of now prove the effect, and counts the others.
func (s *Service) addMeasured(ctx context.Context, b *book, wanted func(string) bool, proven map[string]bool) error {
	plans, err := s.plans.Readable(ctx)
	if err != nil {
		return err
	}
	for _, p := range plans {
		initiative := string(p.Initiative)
		if !p.Signed() || p.Class == "exploratory" || proven[p.Doc.ID] || !wanted(initiative) {
			continue
		}
		m, err := s.plans.Measure(ctx, p)
		if base.IsKind(err, base.NotFound) || base.IsKind(err, base.Usage) || base.IsKind(err, base.Refused) {
			b.of(initiative).Open++
			continue
		}
		if err != nil {
			return err
		}
		switch {
		case m.Superseded:
		case m.Effect.Verdict == causal.Proven:
			b.add(measured, initiative, m.Worth.Class, m.Worth.Unit, m.Worth.Low, m.Worth.Middle, m.Worth.High)
		default:
			b.of(initiative).Open++
		}
	}
	return nil
}

func (k *Kept) view(isLive bool) EntryView {
	return EntryView{ID: k.Doc.ID, Sort: string(k.Sort), Live: isLive, Title: k.Title, Initiative: string(k.Initiative), Plan: string(k.Plan), Closing: string(k.Closing), Hash: k.Hash,
		Class: string(k.Class), Benefit: string(k.Benefit), Low: k.Low, Middle: k.Middle, High: k.High, Unit: k.Unit, From: string(k.From), To: string(k.Before),
		SignedBy: k.SignedBy, SignedAt: k.SignedAt, Note: k.Note, Follows: string(k.Follows)}
}

// classOrder is how the classes stand, by how hard they are.
var classOrder = []string{"cash", "avoided_cost", "released_time", "other"}

func sorted(list []ClassView) []ClassView {
	slices.SortStableFunc(list, func(a, b ClassView) int {
		return cmp.Or(cmp.Compare(slices.Index(classOrder, a.Class), slices.Index(classOrder, b.Class)), cmp.Compare(a.Unit, b.Unit))
	})
	return list
}

// name adds the titles of the initiatives that the one who asks may read, by title.
func (s *Service) name(ctx context.Context, b *book, out *Answer) error {
	ids := make([]string, len(b.initiatives))
	for i, v := range b.initiatives {
		ids[i] = v.Initiative
	}
	names, err := s.registers.Visible(ctx, "initiative", ids)
	if err != nil {
		return err
	}
	for _, i := range b.initiatives {
		i.Title, i.Classes = names[i.Initiative], sorted(i.Classes)
		out.Initiatives = append(out.Initiatives, *i)
	}
	slices.SortStableFunc(out.Initiatives, func(a, b InitiativeView) int { return cmp.Compare(a.Title, b.Title) })
	return nil
}

// posting is what the ledger reads of the postings that delivery keeps.
type posting struct {
	Initiative string       `json:"initiative"`
	Sort       string       `json:"sort"`
	Amount     *field.Money `json:"amount"`
}

// addCosts sets what was spent beside what was proven.
func (s *Service) addCosts(ctx context.Context, b *book, wanted func(string) bool, out *Answer) error {
	costs, err := s.costs(ctx, wanted)
	if err != nil {
		return err
	}
	all := spending{}
	for initiative, c := range costs {
		all.join(c)
		i := b.of(initiative)
		if i.Cost = c.money(); i.Cost == nil {
			i.Remarks.Add("currencies", base.T("Die Buchungen stehen in verschiedenen Währungen und werden nicht addiert.", "The postings are in different currencies and are not added up."))
		}
		i.Return = returnOf(i.Classes, i.Cost)
	}
	if out.Cost = all.money(); out.Cost == nil && len(costs) > 0 {
		out.Remarks.Add("currencies", base.T("Die Buchungen stehen in verschiedenen Währungen und werden nicht addiert.", "The postings are in different currencies and are not added up."))
	}
	out.Return = returnOf(b.classes, out.Cost)
	return nil
}

// spending is cents by currency.
type spending map[string]int64

func (a spending) join(b spending) {
	for currency, cents := range b {
		a[currency] += cents
	}
}

func (a spending) money() *field.Money {
	for currency, cents := range a {
		if len(a) == 1 {
			return &field.Money{Amount: field.FormatMinor(cents), Currency: currency}
		}
	}
	return nil
}

func (s *Service) costs(ctx context.Context, wanted func(string) bool) (map[string]spending, error) {
	out := map[string]spending{}
	q := record.Query{Limit: record.MaxPage, Sort: []record.Sort{{Field: "id"}}, Where: []record.Condition{{Field: "sort", Op: "eq", Values: []string{"spent"}}}}
	for {
		def, page, err := s.registers.Page(ctx, "posting", q)
		if err != nil || def == nil {
			return out, err
		}
		for _, doc := range page.Items {
			p, err := postingOf(doc)
			if err != nil {
				return nil, err
			}
			if p.Amount == nil || !wanted(p.Initiative) {
				continue
			}
			if out[p.Initiative] == nil {
				out[p.Initiative] = spending{}
			}
			out[p.Initiative][p.Amount.Currency] += field.Minor(p.Amount.Amount)
		}
		if q.After = page.Next; q.After == "" {
			return out, nil
		}
	}
}

// returnOf is unknown without cost or without confirmed cash of its currency.
func returnOf(list []ClassView, cost *field.Money) *Return {
	if cost == nil || field.Minor(cost.Amount) <= 0 {
		return nil
	}
	spent := float64(field.Minor(cost.Amount)) / 100
	for _, c := range list {
		if c.Class != "cash" || c.Unit != cost.Currency || c.Confirmed == nil {
			continue
		}
		ratio := func(v *float64) *float64 {
			if v == nil {
				return nil
			}
			r := (*v - spent) / spent
			return &r
		}
		return &Return{ratio(c.Confirmed.Low), ratio(c.Confirmed.Middle), ratio(c.Confirmed.High)}
	}
	return nil
}
