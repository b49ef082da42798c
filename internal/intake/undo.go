package intake

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake"
)

type undoInput struct {
	Load int64  `json:"load"`
	By   string `json:"by"`
}

// Undone is the answer to taking a load back.
type Undone struct {
	Load      int64  `json:"load"`
	Table     string `json:"table"`
	Process   string `json:"process"`
	Rows      int64  `json:"rows" doc:"rows of the load that were taken out"`
	DeriveJob string `json:"derive_job,omitempty"`
}

// runUndo takes a load back as if it had never been loaded; a load that it had replaced is in force again.
func (s *Service) runUndo(ctx context.Context, run job.Run, input json.RawMessage) (any, error) {
	var in undoInput
	if err := json.Unmarshal(input, &in); err != nil {
		return nil, err
	}
	l, err := s.undoable(ctx, in.Load)
	if err != nil {
		return nil, err
	}
	run.Progress(base.T("Ladung zurücknehmen", "Undoing the load"), 0, 0)
	_, err = s.Lake.Undo(ctx, in.Load, func(tx *sql.Tx) error {
		if _, err := tx.Exec(`UPDATE load SET state = 'undone', ended_by = ?, ended_at = ? WHERE id = ?`, in.By, database.Stamp(s.Clock()), in.Load); err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE load SET state = 'loaded', ended_by = '', ended_at = NULL WHERE id = ? AND state = 'replaced'`, l.Replaces); err != nil {
			return err
		}
		return recall(tx, l.sourceKey)
	})
	if err != nil {
		return nil, err
	}
	out := &Undone{Load: l.ID, Table: l.Table, Process: l.Process, Rows: l.RowsLoaded}
	out.DeriveJob, err = s.changed(ctx, lake.Dataset{Table: l.Table, Process: l.Process}, in.By)
	return out, err
}

// undoable refuses a load that is not in force.
func (s *Service) undoable(ctx context.Context, id int64) (*LoadInfo, error) {
	l, err := s.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	if l.State != "loaded" {
		return nil, base.Fail(base.Conflict, "load_not_in_force", base.T("Die Ladung %s ist nicht mehr in Kraft.", "Load %s is no longer in force.", strconv.FormatInt(id, 10)))
	}
	return l, nil
}
