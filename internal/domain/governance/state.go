package governance

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/target"
	"lotse.dev/lotse/internal/store/record"
)

// State is the status of a target as it was last looked at. Aim is the fingerprint of what was compared: when the target
// itself is another one, its new status is no change that somebody has to be told of.
type State struct {
	Target string        `json:"target"`
	Status target.Status `json:"status"`
	Was    target.Status `json:"was,omitempty"` // the status before, "" when the target is new or was changed
	Metric string        `json:"metric"`
	Title  string        `json:"title"`
	Aim    string        `json:"aim"`
}

var stateKind = record.Kind[State]{Name: "target_state", Title: base.T("Der Stand des Zielwerts", "The status of the target")}

// stateID tells the processes of one target apart.
func stateID(targetID, process string) string {
	if process == "" {
		return targetID
	}
	sum := sha256.Sum256([]byte(process))
	return targetID + "-" + hex.EncodeToString(sum[:6])
}

func aimOf(t target.Target) string {
	raw, _ := json.Marshal(struct { // numbers and texts always encode
		Metric, Process string
		Shape           target.Shape
		Points          []target.Point
		Direction       target.Direction
		Tolerance       float64
	}{t.Metric, t.Process, t.Shape, t.Points, t.Direction, t.Tolerance})
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:12])
}

// Change is a target that went from one status to another.
type Change struct {
	Target string
	Title  string
	Metric string
	From   target.Status
	To     target.Status
	At     time.Time
}

// Changes lists the changes of status after an instant, of the targets that the one who asks may read.
func (s *Service) Changes(ctx context.Context, since time.Time) ([]Change, error) {
	list, err := record.List(ctx, s.Records, stateKind)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	mine, err := s.Targets(ctx)
	if err != nil {
		return nil, err
	}
	readable := map[string]bool{}
	for _, t := range mine {
		readable[t.ID] = true
	}
	var out []Change
	for _, r := range list {
		if v := r.Value; v.Was != "" && r.UpdatedAt.After(since) && readable[v.Target] {
			out = append(out, Change{Target: v.Target, Title: v.Title, Metric: v.Metric, From: v.Was, To: v.Status, At: r.UpdatedAt})
		}
	}
	return out, nil
}
