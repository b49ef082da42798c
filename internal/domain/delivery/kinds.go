// Package delivery keeps how initiatives go: work items, risks, dependencies and decisions. The initiatives themselves belong to
// strategy.
package delivery

import (
	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Risk is what may go wrong, as a range of likelihood and loss.
type Risk struct {
	Title      string         `json:"title,omitempty" de:"Risiko" en:"Risk" lo:"heading,required"`
	Initiative field.Ref      `json:"initiative,omitempty" de:"Vorhaben" en:"Initiative" lo:"list,to=initiative,index"`
	Owner      field.Person   `json:"owner,omitempty" de:"Verantwortlich" en:"Owner" lo:"list,owner,index"`
	Cause      field.Markdown `json:"cause,omitempty" de:"Ursache und Folge" en:"Cause and consequence"`
	Likelihood *field.Range   `json:"likelihood,omitempty" de:"Eintritt" en:"Likelihood" lo:"list,unit=%,min=0,max=100"`
	Loss       *field.Range   `json:"loss,omitempty" de:"Schaden" en:"Loss" lo:"list,unit=T€,min=0"`
	Treatment  field.Choice   `json:"treatment,omitempty" de:"Umgang" en:"Treatment" lo:"list" options:"avoid=vermeiden|avoid;reduce=mindern|reduce;share=teilen|share;accept=tragen|accept"`
	Measure    field.Markdown `json:"measure,omitempty" de:"Maßnahme" en:"Measure"`
	Due        field.Date     `json:"due,omitempty" de:"Termin" en:"Due" lo:"list,index,due,ended=status:closed"`
	State      field.Choice   `json:"status,omitempty" de:"Stand" en:"State" lo:"list" options:"open=offen|open|open;treated=in Arbeit|in work|running;occurred=eingetreten|occurred|bad;closed=erledigt|closed|ok"`
}

// Dependency says that one initiative waits for another, or that the two exclude each other.
type Dependency struct {
	Title string         `json:"title,omitempty" de:"Abhängigkeit" en:"Dependency" lo:"heading,required"`
	From  field.Ref      `json:"from,omitempty" de:"Vorhaben" en:"Initiative" lo:"list,required,to=initiative,index"`
	To    field.Ref      `json:"to,omitempty" de:"wartet auf" en:"waits for" lo:"list,required,to=initiative,index"`
	Sort  field.Choice   `json:"sort,omitempty" de:"Art" en:"Sort" lo:"list,required" options:"after=beginnt danach|starts after;with=braucht|needs;excludes=schließt aus|excludes"`
	Note  field.Markdown `json:"note,omitempty" de:"Notiz" en:"Note"`
}

// WorkItem is a piece of the work of an initiative: one person, one day, one effort.
type WorkItem struct {
	Title      string         `json:"title,omitempty" de:"Arbeitspaket" en:"Work item" lo:"heading,required,longest=200"`
	Initiative field.Ref      `json:"initiative,omitempty" de:"Vorhaben" en:"Initiative" lo:"list,required,to=initiative,index"`
	State      field.Choice   `json:"status,omitempty" de:"Stand" en:"State" lo:"list,index" options:"open=offen|open|open;doing=in Arbeit|in work|running;waiting=wartet|waiting|warn;done=erledigt|done|ok"`
	Owner      field.Person   `json:"owner,omitempty" de:"Verantwortlich" en:"Owner" lo:"list,owner,index"`
	Due        field.Date     `json:"due,omitempty" de:"Termin" en:"Due" lo:"list,index,due,ended=status:done"`
	Effort     *float64       `json:"effort,omitempty" de:"Aufwand" en:"Effort" lo:"list,unit=PT,min=0,max=10000,index" help_de:"Personentage, geschätzt" help_en:"person-days, estimated"`
	Spent      *float64       `json:"spent,omitempty" de:"Geleistet" en:"Spent" lo:"list,unit=PT,min=0,max=10000,index" help_de:"Personentage bis heute" help_en:"person-days so far"`
	Done       field.Date     `json:"done,omitempty" de:"Erledigt am" en:"Done on"`
	Note       field.Markdown `json:"note,omitempty" de:"Notiz" en:"Note"`
}

// Alternative is one way to decide.
type Alternative struct {
	Title   string `json:"title,omitempty" de:"Möglichkeit" en:"Option" lo:"required"`
	For     string `json:"pro,omitempty" de:"Dafür" en:"For" lo:"longest=2000"`
	Against string `json:"contra,omitempty" de:"Dagegen" en:"Against" lo:"longest=2000"`
}

// Decision is a question that somebody decides by a day.
type Decision struct {
	Title      string         `json:"title,omitempty" de:"Entscheidung" en:"Decision" lo:"heading,required"`
	Question   field.Markdown `json:"question,omitempty" de:"Frage" en:"Question"`
	Options    []Alternative  `json:"options,omitempty" de:"Möglichkeiten" en:"Options"`
	Initiative field.Ref      `json:"initiative,omitempty" de:"Vorhaben" en:"Initiative" lo:"list,to=initiative,index"`
	Committee  field.Ref      `json:"committee,omitempty" de:"Gremium" en:"Committee" lo:"list,to=committee"`
	Meeting    field.Ref      `json:"meeting,omitempty" de:"Sitzung" en:"Meeting" lo:"to=meeting"`
	Owner      field.Person   `json:"owner,omitempty" de:"Entscheidet" en:"Decides" lo:"list,owner,index"`
	Due        field.Date     `json:"due,omitempty" de:"Fällig" en:"Due" lo:"list,index,due,ended=outcome:accepted|rejected"`
	Outcome    field.Choice   `json:"outcome,omitempty" de:"Ausgang" en:"Outcome" lo:"list" options:"open=offen|open|open;accepted=angenommen|accepted|ok;rejected=abgelehnt|rejected|none;postponed=vertagt|postponed|warn"`
	Decided    field.Date     `json:"decided,omitempty" de:"Entschieden am" en:"Decided on" lo:"list"`
	Reason     field.Markdown `json:"reason,omitempty" de:"Begründung" en:"Reason"`
}

// Posting is money of an initiative on a day. Spent money with the number of an order settles what that order committed.
type Posting struct {
	Text       string       `json:"text,omitempty" de:"Buchung" en:"Posting" lo:"heading,required"`
	Initiative field.Ref    `json:"initiative,omitempty" de:"Vorhaben" en:"Initiative" lo:"list,required,to=initiative,index"`
	Day        field.Date   `json:"day,omitempty" de:"Tag" en:"Day" lo:"list,required,index"`
	Sort       field.Choice `json:"sort,omitempty" de:"Art" en:"Sort" lo:"list,required,index" options:"planned=geplant|planned;committed=gebunden|committed;spent=ausgegeben|spent"`
	Amount     *field.Money `json:"amount,omitempty" de:"Betrag" en:"Amount" lo:"list,required,index"`
	Order      string       `json:"order,omitempty" de:"Bestellung" en:"Order" lo:"list,longest=100" help_de:"Nummer der Bestellung oder des Vertrags" help_en:"number of the order or contract"`
	Owner      field.Person `json:"owner,omitempty" de:"Verantwortlich" en:"Owner" lo:"owner"`
}

func kind[T any](name string, the, one, many base.Text, group, policy string) record.Kind[T] {
	return record.Kind[T]{Name: name, Title: the, One: one, Many: many, Group: group, Policy: policy}
}

// Kinds are the registers of this package.
func Kinds() []*record.Def {
	dependencies := kind[Dependency]("dependency", base.T("Die Abhängigkeit", "The dependency"), base.T("Abhängigkeit", "Dependency"), base.T("Abhängigkeiten", "Dependencies"), "deliver", auth.PolicyPlan)
	dependencies.Validate = checkDependency
	decisions := kind[Decision]("decision", base.T("Die Entscheidung", "The decision"), base.T("Entscheidung", "Decision"), base.T("Entscheidungen", "Decisions"), "decide", auth.PolicyCommittee)
	decisions.Validate = checkDecision
	items := kind[WorkItem]("work_item", base.T("Das Arbeitspaket", "The work item"), base.T("Arbeitspaket", "Work item"), base.T("Arbeitspakete", "Work items"), "deliver", auth.PolicyPlan)
	items.Validate = checkWorkItem
	return []*record.Def{
		items.Def(),
		kind[Risk]("risk", base.T("Das Risiko", "The risk"), base.T("Risiko", "Risk"), base.T("Risiken", "Risks"), "deliver", auth.PolicyPlan).Def(),
		dependencies.Def(),
		kind[Posting]("posting", base.T("Die Buchung", "The posting"), base.T("Buchung", "Posting"), base.T("Buchungen", "Postings"), "deliver", auth.PolicyFinance).Def(),
		decisions.Def(),
	}
}

func checkDependency(d *Dependency) []base.FieldError {
	if d.From != "" && d.From == d.To {
		return []base.FieldError{{Field: "to", Text: base.T("Ein Vorhaben wartet nicht auf sich selbst.", "An initiative does not wait for itself.")}}
	}
	return nil
}

func checkWorkItem(w *WorkItem) []base.FieldError {
	if w.Done != "" && w.State != "done" {
		return []base.FieldError{{Field: "done", Text: base.T("Ein Tag der Erledigung gehört zum Stand „erledigt“.", "A day of completion belongs to the state “done”.")}}
	}
	return nil
}

func checkDecision(d *Decision) []base.FieldError {
	var e field.Errors
	decided := d.Outcome == "accepted" || d.Outcome == "rejected"
	if decided && d.Decided == "" {
		e.Add("decided", base.T("Wann wurde entschieden?", "When was it decided?"))
	}
	if decided && d.Reason == "" {
		e.Add("reason", base.T("Eine Entscheidung braucht ihre Begründung.", "A decision needs its reason."))
	}
	return e.List()
}
