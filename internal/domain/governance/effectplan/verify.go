package effectplan

import (
	"context"
	"encoding/json"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/proof"
	"lotse.dev/lotse/internal/store/record"
)

// Verify decides the class of every signed plan again, from the snapshot that it names and the instant of its signature.
func (s *Service) Verify(ctx context.Context) (int, error) {
	list, err := s.All(ctx, record.Condition{Field: "class", Op: "not_empty"})
	if err != nil {
		return 0, err
	}
	for n, p := range list {
		if err := s.verify(ctx, p); err != nil {
			return n, err
		}
	}
	return len(list), nil
}

func (s *Service) verify(ctx context.Context, p *Kept) error {
	wrong := func(what base.Text) *base.Error {
		return base.Fail(base.Refused, "plan_wrong", base.T("Wirkungsplan „%s“ (%s): %s.", "Effect plan “%s” (%s): %s.", p.Title, p.Doc.ID, what))
	}
	signed, err := time.Parse(time.RFC3339Nano, p.SignedAt)
	var ask proof.Ask
	if err != nil || json.Unmarshal([]byte(p.Question), &ask) != nil || p.Snapshot == nil || int64(*p.Snapshot) != ask.Moment.Snapshot || ask.Metric != p.Metric {
		return wrong(base.T("die Unterschrift ist unvollständig", "the signature is incomplete"))
	}
	st, err := s.facts.State(ctx, ask.Moment, ask.Metric, ask.Process)
	if base.IsKind(err, base.NotFound) && base.AsError(err).Code == "metric_not_found" {
		return nil // the metric is gone; its closings keep their rows
	}
	if err != nil {
		return wrong(base.T("der Datenstand %d antwortet nicht mehr", "snapshot %d no longer answers", ask.Moment.Snapshot)).Because(err)
	}
	last := ""
	if !st.Last.IsZero() {
		last = st.Last.UTC().Format(time.RFC3339Nano)
	}
	if p.Reason == "facts_withdrawn" { // no snapshot shows what was withdrawn; this class gives no advantage to anybody
		st.Known = signed.AddDate(1000, 0, 0)
	} else {
		st.Known = time.Time{}
	}
	class, reason, err := s.classify(ctx, p.Plan, st, signed)
	if err != nil {
		return err
	}
	if last != p.LastFact || class != string(p.Class) || reason != string(p.Reason) {
		return wrong(base.T("Klasse oder letzter Vorgang passen nicht zum Datenstand", "class or last fact do not fit the snapshot"))
	}
	return nil
}
