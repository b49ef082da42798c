// Package roadmap lays initiatives on a time line: what they need of money and people in which quarter, what stands
// against it, what a committee approved, and which plan would be worth the most.
//
// Vocabulary. The *end of an initiative* is its end, or its go-live where no end is set. A *demand* is what an initiative
// needs of a function. A *frame* is what the company may spend on initiatives in a year. A *plan* is a frozen copy of
// dates, cost and benefit; once a second person has approved it, deviation from it is shown.
package roadmap

import (
	"fmt"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Demand is what an initiative needs of a function in a time.
type Demand struct {
	Title      string       `json:"title,omitempty" de:"Bedarf" en:"Demand" lo:"heading,required,longest=200"`
	Initiative field.Ref    `json:"initiative,omitempty" de:"Vorhaben" en:"Initiative" lo:"list,required,to=initiative,index"`
	Function   field.Ref    `json:"function,omitempty" de:"Funktion" en:"Function" lo:"list,required,to=function,index"`
	From       field.Date   `json:"from,omitempty" de:"Von" en:"From" lo:"list,required,index"`
	To         field.Date   `json:"to,omitempty" de:"Bis" en:"To" lo:"list,required" help_de:"letzter Tag" help_en:"last day"`
	Days       *field.Range `json:"days,omitempty" de:"Personentage" en:"Person-days" lo:"list,required,unit=PT,min=0,max=100000" help_de:"in der ganzen Zeit" help_en:"over the whole time"`
	Owner      field.Person `json:"owner,omitempty" de:"Verantwortlich" en:"Owner" lo:"owner"`
}

// Frame is what the company may spend on initiatives in a year.
type Frame struct {
	Title  string         `json:"title,omitempty" de:"Budgetrahmen" en:"Budget frame" lo:"heading,required,longest=200"`
	Year   *float64       `json:"year,omitempty" de:"Jahr" en:"Year" lo:"list,required,alone,min=2000,max=2200"`
	Amount *field.Money   `json:"amount,omitempty" de:"Betrag" en:"Amount" lo:"list,required,min=0"`
	Note   field.Markdown `json:"note,omitempty" de:"Notiz" en:"Note"`
}

// Frozen is an initiative as it stood when the plan was made.
type Frozen struct {
	Initiative field.Ref    `json:"initiative,omitempty" de:"Vorhaben" en:"Initiative" lo:"required,to=initiative"`
	Title      string       `json:"title,omitempty" de:"Titel" en:"Title"`
	Start      field.Date   `json:"start,omitempty" de:"Beginn" en:"Start"`
	GoLive     field.Date   `json:"go_live,omitempty" de:"Betrieb ab" en:"Go-live"`
	End        field.Date   `json:"end,omitempty" de:"Ende" en:"End"`
	Cost       *field.Money `json:"cost,omitempty" de:"Budget" en:"Budget"`
	Benefit    *field.Range `json:"benefit,omitempty" de:"Nutzen je Jahr" en:"Benefit per year" lo:"unit=T€"`
}

// Plan is a frozen roadmap.
type Plan struct {
	Title     string         `json:"title,omitempty" de:"Plan" en:"Plan" lo:"heading,required,longest=200"`
	Day       field.Date     `json:"day,omitempty" de:"Stand" en:"As of" lo:"list,managed,index"`
	Committee field.Ref      `json:"committee,omitempty" de:"Gremium" en:"Committee" lo:"list,to=committee"`
	Owner     field.Person   `json:"owner,omitempty" de:"Vorgelegt von" en:"Proposed by" lo:"list,owner"`
	Note      field.Markdown `json:"note,omitempty" de:"Anmerkung" en:"Note"`
	Items     []Frozen       `json:"items,omitempty" de:"Vorhaben" en:"Initiatives" lo:"managed"`
}

// Demands, Frames and Plans are the registers of this package.
var (
	Demands = record.Kind[Demand]{Name: "demand", Title: base.T("Der Bedarf", "The demand"), One: base.T("Bedarf", "Demand"), Many: base.T("Bedarfe", "Demands"),
		Group: "deliver", Policy: auth.PolicyPlan, Validate: checkDemand}
	Frames = record.Kind[Frame]{Name: "budget_frame", Title: base.T("Der Budgetrahmen", "The budget frame"), One: base.T("Budgetrahmen", "Budget frame"),
		Many: base.T("Budgetrahmen", "Budget frames"), Group: "decide", Policy: auth.PolicyFinance, Validate: checkFrame}
	Plans = record.Kind[Plan]{Name: "plan", Title: base.T("Der Plan", "The plan"), One: base.T("Plan", "Plan"), Many: base.T("Pläne", "Plans"),
		Group: "decide", Policy: auth.PolicyPlan, Approval: true}
)

// Kinds are the registers of this package. They point at initiatives, functions and committees.
func Kinds() []*record.Def { return []*record.Def{Demands.Def(), Frames.Def(), Plans.Def()} }

func checkDemand(d *Demand) []base.FieldError {
	var e field.Errors
	if d.From != "" && d.To != "" && d.To < d.From {
		e.Add("to", base.T("Das Ende liegt vor dem Beginn.", "The end is before the start."))
	}
	return e.List()
}

func checkFrame(f *Frame) []base.FieldError {
	var e field.Errors
	if f.Year != nil && *f.Year != float64(int(*f.Year)) {
		e.Add("year", base.T("Bitte ein ganzes Jahr, zum Beispiel %s.", "Please a whole year, such as %s.", fmt.Sprint(int(*f.Year))))
	}
	return e.List()
}
