package app

import (
	"context"

	"lotse.dev/lotse/internal/domain/strategy/businesscase"
	"lotse.dev/lotse/internal/domain/strategy/roadmap"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// worths reads the expected net present value of approved business cases for the roadmap.
type worths struct {
	records   *record.Store
	registers *register.Service
}

// Approved answers by initiative what the newest approved version of its case says, of the cases that the one who asks
// may read.
func (w worths) Approved(ctx context.Context) (map[string]roadmap.Worth, error) {
	def, ok := w.records.Def(businesscase.Cases.Name)
	if !ok {
		return nil, nil
	}
	q, err := w.registers.Query(ctx, def, register.AskInput{Sort: "updated_at,id"})
	if err != nil {
		return nil, err
	}
	out := map[string]roadmap.Worth{}
	for q.Limit = record.MaxPage; ; {
		page, err := w.records.Find(ctx, def, q)
		if err != nil {
			return nil, err
		}
		for _, doc := range page.Items {
			if doc.ApprovedVersion == 0 {
				continue
			}
			value, err := w.records.At(ctx, def, doc.ID, doc.ApprovedVersion)
			if err != nil {
				return nil, err
			}
			initiative, _ := value["initiative"].(string)
			npv, _ := value["npv"].(map[string]any)
			amount, known := npv["amount"].(string)
			currency, _ := npv["currency"].(string)
			if known {
				out[initiative] = roadmap.Worth{Minor: field.Minor(amount), Currency: currency}
			}
		}
		if q.After = page.Next; q.After == "" {
			return out, nil
		}
	}
}
