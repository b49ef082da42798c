package finance

import "lotse.dev/lotse/internal/base"

// Result is what a case comes to at one set of values. Amounts are minor units, each rounded by itself; lists by month
// have one entry a month from the start month on. The classes stand apart and are never added: Cash is the value of the
// case, the others stand beside it and are nil or empty where the case has no such line.
type Result struct {
	Currency     string        `json:"currency"`
	Decimals     int           `json:"decimals" doc:"of the minor unit"`
	Months       []string      `json:"months" doc:"YYYY-MM"`
	Timing       Timing        `json:"timing"`
	DiscountRate float64       `json:"discount_rate"`
	Cash         CashView      `json:"cash"`
	AvoidedCost  *MoneyView    `json:"avoided_cost,omitempty"`
	ReleasedTime *TimeView     `json:"released_time,omitempty"`
	Other        []OtherView   `json:"other,omitempty"`
	Lines        []LineFlows   `json:"lines"`
	Remarks      base.Remarks  `json:"remarks"`
	Used         []PlacedValue `json:"used" doc:"the value of each input"`
}

// PlacedValue is the value that an input had.
type PlacedValue struct {
	Key   string  `json:"key"`
	Value float64 `json:"value"`
}

// CashView is the cash benefits less all costs: the value of the case.
type CashView struct {
	NPV        Amount    `json:"npv"`
	IRR        IRR       `json:"irr"`
	MIRR       *float64  `json:"mirr" doc:"per year, financed and reinvested at the discount rate"`
	Payback    *float64  `json:"payback_months"`
	Discounted *float64  `json:"discounted_payback_months"`
	ROI        *float64  `json:"roi" doc:"cash benefit less cost, over cost; not discounted, funding taken off the cost"`
	Need       Need      `json:"cash_need"`
	External   Need      `json:"cash_need_without_internal" doc:"without own people, who are paid anyway"`
	Costs      CostFlows `json:"costs"`
	Benefit    MoneyView `json:"benefit"`
	Net        []Amount  `json:"net" doc:"benefit less cost, by month"`
	Cumulated  []Amount  `json:"cumulated"`
}

// Need is the money that must be there: the lowest cumulated flow, as a positive amount, and the month that ends there.
type Need struct {
	Amount Amount `json:"amount"`
	Month  int    `json:"month" doc:"counted from 1; 0 where nothing is needed"`
}

// CostFlows holds the costs by kind. Funding is what comes in, as a positive amount; Total is the costs less funding.
type CostFlows struct {
	OneOff   MoneyView `json:"one_off"`
	Running  MoneyView `json:"running"`
	Internal MoneyView `json:"internal"`
	Licences MoneyView `json:"licences"`
	Funding  MoneyView `json:"funding"`
	Total    MoneyView `json:"total"`
}

// MoneyView is money by month, added up, and at present value.
type MoneyView struct {
	Monthly []Amount `json:"monthly"`
	Total   Amount   `json:"total" doc:"not discounted"`
	Present Amount   `json:"present_value"`
}

// TimeView is released time: the hours, and their value at the prices given. The value is no cash.
type TimeView struct {
	Hours      []float64 `json:"hours" doc:"by month"`
	TotalHours float64   `json:"total_hours"`
	Value      MoneyView `json:"value"`
}

// OtherView is one benefit in its own unit. Quantities of months are not added: of many units the sum means nothing.
type OtherView struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Unit    string    `json:"unit"`
	Monthly []float64 `json:"monthly"`
}

// LineFlows is one line by month: a cost of a Kind or a benefit of a Class, both as positive amounts. For Other it has
// the quantities instead of money.
type LineFlows struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Kind     CostKind   `json:"kind,omitempty"`
	Class    Class      `json:"class,omitempty"`
	Money    *MoneyView `json:"money,omitempty"`
	Quantity []float64  `json:"quantity,omitempty" doc:"by month: hours, or the line's unit"`
	Unit     string     `json:"unit,omitempty"`
}
