package job_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/database"
)

// child starts a job that never ends and one that waits behind it, tells their ids, and lives until it is killed.
func child(dir string) {
	ctx := context.Background()
	db, err := database.Open(ctx, dir)
	if err != nil {
		panic(err)
	}
	p := job.New(db, base.SystemClock, quiet)
	p.Register("w", func(ctx context.Context, run job.Run, _ json.RawMessage) (any, error) {
		run.Progress(base.T("liest", "reading"), 5, 10)
		fmt.Println("running")
		<-ctx.Done()
		return nil, ctx.Err()
	})
	if err := p.Start(ctx); err != nil {
		panic(err)
	}
	for range 2 {
		i, err := p.Submit(ctx, job.Request{Kind: "w", Key: "k", Title: base.T("Arbeit", "Work"), Input: map[string]int{"n": 7}})
		if err != nil {
			panic(err)
		}
		fmt.Println("id " + i.ID)
	}
	select {}
}

func TestKilledProcessLeavesJobsRepeatable(t *testing.T) {
	if args, ok := basetest.ChildArgs(); ok {
		child(args[0])
	}
	dir := t.TempDir()
	c := basetest.StartChild(t, dir)
	var ids []string
	running := false
	for len(ids) < 2 || !running {
		line, more := c.Line()
		if !more {
			break
		}
		if id, ok := strings.CutPrefix(line, "id "); ok {
			ids = append(ids, id)
		}
		running = running || line == "running"
	}
	if err := c.Kill(); err != nil {
		t.Fatal(err)
	}
	c.Wait()
	if len(ids) != 2 {
		t.Fatal("the child told", ids)
	}
	p := start(t, openDB(t, dir), map[string]job.Func{"w": work})
	if i, err := p.Get(t.Context(), ids[0]); err != nil || i.State != job.Interrupted || i.EndedAt == nil || i.Done != 5 || i.Phase.De != "liest" {
		t.Fatalf("%+v %v", i, err)
	}
	if i := wait(t, p, ids[1]); i.State != job.Done {
		t.Fatalf("the waiting one: %+v", i)
	}
	again, err := p.Repeat(t.Context(), ids[0], "anna")
	if err != nil {
		t.Fatal(err)
	}
	if i := wait(t, p, again.ID); i.State != job.Done || string(i.Output) != `{"n":7,"note":"fertig"}` {
		t.Fatalf("%+v", i)
	}
}
