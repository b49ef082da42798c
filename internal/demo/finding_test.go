package demo

import (
	"database/sql"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/assumption"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/domain/insight/insighttest"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/duckdb"
	"lotse.dev/lotse/internal/store/record"
)

// The findings on the demo company, each computed a second time by SQL over the generated files themselves, read by
// DuckDB's own CSV reader in another process-wide instance: nothing of Lotse takes part but the generator.
func TestFindingsAgain(t *testing.T) {
	files, _ := generate(t, Config{Seed: 1, Scale: .2, Until: october})
	all := findingsOf(t, files)
	db := filesInSQL(t, files)
	seen := map[string]int{}
	for _, f := range all {
		seen[f.Kind]++
		var size float64
		var cases int64
		if err := db.QueryRow(againSQL(f), againArgs(f)...).Scan(&size, &cases); err != nil {
			t.Fatalf("%s %v: %v", f.Kind, f.Subject, err)
		}
		if math.Abs(size-f.Size.Value) > 1e-6*f.Size.Value || cases != f.CasesCount {
			t.Errorf("%s %v: %v %s in %d, by SQL over the files %v in %d", f.Kind, f.Subject, f.Size.Value, f.Size.Unit, f.CasesCount, size, cases)
		}
	}
	for _, kind := range []string{finding.KindRework, finding.KindWaiting, finding.KindVariants, finding.KindPingPong,
		finding.KindResponse, finding.KindSlow, finding.KindReturns} {
		if seen[kind] == 0 {
			t.Errorf("the demo has no finding of kind %s", kind)
		}
	}
}

// logs are the two processes as plain tables with the columns case, activity, time, start and the place in the case.
const logs = `WITH files AS (
	SELECT '` + OrderProcess + `' AS p, Vorgangsnummer AS c, Aktivität AS a, strptime(Zeitpunkt, '%d.%m.%Y %H:%M:%S')::TIMESTAMP AT TIME ZONE 'Europe/Berlin' AS t, NULL::TIMESTAMPTZ AS s, row_number() OVER () AS r FROM sales
	UNION ALL SELECT '` + PurchaseProcess + `', Bestellnummer, Aktivität, Ende::TIMESTAMP AT TIME ZONE 'Europe/Berlin', Beginn::TIMESTAMP AT TIME ZONE 'Europe/Berlin', row_number() OVER () FROM purchases),
	log AS (SELECT *, row_number() OVER (PARTITION BY c ORDER BY coalesce(s, t), r) AS i FROM files WHERE p = $1),
	years AS (SELECT (epoch(max(t)) - epoch(min(least(t, s)))) / 86400 / 365.25 AS y FROM log) `

