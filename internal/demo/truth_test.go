package demo

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"time"
)

// csvRow is one row of a generated file.
type csvRow struct {
	at    map[string]int
	cells []string
}

// get returns a copy of the cell below a heading.
func (r csvRow) get(heading string) string { return strings.Clone(r.cells[r.at[heading]]) }

// read gives each row of a generated file to f. It knows nothing of the generator.
func read(t *testing.T, path string, comma rune, f func(csvRow)) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var in io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	r := csv.NewReader(in)
	r.Comma = comma
	head, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	r.ReuseRecord = true
	at := map[string]int{}
	for i, h := range head {
		at[h] = i
	}
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		f(csvRow{at, cells})
	}
}

func when(t *testing.T, layout, s string) time.Time {
	t.Helper()
	at, err := time.Parse(layout, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// sides compares a figure in the months before and after a date within strata (the channels), weighted by what there
// is after it, so that a shift between channels does not look like an effect.
type sides map[string]*[2]moments

type moments struct{ n, sum, squares float64 }

func (s sides) add(at, change time.Time, months int, stratum string, x float64) {
	if at.Before(change.AddDate(0, -months, 0)) || !at.Before(change.AddDate(0, months, 0)) {
		return
	}
	if s[stratum] == nil {
		s[stratum] = &[2]moments{}
	}
	m := &s[stratum][0]
	if !at.Before(change) {
		m = &s[stratum][1]
	}
	m.n, m.sum, m.squares = m.n+1, m.sum+x, m.squares+x*x
}

func (m moments) mean() float64 { return m.sum / m.n }

func (m moments) errorSquared() float64 { return (m.squares/m.n - m.mean()*m.mean()) / m.n }

// difference is the change of the mean and its standard error.
func (s sides) difference() (d, se float64) {
	total := 0.0
	for _, m := range s {
		total += m[1].n
	}
	for _, m := range s {
		w := m[1].n / total
		d += w * (m[1].mean() - m[0].mean())
		se += w * w * (m[0].errorSquared() + m[1].errorSquared())
	}
	return d, math.Sqrt(se)
}

// orderFacts is what a reader of the file sees of one case.
type orderFacts struct {
	begin, sent, signed, billed time.Time
	channel                     string
	query                       bool
	manual                      float64
}

func readOrders(t *testing.T, files Files) []orderFacts {
	byCase, order := map[string]*orderFacts{}, []string{}
	for _, path := range files.Tables[0].Paths {
		read(t, path, ';', func(r csvRow) {
			id, at := r.get("Vorgangsnummer"), when(t, "02.01.2006 15:04:05", r.get("Zeitpunkt"))
			f := byCase[id]
			if f == nil {
				f = &orderFacts{begin: at, channel: r.get("Kanal")}
				byCase[id], order = f, append(order, id)
			}
			switch r.get("Aktivität") {
			case "Rückfrage geklärt":
				f.query = true
			case "Ware versandt":
				f.sent = at
			case "Lieferung quittiert":
				f.signed = at
			case "Rechnung gestellt":
				if f.billed.IsZero() {
					f.billed = at
				}
			}
			if r.get("automatisch") == "nein" {
				f.manual++
			}
		})
	}
	out := make([]orderFacts, len(order))
	for i, id := range order {
		out[i] = *byCase[id]
	}
	return out
}

// What is true must be found in the files by someone who only counts: within four standard errors of the difference
// of two means, and clearly different from zero where there is an effect. The months before the end are left out, where
// cases are still open.
func TestChangesAreInTheFiles(t *testing.T) {
	for _, seed := range []uint64{1, 2, 3} {
		files, _ := generate(t, Config{Seed: seed, Scale: 1, Until: october})
		truth := map[string]ChangeTruth{}
		for _, c := range files.Truth.Changes {
			truth[c.ID] = c
		}
		at := func(id string) time.Time { return when(t, "2006-01-02", truth[id].At) }
		end := when(t, "2006-01-02", files.Truth.To).AddDate(0, -3, 0)
		seen := map[string]sides{}
		for id := range truth {
			seen[id] = sides{}
		}
		for _, o := range readOrders(t, files) {
			if !o.begin.Before(end) {
				continue
			}
			if o.channel == "Telefon" {
				seen["order_form"].add(o.begin, at("order_form"), 12, "", share(o.query))
			}
			seen["credit_rule"].add(o.begin, at("credit_rule"), 6, o.channel, o.manual)
			if !o.signed.IsZero() {
				seen["carrier"].add(o.begin, at("carrier"), 12, "", o.signed.Sub(o.sent).Hours()/24)
			}
		}
		readTickets(t, files, at, end, seen)
		readBaskets(t, files, at, seen)
		for id, want := range truth {
			got, se := seen[id].difference()
			if math.Abs(got-want.Effect) > 4*se {
				t.Errorf("seed %d, %s: before and after differ by %.3f ± %.3f, true effect %.3f", seed, id, got, se, want.Effect)
			}
			if id != "chat" && math.Abs(got) < 2*se {
				t.Errorf("seed %d, %s: an effect of %.3f is lost in noise of %.3f", seed, id, got, se)
			}
		}
		if truth["chat"].Effect != 0 {
			t.Error("the change without effect has one")
		}
	}
}

func readTickets(t *testing.T, files Files, at func(string) time.Time, end time.Time, seen map[string]sides) {
	read(t, files.Tables[3].Paths[0], ',', func(r csvRow) {
		opened := when(t, time.RFC3339, r.get("Eröffnet"))
		if s := r.get("Erste Antwort"); s != "" {
			seen["triage"].add(opened, at("triage"), 12, "", when(t, time.RFC3339, s).Sub(opened).Hours())
		}
		if s := r.get("Gelöst"); s != "" && opened.Before(end) {
			seen["chat"].add(opened, at("chat"), 10, r.get("Kategorie"), when(t, time.RFC3339, s).Sub(opened).Hours())
		}
	})
}

func readBaskets(t *testing.T, files Files, at func(string) time.Time, seen map[string]sides) {
	groups, times := map[string]map[string]bool{}, map[string]time.Time{}
	read(t, files.Tables[2].Paths[0], ';', func(r csvRow) {
		id := r.get("Auftragsnummer")
		if r.get("Kanal") != "Shop" || id[0] != 'A' {
			return
		}
		if groups[id] == nil {
			groups[id] = map[string]bool{}
			times[id] = when(t, "02.01.2006 15:04", r.get("Auftragsdatum"))
		}
		groups[id][r.get("Produktgruppe")] = true
	})
	for id, g := range groups {
		seen["recommendations"].add(times[id], at("recommendations"), 16, "", share(len(g) > 1))
	}
}

func TestDriftAndOutageAreInTheFiles(t *testing.T) {
	files, _ := generate(t, Config{Seed: 1, Scale: 1, Until: october})
	from, to := when(t, "2006-01-02", files.Truth.Drift.From), when(t, "2006-01-02", files.Truth.Drift.To)
	var before, after, n [2]float64
	for _, o := range readOrders(t, files) {
		if o.billed.IsZero() || o.signed.IsZero() {
			continue
		}
		if o.begin.Before(from) {
			before[0] += share(o.billed.Before(o.signed))
			n[0]++
		} else if !o.begin.Before(to) {
			after[0] += share(o.billed.Before(o.signed))
			n[1]++
		}
	}
	if got := before[0] / n[0]; math.Abs(got-driftBefore) > .01 {
		t.Errorf("invoices before delivery: %.3f at first, want %.3f", got, driftBefore)
	}
	if got := after[0] / n[1]; math.Abs(got-driftAfter) > .025 {
		t.Errorf("invoices before delivery: %.3f in the end, want %.3f", got, driftAfter)
	}
	added := outageDelay(t, files)
	if math.Abs(added-outageDays) > 3 {
		t.Errorf("the supplier was %.1f days slower in the outage, want %v", added, outageDays)
	}
}

// outageDelay compares the days from order to goods of the supplier in the outage with the rest.
func outageDelay(t *testing.T, files Files) float64 {
	o := files.Truth.Outage
	from, to := when(t, "2006-01-02", o.From), when(t, "2006-01-02", o.To)
	created, came := map[string]time.Time{}, map[string]time.Time{}
	read(t, files.Tables[1].Paths[0], ';', func(r csvRow) {
		if r.get("Lieferant") != o.Supplier {
			return
		}
		id, at := r.get("Bestellnummer"), when(t, "2006-01-02 15:04:05", r.get("Beginn"))
		if _, ok := created[id]; !ok {
			created[id] = at
		}
		if _, ok := came[id]; !ok && r.get("Aktivit\xe4t") == "Ware eingegangen" {
			came[id] = at
		}
	})
	var sum, n [2]float64
	for id, at := range came {
		i := 0
		if c := created[id]; !c.Before(from) && c.Before(to) {
			i = 1
		}
		sum[i] += at.Sub(created[id]).Hours() / 24
		n[i]++
	}
	return sum[1]/n[1] - sum[0]/n[0]
}

// Season and trend of the shop by counting orders a month: the logarithm of the count, freed of the season, grows by
// the rate of the channel.
func TestSeasonAndTrendAreInTheFiles(t *testing.T) {
	files, _ := generate(t, Config{Seed: 1, Scale: 2, Until: october})
	months := map[string]float64{}
	read(t, files.Tables[2].Paths[0], ';', func(r csvRow) {
		if r.get("Kanal") == "Shop" && r.get("Position") == "1" && r.get("Auftragsnummer")[0] == 'A' {
			months[r.get("Auftragsdatum")[3:10]]++
		}
	})
	if len(months) != Months {
		t.Fatalf("%d months", len(months))
	}
	var x, y, xx, xy, n float64
	for m, count := range months {
		at := when(t, "01.2006", m)
		i := at.Sub(when(t, "2006-01-02", files.Truth.From)).Hours() / 24 / 30.4375
		level := math.Log(count / files.Truth.Season[at.Month()-1])
		x, y, xx, xy, n = x+i, y+level, xx+i*i, xy+i*level, n+1
	}
	slope := (n*xy - x*y) / (n*xx - x*x)
	if want := files.Truth.Channels[shop].Growth; math.Abs(slope-want) > .0022 {
		t.Errorf("the shop grows by %.4f a month, want %.4f", slope, want)
	}
}

// Customers come back: more than half of the shop's orders are by somebody who has ordered before.
func TestCustomersComeBack(t *testing.T) {
	files, _ := generate(t, Config{Seed: 1, Scale: 1, Until: october})
	seen, again, all := map[string]string{}, 0.0, 0.0
	read(t, files.Tables[2].Paths[0], ';', func(r csvRow) {
		id, who := r.get("Auftragsnummer"), r.get("Kundennummer")
		if r.get("Kanal") != "Shop" || r.get("Position") != "1" || id[0] != 'A' {
			return
		}
		if _, ok := seen[who]; ok {
			again++
		}
		seen[who] = id
		all++
	})
	if got := again / all; got < .5 || got > .7 {
		t.Errorf("%.2f of the shop's orders are repeated", got)
	}
}
