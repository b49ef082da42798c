package finding_test

import (
	"math"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/store/lake"
)

// Years of the receipt log by hand: 2010-10-02T07:20:39.000Z to 2012-01-23T14:42:54.xxxZ, reference_statistics.csv.
const receiptYears = `(SELECT (epoch_us(max(time)) - epoch_us(min(time))) / 86400e6 / 365.25 FROM log)`

// again computes the size of a finding on the receipt log a second way: by joins on row numbers instead of the window
// functions and the native pass of the product.
var again = map[string]string{
	finding.KindRework: `WITH log AS (SELECT * FROM events)
		SELECT sum((epoch_us(last) - epoch_us(first)) / 3.6e9) / ` + receiptYears + `, count(*)::BIGINT FROM
		(SELECT a.case_id, min(a.time) AS first, max(b.time) AS last FROM log a JOIN log b
		 ON a.case_id = b.case_id AND a.activity = b.activity AND a._row <> b._row WHERE a.activity = $1 GROUP BY a.case_id)`,
	finding.KindWaiting: `WITH log AS (SELECT *, row_number() OVER (PARTITION BY case_id ORDER BY time, _row) AS i FROM events),
		ways AS (SELECT b.case_id, epoch_us(b.time) - epoch_us(a.time) AS wait FROM log a JOIN log b
		 ON a.case_id = b.case_id AND b.i = a.i + 1 WHERE a.activity = $1 AND b.activity = $2),
		middle AS (SELECT quantile_cont(wait, 0.5) AS m FROM ways)
		SELECT sum(greatest(wait - m, 0)) / 3.6e9 / ` + receiptYears + `, count(DISTINCT case_id) FILTER (WHERE wait > m)::BIGINT FROM ways, middle`,
	finding.KindVariants: `WITH log AS (SELECT *, row_number() OVER (PARTITION BY case_id ORDER BY time, _row) AS i FROM events),
		runs AS (SELECT case_id, string_agg(activity, '|' ORDER BY i) AS way, (epoch_us(max(time)) - epoch_us(min(time))) / 3.6e9 AS h FROM log GROUP BY 1),
		limits AS (SELECT quantile_cont(h, 0.9) AS p90, quantile_cont(h, 0.5) AS m FROM runs),
		counted AS (SELECT *, count(*) OVER (PARTITION BY way) AS n FROM runs)
		SELECT sum(h - m) / ` + receiptYears + `, count(*)::BIGINT FROM counted, limits WHERE n < 5 AND h > p90`,
	finding.KindPingPong: `WITH log AS (SELECT *, row_number() OVER (PARTITION BY case_id ORDER BY time, _row) AS i FROM events),
		returns AS (SELECT a.case_id, a.i FROM log a JOIN log b ON a.case_id = b.case_id AND b.i = a.i + 1 JOIN log c ON a.case_id = c.case_id AND c.i = a.i + 2
		 WHERE a.activity = c.activity AND a.activity <> b.activity AND a.activity IN ($1, $2) AND b.activity IN ($1, $2)),
		legs AS (SELECT case_id, i FROM returns UNION SELECT case_id, i + 1 FROM returns)
		SELECT sum(epoch_us(b.time) - epoch_us(a.time)) / 3.6e9 / ` + receiptYears + `, count(DISTINCT a.case_id)::BIGINT
		FROM legs JOIN log a ON a.case_id = legs.case_id AND a.i = legs.i JOIN log b ON b.case_id = legs.case_id AND b.i = legs.i + 1`,
}

func TestFindingsOnReceiptAgain(t *testing.T) {
	i := open(t)
	i.loadReceipt()
	seen := map[string]int{}
	for _, f := range i.all() {
		seen[f.Kind]++
		args := make([]any, len(f.Subject))
		for n, s := range f.Subject {
			args[n] = s
		}
		got := i.query(again[f.Kind], map[string]lake.Dataset{"events": receiptLog}, args...)[0]
		if size := got[0].(float64); math.Abs(size-f.Size.Value) > 1e-6*size {
			t.Errorf("%s %v: size %v, by SQL %v", f.Kind, f.Subject, f.Size.Value, size)
		}
		if cases := got[1].(int64); cases != f.CasesCount {
			t.Errorf("%s %v: %d cases, by SQL %d", f.Kind, f.Subject, f.CasesCount, cases)
		}
		if f.Size.Unit != finding.LeadTimeHours || f.Euros != nil || f.Unknown.IsZero() {
			t.Errorf("%s %v: without assumptions the size is %v, euros %v (%s)", f.Kind, f.Subject, f.Size.Unit, f.Euros, f.Unknown)
		}
	}
	want := map[string]int{finding.KindRework: 1, finding.KindWaiting: 5, finding.KindVariants: 1, finding.KindPingPong: 1}
	for kind, n := range want {
		if seen[kind] != n {
			t.Errorf("%s: %d findings, want %d", kind, seen[kind], n)
		}
	}
}

// The rows behind a finding add up to its size, both as the API pages through them and as SQL for people.
func TestRowsAddUpToTheSize(t *testing.T) {
	i := open(t)
	i.loadReceipt()
	years := i.query(`WITH log AS (SELECT * FROM events) SELECT `+receiptYears, map[string]lake.Dataset{"events": receiptLog})[0][0].(float64)
	for _, f := range i.all() {
		var sum float64
		var total int64
		for offset := int64(0); ; offset += 250 {
			page := call[finding.CasesInput, finding.CaseList](t, i, "finding_cases", &finding.CasesInput{ID: f.ID, Limit: 250, Offset: offset})
			total = page.Total // also past the end
			if len(page.Items) == 0 {
				break
			}
			for _, c := range page.Items {
				sum += c.Amount
			}
		}
		if math.Abs(sum/years-f.Size.Value) > 1e-6*f.Size.Value || total != f.CasesCount {
			t.Errorf("%s %v: rows give %v in %d cases, finding %v in %d", f.Kind, f.Subject, sum/years, total, f.Size.Value, f.CasesCount)
		}
		shown := i.query(f.Evidence.SQL, map[string]lake.Dataset{"events": receiptLog})
		if int64(len(shown)) != f.CasesCount {
			t.Errorf("%s %v: the SQL shown finds %d cases of %d", f.Kind, f.Subject, len(shown), f.CasesCount)
		}
	}
}

// T03 adjusts what T02 checks, so most repetitions of both are returns between them: one finding, not three.
func TestDuplicatesMerge(t *testing.T) {
	i := open(t)
	i.loadReceipt()
	for _, f := range i.all() {
		if f.Kind == finding.KindRework && (strings.HasPrefix(f.Subject[0], "T02") || strings.HasPrefix(f.Subject[0], "T03")) {
			t.Errorf("%v is there beside the back and forth", f.Subject)
		}
		if f.Kind == finding.KindPingPong && !f.Remarks.Has("merged") {
			t.Errorf("%v does not say what it includes", f.Subject)
		}
	}
}