func againSQL(f finding.Finding) string {
	switch f.Kind {
	case finding.KindRework:
		return logs + `SELECT sum(epoch(b) - epoch(e)) / 3600 / any_value(y), count(*) FROM years,
			(SELECT c, min(t) AS e, max(t) AS b FROM log WHERE a = $2 GROUP BY c HAVING count(*) > 1)`
	case finding.KindWaiting:
		return logs + `, ways AS (SELECT y.c, CASE WHEN y.s IS NULL THEN epoch(y.t) - epoch(x.t) ELSE greatest(0, epoch(y.s) - epoch(x.t)) END AS w
			FROM log x JOIN log y ON x.c = y.c AND y.i = x.i + 1 WHERE x.a = $2 AND y.a = $3), m AS (SELECT quantile_cont(w, .5) AS m FROM ways)
			SELECT sum(greatest(w - m, 0)) / 3600 / any_value(y), count(DISTINCT c) FILTER (WHERE w > m) FROM ways, m, years`
	case finding.KindPingPong:
		return logs + `, turns AS (SELECT x.c, x.i FROM log x JOIN log y ON x.c = y.c AND y.i = x.i + 1 JOIN log z ON x.c = z.c AND z.i = x.i + 2
			WHERE x.a = z.a AND x.a <> y.a AND x.a IN ($2, $3) AND y.a IN ($2, $3)), legs AS (SELECT c, i FROM turns UNION SELECT c, i + 1 FROM turns)
			SELECT sum(epoch(y.t) - epoch(x.t)) / 3600 / any_value(years.y), count(DISTINCT x.c) FROM years, legs
			JOIN log x ON x.c = legs.c AND x.i = legs.i JOIN log y ON y.c = legs.c AND y.i = legs.i + 1`
	case finding.KindVariants:
		return logs + `, runs AS (SELECT c, string_agg(a, '|' ORDER BY i) AS way, (epoch(max(t)) - epoch(min(least(t, s)))) / 3600 AS h FROM log GROUP BY c),
			lim AS (SELECT quantile_cont(h, .9) AS p90, quantile_cont(h, .5) AS m, greatest(5, ceil(count(*) / 1000)) AS few FROM runs),
			numbered AS (SELECT *, count(*) OVER (PARTITION BY way) AS n FROM runs)
			SELECT sum(h - m) / any_value(y), count(*) FROM numbered, lim, years WHERE n < few AND h > p90`
	case finding.KindResponse:
		return `SELECT count(*) FILTER (WHERE "Erste Antwort" IS NULL) / (epoch(any_value(l)) - 7 * 86400 - epoch(min(Eröffnet))) * 86400 * 365.25,
			count(*) FILTER (WHERE "Erste Antwort" IS NULL) FROM tickets, (SELECT max(Eröffnet) AS l FROM tickets) WHERE epoch(Eröffnet) <= epoch(l) - 7 * 86400`
	case finding.KindSlow:
		return `WITH d AS (SELECT *, (epoch(Gelöst) - epoch(Eröffnet)) / 3600 AS h FROM tickets WHERE Gelöst >= Eröffnet), m AS (SELECT median(h) AS m FROM d)
			SELECT sum(greatest(h - m, 0)) / (epoch(max(Gelöst)) - epoch(min(Eröffnet))) * 86400 * 365.25, count(*) FILTER (WHERE h > m) FROM d, m WHERE Kategorie = $1`
	}
	return `WITH d AS (SELECT Auftragsnummer AS o, Produktgruppe AS g, replace(Netto, ',', '.')::DECIMAL(18, 2) AS n, strptime(Auftragsdatum, '%d.%m.%Y %H:%M')::TIMESTAMP AT TIME ZONE 'Europe/Berlin' AS t FROM lines)
		SELECT -sum(n)::DOUBLE / (SELECT (epoch(max(t)) - epoch(min(t))) / 86400 / 365.25 FROM d), count(DISTINCT o) FROM d WHERE n < 0 AND g = $1`
}

func againArgs(f finding.Finding) []any {
	switch f.Kind {
	case finding.KindResponse:
		return nil
	case finding.KindSlow:
		return []any{f.Subject[1]}
	case finding.KindReturns:
		return []any{f.Subject[0]}
	}
	args := []any{f.Process}
	for _, s := range f.Subject {
		args = append(args, s)
	}
	return args
}

// filesInSQL makes the generated files tables of a DuckDB of its own.
func filesInSQL(t *testing.T, files Files) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for table, options := range map[string]string{"sales": "0 delim=';'", "purchases": "1 delim=';', encoding='latin-1'",
		"lines": "2 delim=';'", "tickets": "3 delim=','"} {
		n, rest, _ := strings.Cut(options, " ")
		text := ", all_varchar=true"
		if table == "tickets" {
			text = ""
		}
		path := files.Tables[n[0]-'0'].Paths[0]
		if _, err := db.Exec(fmt.Sprintf("CREATE TABLE %s AS SELECT * FROM read_csv('%s', %s, header=true, quote=''%s)", table, path, rest, text)); err != nil {
			t.Fatal(table, err)
		}
	}
	return db
}

