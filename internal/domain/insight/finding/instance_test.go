package finding_test

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/assumption"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/domain/insight/insighttest"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/duckdb"
	"lotse.dev/lotse/internal/store/record"
)

// instance is a data folder with the services that findings need.
type instance struct {
	t           *testing.T
	lake        *duckdb.Store
	settings    *setting.Service
	assumptions *assumption.Service
	records     *record.Store
	findings    *finding.Service
	loads       int64
}

func open(t *testing.T) *instance {
	t.Helper()
	db, store := insighttest.Open(t)
	clock := base.FixedClock(time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC))
	records := record.NewStore(db, clock)
	i := &instance{t: t, lake: store, settings: setting.New(records), assumptions: assumption.New(records), records: records}
	i.findings = finding.New(store, i.settings, i.assumptions, records, clock)
	return i
}

// load puts rows of texts into a dataset; "" is empty, times are RFC 3339.
func (i *instance) load(d lake.Dataset, schema fact.Schema, rows [][]string) {
	i.t.Helper()
	i.loads++
	w, err := i.lake.Begin(i.t.Context(), lake.LoadMeta{ID: i.loads, Dataset: d, Schema: schema, Overlap: lake.OverlapAdd})
	if err != nil {
		i.t.Fatal(err)
	}
	defer w.Close()
	b := fact.NewBatch(schema)
	for n, row := range rows {
		b.StartRow(int64(n + 2))
		for c, cell := range row {
			i.cell(b, c, cell)
		}
		if b.Rows == fact.BatchRows || n == len(rows)-1 {
			if err := w.Write(b); err != nil {
				i.t.Fatal(err)
			}
			b.Reset()
		}
	}
	if _, err := w.Commit(i.t.Context(), nil); err != nil {
		i.t.Fatal(err)
	}
}

func (i *instance) cell(b *fact.Batch, c int, cell string) {
	switch {
	case cell == "":
		b.AppendNull(c)
	case b.Schema[c].Type == fact.Time:
		at, err := time.Parse(time.RFC3339Nano, cell)
		if err != nil {
			i.t.Fatal(err)
		}
		b.AppendInt(c, at.UnixMicro())
	case b.Schema[c].Type == fact.Decimal:
		var whole int64
		for _, r := range strings.TrimPrefix(cell, "-") {
			whole = whole*10 + int64(r-'0')
		}
		if strings.HasPrefix(cell, "-") {
			whole = -whole
		}
		b.AppendInt(c, whole*fact.DecimalScale)
	default:
		b.AppendText(c, []byte(cell))
	}
}

// query returns the rows of a SELECT.
func (i *instance) query(sql string, tables map[string]lake.Dataset, args ...any) [][]any {
	i.t.Helper()
	rows, err := i.lake.Query(i.t.Context(), lake.Query{SQL: sql, Args: args, Tables: tables})
	if err != nil {
		i.t.Fatal(err)
	}
	defer rows.Close()
	var out [][]any
	for rows.Next() {
		out = append(out, append([]any{}, rows.Values()...))
	}
	if err := rows.Err(); err != nil {
		i.t.Fatal(err)
	}
	return out
}

func (i *instance) all() []finding.Finding {
	i.t.Helper()
	all, err := i.findings.All(i.t.Context())
	if err != nil {
		i.t.Fatal(err)
	}
	return all
}

var receiptLog = lake.Dataset{Table: "events", Process: "receipt"}

// loadReceipt loads the log of contract.md's reference list.
func (i *instance) loadReceipt() {
	i.t.Helper()
	file, err := os.Open(basetest.SharedData(i.t, "eventlogs", "receipt.csv.gz"))
	if err != nil {
		i.t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		i.t.Fatal(err)
	}
	in := csv.NewReader(unzipped)
	head, err := in.Read()
	if err != nil {
		i.t.Fatal(err)
	}
	at := map[string]int{}
	for c, name := range head {
		at[name] = c
	}
	var rows [][]string
	for {
		r, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			i.t.Fatal(err)
		}
		rows = append(rows, []string{r[at["case:concept:name"]], r[at["concept:name"]],
			strings.Replace(r[at["time:timestamp"]], " ", "T", 1), r[at["lifecycle:transition"]]})
	}
	i.load(receiptLog, fact.Schema{{Name: "case_id"}, {Name: "activity"}, {Name: "time", Type: fact.Time}, {Name: "lifecycle"}}, rows)
}

// call runs an operation by its id as the operator.
func call[In, Out any](t *testing.T, i *instance, id string, in *In) *Out {
	t.Helper()
	out, err := try[In, Out](t, i, id, in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func try[In, Out any](t *testing.T, i *instance, id string, in *In) (*Out, error) {
	t.Helper()
	for _, op := range i.findings.Operations() {
		if typed, ok := op.(operation.Typed[In, Out]); ok && op.Describe().ID == id {
			return typed.Run(auth.With(t.Context(), auth.Operator()), in)
		}
	}
	t.Fatal("no operation ", id)
	return nil, nil
}
