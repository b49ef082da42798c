package intake_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/lake"
)

// Only loads that are recorded take a number: refused ones, dry runs and equal files do not.
func TestRefusedTriesTakeNoNumber(t *testing.T) {
	h := newHouse(t)
	good := func(n int) string { return part(t, "events", n, 3, false) }
	bad := write(t, "bad.csv", "case_id;activity;time\nC-1;x;2026-03-01 08:00:00\nC-2;x;gestern\n")
	for want := int64(1); want <= 3; want++ {
		if _, err := h.load(bad, events("p")); codeOf(err) != "rows_refused" {
			t.Fatal(err)
		}
		file := good(int(want))
		h.dryRun(file, events("p"))
		if out := h.mustLoad(file, events("p")); out.Load != want {
			t.Errorf("load %d, want %d", out.Load, want)
		}
		content, err := os.ReadFile(file)
		h.must(err)
		if _, err := h.load(write(t, "same.csv", string(content)+"\n"), events("p")); codeOf(err) != "overlap" {
			t.Errorf("overlap: %v", err)
		}
		if out := h.mustLoad(file, events("p")); out.Load != want {
			t.Errorf("the same file answers load %d", out.Load)
		}
	}
	h.undo(3)
	if out := h.mustLoad(good(4), events("p")); out.Load != 4 {
		t.Errorf("an undone number was given out again: %d", out.Load)
	}
	h.settled()
	h.close()
	again, err := openHouse(t.Context(), h.dir)
	h.must(err)
	again.t = t
	defer again.close()
	if out := again.mustLoad(good(5), events("p")); out.Load != 5 {
		t.Errorf("after a start: %d", out.Load)
	}
}

// Loads at the same time never share a number.
func TestLoadsAtOnceHaveTheirOwnNumbers(t *testing.T) {
	h := newHouse(t)
	var ids []string
	for n := range 6 {
		f, err := os.Open(part(t, "events", n, 50, false))
		h.must(err)
		u, err := h.in.Receive(h.ctx, fmt.Sprintf("%d.csv", n), f)
		h.must(err)
		f.Close()
		plan := events(fmt.Sprintf("p%d", n))
		plan.Auto = true
		i, err := h.jobs.Submit(h.ctx, job.Request{Kind: "load", Key: fmt.Sprint(n), Input: map[string]any{"upload": u.ID, "plan": plan, "by": "cli"}})
		h.must(err)
		ids = append(ids, i.ID)
	}
	for _, id := range ids {
		if i, err := h.jobs.Wait(h.ctx, id); err != nil || i.State != job.Done {
			t.Fatalf("%+v %v", i, err)
		}
	}
	loads, total, err := h.in.Loads(h.ctx, 10, 0)
	h.must(err)
	if total != 6 || loads[0].ID != 6 || loads[5].ID != 1 {
		t.Errorf("%d loads, %d to %d", total, loads[5].ID, loads[0].ID)
	}
}

// A load in several parts is derived from as often as one at a time can run, not once for each part.
func TestPartsAreDerivedFromOnce(t *testing.T) {
	h := newHouse(t)
	gate := make(chan struct{})
	var mu sync.Mutex
	var seen []int64
	h.jobs.Register("derive", func(ctx context.Context, _ job.Run, _ json.RawMessage) (any, error) {
		select {
		case <-gate:
		case <-ctx.Done():
		}
		info, err := h.lake.Dataset(ctx, eventData("p"))
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, info.Rows)
		return nil, err
	})
	h.in.Changed = func(ctx context.Context, d lake.Dataset, by string) (string, error) {
		i, err := h.jobs.Submit(ctx, job.Request{Kind: "derive", Key: d.Process, By: by, Input: d, Once: true})
		return i.ID, err
	}
	for n := range 5 {
		h.mustLoad(part(t, "events", n, 3, false), events("p"))
	}
	close(gate)
	h.follow()
	info, err := h.lake.Dataset(h.ctx, eventData("p"))
	h.must(err)
	if len(seen) != 2 || seen[1] != 15 || info.Files != 1 || h.compactions() != 1 {
		t.Errorf("derived at %v rows, %d merges, %d files", seen, h.compactions(), info.Files)
	}
}

// Deleting a table leaves alone what others are bringing at that moment.
func TestDeletingLeavesOthersAlone(t *testing.T) {
	h := newHouse(t)
	h.mustLoad(part(t, "orders", 0, 3, false), planFor("orders"))
	for _, name := range []string{"uploads/under-way", "refused/77.csv.gz.tmp"} {
		h.must(os.WriteFile(filepath.Join(h.dir, name), []byte("x"), 0o600))
	}
	h.must(h.in.Delete(h.ctx, lake.Dataset{Table: "orders"}))
	for _, name := range []string{"uploads/under-way", "refused/77.csv.gz.tmp"} {
		if _, err := os.Stat(filepath.Join(h.dir, name)); err != nil {
			t.Error(err)
		}
	}
}
