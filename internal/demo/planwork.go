package demo

import "context"

// piece is a work item of an undertaking; months count back from the last one of the data.
type piece struct {
	of, title, status string
	ago, day          int
	effort, spent     float64
	who               int
}

var pieces = []piece{
	{"portal", "Anmeldung der Werften anbinden", "done", 2, 15, 12, 14, 12},
	{"portal", "Lieferstand aus der Warenwirtschaft lesen", "done", 1, 20, 16, 19, 12},
	{"portal", "Rechnungen im Portal zeigen", "doing", -2, 15, 14, 6, 12},
	{"portal", "Probe mit zwei Werften vorbereiten", "open", -3, 10, 8, 0, 11},
	{"portal", "Texte und Hilfe schreiben", "open", -4, 1, 0, 0, 0},
	{"portal", "Freigabe des Sicherheitsprüfers", "waiting", -3, 20, 3, 0, 5},
	{"einvoice", "Kunden mit eigenem Format anbinden", "doing", -2, 20, 10, 4, 9},
	{"einvoice", "Altverträge umstellen", "done", 0, 20, 6, 5, 9},
	{"einvoice", "Archiv nach GoBD prüfen lassen", "waiting", -3, 15, 4, 1, 2},
	{"cloud", "Sicherung und Rückweg proben", "doing", -2, 20, 9, 7, 5},
	{"cloud", "Schnittstelle zur Waage umziehen", "open", -3, 5, 6, 0, 5},
	{"cloud", "Lieferscheindruck im Lager umstellen", "open", -3, 12, 5, 0, 3},
	{"product", "Merkmale der Pumpen vervollständigen", "done", 1, 30, 24, 27, 8},
	{"product", "Merkmale Tauwerk und Beschläge", "doing", -2, 28, 18, 8, 8},
	{"product", "Bilder und Datenblätter sammeln", "open", -4, 15, 12, 0, 8},
	{"subscription", "Verbrauchsteile mit Laufzeit kennzeichnen", "open", -3, 28, 8, 0, 8},
	{"subscription", "Preisnachlass mit Controlling rechnen", "open", -2, 25, 2, 0, 2},
	{"leaders", "Zweite Runde einladen", "open", -2, 18, 1, 0, 0},
}

// workItems says who does what until when, with an estimate where somebody has made one.
func (p *planner) workItems(ctx context.Context) error {
	for _, x := range pieces {
		value := doc{"title": x.title, "initiative": p.ids[x.of], "status": x.status, "owner": p.person(x.who), "due": p.day(x.ago, x.day)}
		if x.effort > 0 {
			value["effort"] = x.effort
		}
		if x.spent > 0 {
			value["spent"] = x.spent
		}
		if x.status == "done" {
			value["done"] = value["due"]
		}
		if err := p.add(ctx, "work_item", x.of+"/"+x.title, value); err != nil {
			return err
		}
	}
	return nil
}
