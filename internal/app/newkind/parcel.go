// Package newkind declares a register that is not of the product, with a field of every type: all that anybody writes for
// a new kind. Tests walk it over HTTP and in the browser; the product never links it.
package newkind

import (
	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// parcel is the one struct.
type parcel struct {
	Title    string          `json:"title,omitempty" de:"Paket" en:"Parcel" lo:"heading,required"`
	Note     field.Markdown  `json:"note,omitempty" de:"Notiz" en:"Note"`
	Fragile  *bool           `json:"fragile,omitempty" de:"Zerbrechlich" en:"Fragile"`
	Weight   *float64        `json:"weight,omitempty" de:"Gewicht" en:"Weight" lo:"unit=kg,min=0"`
	Share    *field.Percent  `json:"share,omitempty" de:"Anteil" en:"Share"`
	Journey  *field.Duration `json:"journey,omitempty" de:"Reise" en:"Journey"`
	Price    *field.Money    `json:"price,omitempty" de:"Preis" en:"Price"`
	Due      field.Date      `json:"due,omitempty" de:"Termin" en:"Due" lo:"index"`
	Time     *field.Period   `json:"time,omitempty" de:"Zeitraum" en:"Period"`
	Sort     field.Choice    `json:"sort,omitempty" de:"Art" en:"Sort" options:"small=klein|small;big=groß|big"`
	Tags     field.Choices   `json:"tags,omitempty" de:"Wörter" en:"Tags"`
	Parent   field.Ref       `json:"parent,omitempty" de:"In" en:"Inside" lo:"to=parcel"`
	Others   field.Refs      `json:"others,omitempty" de:"Weitere" en:"Others" lo:"to=parcel"`
	Owner    field.Person    `json:"owner,omitempty" de:"Wem" en:"Whose" lo:"owner"`
	Helpers  field.Persons   `json:"helpers,omitempty" de:"Helfer" en:"Helpers"`
	Loss     *field.Range    `json:"loss,omitempty" de:"Schaden" en:"Loss"`
	Contents []item          `json:"contents,omitempty" de:"Inhalt" en:"Contents"`
	Papers   field.Files     `json:"papers,omitempty" de:"Papiere" en:"Papers"`
	Secret   string          `json:"secret,omitempty" de:"Geheim" en:"Secret" lo:"private"`
	Stage    string          `json:"stage,omitempty" de:"Phase" en:"Stage" lo:"managed"`
	Double   *float64        `json:"double,omitempty" de:"Doppelt" en:"Double" lo:"computed"`
}

type item struct {
	Name  string   `json:"name,omitempty" de:"Was" en:"What" lo:"required"`
	Count *float64 `json:"count,omitempty" de:"Wie viele" en:"How many"`
}

// double fills the computed field.
func double(p *parcel) {
	p.Double = nil
	if p.Weight != nil {
		n := 2 * *p.Weight
		p.Double = &n
	}
}

// Parcel is the one line.
var Parcel = record.Kind[parcel]{Name: "parcel", Title: base.T("Das Paket", "The parcel"), One: base.T("Paket", "Parcel"), Many: base.T("Pakete", "Parcels"), Group: "deliver", Policy: auth.PolicyPlan, Approval: true, Compute: double}
