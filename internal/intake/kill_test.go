package intake_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/intake"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake/duckdb"
)

// child loads one file and says when the load is answered.
func child(dir, file string) {
	h, err := openHouse(context.Background(), dir)
	if err == nil {
		err = h.receiveAndLoad(file)
	}
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	fmt.Println("loaded")
	os.Exit(0)
}

func (h *house) receiveAndLoad(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	u, err := h.in.Receive(h.ctx, filepath.Base(file), f)
	if err != nil {
		return err
	}
	plan := convert.Plan{Table: "events", Process: "p", Auto: true, AllowRefused: "all"}
	info, err := h.jobs.Submit(h.ctx, job.Request{Kind: "load", Key: "k", By: "cli", Input: map[string]any{"upload": u.ID, "plan": plan, "by": "cli"}})
	if err != nil {
		return err
	}
	if info, err = h.jobs.Wait(h.ctx, info.ID); err == nil && info.State != job.Done {
		err = fmt.Errorf("job %s: %+v", info.State, info.Error)
	}
	return err
}

// openHouse opens an instance; the caller's process may be killed at any time.
func openHouse(ctx context.Context, dir string) (*house, error) {
	h := &house{dir: dir, ctx: auth.With(ctx, auth.Operator())}
	h.at(now)
	db, err := database.Open(h.ctx, dir)
	if err != nil {
		return nil, err
	}
	h.db = db
	if h.lake, err = duckdb.Open(h.ctx, dir, db, duckdb.Options{Now: h.clock}); err != nil {
		return nil, err
	}
	h.jobs = job.New(db, h.clock, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if h.in, err = intake.New(h.ctx, intake.Deps{DB: db, Lake: h.lake, Jobs: h.jobs, Clock: h.clock}); err != nil {
		return nil, err
	}
	return h, h.jobs.Start(h.ctx)
}

func (h *house) close() {
	h.jobs.Close()
	h.lake.Close()
	h.db.Close()
}

// TestKilledLoads kills a process at many points of a load: afterwards the load is there as a whole, with its record and
// its refused rows, or not at all, and an interrupted job can be repeated. LOTSE_KILLS sets another number of kills.
func TestKilledLoads(t *testing.T) {
	if args, ok := basetest.ChildArgs(); ok {
		child(args[0], args[1])
	}
	kills := 50
	if n, err := strconv.Atoi(os.Getenv("LOTSE_KILLS")); err == nil {
		kills = n
	}
	if testing.Short() {
		kills = 3
	}
	file := write(t, "log.csv", logHead+logRows(20_000)+"A;x;gestern\n")
	began := time.Now()
	runChild(t, t.TempDir(), file, 0)
	whole := time.Since(began)
	r := rand.New(rand.NewPCG(11, 5))
	dir := t.TempDir()
	for i := range kills {
		if i%5 == 0 {
			dir = t.TempDir()
		}
		runChild(t, dir, file, time.Duration(float64(whole)*(0.1+0.9*r.Float64())))
		inspect(t, dir)
	}
}

// runChild starts the child and kills it after a while; 0 lets it end.
func runChild(t *testing.T, dir, file string, after time.Duration) {
	t.Helper()
	c := basetest.StartChild(t, dir, file)
	if after > 0 {
		timer := time.AfterFunc(after, func() { c.Kill() })
		defer timer.Stop()
	}
	if err := c.Wait(); err != nil && after == 0 {
		t.Fatal(err)
	}
}

// inspect opens the folder after a kill.
func inspect(t *testing.T, dir string) {
	t.Helper()
	h, err := openHouse(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	h.t = t
	defer h.close()
	jobs := h.settled()
	loads, _, err := h.in.Loads(h.ctx, 100, 0)
	h.must(err)
	datasets, err := h.lake.Datasets(h.ctx)
	h.must(err)
	if len(loads) == 0 && len(datasets) > 0 || len(loads) > 1 {
		t.Fatalf("%d loads, %d datasets", len(loads), len(datasets))
	}
	if len(loads) == 1 {
		if n := len(h.query(eventData("p"), `SELECT case_id FROM t`)); n != 20_000 || loads[0].RowsLoaded != 20_000 {
			t.Fatalf("%d rows, record says %d", n, loads[0].RowsLoaded)
		}
		h.refused(loads[0].ID)
	}
	entries, err := os.ReadDir(filepath.Join(dir, "refused"))
	h.must(err)
	if len(entries) != len(loads) {
		t.Errorf("%d files of refused rows, %d loads", len(entries), len(loads))
	}
	for _, j := range jobs {
		if j.State == job.Running || j.State == job.Failed {
			t.Errorf("job %s is %s: %+v", j.Kind, j.State, j.Error)
		}
	}
}

// settled lists all jobs when none of them runs any more: a job that had not begun when its process was killed goes on
// with the next start.
func (h *house) settled() []job.Info {
	h.t.Helper()
	list, err := h.jobs.List(h.ctx, 500)
	h.must(err)
	for i := range list {
		list[i], err = h.jobs.Wait(h.ctx, list[i].ID)
		h.must(err)
	}
	return list
}
