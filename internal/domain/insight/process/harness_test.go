package process_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/duckdb"
	"lotse.dev/lotse/internal/store/record"
)

// house is an instance with a lake, without intake and transport.
type house struct {
	lake     *duckdb.Store
	settings *setting.Service
	jobs     *jobs
	process  *process.Service
	loads    int64
	close    func()
}

// jobs runs what is submitted at once, or keeps it back until release.
type jobs struct {
	funcs map[string]job.Func
	keys  []string
	hold  bool
	held  []job.Request
}

func (j *jobs) Register(kind string, f job.Func) { j.funcs[kind] = f }

func (j *jobs) Private(string) {}

func (j *jobs) Submit(ctx context.Context, r job.Request) (job.Info, error) {
	j.keys = append(j.keys, r.Kind+" "+r.Key)
	if j.hold {
		j.held = append(j.held, r)
		return job.Info{Kind: r.Kind, Key: r.Key}, nil
	}
	return j.run(ctx, r)
}

// release runs what was kept back.
func (j *jobs) release(ctx context.Context) error {
	for _, r := range j.held {
		if _, err := j.run(ctx, r); err != nil {
			return err
		}
	}
	j.hold, j.held = false, nil
	return nil
}

func (j *jobs) run(ctx context.Context, r job.Request) (job.Info, error) {
	input, err := json.Marshal(r.Input)
	if err != nil {
		return job.Info{}, err
	}
	_, err = j.funcs[r.Kind](ctx, silent{}, input)
	return job.Info{Kind: r.Kind, Key: r.Key}, err
}

func (j *jobs) Get(context.Context, string) (job.Info, error)  { return job.Info{}, nil }
func (j *jobs) Wait(context.Context, string) (job.Info, error) { return job.Info{}, nil }

type silent struct{}

func (silent) ID() string                       { return "test" }
func (silent) Progress(base.Text, int64, int64) {}

// files names every load after its number.
type files struct{}

func (files) FileOfLoad(_ context.Context, load int64) (string, error) {
	return "load-" + string(rune('0'+load)) + ".csv", nil
}

func open(t testing.TB) *house {
	t.Helper()
	h := openIn(t, t.TempDir(), duckdb.Options{})
	t.Cleanup(h.close)
	return h
}

func openIn(t testing.TB, dir string, o duckdb.Options) *house {
	t.Helper()
	db, err := database.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	store, err := duckdb.Open(t.Context(), dir, db, o)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{lake: store, jobs: &jobs{funcs: map[string]job.Func{}}, close: func() { store.Close(); db.Close() }}
	h.settings = setting.New(record.NewStore(db, base.SystemClock))
	h.process = process.New(store, h.settings, h.jobs, files{})
	return h
}

// schema of the test logs: case, activity, time, start, lifecycle, automatic, and a case and an event attribute.
var schema = fact.Schema{
	{Name: "case_id", Type: fact.Text}, {Name: "activity", Type: fact.Text}, {Name: "time", Type: fact.Time},
	{Name: "start_time", Type: fact.Time}, {Name: "lifecycle", Type: fact.Text}, {Name: "automatic", Type: fact.Boolean},
	{Name: "channel", Type: fact.Text, Case: true}, {Name: "amount", Type: fact.Decimal, Case: true},
	{Name: "machine", Type: fact.Text}, {Name: "resource", Type: fact.Text, Person: true},
}

// row is one event; an empty text is an empty field, time and start are texts of RFC 3339.
type row struct {
	id, activity, time, start, lifecycle, automatic, channel, amount, machine, resource string
}

