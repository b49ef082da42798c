// Package organisation keeps who the company is: its profile, sites, units, functions and people, and finds out for
// whom a signed-in person acts. Accounts and roles belong to package auth; a person and an account meet by their e-mail
// address.
package organisation

import (
	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Company is the profile of the instance's company; there is one.
type Company struct {
	Name         string         `json:"name,omitempty" de:"Name" en:"Name" lo:"heading,required"`
	Legal        field.Choice   `json:"legal_form,omitempty" de:"Rechtsform" en:"Legal form" lo:"list" options:"gmbh=GmbH|GmbH (limited);gmbh_kg=GmbH & Co. KG|GmbH & Co. KG;ag=AG|AG (stock);kg=KG|KG;ohg=OHG|OHG;eg=eG|Cooperative;ek=e. K.|Sole trader;other=Andere|Other"`
	Sector       field.Choice   `json:"sector,omitempty" de:"Branche" en:"Sector" lo:"list" options:"manufacturing=Verarbeitendes Gewerbe|Manufacturing;trade=Handel|Trade;construction=Bau|Construction;logistics=Verkehr und Lager|Transport and storage;services=Dienstleistung|Services;it=Information und Kommunikation|IT and communication;health=Gesundheit|Health;hospitality=Gastgewerbe|Hospitality;finance=Finanzen|Finance;other=Andere|Other"`
	Employees    *float64       `json:"employees,omitempty" de:"Beschäftigte" en:"Employees" lo:"list,min=0,max=1000000" help_de:"Kopfzahl am letzten Stichtag" help_en:"Head count on the last reporting date"`
	Turnover     *field.Money   `json:"turnover,omitempty" de:"Jahresumsatz" en:"Annual turnover" lo:"list,min=0"`
	State        field.Choice   `json:"federal_state,omitempty" de:"Bundesland" en:"Federal state" lo:"list" help_de:"bestimmt die Feiertage" help_en:"decides the public holidays" options:"bw=Baden-Württemberg|Baden-Württemberg;by=Bayern|Bavaria;be=Berlin|Berlin;bb=Brandenburg|Brandenburg;hb=Bremen|Bremen;hh=Hamburg|Hamburg;he=Hessen|Hesse;mv=Mecklenburg-Vorpommern|Mecklenburg-Western Pomerania;ni=Niedersachsen|Lower Saxony;nw=Nordrhein-Westfalen|North Rhine-Westphalia;rp=Rheinland-Pfalz|Rhineland-Palatinate;sl=Saarland|Saarland;sn=Sachsen|Saxony;st=Sachsen-Anhalt|Saxony-Anhalt;sh=Schleswig-Holstein|Schleswig-Holstein;th=Thüringen|Thuringia"`
	WorksCouncil *bool          `json:"works_council,omitempty" de:"Betriebsrat" en:"Works council"`
	Rate         *field.Percent `json:"discount_rate,omitempty" de:"Kalkulationszins" en:"Discount rate" lo:"min=0,max=1" help_de:"je Jahr, für Kapitalwerte" help_en:"per year, for net present values"`
	About        field.Markdown `json:"about,omitempty" de:"Beschreibung" en:"Description"`
}

// Site is a place where the company works.
type Site struct {
	Name    string       `json:"name,omitempty" de:"Name" en:"Name" lo:"heading,required"`
	Street  string       `json:"street,omitempty" de:"Straße und Hausnummer" en:"Street"`
	Postal  string       `json:"postal_code,omitempty" de:"Postleitzahl" en:"Postal code" lo:"longest=12"`
	City    string       `json:"city,omitempty" de:"Ort" en:"City" lo:"list"`
	State   field.Choice `json:"federal_state,omitempty" de:"Bundesland" en:"Federal state" lo:"list" options:"bw=Baden-Württemberg|Baden-Württemberg;by=Bayern|Bavaria;be=Berlin|Berlin;bb=Brandenburg|Brandenburg;hb=Bremen|Bremen;hh=Hamburg|Hamburg;he=Hessen|Hesse;mv=Mecklenburg-Vorpommern|Mecklenburg-Western Pomerania;ni=Niedersachsen|Lower Saxony;nw=Nordrhein-Westfalen|North Rhine-Westphalia;rp=Rheinland-Pfalz|Rhineland-Palatinate;sl=Saarland|Saarland;sn=Sachsen|Saxony;st=Sachsen-Anhalt|Saxony-Anhalt;sh=Schleswig-Holstein|Schleswig-Holstein;th=Thüringen|Thuringia;abroad=Ausland|Abroad"`
	Country string       `json:"country,omitempty" de:"Land" en:"Country" lo:"longest=60"`
}

// Unit is a part of the company: division, department or team.
type Unit struct {
	Name   string         `json:"name,omitempty" de:"Name" en:"Name" lo:"heading,required"`
	Sort   field.Choice   `json:"sort,omitempty" de:"Art" en:"Sort" lo:"list" options:"division=Bereich|Division;department=Abteilung|Department;team=Team|Team;works=Werk|Plant"`
	Parent field.Ref      `json:"parent,omitempty" de:"Übergeordnet" en:"Parent" lo:"list,to=unit"`
	Site   field.Ref      `json:"site,omitempty" de:"Standort" en:"Site" lo:"list,to=site"`
	Lead   field.Person   `json:"lead,omitempty" de:"Leitung" en:"Lead" lo:"list,owner"`
	Heads  *float64       `json:"heads,omitempty" de:"Köpfe" en:"Heads" lo:"list,min=0,max=1000000"`
	Task   field.Markdown `json:"task,omitempty" de:"Aufgabe" en:"Task"`
}

// Function is a role in the company, whoever holds it.
type Function struct {
	Name   string         `json:"name,omitempty" de:"Name" en:"Name" lo:"heading,required"`
	Unit   field.Ref      `json:"unit,omitempty" de:"Einheit" en:"Unit" lo:"list,to=unit"`
	Day    *field.Range   `json:"day_rate,omitempty" de:"Tagessatz" en:"Day rate" lo:"list,unit=EUR,min=0,max=100000" help_de:"interne Kosten eines Arbeitstags, als Spanne" help_en:"internal cost of a working day, as a range"`
	Supply *float64       `json:"capacity_days,omitempty" de:"Kapazität je Quartal" en:"Capacity per quarter" lo:"list,unit=PT,min=0,max=100000" help_de:"Personentage, die für Vorhaben frei sind" help_en:"Person-days free for initiatives"`
	About  field.Markdown `json:"about,omitempty" de:"Beschreibung" en:"Description"`
}

// Person is somebody who works for or with the company.
type Person struct {
	Name     string         `json:"name,omitempty" de:"Name" en:"Name" lo:"heading,required"`
	Email    string         `json:"email,omitempty" de:"E-Mail-Adresse" en:"E-mail address" lo:"list,unique,longest=254" help_de:"verbindet die Person mit ihrem Konto" help_en:"joins the person with the account"`
	Function field.Ref      `json:"function,omitempty" de:"Funktion" en:"Function" lo:"list,to=function"`
	Units    field.Refs     `json:"units,omitempty" de:"Einheiten" en:"Units" lo:"list,to=unit"`
	Phone    string         `json:"phone,omitempty" de:"Telefon" en:"Phone" lo:"longest=40"`
	External *bool          `json:"external,omitempty" de:"Extern" en:"External"`
	Note     field.Markdown `json:"note,omitempty" de:"Notiz" en:"Note" lo:"private"`
}

// Deputy stands in for a person for a time: notices reach both, and what the person owns the deputy may change. Neither
// of the two owns the record, so that no deputy prolongs their own time.
type Deputy struct {
	Reason string        `json:"reason,omitempty" de:"Anlass" en:"Reason" lo:"heading,required" help_de:"zum Beispiel Urlaub" help_en:"for example holidays"`
	Person field.Person  `json:"person,omitempty" de:"Vertretene Person" en:"Person" lo:"list,required,index"`
	Deputy field.Person  `json:"deputy,omitempty" de:"Vertretung" en:"Deputy" lo:"list,required,index"`
	Time   *field.Period `json:"time,omitempty" de:"Zeitraum" en:"Period" lo:"list,required"`
}

const group = "organisation"

func kind[T any](name string, the, one, many base.Text) record.Kind[T] {
	return record.Kind[T]{Name: name, Title: the, One: one, Many: many, Group: group, Policy: auth.PolicyCompany}
}

// Persons is the kind of people; others read it by name and e-mail address.
var Persons = kind[Person](field.PersonKind, base.T("Die Person", "The person"), base.T("Person", "Person"), base.T("Personen", "People"))

// Kinds are the registers of the organisation.
func Kinds() []*record.Def {
	persons := Persons
	persons.Validate = checkPerson
	deputies := kind[Deputy]("deputy", base.T("Die Vertretung", "The deputy"), base.T("Vertretung", "Deputy"), base.T("Vertretungen", "Deputies"))
	deputies.Validate = checkDeputy
	return []*record.Def{
		kind[Company]("company", base.T("Das Unternehmen", "The company"), base.T("Unternehmen", "Company"), base.T("Unternehmen", "Company")).Def(),
		kind[Site]("site", base.T("Der Standort", "The site"), base.T("Standort", "Site"), base.T("Standorte", "Sites")).Def(),
		kind[Unit]("unit", base.T("Die Einheit", "The unit"), base.T("Einheit", "Unit"), base.T("Einheiten", "Units")).Def(),
		kind[Function]("function", base.T("Die Funktion", "The function"), base.T("Funktion", "Function"), base.T("Funktionen", "Functions")).Def(),
		persons.Def(),
		deputies.Def(),
	}
}
