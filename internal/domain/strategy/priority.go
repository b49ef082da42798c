package strategy

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/decision"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// PriorityInput asks for the ranks under weights.
type PriorityInput struct {
	Weights string `query:"weights" maxLength:"200" doc:"criterion:weight pairs, such as benefit:40,cost:25,scalability:15,risk:20; what is left out weighs 0; empty for the usual weights"`
}

// Priority is the initiatives in their order, and those that cannot be ranked.
type Priority struct {
	Weights []Weight      `json:"weights"`
	Items   []Prioritised `json:"items"`
	Unrated []Unrated     `json:"unrated" doc:"initiatives that lack an input"`
	Draws   int           `json:"draws" doc:"simulated worlds behind the stability"`
	Remarks base.Remarks  `json:"remarks"`
}

// Weight is a criterion with the share that it has.
type Weight struct {
	Name   string    `json:"name" enum:"benefit,cost,scalability,risk"`
	Title  base.Text `json:"title"`
	Weight float64   `json:"weight"`
	Share  float64   `json:"share" doc:"of the sum of the weights"`
	Less   bool      `json:"less" doc:"small values are good"`
}

// Prioritised is an initiative in its place.
type Prioritised struct {
	Rank      int             `json:"rank"`
	ID        string          `json:"id"`
	Title     string          `json:"title"`
	Stage     string          `json:"stage"`
	Score     decision.Range  `json:"score" doc:"0 to 100"`
	Values    []field.Range   `json:"values" doc:"inputs in the order of the weights"`
	Stability float64         `json:"stability" doc:"share of the draws in which it keeps its rank"`
	Top3      float64         `json:"top3" doc:"share of the draws among the first three"`
	Turn      *Turned         `json:"turn" doc:"the smallest change of one weight that puts the next one before it"`
	RICE      *decision.Range `json:"rice"`
	WSJF      *decision.Range `json:"wsjf"`
	RICELacks []Lack          `json:"rice_lacks"`
	WSJFLacks []Lack          `json:"wsjf_lacks"`
}

// Turned says at which share of a weight two neighbours change places.
type Turned struct {
	Name string  `json:"name"`
	From float64 `json:"from"`
	To   float64 `json:"to"`
}

// Unrated is an initiative that lacks inputs.
type Unrated struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Stage string `json:"stage"`
	Lacks []Lack `json:"lacks"`
}

// Lack is a field that has to be filled.
type Lack struct {
	Field string    `json:"field"`
	Title base.Text `json:"title"`
}

// view is how a criterion reads an initiative.
type view struct {
	name   string
	usual  float64
	less   bool
	values func(*Initiative) *field.Range
}

var views = []view{
	{"benefit", 40, false, func(i *Initiative) *field.Range { return i.Benefit }},
	{"cost", 25, true, func(i *Initiative) *field.Range { return i.Cost }},
	{"scalability", 15, false, func(i *Initiative) *field.Range { return i.Scalability }},
	{"risk", 20, true, func(i *Initiative) *field.Range { return i.RiskLevel }},
}

// fieldOf is the field of the register behind a criterion.
func (v view) field() string {
	if v.name == "risk" {
		return "risk_level"
	}
	return v.name
}

const priorityDraws, prioritySeed = 2000, 1

