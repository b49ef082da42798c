package demo

import (
	"context"
	"net/http"

	"lotse.dev/lotse/internal/domain/insight/assumption"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/setting"
)

// companySettings are what the company says of itself. Purchases come without a column for automatic steps, so the
// settings name them.
func companySettings() setting.Settings {
	s := setting.Default()
	s.CompanyName, s.ClosingDepartment = Company, true
	s.DigitalChannels = []string{channelNames[shop], channelNames[market]}
	for _, a := range []int{purchaseSent, confirmationCame, invoiceCame, invoicePaid} {
		s.AutomaticActivities = append(s.AutomaticActivities, setting.ProcessActivity{Process: PurchaseProcess, Activity: purchaseActivities[a]})
	}
	s.EndActivities = []setting.ProcessEnds{
		{Process: OrderProcess, Activities: []string{orderActivities[paymentBooked]}},
		{Process: PurchaseProcess, Activities: []string{purchaseActivities[invoicePaid]}},
	}
	s.Sections = append(sections(OrderProcess, orderActivities, []section{
		{"Auftrag", []int{orderTaken, orderReceived, creditChecked, orderConfirmed}},
		{"Lieferung", []int{productionStarted, goodsPicked, goodsSent, deliverySigned}},
		{"Abrechnung", []int{invoiceSent, paymentBooked}},
		{"Zusatzarbeit", []int{queryCleared, reminderSent}}}),
		sections(PurchaseProcess, purchaseActivities, []section{
			{"Bestellung", []int{needReported, purchaseCreated, purchaseApproved, purchaseSent, confirmationCame}},
			{"Wareneingang", []int{goodsCame}},
			{"Abrechnung", []int{invoiceCame, invoiceChecked, invoicePaid}},
			{"Zusatzarbeit", []int{purchaseChanged, invoiceCleared}}})...)
	return s
}

type section struct {
	name       string
	activities []int
}

func sections(process string, names []string, list []section) []setting.Section {
	var out []setting.Section
	for _, s := range list {
		x := setting.Section{Process: process, Section: s.name}
		for _, a := range s.activities {
			x.Activities = append(x.Activities, names[a])
		}
		out = append(out, x)
	}
	return out
}

// handlingMinutes are the least, likely and most minutes of a step of an order. Purchases have none on purpose, so
// that the demo shows findings whose effort is unknown.
var handlingMinutes = map[int][3]float64{
	orderTaken: {6, 11, 20}, queryCleared: {18, 32, 66}, creditChecked: {4, 8, 15}, orderConfirmed: {3, 5, 10},
	goodsPicked: {8, 14, 25}, goodsSent: {4, 6, 10}, invoiceSent: {3, 5, 9}, reminderSent: {2, 4, 8},
}

// assume enters handling times and the hourly rate, dated in the last month of the data.
func assume(ctx context.Context, c Client, config Config) error {
	on := config.Until.String() + "-15"
	for activity := range orderActivities {
		m, ok := handlingMinutes[activity]
		if !ok {
			continue
		}
		h := assumption.HandlingTime{Process: OrderProcess, Activity: orderActivities[activity], Min: m[0], Likely: m[1], Max: m[2],
			Source: "Selbstaufschreibung, 42 Vorgänge", Date: on}
		if err := c.Call(ctx, http.MethodPut, "/assumptions/handling_time", h, nil); err != nil {
			return err
		}
	}
	return c.Call(ctx, http.MethodPut, "/assumptions/rate", currentRate(config.Until), nil)
}

// currentRate is what an hour costs in the last month of the data.
func currentRate(until Month) assumption.Rate {
	return assumption.Rate{Role: assumption.DefaultRole, Min: "36", Likely: "44", Max: "56", Currency: "EUR", Source: "Controlling, Vollkosten je Stunde", Date: until.String() + "-15"}
}

// owners are who answers for a figure.
var owners = [][2]string{
	{"revenue", "Vertriebsleitung"}, {"digital_revenue_share", "Digital Officer"}, {"repeat_rate", "Vertriebsleitung"},
	{"case_duration_median", "Leitung Auftragsabwicklung"}, {"manual_steps_per_case", "Digital Officer"},
	{"ticket_first_response_median", "Leitung Kundendienst"}, {"ticket_resolution_median", "Leitung Kundendienst"},
}

// measure makes the company's own figure of two steps and names who answers for which.
func measure(ctx context.Context, c Client) error {
	own := catalogue.Own{Name: "delivery_time", Title: "Durchlaufzeit bis Lieferung", Process: OrderProcess,
		From: orderActivities[orderConfirmed], To: orderActivities[deliverySigned], Statistic: "median"}
	if err := c.Call(ctx, http.MethodPost, "/metrics", own, nil); err != nil {
		return err
	}
	for _, o := range append(owners, [2]string{own.Name, "Leitung Auftragsabwicklung"}) {
		if err := c.Call(ctx, http.MethodPut, "/metrics/"+o[0]+"/owner", catalogue.Owner{Owner: o[1]}, nil); err != nil {
			return err
		}
	}
	return nil
}

// Account is a person of the demo company who can sign in. The passwords are known to everybody.
type Account struct {
	Email    string   `json:"email"`
	Name     string   `json:"name"`
	Roles    []string `json:"roles"`
	Password string   `json:"password"`
}

// Accounts are the demo accounts, one per role.
func Accounts() []Account {
	account := func(first, name, role string) Account {
		return Account{Email: address(first + "." + role), Name: name, Roles: []string{role}, Password: "nordhafen-" + role}
	}
	return []Account{
		account("anna", "Anna Lindner", "officer"),
		account("henrik", "Henrik Thomsen", "leader"),
		account("maike", "Maike Petersen", "controller"),
		account("ines", "Ines Möller", "contributor"),
		account("timo", "Timo Brandt", "member"),
		account("jonas", "Jonas Albers", "admin"),
		account("karin", "Karin Brandt", "viewer"),
	}
}

func addAccounts(ctx context.Context, c Client) error {
	for _, a := range Accounts() {
		if err := c.Call(ctx, http.MethodPost, "/accounts", a, nil); err != nil {
			return err
		}
	}
	return nil
}
