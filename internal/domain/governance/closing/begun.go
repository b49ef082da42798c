package closing

import (
	"context"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
)

// before the pilot an initiative has changed nothing that a metric could show.
var unbegun = []string{"idea", "case", "mvp"}

// warnUnbegun says of an effect whose initiative has not begun that what was measured can hardly come from it.
func (s *Service) warnUnbegun(ctx context.Context, initiative string, to *base.Remarks) error {
	d, ok := s.Records.Def("initiative")
	if !ok || initiative == "" {
		return nil
	}
	doc, err := s.Records.Lookup(ctx, d, initiative, record.Scope{All: true})
	if base.IsKind(err, base.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if stage, _ := doc.Value["stage"].(string); slices.Contains(unbegun, stage) {
		to.AddLink("not_begun", base.T("Das Vorhaben hat weder Pilot noch Betrieb erreicht: Was hier gemessen ist, kann kaum von ihm kommen.",
			"The initiative has reached neither pilot nor operation: what is measured here can hardly come from it."), "/vorhaben/"+initiative)
	}
	return nil
}
