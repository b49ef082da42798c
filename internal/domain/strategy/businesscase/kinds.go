// Package businesscase keeps what an initiative costs and brings: lines and inputs as tables of a record, their
// measurements as the facts said them on a day, and what engine/finance computes of them.
//
// Vocabulary. A *line* is a row of costs or benefits. An *input* is one number of a line (postage.price), of a role
// (role:it.day_rate) or of the case (discount_rate), with its origin. A *binding* is the measurement behind an input:
// written by the server only, kept with its day, never changed by a later load.
package businesscase

import (
	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// BusinessCase is the case of an initiative.
type BusinessCase struct {
	Title      string       `json:"title,omitempty" de:"Business Case" en:"Business case" lo:"heading,required,longest=200"`
	Initiative field.Ref    `json:"initiative,omitempty" de:"Vorhaben" en:"Initiative" lo:"list,required,to=initiative,index"`
	Owner      field.Person `json:"owner,omitempty" de:"Verantwortlich" en:"Owner" lo:"list,owner,index"`

	Start    string       `json:"start,omitempty" de:"Erster Monat" en:"First month" lo:"required,longest=7" help_de:"Jahr und Monat, etwa 2027-01" help_en:"year and month, such as 2027-01"`
	Months   *float64     `json:"months,omitempty" de:"Monate" en:"Months" lo:"required,min=1,max=120" help_de:"Zeitraum der Rechnung, höchstens zehn Jahre" help_en:"horizon of the case, ten years at most"`
	Currency string       `json:"currency,omitempty" de:"Währung" en:"Currency" lo:"required,longest=3"`
	Timing   field.Choice `json:"timing,omitempty" de:"Zahlungen zählen am" en:"Payments count at the" options:"end=Ende des Monats|end of the month;middle=Mitte des Monats|middle of the month;start=Anfang des Monats|start of the month"`

	Roles     []Role     `json:"roles,omitempty" de:"Rollen" en:"Roles"`
	Costs     []Cost     `json:"costs,omitempty" de:"Kosten" en:"Costs"`
	Benefits  []Benefit  `json:"benefits,omitempty" de:"Nutzen" en:"Benefits"`
	Inputs    []Input    `json:"inputs,omitempty" de:"Annahmen" en:"Inputs"`
	Scenarios []Scenario `json:"scenarios,omitempty" de:"Eigene Szenarien" en:"Own scenarios"`
	Bindings  []Binding  `json:"bindings,omitempty" de:"Messwerte" en:"Measurements" lo:"managed,versioned"`

	NPVLow   *field.Money   `json:"npv_low,omitempty" de:"Kapitalwert, niedrig" en:"Net present value, low" lo:"computed,index"`
	NPV      *field.Money   `json:"npv,omitempty" de:"Kapitalwert" en:"Net present value" lo:"computed,list,index"`
	NPVHigh  *field.Money   `json:"npv_high,omitempty" de:"Kapitalwert, hoch" en:"Net present value, high" lo:"computed,index"`
	Positive *field.Percent `json:"probability_positive,omitempty" de:"Lohnt sich mit" en:"Positive with" lo:"computed,list,index"`
	Payback  *float64       `json:"payback_months,omitempty" de:"Rückfluss" en:"Payback" lo:"computed,list,index,alone,unit=Monate"`
}

// Role is a group of own people; its day rate is the input role:ID.day_rate.
type Role struct {
	ID   string `json:"id,omitempty" de:"Kennung" en:"Id" lo:"required,longest=60"`
	Name string `json:"name,omitempty" de:"Rolle" en:"Role"`
}

// Cost is a line that costs money, or as funding brings some towards it.
type Cost struct {
	ID       string        `json:"id,omitempty" de:"Kennung" en:"Id" lo:"required,longest=60"`
	Name     string        `json:"name,omitempty" de:"Kosten" en:"Cost"`
	Kind     field.Choice  `json:"kind,omitempty" de:"Art" en:"Kind" lo:"required" options:"one_off=einmalig|one-off;running=laufend|running;internal=eigene Arbeit|own work;licences=Lizenzen|licences;funding=Förderung|funding"`
	Month    *float64      `json:"month,omitempty" de:"Monat" en:"Month"`
	From     *float64      `json:"from,omitempty" de:"Von Monat" en:"From month"`
	To       *float64      `json:"to,omitempty" de:"Bis Monat" en:"To month"`
	Every    field.Choice  `json:"every,omitempty" de:"Je" en:"Every" options:"month=Monat|month;year=Jahr|year"`
	Role     string        `json:"role,omitempty" de:"Rolle" en:"Role"`
	Shape    field.Choice  `json:"shape,omitempty" de:"Anlauf" en:"Ramp" options:"linear=gleichmäßig|linear;s_curve=S-Kurve|S curve"`
	Eligible field.Choices `json:"eligible,omitempty" de:"Förderfähig" en:"Eligible"`
	Fixed    *bool         `json:"fixed_price,omitempty" de:"Fester Preis" en:"Fixed price"`
}

// Benefit is a line that brings something, in one of four classes that never sum.
type Benefit struct {
	ID       string       `json:"id,omitempty" de:"Kennung" en:"Id" lo:"required,longest=60"`
	Name     string       `json:"name,omitempty" de:"Nutzen" en:"Benefit"`
	Class    field.Choice `json:"class,omitempty" de:"Klasse" en:"Class" lo:"required" options:"cash=zahlungswirksam|cash;avoided_cost=vermiedene Kosten|avoided cost;released_time=freigesetzte Zeit|released time;other=sonstiger|other"`
	Unit     string       `json:"unit,omitempty" de:"Einheit" en:"Unit"`
	From     *float64     `json:"from,omitempty" de:"Von Monat" en:"From month"`
	To       *float64     `json:"to,omitempty" de:"Bis Monat" en:"To month"`
	Shape    field.Choice `json:"shape,omitempty" de:"Anlauf" en:"Ramp" options:"linear=gleichmäßig|linear;s_curve=S-Kurve|S curve"`
	Fixed    *bool        `json:"fixed_price,omitempty" de:"Fester Preis" en:"Fixed price"`
	FromTime *bool        `json:"from_time,omitempty" de:"Aus freigesetzter Zeit" en:"From released time"`
	Use      string       `json:"use,omitempty" de:"Verwendung" en:"Use"`
}

// Input is one number with its origin. The number of a measured input stands in its binding.
type Input struct {
	Key          string       `json:"key,omitempty" de:"Annahme" en:"Input" lo:"required,longest=140"`
	Range        *field.Range `json:"range,omitempty" de:"Wert" en:"Value"`
	Distribution field.Choice `json:"distribution,omitempty" de:"Verteilung" en:"Distribution" options:"pert=PERT|PERT;triangular=Dreieck|triangular;uniform=gleichverteilt|uniform;normal=normal|normal;lognormal=lognormal|lognormal"`
	Origin       field.Choice `json:"origin,omitempty" de:"Herkunft" en:"Origin" lo:"required" options:"measured=gemessen|measured;quoted=Angebot|quoted;estimated=geschätzt|estimated;guessed=geraten|guessed"`
	Source       string       `json:"source,omitempty" de:"Beleg" en:"Source"`
	Driver       string       `json:"driver,omitempty" de:"Treiber" en:"Driver"`
}

// Scenario is one value of a named scenario; rows of one name make it.
type Scenario struct {
	Name  string   `json:"name,omitempty" de:"Szenario" en:"Scenario" lo:"required"`
	Key   string   `json:"key,omitempty" de:"Annahme" en:"Input" lo:"required,longest=140"`
	Value *float64 `json:"value,omitempty" de:"Wert" en:"Value" lo:"required"`
}

// Binding is the measurement of an input as it was on a day. The input is the measurement times Factor.
type Binding struct {
	Key     string       `json:"key,omitempty" de:"Annahme" en:"Input" lo:"required,longest=140"`
	Metric  string       `json:"metric,omitempty" de:"Kennzahl" en:"Metric" lo:"names=metric"`
	Process string       `json:"process,omitempty" de:"Prozess" en:"Process"`
	By      field.Choice `json:"by,omitempty" de:"Zeitraum" en:"Period" options:"month=Monat|month;quarter=Quartal|quarter;year=Jahr|year"`
	Fixed   *bool        `json:"fixed_period,omitempty" de:"Fester Zeitraum" en:"Fixed period"`
	Finding string       `json:"finding,omitempty" de:"Befund" en:"Finding" lo:"longest=64"`
	Part    field.Choice `json:"part,omitempty" de:"Größe" en:"Size" options:"size=Umfang je Jahr|size a year;money=Geld je Jahr|money a year"`
	Factor  *float64     `json:"factor,omitempty" de:"Faktor" en:"Factor" lo:"required"`

	Title  string     `json:"title,omitempty" de:"Messwert" en:"Measurement" lo:"required"`
	Value  *float64   `json:"value,omitempty" de:"Wert" en:"Value" lo:"required"`
	Low    *float64   `json:"low,omitempty" de:"Untere Grenze" en:"Lower limit"`
	High   *float64   `json:"high,omitempty" de:"Obere Grenze" en:"Upper limit"`
	Unit   string     `json:"unit,omitempty" de:"Einheit" en:"Unit"`
	Count  *float64   `json:"count,omitempty" de:"Anzahl" en:"Count"`
	From   field.Date `json:"from,omitempty" de:"Von" en:"From"`
	Before field.Date `json:"before,omitempty" de:"Bis vor" en:"Before"`
	Day    field.Date `json:"day,omitempty" de:"Gemessen am" en:"Measured on" lo:"required"`
}

// Cases is the register of business cases.
var Cases = record.Kind[BusinessCase]{Name: "business_case", Title: base.T("Der Business Case", "The business case"),
	One: base.T("Business Case", "Business case"), Many: base.T("Business Cases", "Business cases"), Group: "decide",
	Policy: auth.PolicyFinance, Approval: true, Validate: check, Compute: compute}

// Kinds are the registers of this package. They point at initiatives.
func Kinds() []*record.Def { return []*record.Def{Cases.Def()} }
