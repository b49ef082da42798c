package mapping

import (
	"cmp"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/intake/profile"
)

// Proposal is what a file may be.
type Proposal struct {
	Table     string        `json:"table"`
	Process   string        `json:"process"`
	Reason    base.Text     `json:"reason"`
	Certainty int           `json:"certainty" minimum:"1" maximum:"3"`
	Tables    []TableChoice `json:"tables"`
}

// TableChoice is one table that the file could fill, best first.
type TableChoice struct {
	Table     string    `json:"table"`
	Certainty int       `json:"certainty" minimum:"1" maximum:"3"`
	Reason    base.Text `json:"reason"`
}

// Guess is what one column is taken for.
type Guess struct {
	Column    string    `json:"column"`
	Field     string    `json:"field"`
	Label     base.Text `json:"label"`
	Reason    base.Text `json:"reason"`
	Certainty int       `json:"certainty" minimum:"1" maximum:"3"`
	Person    bool      `json:"person"`
}

type candidate struct {
	field, column int
	name          int
	score         int
}

// assignment is field → column with the strength of the name.
type assignment map[string]candidate

// assign gives columns to the fields of a table: best names first, then by content for required fields without one.
// given are fields that the user has settled.
func assign(p *profile.Profile, table string, given map[string]string) assignment {
	fields := Fields(table)
	out, used := assignment{}, map[int]bool{}
	for name, col := range given {
		for i := range p.Columns {
			if p.Columns[i].Name == col {
				used[i] = true
				if fi := slices.IndexFunc(fields, func(f Field) bool { return f.Name == name }); fi >= 0 {
					out[name] = candidate{fi, i, 3, 99}
				}
			}
		}
	}
	var all []candidate
	for fi, f := range fields {
		for ci := range p.Columns {
			c := &p.Columns[ci]
			if n := nameScore(c.Name, f); n > 0 && (fits(c, f, p.Rows) || n == 3 && plain(c, f) || p.Rows == 0) {
				all = append(all, candidate{fi, ci, n, n*10 + bonus(c, f, p.Rows)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.field, b.field), cmp.Compare(a.column, b.column))
	})
	for _, c := range all {
		if _, have := out[fields[c.field].Name]; !have && !used[c.column] {
			out[fields[c.field].Name] = c
			used[c.column] = true
		}
	}
	arrange(p, table, out)
	for fi, f := range fields {
		if _, have := out[f.Name]; have || !f.Required || f.Name == "net" {
			continue
		}
		if ci := byContent(p, f, out); ci >= 0 {
			out[f.Name] = candidate{fi, ci, 0, 0}
		} else if ci := byNameAlone(p, f, out); ci >= 0 {
			out[f.Name] = candidate{fi, ci, 1, 0}
		}
	}
	return out
}

// plain says whether a column by whose very name a text is meant can hold it: it has values, and they are no times.
func plain(c *profile.Column, f Field) bool {
	return f.Type == fact.Text && c.Filled() > 0 && !c.Dated()
}

// byNameAlone finds a column whose very name means a field although its values do not fit: its rows are then refused
// with the reason, instead of the field being called missing.
func byNameAlone(p *profile.Profile, f Field, a assignment) int {
	taken := map[int]bool{}
	for _, c := range a {
		taken[c.column] = true
	}
	for i := range p.Columns {
		if !taken[i] && nameScore(p.Columns[i].Name, f) == 3 {
			return i
		}
	}
	return -1
}

// bonus ranks columns of equally good names by content.
func bonus(c *profile.Column, f Field, rows int64) int {
	b := 0
	if c.EmptyShare() < 0.05 {
		b += 2
	}
	switch f.Name {
	case "case_id":
		if c.Distinct*11 <= rows*10 {
			b += 3
		}
		if c.Trace {
			b++
		}
	case "activity":
		if c.Distinct*20 <= rows {
			b += 3
		}
	case "time", "opened_at":
		if c.Dates.Clock > 0 {
			b += 2
		}
	}
	return b
}

// arrange mends what names alone get wrong.
func arrange(p *profile.Profile, table string, a assignment) {
	move := func(from, to string) {
		if c, ok := a[from]; ok {
			delete(a, from)
			for fi, f := range Fields(table) {
				if f.Name == to {
					c.field = fi
				}
			}
			a[to] = c
		}
	}
	_, time := a["time"]
	_, start := a["start_time"]
	_, net := a["net"]
	_, quantity := a["quantity"]
	_, price := a["unit_price"]
	switch {
	case table == Events && !time && start:
		move("start_time", "time")
	case table == Orders && !net && price && !quantity:
		move("unit_price", "net") // a price on a line without a quantity is the line's amount
	case table == Orders && net && quantity && !price && a["net"].name < 3 && priceLike(p.Columns[a["net"].column].Name):
		move("net", "unit_price")
	}
}

func priceLike(name string) bool { f := Fold(name); return f == "price" || f == "preis" }

// byContent finds a column for a required field by its values alone, −1 for none.
func byContent(p *profile.Profile, f Field, a assignment) int {
	taken := map[int]bool{}
	for _, c := range a {
		taken[c.column] = true
	}
	best, bestScore := -1, 0.0
	for i := range p.Columns {
		c := &p.Columns[i]
		if taken[i] || !fits(c, f, p.Rows) || c.EmptyShare() > 0.2 {
			continue
		}
		if s := contentScore(c, f, p.Rows); s > bestScore {
			best, bestScore = i, s
		}
	}
	return best
}

func contentScore(c *profile.Column, f Field, rows int64) float64 {
	distinct, n := float64(c.Distinct), float64(rows)
	switch f.Name {
	case "time", "opened_at":
		if c.Dates.Count == 0 {
			return 0
		}
		return 1 + float64(c.Dates.Clock)/n + distinct/n
	case "case_id", "order_id":
		if c.Numbers.OnlyPoint+c.Numbers.OnlyComma > 0 || distinct > n/1.3 || distinct < 2 {
			return 0
		}
		return distinct / n
	case "ticket_id":
		if c.Numbers.OnlyPoint+c.Numbers.OnlyComma > 0 || distinct < n*0.97 {
			return 0
		}
		return 1
	case "activity":
		if c.Numeric() || distinct < 2 || distinct > n/5 || distinct > 300 || c.Longest > 120 {
			return 0
		}
		return min(distinct, 30) + float64(c.Bytes)/max(1, float64(c.Filled()))/10
	}
	return 0
}

// Propose says which table a file fills best.
func Propose(p *profile.Profile) Proposal {
	type scored struct {
		TableChoice
		score float64
	}
	var list []scored
	for _, t := range []string{Events, Orders, Tickets} {
		a := assign(p, t, nil)
		score, certainty := tableScore(p, t, a)
		if score > 0 {
			list = append(list, scored{TableChoice{t, certainty, tableReason(p, t, a)}, score})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var out Proposal
	for _, s := range list {
		out.Tables = append(out.Tables, s.TableChoice)
	}
	free := TableChoice{"", 1, base.T("Spalten werden mit ihrem Typ behalten.", "Columns are kept with their types.")}
	if len(list) > 0 && list[0].score >= minScore {
		out.Table, out.Certainty, out.Reason = list[0].Table, list[0].Certainty, list[0].Reason
	} else {
		free.Certainty = 2
		free.Reason = base.T("Weder Ereignisse noch Aufträge noch Kundenanfragen erkannt; die Spalten werden mit ihrem Typ behalten.",
			"Neither events nor orders nor tickets recognised; the columns are kept with their types.")
		out.Certainty, out.Reason = free.Certainty, free.Reason
	}
	out.Tables = append(out.Tables, free)
	return out
}

// minScore is how strong the required fields must be on average before a table is proposed.
const minScore = 1.4

// tableScore adds the mean strength of the required fields and a quarter of each further field; 0 when one is missing.
func tableScore(p *profile.Profile, table string, a assignment) (float64, int) {
	sum, n, weakest := 0.0, 0.0, 3
	for _, f := range Fields(table) {
		if !f.Required {
			continue
		}
		c, ok := a[f.Name]
		if f.Name == "net" && !ok {
			q, okQ := a["quantity"]
			u, okU := a["unit_price"]
			if !okQ || !okU {
				return 0, 0
			}
			c, ok = candidate{name: min(q.name, u.name)}, true
		}
		if !ok {
			return 0, 0
		}
		sum, n, weakest = sum+float64(c.name), n+1, min(weakest, c.name)
	}
	further := 0
	for _, f := range Fields(table) {
		if c, ok := a[f.Name]; ok && !f.Required && c.name >= 2 {
			further++
		}
	}
	score := sum/n + 0.25*float64(min(further, 6))
	switch once := !repeats(p, a["case_id"].column); {
	case table == Events && once:
		score-- // one row a case is a list of things, not of what happened to them
	case table == Events && a["activity"].name == 3:
		score += 1.5
	}
	return score, max(1, weakest)
}

func repeats(p *profile.Profile, column int) bool {
	return p.Columns[column].Distinct*12 <= p.Rows*11 || p.Rows < 10
}

// Columns proposes a field for every column of a table. given are fields settled by the user, field → column; columns
// listed in keep as further ones or in skip stay so.
func Columns(p *profile.Profile, table string, given map[string]string) []Guess {
	a := assign(p, table, given)
	byColumn := map[int]string{}
	for name, c := range a {
		byColumn[c.column] = name
	}
	out := make([]Guess, len(p.Columns))
	for i := range p.Columns {
		c := &p.Columns[i]
		name, ok := byColumn[i]
		if !ok {
			out[i] = further(c)
			continue
		}
		f, _ := FieldOf(table, name)
		out[i] = Guess{Column: c.Name, Field: name, Label: f.Label, Certainty: max(1, a[name].name), Person: f.Person || People(c)}
		out[i].Reason = fieldReason(p, c, f, a[name].name)
		if given[name] == c.Name {
			out[i].Reason = base.T("von Ihnen gewählt", "chosen by you")
		}
	}
	return out
}

func further(c *profile.Column) Guess {
	g := Guess{Column: c.Name, Certainty: 3, Person: People(c)}
	switch {
	case c.Filled() == 0 || ownColumn(c.Name):
		g.Field, g.Label, g.Reason = Skip, base.T("nicht laden", "not loaded"), base.T("leer", "empty")
		if ownColumn(c.Name) {
			g.Reason = base.T("Angabe von Lotse zu einer zurückgewiesenen Zeile", "note of Lotse on a refused row")
		}
	case c.Counter(c.Rows) && counterName(c.Name):
		g.Field, g.Label = Skip, base.T("nicht laden", "not loaded")
		g.Reason = base.T("laufende Nummer der Ausgabe: in der nächsten Datei hat dieselbe Zeile eine andere", "running number of the export: in the next file the same row has another one")
	case technical(c.Name):
		g.Field, g.Label = Skip, base.T("nicht laden", "not loaded")
		g.Reason = base.T("technische Spalte des Quellsystems", "technical column of the source system")
	case g.Person && !Person(c.Name):
		g.Label, g.Reason = base.T("Person, verschlüsselt", "person, pseudonymised"), base.T("Die Werte sind E-Mail-Adressen: sie werden nur verschlüsselt gespeichert.",
			"The values are e-mail addresses: they are only stored as pseudonyms.")
	case g.Person:
		g.Label, g.Reason = base.T("Person, verschlüsselt", "person, pseudonymised"), base.T("Der Name der Spalte spricht für Personen: sie werden nur verschlüsselt gespeichert.",
			"The name of the column points to people: they are only stored as pseudonyms.")
	default:
		g.Label, g.Reason = base.T("Merkmal: %s", "attribute: %s", c.Name), contentReason(c)
	}
	return g
}

// OwnColumns are the columns that Lotse puts before refused rows; they are no data when such a file comes back.
var OwnColumns = []string{"lotse_line", "lotse_column", "lotse_reason"}

func ownColumn(name string) bool { return slices.Contains(OwnColumns, name) }

// TypeOf is the type in which a further column is kept: the narrowest that holds every value.
func TypeOf(c *profile.Column, r profile.Reading) fact.Type {
	filled := c.Filled() - c.Wide
	if filled <= 0 {
		return fact.Text
	}
	n := c.Numbers
	fit := n.Point
	if r.Marks[c.Name] == ',' {
		fit = n.Comma
	}
	switch {
	case c.Dates.Count == filled && (c.Dates.Clock > 0 || c.Dates.Zoned > 0):
		return fact.Time
	case c.Dates.Count == filled:
		return fact.Date
	case c.Dates.Compact == filled && DateName(c.Name):
		if c.Dates.Clock > 0 || c.Longest > 8 {
			return fact.Time
		}
		return fact.Date
	case c.Words == filled:
		return fact.Boolean
	case fit < filled || n.Zero > 0:
		return fact.Text
	case n.Whole == filled && n.Digits <= 18:
		return fact.Integer
	case n.Exponent == 0 && n.Decimals <= 6 && n.Digits <= 11:
		return fact.Decimal
	}
	return fact.Double
}
