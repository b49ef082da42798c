package job_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/database"
)

var quiet = slog.New(slog.DiscardHandler)

func openDB(t *testing.T, dir string) *database.DB {
	t.Helper()
	db, err := database.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func start(t *testing.T, db *database.DB, kinds map[string]job.Func) *job.Pool {
	t.Helper()
	p := job.New(db, base.SystemClock, quiet)
	for kind, f := range kinds {
		p.Register(kind, f)
	}
	if err := p.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

func submit(t *testing.T, p *job.Pool, kind, key string) job.Info {
	t.Helper()
	i, err := p.Submit(t.Context(), job.Request{Kind: kind, Key: key, Title: base.T("Arbeit", "Work"), By: "anna", Input: map[string]int{"n": 7}})
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func wait(t *testing.T, p *job.Pool, id string) job.Info {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	i, err := p.Wait(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

type output struct {
	N    int       `json:"n"`
	Note base.Text `json:"note"`
}

func work(_ context.Context, run job.Run, input json.RawMessage) (any, error) {
	var in struct{ N int }
	if err := json.Unmarshal(input, &in); err != nil {
		return nil, err
	}
	run.Progress(base.T("zählen", "counting"), 3, 7)
	return output{N: in.N, Note: base.T("fertig", "finished")}, nil
}

// untilStopped blocks until the context ends and tells started.
func untilStopped(started chan<- string) job.Func {
	return func(ctx context.Context, run job.Run, _ json.RawMessage) (any, error) {
		started <- run.ID()
		<-ctx.Done()
		return nil, ctx.Err()
	}
}

func TestDoneWithOutputInBothLanguages(t *testing.T) {
	p := start(t, openDB(t, t.TempDir()), map[string]job.Func{"work": work})
	i := wait(t, p, submit(t, p, "work", "k").ID)
	if i.State != job.Done || string(i.Output) != `{"n":7,"note":"fertig"}` || i.Done != 3 || i.Total != 7 || i.EndedAt == nil {
		t.Fatalf("%+v %s", i, i.Output)
	}
	en, err := p.Get(base.WithLang(t.Context(), base.English), i.ID)
	if err != nil || string(en.Output) != `{"n":7,"note":"finished"}` || en.Phase.En != "counting" {
		t.Fatalf("%+v %v", en, err)
	}
	list, err := p.List(t.Context(), 10)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
}

func TestFailureKeepsPlaceAndPanicIsContained(t *testing.T) {
	p := start(t, openDB(t, t.TempDir()), map[string]job.Func{
		"bad": func(context.Context, job.Run, json.RawMessage) (any, error) {
			return nil, base.Fail(base.Refused, "bad_row", base.T("kaputt", "broken")).At(base.Place{Line: 7})
		},
		"panic": func(context.Context, job.Run, json.RawMessage) (any, error) { panic("boom") },
	})
	i := wait(t, p, submit(t, p, "bad", "").ID)
	if i.State != job.Failed || i.Error.Code != "bad_row" || i.Error.Place.Line != 7 || i.Error.Text.En != "broken" {
		t.Fatalf("%+v", i)
	}
	i = wait(t, p, submit(t, p, "panic", "").ID)
	if i.State != job.Failed || i.Error.Code != "internal" {
		t.Fatalf("%+v", i)
	}
}

func TestOneKeyNeverRunsTwiceAtOnce(t *testing.T) {
	var now, most atomic.Int32
	p := start(t, openDB(t, t.TempDir()), map[string]job.Func{"work": func(context.Context, job.Run, json.RawMessage) (any, error) {
		most.Store(max(most.Load(), now.Add(1)))
		time.Sleep(2 * time.Millisecond)
		now.Add(-1)
		return nil, nil
	}})
	var ids []string
	for range 8 {
		ids = append(ids, submit(t, p, "work", "same").ID)
	}
	for _, id := range ids {
		if i := wait(t, p, id); i.State != job.Done {
			t.Fatalf("%+v", i)
		}
	}
	if most.Load() != 1 {
		t.Fatal(most.Load())
	}
}

func TestCancelRunningAndWaiting(t *testing.T) {
	started := make(chan string, 3)
	p := start(t, openDB(t, t.TempDir()), map[string]job.Func{"stop": untilStopped(started)})
	a, b := submit(t, p, "stop", "k"), submit(t, p, "stop", "k")
	<-started
	if i, err := p.Cancel(t.Context(), b.ID); err != nil || i.State != job.Cancelled {
		t.Fatal(i, err)
	}
	if _, err := p.Cancel(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	if i := wait(t, p, a.ID); i.State != job.Cancelled {
		t.Fatalf("%+v", i)
	}
	if _, err := p.Cancel(t.Context(), a.ID); !base.IsKind(err, base.Conflict) {
		t.Fatal(err)
	}
}

func TestShutdownInterruptsAndRepeatWorks(t *testing.T) {
	dir, started := t.TempDir(), make(chan string, 3)
	db := openDB(t, dir)
	p := start(t, db, map[string]job.Func{"w": untilStopped(started)})
	a, b := submit(t, p, "w", "k"), submit(t, p, "w", "k")
	<-started
	p.Close()
	if i, err := p.Get(t.Context(), a.ID); err != nil || i.State != job.Interrupted {
		t.Fatal(i, err)
	}
	if _, err := p.Submit(t.Context(), job.Request{Kind: "w"}); !base.IsKind(err, base.Unavailable) {
		t.Fatal(err)
	}
	db.Close()
	p = start(t, openDB(t, dir), map[string]job.Func{"w": work})
	if i := wait(t, p, b.ID); i.State != job.Done {
		t.Fatalf("the waiting one did not go on: %+v", i)
	}
	again, err := p.Repeat(t.Context(), a.ID, "bea")
	if err != nil {
		t.Fatal(err)
	}
	if i := wait(t, p, again.ID); i.State != job.Done || i.CreatedBy != "bea" || string(i.Output) != `{"n":7,"note":"fertig"}` {
		t.Fatalf("%+v", i)
	}
}

func TestStopAll(t *testing.T) {
	started := make(chan string, 9)
	p := start(t, openDB(t, t.TempDir()), map[string]job.Func{"w": untilStopped(started)})
	var ids []string
	for range 5 {
		ids = append(ids, submit(t, p, "w", "").ID)
	}
	<-started
	if err := p.StopAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if i := wait(t, p, id); i.State != job.Cancelled {
			t.Fatalf("%+v", i)
		}
	}
}

func TestUnknown(t *testing.T) {
	p := start(t, openDB(t, t.TempDir()), nil)
	if _, err := p.Get(t.Context(), "x"); !base.IsKind(err, base.NotFound) {
		t.Fatal(err)
	}
	if _, err := p.Submit(t.Context(), job.Request{Kind: "x"}); err == nil {
		t.Fatal("no kind")
	}
}

// Work that looks at what is there when it begins waits once only, behind what came after it.
func TestOnceWhileItWaits(t *testing.T) {
	var order []string
	gate := make(chan struct{})
	p := start(t, openDB(t, t.TempDir()), map[string]job.Func{
		"block": func(context.Context, job.Run, json.RawMessage) (any, error) { <-gate; return nil, nil },
		"look": func(context.Context, job.Run, json.RawMessage) (any, error) {
			order = append(order, "look")
			return nil, nil
		},
		"merge": func(context.Context, job.Run, json.RawMessage) (any, error) {
			order = append(order, "merge")
			return nil, nil
		},
	})
	once := func(kind string, n int) string {
		t.Helper()
		i, err := p.Submit(t.Context(), job.Request{Kind: kind, Key: "k", Title: base.T("Arbeit", "Work"), Input: n, Once: true})
		if err != nil {
			t.Fatal(err)
		}
		return i.ID
	}
	submit(t, p, "block", "k")
	a, m, b, other := once("look", 1), once("merge", 1), once("look", 1), once("look", 2)
	if a != b || a == other || a == m {
		t.Errorf("%s %s %s %s", a, m, b, other)
	}
	close(gate)
	for _, id := range []string{a, m, other} {
		if i := wait(t, p, id); i.State != job.Done {
			t.Errorf("%+v", i)
		}
	}
	if fmt.Sprint(order) != "[merge look look]" {
		t.Errorf("order %v", order)
	}
	if c := once("look", 1); c == a {
		t.Error("an ended job answered for a new request")
	}
}
