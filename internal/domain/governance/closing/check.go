package closing

import (
	"context"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/proof"
	"lotse.dev/lotse/internal/store/record"
)

// Verify computes every signed result again: its hash from what is frozen, the result from the frozen rows, and the
// rows from the snapshot that they name.
func (s *Service) Verify(ctx context.Context) (int, error) {
	list, err := s.All(ctx, record.Condition{Field: "status", Op: "eq", Values: []string{"signed", "reopened"}})
	if err != nil {
		return 0, err
	}
	for n, c := range list {
		if err := s.verify(ctx, c); err != nil {
			return n, err
		}
	}
	return len(list), nil
}

func (s *Service) verify(ctx context.Context, c *Kept) error {
	f, err := c.frozen()
	if err != nil {
		return c.wrong(base.T("was festgeschrieben wurde, ist nicht lesbar", "what was frozen is not readable")).Because(err)
	}
	hash, err := proof.Hash(f)
	if err != nil {
		return err
	}
	n, definition, snapshot := float64(f.N), float64(f.Ask.Definition), float64(f.Ask.Moment.Snapshot)
	switch {
	case hash != c.Hash:
		return c.wrong(base.T("die Prüfsumme stimmt nicht", "the hash does not match"))
	case !near(c.Value, f.Value) || !near(c.Low, f.Low) || !near(c.High, f.High) || !near(c.Count, &n) || !near(c.Definition, &definition) || !near(c.Snapshot, &snapshot) || c.Unit != f.Unit || c.Metric != f.Ask.Metric:
		return c.wrong(base.T("die Felder weichen vom Festgeschriebenen ab", "the fields differ from what was frozen"))
	}
	if err := c.recompute(ctx, f); err != nil {
		return err
	}
	return s.rows(ctx, c, f)
}

// recompute gets the result from the frozen rows.
func (c *Kept) recompute(ctx context.Context, f *Frozen) error {
	if f.Terms == nil {
		if len(f.Rows) != 1 || !near(f.Rows[0].Value, f.Value) {
			return c.wrong(base.T("der Wert passt nicht zu seiner Zeile", "the value does not fit its row"))
		}
		return nil
	}
	again, err := proof.Estimate(ctx, f.Rows, f.Ask, *f.Terms)
	if err != nil {
		return err
	}
	if f.Effect == nil || f.Plan == nil || f.Worth == nil || !sameEffect(again, f.Effect) || !near(again.Estimate, f.Value) || string(c.Verdict) != string(again.Verdict) {
		return c.wrong(base.T("die Wirkung lässt sich aus ihren Zeilen nicht nachrechnen", "the effect cannot be computed again from its rows"))
	}
	w := proof.WorthOf(again, proof.Price{Min: f.Plan.Price[0], Likely: f.Plan.Price[1], Max: f.Plan.Price[2]}, f.Plan.Toward, f.Worth.Class, f.Worth.Unit)
	if !near(w.Low, f.Worth.Low) || !near(w.Middle, f.Worth.Middle) || !near(w.High, f.Worth.High) {
		return c.wrong(base.T("der Wert in Euro oder Stunden lässt sich nicht nachrechnen", "the worth cannot be computed again"))
	}
	return nil
}

// rows asks the snapshot again. A definition that this version of Lotse no longer knows leaves the frozen rows as the
// proof.
func (s *Service) rows(ctx context.Context, c *Kept, f *Frozen) error {
	series, err := s.Facts.Series(ctx, f.Ask)
	if e := base.AsError(err); e != nil && e.Code == "definition_gone" {
		return nil
	}
	if err != nil {
		return c.wrong(base.T("der Datenstand %d antwortet nicht mehr", "snapshot %d no longer answers", f.Ask.Moment.Snapshot)).Because(err)
	}
	byStart := map[string]proof.Row{}
	for _, r := range series.Rows {
		byStart[r.From.String()] = r
	}
	for _, r := range f.Rows {
		again, ok := byStart[r.From.String()]
		if !ok || !near(again.Value, r.Value) || again.N != r.N || again.Complete != r.Complete {
			return c.wrong(base.T("die Zeile %s lautet im Datenstand %d anders", "row %s reads otherwise in snapshot %d", r.Label, f.Ask.Moment.Snapshot))
		}
	}
	return nil
}

func (c *Kept) wrong(what base.Text) *base.Error {
	return base.Fail(base.Refused, "closing_wrong", base.T("Abschluss „%s“ (%s): %s.", "Closing “%s” (%s): %s.", c.Title, c.Doc.ID, what))
}
