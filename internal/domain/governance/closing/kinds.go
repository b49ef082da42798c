// Package closing freezes figures: the value of a metric for a period, or the effect of a plan. One person proposes it,
// the department confirms it where the company wants that, a controller who is another person signs. What is signed
// never changes; a correction is another closing, and later facts stand beside the signed value as a restatement.
package closing

import (
	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Step is what one person did about a closing.
type Step struct {
	Step   field.Choice `json:"step,omitempty" de:"Schritt" en:"Step" lo:"required" options:"propose=vorgelegt|proposed;confirm=bestätigt|confirmed;sign=unterschrieben|signed;refuse=abgelehnt|refused;reopen=wieder geöffnet|reopened"`
	Person string       `json:"person,omitempty" de:"Wer" en:"Who" lo:"required,longest=254"`
	At     string       `json:"at,omitempty" de:"Wann" en:"When" lo:"required,longest=40"`
	Note   string       `json:"note,omitempty" de:"Begründung" en:"Reason" lo:"longest=2000"`
}

// Closing is a frozen figure.
type Closing struct {
	Title      string       `json:"title,omitempty" de:"Abschluss" en:"Closing" lo:"heading,required,longest=300"`
	Subject    field.Choice `json:"subject,omitempty" de:"Gegenstand" en:"Subject" lo:"list,required,index" options:"metric=Kennzahl|Metric;effect=Wirkung|Effect"`
	Metric     string       `json:"metric,omitempty" de:"Kennzahl" en:"Metric" lo:"list,required,index,longest=100,names=metric"`
	Process    string       `json:"process,omitempty" de:"Prozess" en:"Process" lo:"longest=200"`
	Grain      field.Choice `json:"grain,omitempty" de:"Zeiteinheit" en:"Length of the period" lo:"required" options:"day=Tag|day;week=Woche|week;month=Monat|month;quarter=Quartal|quarter;year=Jahr|year"`
	From       field.Date   `json:"from,omitempty" de:"Von" en:"From" lo:"list,required,index"`
	Before     field.Date   `json:"to,omitempty" de:"Bis vor" en:"Before" lo:"required"`
	Plan       field.Ref    `json:"plan,omitempty" de:"Wirkungsplan" en:"Effect plan" lo:"to=effect_plan,index"`
	Initiative field.Ref    `json:"initiative,omitempty" de:"Vorhaben" en:"Initiative" lo:"to=initiative,index"`
	Status     field.Choice `json:"status,omitempty" de:"Stand" en:"Status" lo:"list,required,index" options:"proposed=vorgelegt|proposed|open;confirmed=bestätigt|confirmed|running;signed=unterschrieben|signed|ok;refused=abgelehnt|refused|bad;reopened=wieder geöffnet|reopened|none"`

	Value      *float64     `json:"value,omitempty" de:"Wert" en:"Value" lo:"list,alone"`
	Low        *float64     `json:"low,omitempty" de:"Untere Grenze" en:"Lower limit" lo:"alone"`
	High       *float64     `json:"high,omitempty" de:"Obere Grenze" en:"Upper limit" lo:"alone"`
	Count      *float64     `json:"n,omitempty" de:"Anzahl" en:"Number"`
	Unit       string       `json:"unit,omitempty" de:"Einheit" en:"Unit" lo:"longest=20"`
	Currency   string       `json:"currency,omitempty" de:"Währung" en:"Currency" lo:"longest=3"`
	Verdict    field.Choice `json:"verdict,omitempty" de:"Urteil" en:"Verdict" lo:"list" options:"belegt=belegt|proven|ok;kein Hinweis=kein Hinweis|no sign|none;nicht belegbar=nicht belegbar|not provable|warn"`
	Class      field.Choice `json:"class,omitempty" de:"Klasse" en:"Class" options:"planned=geplant|planned|ok;retrospective=rückblickend geplant|planned in retrospect|warn;exploratory=explorativ|exploratory|none"`
	Definition *float64     `json:"definition_version,omitempty" de:"Fassung der Kennzahl" en:"Version of the metric" lo:"alone"`
	Snapshot   *float64     `json:"snapshot,omitempty" de:"Datenstand" en:"Snapshot" lo:"alone"`
	Hash       string       `json:"hash,omitempty" de:"Prüfsumme" en:"Hash" lo:"longest=64"`
	Frozen     string       `json:"frozen,omitempty" de:"Festgeschriebenes" en:"What is frozen" lo:"private,longest=2000000"`

	Owner     field.Person `json:"owner,omitempty" de:"Vorgelegt von" en:"Proposed by" lo:"owner"`
	Confirmer field.Person `json:"confirmer,omitempty" de:"Bestätigt" en:"Confirms" lo:"owner"`
	Key       string       `json:"key,omitempty" de:"Schlüssel" en:"Key" lo:"index,longest=1000"`
	Steps     []Step       `json:"steps,omitempty" de:"Schritte" en:"Steps"`
	Follows   field.Ref    `json:"follows,omitempty" de:"Folgt auf" en:"Follows" lo:"to=closing,index"`
}

// Name is the name of the kind.
const Name = "closing"

// Closings reads closings where no check is needed.
var Closings = record.Kind[Closing]{Name: Name}

// Kinds are the registers of this package. They point at plans and initiatives.
func Kinds() []*record.Def {
	return []*record.Def{record.Kind[Closing]{Name: Name, Title: base.T("Der Abschluss", "The closing"), One: base.T("Abschluss", "Closing"), Many: base.T("Abschlüsse", "Closings"),
		Group: "prove", Policy: auth.PolicyProof, ReadOnly: true}.Def()}
}

// by is who took a step last, the zero value when nobody did.
func (c *Closing) by(step field.Choice) Step {
	for i := len(c.Steps) - 1; i >= 0; i-- {
		if c.Steps[i].Step == step {
			return c.Steps[i]
		}
	}
	return Step{}
}

// open says whether somebody still has to do something about it, or has signed it: nothing else may be proposed beside.
func (c *Closing) open() bool {
	return c.Status == "proposed" || c.Status == "confirmed" || c.Status == "signed"
}
