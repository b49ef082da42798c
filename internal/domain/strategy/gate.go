package strategy

import (
	_ "embed" // the criteria are data
	"encoding/json"
	"fmt"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Answer says of one criterion whether it is met, and by what.
type Answer struct {
	Code     string       `json:"code,omitempty" de:"Kürzel" en:"Code" lo:"required,longest=64"`
	Title    string       `json:"title,omitempty" de:"Kriterium" en:"Criterion" lo:"required"`
	Met      field.Choice `json:"met,omitempty" de:"Erfüllt" en:"Met" lo:"required" options:"yes=ja|yes|ok;no=nein|no|bad;not_needed=entfällt|not needed|none"`
	Hard     *bool        `json:"hard,omitempty" de:"Pflicht" en:"Mandatory"`
	Evidence string       `json:"evidence,omitempty" de:"Beleg" en:"Evidence" lo:"longest=2000"`
}

// Gate is one try of an initiative to change its stage: proposed by one person, decided by another.
type Gate struct {
	Title      string         `json:"title,omitempty" de:"Tor" en:"Gate" lo:"heading,required"`
	Initiative field.Ref      `json:"initiative,omitempty" de:"Vorhaben" en:"Initiative" lo:"list,required,to=initiative,index"`
	From       field.Choice   `json:"from,omitempty" de:"Von" en:"From" lo:"list,required" options:"idea=Idee|Idea;case=Bewertung|Case;mvp=MVP|MVP;pilot=Pilot|Pilot;scale=Ausbau|Scale;live=Betrieb|Live;closed=Abgeschlossen|Closed;stopped=Gestoppt|Stopped"`
	To         field.Choice   `json:"to,omitempty" de:"Nach" en:"To" lo:"list,required" options:"idea=Idee|Idea;case=Bewertung|Case;mvp=MVP|MVP;pilot=Pilot|Pilot;scale=Ausbau|Scale;live=Betrieb|Live;closed=Abgeschlossen|Closed;stopped=Gestoppt|Stopped"`
	Answers    []Answer       `json:"answers,omitempty" de:"Kriterien" en:"Criteria"`
	Note       field.Markdown `json:"note,omitempty" de:"Anmerkung" en:"Note"`
	Owner      field.Person   `json:"owner,omitempty" de:"Vorgelegt von" en:"Proposed by" lo:"list,owner"`
}

// Gates is the kind of gates; they change by the operations of this package only.
var Gates = record.Kind[Gate]{Name: "gate", Title: base.T("Das Tor", "The gate"), One: base.T("Tor", "Gate"), Many: base.T("Tore", "Gates"),
	Group: "deliver", Policy: auth.PolicyPlan, Approval: true, ReadOnly: true}

// Criterion is what a gate asks for. Auto names the rule that looks at the initiative itself; without it a person
// answers. A hard criterion must be met or not needed; a soft one may stay open for a reason.
type Criterion struct {
	Code string
	De   string
	En   string
	Hard bool
	Auto string

	Waivable bool // what Lotse does not find may be left out for a reason, as not needed with its evidence
}

//go:embed gates.json
var gateData []byte

// criteria are those of each stage that is entered.
var criteria = func() map[string][]Criterion {
	out := map[string][]Criterion{}
	if err := json.Unmarshal(gateData, &out); err != nil {
		panic(fmt.Sprintf("gates.json: %v", err))
	}
	for stage, list := range out {
		for _, c := range list {
			if c.De == "" || c.En == "" || c.Auto != "" && rules[c.Auto] == nil {
				panic("gates.json: " + stage + "/" + c.Code)
			}
		}
	}
	return out
}()

// Facts is what the rules look at beside the initiative itself.
type Facts struct {
	Risks        int         // live risk records of the initiative
	CaseApproved bool        // its business case is approved
	PlanSigned   bool        // an effect plan of it is signed
	Metrics      []base.Text // titles of its metrics
}

// rules answer a criterion from the initiative. The text is the evidence.
var rules = map[string]func(i *Initiative, f Facts) (met bool, evidence base.Text){
	"aim":      func(i *Initiative, _ Facts) (bool, base.Text) { return i.Aim != "", base.Text{} },
	"owner":    func(i *Initiative, _ Facts) (bool, base.Text) { return i.Owner != "", base.Text{} },
	"sponsor":  func(i *Initiative, _ Facts) (bool, base.Text) { return i.Sponsor != "", base.Text{} },
	"metric":   func(i *Initiative, f Facts) (bool, base.Text) { return len(i.Metrics) > 0, list(f.Metrics) },
	"baseline": func(i *Initiative, _ Facts) (bool, base.Text) { return i.Baseline != "", base.Text{} },
	"stop":     func(i *Initiative, _ Facts) (bool, base.Text) { return i.Stop != "", base.Text{} },
	"budget":   func(i *Initiative, _ Facts) (bool, base.Text) { return i.Budget != nil, money(i.Budget) },
	"dates": func(i *Initiative, _ Facts) (bool, base.Text) {
		return i.Start != "" && i.GoLive != "", base.T("%s bis %s", "%s to %s", field.FormatDay(string(i.Start), base.German), field.FormatDay(string(i.GoLive), base.German))
	},
	"gdpr": func(i *Initiative, _ Facts) (bool, base.Text) {
		return i.GDPR == "checked" || i.GDPR == "not_needed", base.Text{}
	},
	"risks": func(_ *Initiative, f Facts) (bool, base.Text) {
		return f.Risks > 0, base.N(f.Risks, base.T("ein Risiko erfasst", "one risk recorded"), base.T("%d Risiken erfasst", "%d risks recorded", f.Risks))
	},
	"case": func(_ *Initiative, f Facts) (bool, base.Text) {
		return f.CaseApproved, base.T("Business Case freigegeben", "business case approved")
	},
	"plan": func(_ *Initiative, f Facts) (bool, base.Text) {
		return f.PlanSigned, base.T("Wirkungsplan unterschrieben", "effect plan signed")
	},
}

func list(names []base.Text) base.Text {
	var out base.Text
	for i, n := range names {
		if i > 0 {
			out.De, out.En = out.De+", ", out.En+", "
		}
		out.De, out.En = out.De+n.De, out.En+n.En
	}
	return out
}

func money(m *field.Money) base.Text {
	if m == nil {
		return base.Text{}
	}
	return base.T("%s %s", "%s %s", base.Number{Value: float64(field.Minor(m.Amount)) / 100, Decimals: 2}, m.Currency)
}

// order is the way of the stages; stopped can be reached from each of them.
var order = []string{"idea", "case", "mvp", "pilot", "scale", "live", "closed"}

// next lists where an initiative may go: forward to any later stage up to live, from live to closed, and to stopped. A
// stopped one may begin again as an idea.
func next(stage string) []string {
	switch stage {
	case "stopped":
		return []string{"idea"}
	case "closed":
		return nil
	case "live":
		return []string{"closed", "stopped"}
	}
	var out []string
	passed := false
	for _, s := range order[:len(order)-1] {
		if passed {
			out = append(out, s)
		}
		passed = passed || s == stage
	}
	return append(out, "stopped")
}

// asked are the criteria between two stages: those of every stage that is entered or passed over, each once.
func asked(from, to string) []Criterion {
	var out []Criterion
	seen := map[string]bool{}
	add := func(stage string) {
		for _, c := range criteria[stage] {
			if !seen[c.Code] {
				seen[c.Code] = true
				out = append(out, c)
			}
		}
	}
	if to == "stopped" || to == "closed" || to == "idea" {
		add(to)
		return out
	}
	passed := false
	for _, s := range order {
		if passed {
			add(s)
		}
		passed = passed || s == from
		if s == to {
			break
		}
	}
	return out
}