// findingsOf loads the files into a lake, as the intake would, and computes the findings without assumptions.
func findingsOf(t *testing.T, files Files) []finding.Finding {
	t.Helper()
	db, store := insighttest.Open(t)
	for n, f := range files.Tables {
		putFile(t, store, int64(n+1), f)
	}
	records := record.NewStore(db, base.SystemClock)
	all, err := finding.New(store, setting.New(records), assumption.New(records), records, base.SystemClock).All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// columns of a generated table as facts: source column, field and the layout of its time.
type column struct{ source, layout string }

var tableColumns = map[string]map[string]column{
	OrderProcess:    {"case_id": {"Vorgangsnummer", ""}, "activity": {"Aktivität", ""}, "time": {"Zeitpunkt", "02.01.2006 15:04:05"}},
	PurchaseProcess: {"case_id": {"Bestellnummer", ""}, "activity": {"Aktivität", ""}, "time": {"Ende", "2006-01-02 15:04:05"}, "start_time": {"Beginn", "2006-01-02 15:04:05"}},
	"orders":        {"order_id": {"Auftragsnummer", ""}, "time": {"Auftragsdatum", "02.01.2006 15:04"}, "product_group": {"Produktgruppe", ""}, "net": {"Netto", "money"}, "currency": {"Währung", ""}},
	"tickets": {"ticket_id": {"Ticketnummer", ""}, "opened_at": {"Eröffnet", time.RFC3339}, "first_response_at": {"Erste Antwort", time.RFC3339},
		"resolved_at": {"Gelöst", time.RFC3339}, "category": {"Kategorie", ""}, "channel": {"Kanal", ""}},
}

func putFile(t *testing.T, store *duckdb.Store, load int64, f File) {
	t.Helper()
	columns := tableColumns[f.Table]
	if f.Process != "" {
		columns = tableColumns[f.Process]
	}
	var schema fact.Schema
	for _, name := range []string{"case_id", "activity", "order_id", "ticket_id", "time", "start_time", "opened_at", "first_response_at",
		"resolved_at", "net", "category", "channel", "product_group", "currency"} {
		if c, ok := columns[name]; ok {
			schema = append(schema, fact.Column{Name: name, Type: typeOf(c.layout), Source: c.source})
		}
	}
	w, err := store.Begin(t.Context(), lake.LoadMeta{ID: load, Dataset: lake.Dataset{Table: f.Table, Process: f.Process}, Schema: schema, Overlap: lake.OverlapAdd})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	comma, b, line := ';', fact.NewBatch(schema), int64(1)
	if f.Table == "tickets" {
		comma = ','
	}
	read(t, f.Paths[0], comma, func(r csvRow) {
		line++
		b.StartRow(line)
		for i, c := range schema {
			source := c.Source
			if f.Process == PurchaseProcess && source == "Aktivität" {
				source = "Aktivit\xe4t"
			}
			putCell(t, b, i, r.get(source), columns[c.Name].layout, zone)
		}
		if b.Rows == fact.BatchRows {
			if err := w.Write(b); err != nil {
				t.Fatal(err)
			}
			b.Reset()
		}
	})
	if err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Commit(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

func typeOf(layout string) fact.Type {
	switch layout {
	case "":
		return fact.Text
	case "money":
		return fact.Decimal
	}
	return fact.Time
}

func putCell(t *testing.T, b *fact.Batch, i int, cell, layout string, zone *time.Location) {
	t.Helper()
	switch {
	case cell == "":
		b.AppendNull(i)
	case layout == "":
		b.AppendText(i, []byte(unlatin(cell)))
	case layout == "money":
		var cents int64
		if _, err := fmt.Sscan(strings.Replace(cell, ",", "", 1), &cents); err != nil {
			t.Fatal(err)
		}
		b.AppendInt(i, cents*fact.DecimalScale/100)
	default:
		at, err := time.ParseInLocation(layout, cell, zone)
		if err != nil {
			t.Fatal(err)
		}
		b.AppendInt(i, at.UnixMicro())
	}
}

// unlatin reads bytes of Latin-1 as text; text that is UTF-8 stays.
func unlatin(s string) string {
	if strings.ToValidUTF8(s, "") == s {
		return s
	}
	out := make([]rune, len(s))
	for i := range len(s) {
		out[i] = rune(s[i])
	}
	return string(out)
}
