// Package governance keeps what the company agreed on and follows: targets of metrics, committees and their meetings.
// The metrics themselves belong to insight.
package governance

import (
	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Point is the value that a target line has from a day on.
type Point struct {
	From  field.Date `json:"from,omitempty" de:"Ab" en:"From" lo:"required"`
	Value *float64   `json:"value,omitempty" de:"Wert" en:"Value" lo:"required"`
}

// Target is a value that a metric shall reach, as a line over time with a band of tolerance.
type Target struct {
	Title     string         `json:"title,omitempty" de:"Zielwert" en:"Target" lo:"heading,required"`
	Metric    string         `json:"metric,omitempty" de:"Kennzahl" en:"Metric" lo:"list,required,index,longest=100,names=metric"`
	Process   string         `json:"process,omitempty" de:"Prozess" en:"Process" lo:"longest=200"`
	Line      field.Choice   `json:"line,omitempty" de:"Linie" en:"Line" lo:"list,required" options:"plan=Plan|Plan;stretch=Ehrgeizig|Stretch;contract=Vertrag|Contract"`
	Shape     field.Choice   `json:"shape,omitempty" de:"Verlauf" en:"Shape" options:"steps=Stufen|Steps;line=Gerade zwischen den Punkten|Line between the points"`
	Points    []Point        `json:"points,omitempty" de:"Werte" en:"Values" lo:"required"`
	Unit      field.Choice   `json:"unit,omitempty" de:"Einheit der Werte" en:"Unit of the values" options:"percent=Prozent|percent;minutes=Minuten|minutes;hours=Stunden|hours;days=Tage|days;thousand=Tausend|thousand;million=Millionen|million" help_de:"leer: wie Lotse rechnet, also Sekunden, Anteile von 1, Euro oder Stück" help_en:"empty: as Lotse computes, that is seconds, shares of 1, euros or pieces"`
	Direction field.Choice   `json:"direction,omitempty" de:"Richtung" en:"Direction" lo:"list" options:"up=mindestens|at least;down=höchstens|at most" help_de:"leer: wie die Kennzahl es sagt" help_en:"empty: as the metric says"`
	Tolerance *field.Percent `json:"tolerance,omitempty" de:"Toleranz" en:"Tolerance" lo:"min=0,max=1" help_de:"bis hierhin gefährdet statt verfehlt" help_en:"up to here at risk instead of missed"`
	Owner     field.Person   `json:"owner,omitempty" de:"Verantwortlich" en:"Owner" lo:"list,owner,index"`
	Cycle     field.Choice   `json:"review_cycle,omitempty" de:"Durchsicht" en:"Review cycle" options:"month=monatlich|monthly;quarter=vierteljährlich|quarterly;half_year=halbjährlich|half-yearly;year=jährlich|yearly"`
	Review    field.Date     `json:"next_review,omitempty" de:"Nächste Durchsicht" en:"Next review" lo:"list,index,due"`
	Why       field.Markdown `json:"why,omitempty" de:"Begründung" en:"Reason"`
}

// Committee decides in meetings.
type Committee struct {
	Name    string         `json:"name,omitempty" de:"Gremium" en:"Committee" lo:"heading,required"`
	Task    field.Markdown `json:"task,omitempty" de:"Aufgabe" en:"Task"`
	Chair   field.Person   `json:"chair,omitempty" de:"Vorsitz" en:"Chair" lo:"list,owner"`
	Members field.Persons  `json:"members,omitempty" de:"Mitglieder" en:"Members" lo:"list"`
	Cycle   field.Choice   `json:"cycle,omitempty" de:"Rhythmus" en:"Cycle" lo:"list" options:"week=wöchentlich|weekly;month=monatlich|monthly;quarter=vierteljährlich|quarterly;need=bei Bedarf|when needed"`
}

// Topic is a point of an agenda.
type Topic struct {
	Title   string       `json:"title,omitempty" de:"Punkt" en:"Topic" lo:"required"`
	Minutes *float64     `json:"minutes,omitempty" de:"Dauer" en:"Length" lo:"unit=min,min=0,max=1000"`
	Person  field.Person `json:"person,omitempty" de:"Wer" en:"Who"`
	Result  string       `json:"result,omitempty" de:"Ergebnis" en:"Result" lo:"longest=2000"`
	About   string       `json:"about,omitempty" de:"Zu" en:"About" lo:"longest=120" help_de:"Register und Kennung dessen, worum es geht" help_en:"register and id of what it is about"`
}

// Task is what somebody does until a day, agreed in a meeting.
type Task struct {
	What string       `json:"what,omitempty" de:"Aufgabe" en:"Task" lo:"required"`
	Who  field.Person `json:"who,omitempty" de:"Wer" en:"Who"`
	Due  field.Date   `json:"due,omitempty" de:"Bis" en:"Due" lo:"due,done=done"`
	Done field.Date   `json:"done,omitempty" de:"Erledigt am" en:"Done on"`
}

// Meeting is one sitting of a committee.
type Meeting struct {
	Title     string         `json:"title,omitempty" de:"Sitzung" en:"Meeting" lo:"heading,required"`
	Committee field.Ref      `json:"committee,omitempty" de:"Gremium" en:"Committee" lo:"list,to=committee,index"`
	Day       field.Date     `json:"day,omitempty" de:"Tag" en:"Day" lo:"list,required,index"`
	Clock     string         `json:"clock,omitempty" de:"Uhrzeit" en:"Time" lo:"list,longest=5" help_de:"zum Beispiel 14:00" help_en:"for example 14:00"`
	Place     string         `json:"place,omitempty" de:"Ort" en:"Place" lo:"longest=200"`
	Lead      field.Person   `json:"lead,omitempty" de:"Leitung" en:"Lead" lo:"list,owner"`
	Present   field.Persons  `json:"present,omitempty" de:"Anwesend" en:"Present"`
	Agenda    []Topic        `json:"agenda,omitempty" de:"Tagesordnung" en:"Agenda"`
	Minutes   field.Markdown `json:"minutes,omitempty" de:"Protokoll" en:"Minutes"`
	Actions   []Task         `json:"actions,omitempty" de:"Aufgaben" en:"Actions"`
}

// targetKind is the kind of targets, whose metrics have to exist.
func targetKind(metrics Metrics) record.Kind[Target] {
	return record.Kind[Target]{Name: "target", Title: base.T("Der Zielwert", "The target"), One: base.T("Zielwert", "Target"), Many: base.T("Zielwerte", "Targets"),
		Group: "decide", Policy: auth.PolicyPlan, Validate: func(t *Target) []base.FieldError { return checkTarget(t, metrics) }}
}

// Kinds are the registers of this package.
func Kinds(metrics Metrics) []*record.Def {
	targets := targetKind(metrics)
	committees := record.Kind[Committee]{Name: "committee", Title: base.T("Das Gremium", "The committee"), One: base.T("Gremium", "Committee"), Many: base.T("Gremien", "Committees"),
		Group: "deliver", Policy: auth.PolicyCommittee}
	meetings := record.Kind[Meeting]{Name: "meeting", Title: base.T("Die Sitzung", "The meeting"), One: base.T("Sitzung", "Meeting"), Many: base.T("Sitzungen", "Meetings"),
		Group: "deliver", Policy: auth.PolicyCommittee, Validate: checkMeeting}
	return []*record.Def{targets.Def(), committees.Def(), meetings.Def()}
}
