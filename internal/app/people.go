package app

import (
	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/demo"
	"lotse.dev/lotse/internal/domain/organisation"
	"lotse.dev/lotse/internal/store/record"
)

// newPeople joins accounts with records of people, and tells the registers under which names the same person writes.
func newPeople(records *record.Store, accounts *auth.Service, clock base.Clock, today base.Today) *organisation.People {
	people := organisation.NewPeople(records, accounts, clock).Where(today)
	records.Alike(people.Alike)
	return people
}

// demoEmails are the addresses of the accounts of the demo company.
func demoEmails() []string {
	var out []string
	for _, a := range demo.Accounts() {
		out = append(out, a.Email)
	}
	return out
}