// priority ranks every initiative that the reader may see and that has not ended.
func (s *Service) priority(ctx context.Context, in *PriorityInput) (*Priority, error) {
	weights, err := readWeights(in.Weights)
	if err != nil {
		return nil, err
	}
	list, err := s.going(ctx)
	if err != nil {
		return nil, err
	}
	kind, _ := s.records.Def(Initiatives.Name)
	out := &Priority{Items: []Prioritised{}, Unrated: []Unrated{}, Draws: priorityDraws, Remarks: base.Remarks{}}
	q := decision.Question{Draws: priorityDraws, Seed: prioritySeed}
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	for n, v := range views {
		q.Criteria = append(q.Criteria, decision.Criterion{Name: v.name, Weight: weights[n], Less: v.less})
		out.Weights = append(out.Weights, Weight{Name: v.name, Title: titleOf(kind, v.field()), Weight: weights[n], Share: weights[n] / sum, Less: v.less})
	}
	byID := map[string]register.Typed[Initiative]{}
	for _, r := range list {
		byID[r.ID] = r
		a := decision.Alternative{ID: r.ID}
		for _, v := range views {
			a.Values = append(a.Values, engineRange(v.values(&r.Value)))
		}
		q.Alternatives = append(q.Alternatives, a)
	}
	answer, err := decision.Rank(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, x := range answer.Ranked {
		out.Items = append(out.Items, prioritised(kind, x, byID[x.ID]))
	}
	for _, m := range answer.Missing {
		r := byID[m.ID]
		u := Unrated{ID: m.ID, Title: r.Value.Title, Stage: string(r.Value.Stage)}
		for _, c := range m.Criteria {
			u.Lacks = append(u.Lacks, lack(kind, views[c].field()))
		}
		out.Unrated = append(out.Unrated, u)
	}
	return out, nil
}

func prioritised(kind *record.Def, x decision.Ranked, r register.Typed[Initiative]) Prioritised {
	i := &r.Value
	p := Prioritised{Rank: x.Rank, ID: r.ID, Title: i.Title, Stage: string(i.Stage), Stability: x.Stability(), Top3: x.Top3,
		Score: decision.Range{Low: 100 * x.Score.Low, Likely: 100 * x.Score.Likely, High: 100 * x.Score.High}, RICELacks: []Lack{}, WSJFLacks: []Lack{}}
	for _, v := range views {
		if value := v.values(i); value != nil {
			p.Values = append(p.Values, *value)
		} else {
			p.Values = append(p.Values, field.Range{})
		}
	}
	if x.Turn != nil {
		p.Turn = &Turned{Name: views[x.Turn.Criterion].name, From: x.Turn.From, To: x.Turn.To}
	}
	p.RICE, p.RICELacks = rice(kind, i)
	p.WSJF, p.WSJFLacks = wsjf(kind, i)
	return p
}

// months takes person-days to person-months; nil where there is no positive effort.
func months(effort *field.Range) *decision.Range {
	if effort == nil || effort.Min <= 0 {
		return nil
	}
	return &decision.Range{Low: effort.Min / decision.DaysOfMonth, Likely: effort.Likely / decision.DaysOfMonth, High: effort.Max / decision.DaysOfMonth}
}

func rice(kind *record.Def, i *Initiative) (*decision.Range, []Lack) {
	reach, impact, effort := engineRange(i.Reach), engineRange(i.Impact), months(i.Effort)
	lacks := lacking(kind, map[string]bool{"reach": reach == nil, "impact": impact == nil, "confidence": i.Confidence == nil, "effort": effort == nil})
	if len(lacks) > 0 {
		return nil, lacks
	}
	v, _ := decision.RICE(*reach, *impact, float64(*i.Confidence), *effort)
	return &v, lacks
}

func wsjf(kind *record.Def, i *Initiative) (*decision.Range, []Lack) {
	delay, effort := engineRange(i.Delay), months(i.Effort)
	lacks := lacking(kind, map[string]bool{"cost_of_delay": delay == nil, "effort": effort == nil})
	if len(lacks) > 0 {
		return nil, lacks
	}
	v, _ := decision.WSJF(*delay, *effort)
	return &v, lacks
}

func lacking(kind *record.Def, missing map[string]bool) []Lack {
	out := []Lack{}
	for _, f := range kind.Fields {
		if missing[f.Name] {
			out = append(out, lack(kind, f.Name))
		}
	}
	return out
}

func lack(kind *record.Def, name string) Lack { return Lack{name, titleOf(kind, name)} }

func titleOf(kind *record.Def, name string) base.Text {
	f, _ := field.Find(kind.Fields, name)
	return f.Title
}

func engineRange(r *field.Range) *decision.Range {
	if r == nil {
		return nil
	}
	return &decision.Range{Low: r.Min, Likely: r.Likely, High: r.Max}
}

// readWeights reads criterion:weight pairs in the order of the views.
func readWeights(text string) ([]float64, error) {
	out := make([]float64, len(views))
	if text == "" {
		for n, v := range views {
			out[n] = v.usual
		}
		return out, nil
	}
	sum := 0.0
	for pair := range strings.SplitSeq(text, ",") {
		name, value, _ := strings.Cut(pair, ":")
		n := slices.IndexFunc(views, func(v view) bool { return v.name == strings.TrimSpace(name) })
		w, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if n < 0 || err != nil || !(w >= 0 && w <= 1000) {
			return nil, base.Fail(base.Usage, "bad_weights", base.T("„%s“ ist keine Gewichtung.", "“%s” is no weight.", pair)).
				WithHint(base.T("Zum Beispiel benefit:40,cost:25,scalability:15,risk:20, jedes Gewicht von 0 bis 1000.", "For example benefit:40,cost:25,scalability:15,risk:20, each weight from 0 to 1000."))
		}
		sum += w - out[n]
		out[n] = w
	}
	if sum <= 0 {
		return nil, base.Fail(base.Usage, "bad_weights", base.T("Mindestens ein Gewicht ist größer als 0.", "At least one weight is greater than 0."))
	}
	return out, nil
}

// going lists the initiatives that the reader may see and that have not ended.
func (s *Service) going(ctx context.Context) ([]register.Typed[Initiative], error) {
	return register.All[Initiative](ctx, s.registers, Initiatives.Name, record.Condition{Field: "stage", Op: "ne", Values: []string{"closed", "stopped"}})
}
