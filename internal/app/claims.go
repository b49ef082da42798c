package app

import (
	"context"
	"encoding/json"
	"math"

	"lotse.dev/lotse/internal/domain/governance/ledger"
	"lotse.dev/lotse/internal/domain/strategy/businesscase"
	"lotse.dev/lotse/internal/engine/finance"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
)

// claims reads what approved business cases promise of each class in a year of full work.
type claims struct {
	records   *record.Store
	registers *register.Service
}

// Claimed answers the newest approved version of each case that the one who asks may read.
func (c claims) Claimed(ctx context.Context) ([]ledger.Claim, error) {
	def, ok := c.records.Def(businesscase.Cases.Name)
	if !ok {
		return nil, nil
	}
	q, err := c.registers.Query(ctx, def, register.AskInput{Sort: "id"})
	if err != nil {
		return nil, err
	}
	var out []ledger.Claim
	for q.Limit = record.MaxPage; ; {
		page, err := c.records.Find(ctx, def, q)
		if err != nil {
			return nil, err
		}
		for _, doc := range page.Items {
			if doc.ApprovedVersion == 0 {
				continue
			}
			value, err := c.records.At(ctx, def, doc.ID, doc.ApprovedVersion)
			if err != nil {
				return nil, err
			}
			more, err := claimsOf(doc.ID, value)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
		if q.After = page.Next; q.After == "" {
			return out, nil
		}
	}
}

func claimsOf(id string, value map[string]any) ([]ledger.Claim, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var b businesscase.BusinessCase
	if err := json.Unmarshal(raw, &b); err != nil {
		return nil, err
	}
	outcomes, err := finance.Scenarios(b.Finance())
	if err != nil {
		return nil, nil //nolint:nilerr // a case that no longer computes claims nothing
	}
	at := map[string]map[[2]string]float64{}
	for _, o := range outcomes[:3] {
		at[o.Name] = yearly(&o.Result, b.Currency)
	}
	var out []ledger.Claim
	for key, likely := range at[finance.NameLikely] {
		low, high := at[finance.NamePessimistic][key], at[finance.NameOptimistic][key]
		low, high = min(low, likely, high), max(low, likely, high)
		out = append(out, ledger.Claim{Initiative: string(b.Initiative), Case: id, Class: key[0], Unit: key[1], Low: &low, Middle: &likely, High: &high})
	}
	return out, nil
}

// yearly is what the last twelve months of the horizon bring, by class and unit: the ramp is over by then.
func yearly(r *finance.Result, currency string) map[[2]string]float64 {
	out := map[[2]string]float64{}
	amounts := func(class string, view *finance.MoneyView) {
		if view == nil {
			return
		}
		sum := int64(0)
		for _, v := range lastYear(view.Monthly) {
			sum += int64(v)
		}
		if sum != 0 {
			out[[2]string{class, currency}] = float64(sum) / math.Pow10(r.Decimals)
		}
	}
	amounts(string(finance.Cash), &r.Cash.Benefit)
	amounts(string(finance.AvoidedCost), r.AvoidedCost)
	if r.ReleasedTime != nil {
		hours := 0.0
		for _, v := range lastYear(r.ReleasedTime.Hours) {
			hours += v
		}
		out[[2]string{string(finance.ReleasedTime), "h"}] = math.Round(hours*100) / 100
	}
	for _, o := range r.Other {
		sum := 0.0
		for _, v := range lastYear(o.Monthly) {
			sum += v
		}
		out[[2]string{string(finance.Other), o.Unit}] += sum
	}
	return out
}

func lastYear[T any](list []T) []T { return list[max(0, len(list)-12):] }
