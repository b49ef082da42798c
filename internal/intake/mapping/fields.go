package mapping

import (
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/intake/profile"
)

func field(name string, typ fact.Type, de, en, strong, weak string) Field {
	return Field{Name: name, Type: typ, Label: base.T(de, en), strong: strings.Fields(strong), weak: strings.Fields(weak)}
}

func required(f Field) Field { f.Required = true; return f }
func person(f Field) Field   { f.Person = true; return f }

var eventFields = []Field{
	required(field("case_id", fact.Text, "Vorgang (Schlüssel)", "case (key)",
		`caseconceptname caseid case casenumber caseno casekey casename vorgangsnummer vorgangsnr vorgang vorgangid vorgangsid fallnummer fallnr fallid fall
		belegnr belegnummer beleg aktenzeichen akte traceid trace processinstance processinstanceid processid prozessinstanz prozessid instanceid
		antragsnummer antragsnr antrag antragid dossier geschaeftsfall geschaeftsvorfall schadennummer schadensnummer reklamationsnummer`,
		`orderid ordernumber orderno auftragsnummer auftragsnr auftrag auftragid bestellnummer bestellnr bestellung ticketid ticketnummer ticket
		invoiceno invoiceid rechnungsnummer rechnungsnr documentnumber documentno vbeln ebeln banfn belnr objektid requestid applicationid claimid
		incident incidentid number id key objectid objektnummer recordid parentid relatedid`)),
	required(field("activity", fact.Text, "Ereignis", "activity",
		`conceptname activity activityname activityen aktivitaet aktivitaetsname vorgangsart ereignis ereignisname ereignistyp eventname eventtype event schritt prozessschritt
		arbeitsschritt bearbeitungsschritt vorgangsschritt taetigkeit task taskname step stepname arbeitsgang aktion action`,
		`status statustext state statusneu newstatus newvalue neuerwert neuerstatus tostatus tostring buchungsart transaktion operation meldung name vorgangstyp bearbeitung`)),
	required(field("time", fact.Time, "Zeitpunkt", "time",
		`timetimestamp timestamp time zeit zeitpunkt zeitstempel datetime completetimestamp buchungszeit buchungszeitpunkt endtime endtimestamp ende endzeit endzeitpunkt
		completetime completiontime completedat eventtime eventtimestamp eventdate ereigniszeit ereigniszeitpunkt ereignisdatum datumuhrzeit datumzeit zeitangabe
		enddatetime finishedat finished`,
		`datum date end buchungsdatum aenderungsdatum geaendertam changedat abgeschlossen erfasstam erledigtam createdat created erstelltam enddatum enddate updatedat modifiedat changedon modifiedon editdate geaendert bis`)),
	field("start_time", fact.Time, "Beginn", "start",
		`starttimestamp starttime start beginn beginnzeit startzeit startzeitpunkt startzeitstempel anfang anfangszeit begin startedat begintime startdatetime timestart`,
		`startdatum startdate beginndatum begonnenam von`),
	field("lifecycle", fact.Text, "Lebenszyklus", "lifecycle", `lifecycletransition lifecycle transition lebenszyklus lifecyclestate`, ``),
	person(field("resource", fact.Text, "Person, verschlüsselt", "person, pseudonymised",
		`orgresource resource ressource sachbearbeiter sachbearbeiterin bearbeiter bearbeiterin mitarbeiter mitarbeiterin user username userid benutzer benutzername
		anwender sachb bearb mitarb employee employeeid agent performer ausfuehrender bearbeitetvon completedby executedby usnam ernam actor personalnummer`,
		`person owner zustaendig verantwortlich verantwortlicher erfasser`)),
	field("role", fact.Text, "Rolle", "role", `orgrole role rolle`, `funktion position`),
	field("automatic", fact.Boolean, "automatisch", "automatic", `automatic automatisch automated isautomatic isautomated dunkelverarbeitung dunkelverarbeitet maschinell`, `auto`),
	field("cost", fact.Decimal, "Kosten", "cost", `cost costs costtotal kosten totalcost`, ``),
	field("sequence", fact.Integer, "Reihenfolge", "sequence", `sequence seq sequenz laufnummer lfdnr laufendenummer eventnr eventno schrittnr stepno reihenfolge sequencenumber`, ``),
}

