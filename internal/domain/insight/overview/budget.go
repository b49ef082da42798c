package overview

import (
	"context"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Budget is the money of all initiatives that have not ended, and what was posted for it.
type Budget struct {
	Granted   *field.Money `json:"granted" doc:"budgets of the initiatives, null where none has one"`
	Planned   field.Money  `json:"planned"`
	Committed field.Money  `json:"committed"`
	Spent     field.Money  `json:"spent"`
}

// budget adds up what is posted; nil where nothing is, where the one who asks sees a part only, or where currencies differ.
func (s *Service) budget(ctx context.Context, list []kept[initiative], remarks *base.Remarks) (*Budget, error) {
	if !auth.From(ctx).MayRecord(auth.PolicyFinance, auth.Read, auth.Relation{}) {
		return nil, nil
	}
	postings, err := readAll[posting](ctx, s.registers, "posting", record.Query{Sort: []record.Sort{{Field: "id"}}})
	if err != nil || len(postings) == 0 {
		return nil, err
	}
	sums, currency := map[string]int64{}, ""
	add := func(sort string, m *field.Money) bool {
		if m == nil {
			return true
		}
		if currency == "" {
			currency = m.Currency
		}
		sums[sort] += field.Minor(m.Amount)
		return currency == m.Currency
	}
	same, granted := true, false
	for _, p := range postings {
		same = add(p.V.Sort, p.V.Amount) && same
	}
	for _, i := range list {
		if i.V.Stage != "closed" && i.V.Stage != "stopped" {
			granted = granted || i.V.Budget != nil
			same = add("granted", i.V.Budget) && same
		}
	}
	if !same {
		remarks.Add("currencies", base.T("Budgets und Buchungen stehen in verschiedenen Währungen und werden nicht addiert.", "Budgets and postings are in different currencies and are not added up."))
		return nil, nil
	}
	money := func(sort string) field.Money {
		return field.Money{Amount: field.FormatMinor(sums[sort]), Currency: currency}
	}
	out := &Budget{Planned: money("planned"), Committed: money("committed"), Spent: money("spent")}
	if granted {
		m := money("granted")
		out.Granted = &m
	}
	return out, nil
}
