// Package effectplan keeps how the effect of an initiative will be judged: written by one person, signed by a
// controller, then fixed for good. The class of a plan (planned, retrospective, exploratory) is decided at the signature
// by what is stored and by the clock, never by a tick box.
package effectplan

import (
	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Filter narrows the metric down.
type Filter struct {
	Field string `json:"field,omitempty" de:"Spalte" en:"Column" lo:"required,longest=200"`
	Value string `json:"value,omitempty" de:"Wert" en:"Value" lo:"longest=500"`
}

// Control is a metric that moves with the planned one but that the initiative does not touch.
type Control struct {
	Metric  string `json:"metric,omitempty" de:"Kennzahl" en:"Metric" lo:"required,longest=100,names=metric"`
	Process string `json:"process,omitempty" de:"Prozess" en:"Process" lo:"longest=200"`
	Why     string `json:"why,omitempty" de:"Warum unberührt" en:"Why unaffected" lo:"required,longest=2000"`
}

// Event is something else that is known to happen.
type Event struct {
	Date field.Date `json:"date,omitempty" de:"Tag" en:"Day" lo:"required"`
	Text string     `json:"text,omitempty" de:"Ereignis" en:"Event" lo:"required,longest=500"`
}

// Plan fixes how an effect will be judged.
type Plan struct {
	Title      string       `json:"title,omitempty" de:"Wirkungsplan" en:"Effect plan" lo:"heading,required,longest=200"`
	Initiative field.Ref    `json:"initiative,omitempty" de:"Vorhaben" en:"Initiative" lo:"list,required,to=initiative,index"`
	Metric     string       `json:"metric,omitempty" de:"Kennzahl" en:"Metric" lo:"list,required,index,longest=100,names=metric"`
	Process    string       `json:"process,omitempty" de:"Prozess" en:"Process" lo:"longest=200"`
	Filters    []Filter     `json:"filters,omitempty" de:"Filter" en:"Filters"`
	Grain      field.Choice `json:"grain,omitempty" de:"Messung je" en:"Measured by" lo:"required" options:"day=Tag|day;week=Woche|week;month=Monat|month;quarter=Quartal|quarter"`
	Affected   field.Date   `json:"first_affected,omitempty" de:"Erster betroffener Zeitraum" en:"First affected period" lo:"list,required,index" help_de:"sein erster Tag" help_en:"its first day"`
	Periods    *float64     `json:"periods_after,omitempty" de:"Messfenster" en:"Window" lo:"required,min=6,max=400" help_de:"Anzahl der Zeiträume, über die gemittelt wird" help_en:"number of periods that the mean is taken over"`
	Model      field.Choice `json:"model,omitempty" de:"Modell" en:"Model" options:"step=Stufe|step;trend=Trend und Stufe|trend and step;slope=Trend, Stufe und Knick|trend, step and slope"`
	Scale      field.Choice `json:"scale,omitempty" de:"Skala" en:"Scale" options:"auto=nach der Einheit|by the unit;plain=der Wert selbst|the value itself;log=in Prozent (Logarithmus)|in percent (logarithm);log_rate=je Fall in Prozent (Logarithmus der Rate)|in percent per case (logarithm of the rate);logit=Anteil zwischen 0 und 100 % (Logit)|share between 0 and 100 % (logit)"`
	Unit       field.Choice `json:"unit,omitempty" de:"Einheit der Angaben" en:"Unit of what is said here" options:"percent=Prozentpunkte|percentage points;minutes=Minuten|minutes;hours=Stunden|hours;days=Tage|days;thousand=Tausend|thousand;million=Millionen|million" help_de:"leer: wie Lotse rechnet, also Sekunden, Anteile von 1, Euro oder Stück" help_en:"empty: as Lotse computes, that is seconds, shares of 1, euros or pieces"`
	Expected   *float64     `json:"expected,omitempty" de:"Erwartete Änderung" en:"Expected change" lo:"list,required,alone" help_de:"mit Vorzeichen, in der Einheit der Angaben" help_en:"with its sign, in the unit of what is said here"`
	Band       *float64     `json:"band,omitempty" de:"Ohne Bedeutung bis" en:"Does not matter up to" lo:"min=0"`
	Minimum    *float64     `json:"minimum_sample,omitempty" de:"Mindestzahl je Zeitraum" en:"Least number per period" lo:"min=0" help_de:"leer: wie die Kennzahl es verlangt" help_en:"empty: as the metric demands"`

	Benefit     field.Choice `json:"benefit_class,omitempty" de:"Nutzenklasse" en:"Benefit class" lo:"list,required,index" options:"cash=zahlungswirksam|cash;avoided_cost=vermiedene Kosten|avoided cost;released_time=freigesetzte Zeit|released time;other=sonstiger|other"`
	Value       *field.Range `json:"value_per_unit,omitempty" de:"Wert je Einheit und Jahr" en:"Value per unit and year" lo:"min=0" help_de:"in Euro, bei freigesetzter Zeit in Stunden" help_en:"in euros, of released time in hours"`
	Currency    string       `json:"currency,omitempty" de:"Währung" en:"Currency" lo:"longest=3"`
	BenefitUnit string       `json:"benefit_unit,omitempty" de:"Einheit des Nutzens" en:"Unit of the benefit" lo:"longest=60" help_de:"nur bei sonstigem Nutzen" help_en:"of other benefits only"`

	Controls        []Control      `json:"controls,omitempty" de:"Vergleichsreihen" en:"Controls"`
	Negative        string         `json:"negative_metric,omitempty" de:"Kennzahl, die sich nicht ändern soll" en:"Metric that should not move" lo:"longest=100,names=metric"`
	NegativeProcess string         `json:"negative_process,omitempty" de:"Prozess dieser Kennzahl" en:"Process of that metric" lo:"longest=200"`
	Events          []Event        `json:"events,omitempty" de:"Andere Ereignisse" en:"Other events"`
	Primary         *bool          `json:"primary,omitempty" de:"Hauptkennzahl des Vorhabens" en:"Primary metric of the initiative" help_de:"die anderen Kennzahlen werden strenger geprüft, weil bei mehreren leichter eine zufällig ausschlägt" help_en:"the other metrics are judged more strictly, because one of several moves by chance more easily"`
	Owner           field.Person   `json:"owner,omitempty" de:"Verantwortlich" en:"Owner" lo:"list,owner,index"`
	Why             field.Markdown `json:"why,omitempty" de:"Begründung" en:"Reason"`
	Follows         field.Ref      `json:"follows,omitempty" de:"Ersetzt den Plan" en:"Replaces the plan" lo:"to=effect_plan,index" help_de:"ein unterschriebener Plan ändert sich nicht mehr, ein neuer kann ihn ablösen" help_en:"a signed plan never changes, a new one may follow it"`

	Definition *float64       `json:"definition_version,omitempty" de:"Fassung der Kennzahl" en:"Version of the metric" lo:"managed,alone"`
	SignedBy   string         `json:"signed_by,omitempty" de:"Unterschrieben von" en:"Signed by" lo:"managed"`
	SignedAt   string         `json:"signed_at,omitempty" de:"Unterschrieben am" en:"Signed at" lo:"managed,longest=40"`
	Snapshot   *float64       `json:"snapshot,omitempty" de:"Datenstand" en:"Snapshot" lo:"managed,alone"`
	LastFact   string         `json:"last_fact,omitempty" de:"Letzter Vorgang der Kennzahl" en:"Last fact of the metric" lo:"managed,longest=40"`
	Class      field.Choice   `json:"class,omitempty" de:"Klasse" en:"Class" lo:"list,managed,index" options:"planned=geplant|planned|ok;retrospective=rückblickend geplant|planned in retrospect|warn;exploratory=explorativ|exploratory|none"`
	Reason     field.Choice   `json:"class_reason,omitempty" de:"Grund der Klasse" en:"Reason of the class" lo:"managed" options:"before_start=vor dem Beginn unterschrieben, keine Vorgänge danach|signed before the start, no later facts;later_by_clock=nach dem Beginn unterschrieben, aber noch keine Vorgänge daraus|signed after the start, but without facts of it;facts_known=die Vorgänge nach dem Beginn waren schon da|the facts after the start were there already;facts_withdrawn=Vorgänge nach dem Start waren schon einmal geladen und wurden zurückgenommen|facts after the start had been loaded before and were withdrawn"`
	Question   field.Markdown `json:"question,omitempty" de:"Frage an die Fakten" en:"Question to the facts" lo:"managed,machine"`
	Used       field.Choice   `json:"scale_used,omitempty" de:"Verwendete Skala" en:"Scale used" lo:"managed" options:"plain=der Wert selbst|the value itself;log=in Prozent (Logarithmus)|in percent (logarithm);log_rate=je Fall in Prozent (Logarithmus der Rate)|in percent per case (logarithm of the rate);logit=Anteil zwischen 0 und 100 % (Logit)|share between 0 and 100 % (logit)"`
	Least      *float64       `json:"least_used,omitempty" de:"Verwendete Mindestzahl" en:"Least number used" lo:"managed"`
	WorthUnit  string         `json:"worth_unit,omitempty" de:"Einheit des Werts" en:"Unit of the worth" lo:"managed,longest=60"`
}

// Name is the name of the kind.
const Name = "effect_plan"

// Plans reads plans where no check is needed.
var Plans = record.Kind[Plan]{Name: Name}

// Kinds are the registers of this package. They point at initiatives.
func (s *Service) Kinds() []*record.Def {
	d := record.Kind[Plan]{Name: Name, Title: base.T("Der Wirkungsplan", "The effect plan"), One: base.T("Wirkungsplan", "Effect plan"), Many: base.T("Wirkungspläne", "Effect plans"),
		Group: "prove", Policy: auth.PolicyProof, Approval: true, FixedOnceApproved: true, Validate: s.check}.Def()
	d.Approving = s.approving
	return []*record.Def{d}
}