var orderFields = []Field{
	required(field("order_id", fact.Text, "Auftrag (Schlüssel)", "order (key)",
		`orderid ordernumber orderno order invoiceno invoicenumber invoiceid invoice bestellnummer bestellnr bestellung bestellid auftragsnummer auftragsnr auftrag
		auftragid rechnungsnummer rechnungsnr rechnung belegnr belegnummer beleg salesorder salesdocument vbeln bonnummer bonnr bon transactionid transaktionsnummer kaufnummer
		incrementid ordername rechnungsid verkbeleg verkaufsbeleg vertriebsbeleg vbeleg belegfeld1 salesorderno salesordernumber salesorderid`,
		`documentno documentnumber vorgangsnummer name number id receipt receiptno transaction`)),
	required(field("time", fact.Time, "Zeitpunkt", "time",
		`invoicedate orderdate orderedat ordertime orderpurchasetimestamp purchasedate purchasedat purchasetimestamp bestelldatum bestellzeit bestellzeitpunkt bestelltam auftragsdatum
		rechnungsdatum belegdatum buchungsdatum kaufdatum verkaufsdatum transactiondate transactiontime saledate salesdate erdat audat fkdat bondatum datum date time zeitpunkt timestamp`,
		`angelam angelegtam postingdate documentdate rechdatum createdat created creationdate erstelltam zeit datetime zeitstempel day tag shippinglimitdate buchungszeit`)),
	required(field("net", fact.Decimal, "Betrag netto", "net amount",
		`net netto nettobetrag nettowert nettoumsatz nettosumme netamount netvalue nettotal netsales linetotal lineamount linenet zeilensumme zeilenbetrag positionswert positionsbetrag
		umsatz umsatznetto revenue netwr warenwert umsatzeur nettoeur nettobetrageur
		amountnet totalnet nettotalamount ordernet netprice pricenet nettosummeeur betragnetto summenetto gesamtnetto netamounteur extendedamount`,
		`amount betrag sales total totalprice gesamtpreis subtotal wert value summe paymentvalue totalamount gesamtbetrag`)),
	field("line", fact.Text, "Position", "line",
		`line lineno linenumber orderitemid position pos positionsnr positionsnummer posnr zeile zeilennummer itemno itemnumber lineid lineitemid auftragsposition`, `lfdnr`),
	field("customer_id", fact.Text, "Kunde", "customer",
		`auftraggeb auftraggeber selltocustomerno billtocustomerno customerid customerno customernumber customer kunde kundennr kundennummer kundenid kundenkonto kunnr kdnr kdnummer debitor debitorennummer debitornr debitorennr clientid client buyer buyerid customeruniqueid`,
		`accountid userid email user account kundenname customername`),
	field("channel", fact.Text, "Kanal", "channel",
		`channel kanal vertriebskanal saleschannel vertriebsweg vtweg bestellweg verkaufskanal eingangskanal bestellkanal orderchannel absatzkanal`, `source quelle sourcename`),
	field("product_id", fact.Text, "Artikel", "product",
		`productid product produkt produktid produktnr produktnummer artikel artikelnr artikelnummer artikelid sku stockcode itemid itemcode item material materialnummer materialnr matnr ean
		variantsku lineitemsku productcode articleno articleid`, `productname artikelname lineitemname artikelbezeichnung`),
	field("product_group", fact.Text, "Artikelgruppe", "product group",
		`productgroup productcategory category kategorie produktgruppe warengruppe artikelgruppe produktkategorie matkl materialgruppe productcategoryname warenart sortiment producttype artikelkategorie`,
		`department family`),
	field("quantity", fact.Decimal, "Menge", "quantity",
		`quantity qty menge anzahl stueck stueckzahl bestellmenge units kwmeng fkimg lineitemquantity verkaufsmenge absatz auftragsmenge orderquantity`, `count pieces`),
	field("unit_price", fact.Decimal, "Einzelpreis", "unit price",
		`unitprice einzelpreis stueckpreis preisprostueck preisjestueck priceperunit itemprice verkaufspreis lineitemprice netpr nettopreis einzelpreisnetto ep vkpreis`, `price preis`),
	field("currency", fact.Text, "Währung", "currency", `currency waehrung currencycode currencyisocode waers waerk waehr whrg waehrg wkz wkzumsatz waehrungsschluessel waehrungscode curr`, ``),
}

