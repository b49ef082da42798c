package job_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/database"
)

func execute(t *testing.T, db *database.DB, statement string) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *sql.Tx) error { _, err := tx.Exec(statement); return err }); err != nil {
		t.Fatal(err)
	}
}

// On a full disk the end of a job cannot be written: it is known all the same, and written when that is possible again.
func TestOutcomeThatCannotBeWritten(t *testing.T) {
	db := openDB(t, t.TempDir())
	p := start(t, db, map[string]job.Func{"good": work, "bad": func(context.Context, job.Run, json.RawMessage) (any, error) {
		return nil, errors.New("no")
	}})
	execute(t, db, `CREATE TRIGGER full BEFORE UPDATE OF ended_at ON job BEGIN SELECT RAISE(ABORT, 'disk'); END`)
	good, bad := submit(t, p, "good", ""), submit(t, p, "bad", "")
	if i := wait(t, p, good.ID); i.State != job.Done || i.EndedAt == nil || string(i.Output) != `{"n":7,"note":"fertig"}` {
		t.Errorf("%+v", i)
	}
	if i := wait(t, p, bad.ID); i.State != job.Failed || i.Error == nil || i.Error.Code != "internal" {
		t.Errorf("%+v", i)
	}
	if list, err := p.List(t.Context(), 10); err != nil || list[0].EndedAt == nil || list[1].EndedAt == nil {
		t.Errorf("%+v %v", list, err)
	}
	execute(t, db, `DROP TRIGGER full`)
	for n := 0; n < 2; time.Sleep(10 * time.Millisecond) {
		if err := db.Read().QueryRow(`SELECT count(*) FROM job WHERE ended_at IS NOT NULL`).Scan(&n); err != nil {
			t.Fatal(err)
		}
	}
	if i := wait(t, p, bad.ID); i.State != job.Failed || i.Error == nil {
		t.Errorf("%+v", i)
	}
}