// load writes rows as one load of the columns given, in any order.
func (h *house) load(t testing.TB, name string, columns fact.Schema, rows []row) int64 {
	t.Helper()
	h.loads++
	w, err := h.lake.Begin(t.Context(), lake.LoadMeta{ID: h.loads, Dataset: lake.Dataset{Table: "events", Process: name},
		Schema: columns, Time: "time", Overlap: lake.OverlapAdd})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	b := fact.NewBatch(columns)
	for i, r := range rows {
		b.StartRow(int64(i + 2))
		for c, col := range columns {
			put(t, b, c, col, r)
		}
	}
	if err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Commit(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return h.loads
}

func put(t testing.TB, b *fact.Batch, c int, col fact.Column, r row) {
	value := map[string]string{"case_id": r.id, "activity": r.activity, "time": r.time, "start_time": r.start, "lifecycle": r.lifecycle,
		"automatic": r.automatic, "channel": r.channel, "amount": r.amount, "machine": r.machine, "resource": r.resource}[col.Name]
	switch {
	case value == "":
		b.AppendNull(c)
	case col.Type == fact.Time:
		at, err := time.Parse(time.RFC3339, value)
		if err != nil {
			t.Fatal(err)
		}
		b.AppendInt(c, at.UnixMicro())
	case col.Type == fact.Boolean:
		b.AppendInt(c, map[string]int64{"yes": 1, "no": 0}[value])
	case col.Type == fact.Decimal:
		b.AppendInt(c, int64(len(value))*fact.DecimalScale)
	default:
		b.AppendText(c, []byte(value))
	}
}

func (h *house) derive(t testing.TB, name string) int64 {
	t.Helper()
	n, err := h.process.Derive(t.Context(), name, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// query runs SQL over the events and cases of a process and renders each row as text.
func (h *house) query(t testing.TB, name, sql string) []string {
	t.Helper()
	rows, err := h.lake.Query(t.Context(), lake.Query{SQL: sql, Tables: map[string]lake.Dataset{
		"events": {Table: "events", Process: name}, "cases": {Table: "cases", Process: name}}})
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var cells []string
		for _, v := range rows.Values() {
			cells = append(cells, cell(v))
		}
		out = append(out, strings.Join(cells, " "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func cell(v any) string {
	switch x := v.(type) {
	case nil:
		return "null"
	case time.Time:
		return x.UTC().Format(time.RFC3339)
	case string:
		return x
	}
	b, _ := json.Marshal(v)
	return strings.Trim(string(b), `"`)
}

// at is a time on 2 March 2026, a Monday, at an hour.
func at(hour string) string { return "2026-03-02T" + hour + ":00Z" }

// orders is a small log by hand: three cases, one with a loop, one without a resolved end.
func orders() []row {
	return []row{
		{id: "o-1", activity: "receive", time: at("08:00"), channel: "shop", amount: "11", automatic: "yes", machine: "A", resource: "p1"},
		{id: "o-1", activity: "pack", time: at("10:00"), start: at("09:00"), channel: "shop", amount: "11", automatic: "no", machine: "A", resource: "p1"},
		{id: "o-1", activity: "ship", time: at("12:00"), start: at("11:30"), channel: "shop", amount: "11", automatic: "no", machine: "B", resource: "p2"},
		{id: "o-2", activity: "receive", time: at("08:30"), channel: "phone", amount: "1", automatic: "no", machine: "A"},
		{id: "o-2", activity: "pack", time: at("09:30"), start: at("09:00"), channel: "phone", amount: "1", automatic: "no", machine: "A"},
		{id: "o-2", activity: "pack", time: at("11:00"), start: at("10:30"), channel: "phone", amount: "1", automatic: "no", machine: "C"},
		{id: "o-2", activity: "ship", time: at("12:30"), start: at("12:00"), channel: "phone", amount: "1", automatic: "no", machine: "B"},
		{id: "o-10", activity: "receive", time: "2026-04-07T06:00:00Z", channel: "shop", amount: "111", automatic: "yes", machine: "A"},
		{id: "o-10", activity: "pack", time: "2026-04-07T08:00:00Z", start: "2026-04-07T07:00:00Z", channel: "shop", amount: "111", machine: "A"},
	}
}

// columnsWithout is the schema without some columns.
func columnsWithout(names ...string) fact.Schema {
	var out fact.Schema
	for _, c := range schema {
		if !strings.Contains(" "+strings.Join(names, " ")+" ", " "+c.Name+" ") {
			out = append(out, c)
		}
	}
	return out
}

func shuffled(rows []row, seed uint64) []row {
	out := append([]row{}, rows...)
	rand.New(rand.NewPCG(seed, 1)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}
