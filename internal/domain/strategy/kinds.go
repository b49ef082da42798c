// Package strategy keeps what the company wants and what it undertakes for it: goals and initiatives with their stages.
// What is measured belongs to insight, how the work goes to delivery, what is signed to governance.
package strategy

import (
	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Goal is what the company wants to reach.
type Goal struct {
	Title   string         `json:"title,omitempty" de:"Ziel" en:"Goal" lo:"heading,required"`
	Why     field.Markdown `json:"why,omitempty" de:"Warum" en:"Why"`
	Owner   field.Person   `json:"owner,omitempty" de:"Verantwortlich" en:"Owner" lo:"list,owner,index"`
	Unit    field.Ref      `json:"unit,omitempty" de:"Einheit" en:"Unit" lo:"team,to=unit"`
	Parent  field.Ref      `json:"parent,omitempty" de:"Übergeordnetes Ziel" en:"Parent goal" lo:"list,to=goal"`
	Time    *field.Period  `json:"time,omitempty" de:"Zeitraum" en:"Period" lo:"list"`
	Metrics field.Choices  `json:"metrics,omitempty" de:"Kennzahlen" en:"Metrics" lo:"list,names=metric" help_de:"Namen der Kennzahlen, an denen das Ziel gemessen wird" help_en:"names of the metrics that measure the goal"`
	State   field.Choice   `json:"progress,omitempty" de:"Stand" en:"Progress" lo:"list" options:"on_course=auf Kurs|on course|ok;at_risk=gefährdet|at risk|warn;missed=verfehlt|missed|bad;reached=erreicht|reached|ok;open=offen|open|open"`
}

// Link is an address of the web beside a record.
type Link struct {
	Title string `json:"title,omitempty" de:"Titel" en:"Title"`
	URL   string `json:"url,omitempty" de:"Adresse" en:"Address" lo:"required,longest=2000"`
}

// Milestone is a dated step of an initiative.
type Milestone struct {
	Title string       `json:"title,omitempty" de:"Meilenstein" en:"Milestone" lo:"required"`
	Due   field.Date   `json:"due,omitempty" de:"Termin" en:"Due" lo:"due,done=done,ended=stage:closed|stopped"`
	Done  field.Date   `json:"done,omitempty" de:"Erreicht am" en:"Reached on"`
	Owner field.Person `json:"owner,omitempty" de:"Verantwortlich" en:"Owner"`
}

// Origin is a finding from which an initiative came, as it was measured on that day.
type Origin struct {
	Finding string       `json:"finding,omitempty" de:"Befund" en:"Finding" lo:"required,longest=64"`
	Title   string       `json:"title,omitempty" de:"Titel" en:"Title"`
	Metric  string       `json:"metric,omitempty" de:"Kennzahl" en:"Metric" lo:"names=metric"`
	Size    *float64     `json:"size,omitempty" de:"Größe" en:"Size"`
	Unit    field.Choice `json:"unit,omitempty" de:"Einheit" en:"Unit" options:"lead_time_hours_per_year=Std. Durchlaufzeit je Jahr|lead-time hours a year;working_hours_per_year=Arbeitsstunden je Jahr|working hours a year;cases_per_year=Vorgänge je Jahr|cases a year;currency_per_year=Währung je Jahr|currency a year"`
	Euros   *field.Range `json:"euros,omitempty" de:"Euro je Jahr" en:"Euros a year"`
	Day     field.Date   `json:"day,omitempty" de:"Stand" en:"As of"`
}

// Question is something that has to be answered before or in the initiative.
type Question struct {
	Question string `json:"question,omitempty" de:"Frage" en:"Question" lo:"required,longest=500"`
	Answer   string `json:"answer,omitempty" de:"Antwort" en:"Answer" lo:"longest=2000"`
}

// Stages are the phases of an initiative in their order; the last two end it.
var Stages = []field.Option{
	{Value: "idea", Title: base.T("Idee", "Idea")}, {Value: "case", Title: base.T("Bewertung", "Case")}, {Value: "mvp", Title: base.T("MVP", "MVP")},
	{Value: "pilot", Title: base.T("Pilot", "Pilot")}, {Value: "scale", Title: base.T("Ausbau", "Scale")}, {Value: "live", Title: base.T("Betrieb", "Live")},
	{Value: "closed", Title: base.T("Abgeschlossen", "Closed")}, {Value: "stopped", Title: base.T("Gestoppt", "Stopped")},
}

// Initiative is a unit of change with stage, owner, budget and dates.
type Initiative struct {
	Title   string         `json:"title,omitempty" de:"Vorhaben" en:"Initiative" lo:"heading,required,longest=200"`
	Aim     field.Markdown `json:"aim,omitempty" de:"Ziel des Vorhabens" en:"Aim" help_de:"was danach anders ist, messbar gesagt" help_en:"what will be different, in measurable words"`
	Sort    field.Choice   `json:"sort,omitempty" de:"Art" en:"Sort" lo:"list,index" options:"project=Projekt|Project;digital_product=Digitales Produkt|Digital product;quick_win=Schneller Gewinn|Quick win;idea=Idee|Idea;mandatory=Pflicht|Mandatory"`
	Stage   field.Choice   `json:"stage,omitempty" de:"Phase" en:"Stage" lo:"list,managed,index" options:"idea=Idee|Idea;case=Bewertung|Case;mvp=MVP|MVP;pilot=Pilot|Pilot;scale=Ausbau|Scale;live=Betrieb|Live|ok;closed=Abgeschlossen|Closed|ok;stopped=Gestoppt|Stopped|none"`
	Since   field.Date     `json:"stage_since,omitempty" de:"In der Phase seit" en:"In stage since" lo:"managed"`
	Owner   field.Person   `json:"owner,omitempty" de:"Verantwortlich" en:"Owner" lo:"list,owner,index"`
	Sponsor field.Person   `json:"sponsor,omitempty" de:"Auftraggeber" en:"Sponsor" lo:"list"`
	Team    field.Refs     `json:"team,omitempty" de:"Beteiligte Einheiten" en:"Units involved" lo:"team,to=unit"`
	Area    field.Choice   `json:"area,omitempty" de:"Handlungsfeld" en:"Field" lo:"list" options:"customer=Kunde und Vertrieb|Customer and sales;process=Prozesse|Processes;product=Produkt und Dienst|Product and service;data=Daten und Steuerung|Data and control;people=Menschen und Können|People and skills;technology=Technik und Sicherheit|Technology and security"`
	Goals   field.Refs     `json:"goals,omitempty" de:"Ziele" en:"Goals" lo:"to=goal"`

	Processes field.Choices `json:"processes,omitempty" de:"Betroffene Prozesse" en:"Affected processes" help_de:"Namen der Prozesse unter Messen" help_en:"names of the processes under Measure"`
	Groups    field.Choices `json:"groups,omitempty" de:"Zielgruppen" en:"Target groups"`
	Metrics   field.Choices `json:"metrics,omitempty" de:"Kennzahlen" en:"Metrics" lo:"list,names=metric" help_de:"Namen der Kennzahlen, die sich ändern sollen" help_en:"names of the metrics that shall change"`
	Origins   []Origin      `json:"origins,omitempty" de:"Herkunft" en:"Origin" lo:"managed"`
	Findings  field.Choices `json:"findings,omitempty" de:"Befunde" en:"Findings" help_de:"Kennungen der Befunde, aus denen das Vorhaben entstand" help_en:"ids of the findings that led here"`

	Start  field.Date   `json:"start,omitempty" de:"Beginn" en:"Start" lo:"list,index,starts,ended=stage:live|closed|stopped"`
	GoLive field.Date   `json:"go_live,omitempty" de:"Betrieb ab" en:"Go-live" lo:"list,index,due,ended=stage:live|closed|stopped"`
	End    field.Date   `json:"end,omitempty" de:"Ende" en:"End"`
	Budget *field.Money `json:"budget,omitempty" de:"Budget" en:"Budget" lo:"list,min=0,index"`

	Benefit     *field.Range   `json:"benefit,omitempty" de:"Nutzen je Jahr" en:"Benefit per year" lo:"unit=T€" help_de:"geschätzt, bis der Business Case steht" help_en:"estimated until there is a business case"`
	Cost        *field.Range   `json:"cost,omitempty" de:"Aufwand" en:"Cost" lo:"unit=T€,min=0"`
	Scalability *field.Range   `json:"scalability,omitempty" de:"Übertragbarkeit" en:"Scalability" lo:"min=1,max=5" help_de:"1 nur hier, 5 im ganzen Unternehmen" help_en:"1 here only, 5 all over the company"`
	RiskLevel   *field.Range   `json:"risk_level,omitempty" de:"Risiko" en:"Risk" lo:"min=1,max=5" help_de:"1 gering, 5 hoch" help_en:"1 low, 5 high"`
	Reach       *field.Range   `json:"reach,omitempty" de:"Reichweite" en:"Reach" lo:"min=0" help_de:"Betroffene je Quartal, für RICE" help_en:"people or cases a quarter, for RICE"`
	Impact      *field.Range   `json:"impact,omitempty" de:"Wirkung je Betroffenem" en:"Impact" lo:"min=0.25,max=3" help_de:"0,25 kaum spürbar, 1 mittel, 3 sehr groß, für RICE" help_en:"0.25 minimal, 1 medium, 3 massive, for RICE"`
	Confidence  *field.Percent `json:"confidence,omitempty" de:"Zuversicht" en:"Confidence" lo:"min=0,max=1"`
	Effort      *field.Range   `json:"effort,omitempty" de:"Arbeit" en:"Effort" lo:"unit=PT,min=0" help_de:"Personentage" help_en:"person-days"`
	Delay       *field.Range   `json:"cost_of_delay,omitempty" de:"Kosten der Verzögerung" en:"Cost of delay" lo:"min=1,max=20" help_de:"1 bis 20, für WSJF" help_en:"1 to 20, for WSJF"`

	GDPR       field.Choice   `json:"gdpr,omitempty" de:"Datenschutz" en:"Data protection" options:"open=offen|open|open;not_needed=nicht betroffen|not affected|none;checked=geprüft|checked|ok"`
	Baseline   field.Markdown `json:"baseline,omitempty" de:"Ausgangslage" en:"Baseline" help_de:"Wert der Kennzahl vor dem Vorhaben, mit Zeitraum" help_en:"value of the metric before the initiative, with its period"`
	Stop       field.Markdown `json:"stop_criteria,omitempty" de:"Abbruchkriterien" en:"Stop criteria" help_de:"vor dem Beginn geschrieben: wann wird beendet" help_en:"written beforehand: when it ends"`
	Questions  []Question     `json:"questions,omitempty" de:"Fragen" en:"Questions"`
	Milestones []Milestone    `json:"milestones,omitempty" de:"Meilensteine" en:"Milestones"`
	Links      []Link         `json:"links,omitempty" de:"Verweise" en:"Links"`
	Files      field.Files    `json:"files,omitempty" de:"Dateien" en:"Files"`
}

// Goals and Initiatives are the kinds of this package.
var (
	Goals = record.Kind[Goal]{Name: "goal", Title: base.T("Das Ziel", "The goal"), One: base.T("Ziel", "Goal"), Many: base.T("Ziele", "Goals"),
		Group: "decide", Policy: auth.PolicyPlan}
	Initiatives = record.Kind[Initiative]{Name: "initiative", Title: base.T("Das Vorhaben", "The initiative"), One: base.T("Vorhaben", "Initiative"),
		Many: base.T("Vorhaben", "Initiatives"), Group: "decide", Policy: auth.PolicyPlan, Validate: checkInitiative}
)

// Kinds are the registers of this package.
func Kinds() []*record.Def { return []*record.Def{Goals.Def(), Initiatives.Def(), Gates.Def()} }