var ticketFields = []Field{
	required(field("ticket_id", fact.Text, "Ticket (Schlüssel)", "ticket (key)",
		`ticketid ticketnr ticketnummer ticket ticketnumber ticketno number incident incidentid incidentnumber vorfallnummer stoerungsnummer anfragenummer anfragenr issuekey issueid
		requestid requestnumber meldungsnummer beschwerdenummer supportfall`,
		`caseid casenumber vorgangsnummer fallnummer key id vorgangsnr anfrage vorfall nummer reklamationsnummer`)),
	required(field("opened_at", fact.Time, "eröffnet", "opened",
		`openedat opened opentime createdat created createdon creationdate createdtime creationtime datetimeopened openedon dateopened createddate eroeffnetam eroeffnet eroeffnungsdatum erstelltam erstellt angelegtam angelegt
		eingangsdatum eingegangenam eingang gemeldetam meldedatum reportedat submittedat submitted opendate eingangszeit`,
		`erfasstam erfassungsdatum datum date starttime syscreatedat erstelldatum start zeitpunkt timestamp`)),
	field("updated_at", fact.Time, "geändert", "updated",
		`sysupdatedat updatedat updated lastupdated lastupdate modifiedat modified lastmodified geaendertam aktualisiertam letzteaenderung aktualisiert changedat zuletztgeaendert aenderungsdatum modifiedon changedon lastmodifieddate`, ``),
	field("first_response_at", fact.Time, "erste Antwort", "first response",
		`erstereaktion erstereaktionam firstresponsesent firstresponseat firstresponse firstreplyat firstreply firstrespondedat ersteantwort ersteantwortam erstreaktion erstreaktionam erstantwort erstantwortam 1antwort 1antwortam 1reaktion 1reaktionam respondedat initialresponse beantwortetam ersteantwortzeit`,
		`reaktionam antwortam firstresponsetime`),
	field("resolved_at", fact.Time, "gelöst", "resolved",
		`resolvedat resolved resolutiondate solvedat solved geloestam geloest behobenam erledigtam erledigt loesungsdatum fixedat resolveddate geloestdatum`, `resolutiontime`),
	field("closed_at", fact.Time, "geschlossen", "closed",
		`datetimeclosed closedon dateclosed closedat closed geschlossenam geschlossen abgeschlossenam closedate closingdate abschlussdatum beendetam schliessdatum closeddate abgeschlossen`, `endtime ende`),
	field("reopened", fact.Integer, "wieder eröffnet", "reopened", `reopened reopencount reopens reopenedcount wiedereroeffnet wiedereroeffnungen anzahlwiedereroeffnungen`, ``),
	field("channel", fact.Text, "Kanal", "channel", `channel kanal contacttype kontaktart kontaktkanal eingangskanal meldeweg kontaktweg contactchannel ticketchannel caseorigin fallherkunft`, `source quelle via medium origin herkunft`),
	field("category", fact.Text, "Kategorie", "category", `category kategorie issuetype tickettype stoerungsart rubrik thema ticketart tickettyp anliegen`, `type typ art topic`),
	field("priority", fact.Text, "Priorität", "priority", `priority prioritaet prio severity schweregrad`, `urgency dringlichkeit`),
	field("team", fact.Text, "Team", "team", `team assignmentgroup supportgroup zustaendigegruppe bearbeitergruppe assignedgroup queue warteschlange assignedteam supportteam`, `gruppe group abteilung department bereich`),
	field("customer_id", fact.Text, "Kunde", "customer", `callerid caller customer customerid kunde kundennr kundennummer kundenid kdnr kdnummer requester requesterid melder anforderer kundenkonto`,
		`reporter contactid accountid contact account kundenname`),
}

// people are words of column names that hold people.
var people = map[string]bool{}

func init() {
	for w := range strings.FieldsSeq(`resource ressource user username userid benutzer benutzername anwender employee mitarbeiter mitarbeiterin mitarbeitername sachbearbeiter sachbearbeiterin
		bearbeiter bearbeiterin betreuer betreuerin responsible verantwortlich verantwortlicher verantwortliche agent assignee reporter requester caller melder performer originator creator ersteller
		erfasser freigeber genehmiger approver pruefer kassierer kassiererin verkaeufer verkaeuferin salesperson ansprechpartner vorname nachname firstname lastname surname fullname email mail usnam ernam aenam actor
		disponent zustellter staff supervisor manager vorgesetzter person personalnummer personalnr sachb bearb mitarb verantw owner besitzer inhaber assigned mitarbeiternummer bearbeiterkuerzel login`) {
		people[w] = true
	}
}

// People says whether a column holds people: its name says so, or its values are e-mail addresses.
func People(c *profile.Column) bool { return Person(c.Name) && !c.Dated() || c.Mailed() }

// counterName says whether a column is named as one that numbers the rows.
func counterName(name string) bool {
	switch f := Fold(name); f {
	case "index", "idx", "nr", "lfdnr", "lfdnummer", "laufendenummer", "rownumber", "rownum", "row", "zeile", "zeilennr", "zeilennummer", "unnamed0", "satznr", "satznummer":
		return true
	case "":
		return strings.Trim(name, " #") == "" // a single #
	default:
		return strings.HasPrefix(name, "Spalte ") // without a name in the file
	}
}

// Person says whether a column name says that it holds people.
func Person(name string) bool {
	if people[Fold(name)] {
		return true
	}
	ws := words(strings.TrimPrefix(name, "case:"))
	for i, w := range ws {
		last := i == len(ws)-1
		if people[w] && (last || ws[i+1] == "id" || ws[i+1] == "name" || ws[i+1] == "nr" || ws[i+1] == "nummer") {
			return true
		}
		if last && i > 0 && (w == "by" || w == "von") { // opened_by, bearbeitet_von
			return true
		}
		if !last && (w == "assigned" && ws[i+1] == "to" || w == "zugewiesen" && ws[i+1] == "an") {
			return true
		}
	}
	return false
}
