package ledger

import (
	"context"
	"math"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance/closing"
	"lotse.dev/lotse/internal/engine/causal"
	"lotse.dev/lotse/internal/engine/proof"
	"lotse.dev/lotse/internal/store/record"
)

// Verify compares every entry with the closing that it came from, and every signed and proven closing with its entry.
func (s *Service) Verify(ctx context.Context) (int, error) {
	list, err := s.all(ctx)
	if err != nil {
		return 0, err
	}
	signed, err := s.closings.All(ctx, record.Condition{Field: "status", Op: "eq", Values: []string{"signed", "reopened"}})
	if err != nil {
		return 0, err
	}
	byID := map[string]*closing.Kept{}
	for _, c := range signed {
		byID[c.Doc.ID] = c
	}
	entered := map[string]bool{}
	for n, k := range list {
		if err := k.verify(byID[string(k.Closing)]); err != nil {
			return n, err
		}
	}
	for _, k := range live(list) {
		entered[string(k.Closing)] = true
	}
	for _, c := range signed {
		proven := c.Subject == "effect" && string(c.Verdict) == string(causal.Proven) && c.Class != "exploratory"
		if want := proven && c.Status == "signed"; want != entered[c.Doc.ID] {
			return len(list), base.Fail(base.Refused, "ledger_wrong", base.T("Beitrag und Abschluss „%s“ (%s) passen nicht zusammen.", "Ledger and closing “%s” (%s) do not fit.", c.Title, c.Doc.ID))
		}
	}
	return len(list), nil
}

func (k *Kept) verify(c *closing.Kept) error {
	wrong := base.Fail(base.Refused, "ledger_wrong", base.T("Die Buchung „%s“ (%s) weicht von ihrem Abschluss ab.", "The entry “%s” (%s) differs from its closing.", k.Title, k.Doc.ID))
	if c == nil || c.Hash != k.Hash || c.Plan != k.Plan || c.Initiative != k.Initiative || c.Class != k.Class || string(c.Verdict) != string(causal.Proven) {
		return wrong
	}
	w, err := c.Worth()
	if err != nil {
		return wrong.Because(err)
	}
	if w == nil || w.Class != string(k.Benefit) || w.Unit != k.Unit || !equal(w, k) {
		return wrong
	}
	return nil
}

func equal(w *proof.Worth, k *Kept) bool {
	same := func(a, b *float64) bool { return a != nil && b != nil && math.Abs(*a-*b) < 0.005 }
	return same(w.Low, k.Low) && same(w.Middle, k.Middle) && same(w.High, k.High)
}
