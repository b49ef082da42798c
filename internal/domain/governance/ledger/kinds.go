// Package ledger keeps what was proven and signed, by benefit class. An entry is written by the signature of a closing
// and by nothing else, in the same transaction; it never changes, another entry may follow it. What business cases claim
// and what plans measure stands beside, never in one sum, and classes never add up.
package ledger

import (
	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Entry is one line of the ledger. Its class knows no exploratory effects.
type Entry struct {
	Title      string       `json:"title,omitempty" de:"Buchung" en:"Entry" lo:"heading,required,longest=300"`
	Sort       field.Choice `json:"sort,omitempty" de:"Art" en:"Sort" lo:"list,required,index" options:"contribution=Beitrag|contribution|ok;takeback=zurückgenommen|taken back|none"`
	Initiative field.Ref    `json:"initiative,omitempty" de:"Vorhaben" en:"Initiative" lo:"list,required,to=initiative,index"`
	Plan       field.Ref    `json:"plan,omitempty" de:"Wirkungsplan" en:"Effect plan" lo:"required,to=effect_plan,index"`
	Closing    field.Ref    `json:"closing,omitempty" de:"Abschluss" en:"Closing" lo:"required,to=closing,index"`
	Hash       string       `json:"hash,omitempty" de:"Prüfsumme des Abschlusses" en:"Hash of the closing" lo:"required,longest=64"`
	Class      field.Choice `json:"class,omitempty" de:"Klasse" en:"Class" lo:"list,required" options:"planned=geplant|planned|ok;retrospective=rückblickend geplant|planned in retrospect|warn"`
	Benefit    field.Choice `json:"benefit_class,omitempty" de:"Nutzenklasse" en:"Benefit class" lo:"list,required,index" options:"cash=zahlungswirksam|cash;avoided_cost=vermiedene Kosten|avoided cost;released_time=freigesetzte Zeit|released time;other=sonstiger|other"`
	Low        *float64     `json:"low,omitempty" de:"Je Jahr, niedrig" en:"A year, low" lo:"list,required"`
	Middle     *float64     `json:"middle,omitempty" de:"Je Jahr, mittel" en:"A year, middle" lo:"list,required"`
	High       *float64     `json:"high,omitempty" de:"Je Jahr, hoch" en:"A year, high" lo:"list,required"`
	Unit       string       `json:"unit,omitempty" de:"Einheit" en:"Unit" lo:"list,required,index,longest=60"`
	From       field.Date   `json:"from,omitempty" de:"Von" en:"From" lo:"required"`
	Before     field.Date   `json:"to,omitempty" de:"Bis vor" en:"Before" lo:"required"`
	SignedBy   string       `json:"signed_by,omitempty" de:"Unterschrieben von" en:"Signed by" lo:"required,longest=254"`
	SignedAt   string       `json:"signed_at,omitempty" de:"Unterschrieben am" en:"Signed at" lo:"required,longest=40"`
	Note       string       `json:"note,omitempty" de:"Begründung" en:"Reason" lo:"longest=2000"`
	Follows    field.Ref    `json:"follows,omitempty" de:"Folgt auf" en:"Follows" lo:"to=ledger_entry,index"`
}

// Name is the name of the kind.
const Name = "ledger_entry"

// Kinds are the registers of this package. They point at closings, plans and initiatives.
func Kinds() []*record.Def {
	return []*record.Def{record.Kind[Entry]{Name: Name, Title: base.T("Die Buchung", "The entry"), One: base.T("Buchung im Beitrag", "Ledger entry"), Many: base.T("Beitrag", "Ledger"),
		Group: "prove", Policy: auth.PolicyProof, ReadOnly: true, Apart: []string{"benefit_class", "unit", "sort"}, Validate: check}.Def()}
}

func check(e *Entry) []base.FieldError {
	if e.Sort == "takeback" && (e.Follows == "" || e.Note == "") {
		return []base.FieldError{{Field: "follows", Text: base.T("Eine Rücknahme nennt die Buchung und den Grund.", "Taking back names the entry and the reason.")}}
	}
	return nil
}
