package organisation

import (
	"context"
	"net/mail"
	"strings"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
)

func checkPerson(p *Person) []base.FieldError {
	if p.Email == "" {
		return nil
	}
	p.Email = strings.ToLower(p.Email)
	if a, err := mail.ParseAddress(p.Email); err != nil || a.Address != p.Email {
		return []base.FieldError{{Field: "email", Text: base.T("Das ist keine E-Mail-Adresse.", "This is no e-mail address.")}}
	}
	return nil
}

func checkDeputy(d *Deputy) []base.FieldError {
	if d.Person == d.Deputy {
		return []base.FieldError{{Field: "deputy", Text: base.T("Niemand vertritt sich selbst.", "Nobody deputises for themselves.")}}
	}
	return nil
}

// System is who makes the records that nobody wrote: the person of a new account.
const System = "lotse"

// Accounts answers under which names the history knows people.
type Accounts interface {
	NamesOf(ctx context.Context, persons []string) ([]string, error)
	ByName(ctx context.Context, name string) (auth.Account, error)
}

// People joins accounts with records of people and finds out for whom a signed-in person acts.
type People struct {
	records  *record.Store
	accounts Accounts
	today    base.Today
}

// NewPeople reads from the registers of the organisation.
func NewPeople(records *record.Store, accounts Accounts, clock base.Clock) *People {
	return &People{records, accounts, clock.In(nil)}
}

// Where says which day it is where the company is: the time of a deputy begins and ends there.
func (p *People) Where(today base.Today) *People {
	p.today = today
	return p
}

// Person answers the record of an account's owner: have when it is still there, otherwise the one with the e-mail
// address, otherwise a new one. The record takes over the e-mail address.
func (p *People) Person(ctx context.Context, have, email, name string) (string, error) {
	email = strings.ToLower(email)
	if have != "" {
		r, err := record.Get(ctx, p.records, Persons, have)
		if err == nil {
			return have, p.readdress(ctx, r, email)
		}
		if !base.IsKind(err, base.NotFound) {
			return "", err
		}
	}
	r, found, err := p.byEmail(ctx, email)
	if err != nil || found {
		return r.ID, err
	}
	r, err = record.Put(ctx, p.records, Persons, "", record.New, Person{Name: name, Email: email}, System)
	return r.ID, err
}

func (p *People) readdress(ctx context.Context, r record.Record[Person], email string) error {
	if r.Value.Email == email {
		return nil
	}
	r.Value.Email = email
	_, err := record.Put(ctx, p.records, Persons, r.ID, r.Version, r.Value, System)
	return err
}

// Acting answers the record of the account's owner, those for whom that person deputises today, and the units that the
// person belongs to. The operator at the machine is nobody.
func (p *People) Acting(ctx context.Context, who auth.Principal) (register.Acting, error) {
	today, err := p.today(ctx)
	out := register.Acting{Today: today}
	if err != nil || who.ID == "" || who.CLI {
		return out, err
	}
	self, found, err := p.self(ctx, who)
	if err != nil || !found {
		return out, err
	}
	out.Self, out.Persons = self.ID, []string{self.ID}
	for _, u := range self.Value.Units {
		out.Teams = append(out.Teams, u)
	}
	represented, err := p.deputies(ctx, "deputy", self.ID, func(d Deputy) string { return string(d.Person) })
	out.Persons = append(out.Persons, represented...)
	return out, err
}

// Deputies lists who stands in for a person today.
func (p *People) Deputies(ctx context.Context, person string) ([]string, error) {
	return p.deputies(ctx, "person", person, func(d Deputy) string { return string(d.Deputy) })
}

// Alike lists the other names under which the history knows the person of a name, and those for whom that person
// deputises today: acting in somebody's name makes no second person.
func (p *People) Alike(ctx context.Context, name string) ([]string, error) {
	a, err := p.accounts.ByName(ctx, name)
	if err != nil || a.ID == "" {
		return nil, err
	}
	acting, err := p.Acting(ctx, a.Principal())
	if err != nil {
		return nil, err
	}
	return p.accounts.NamesOf(ctx, acting.Persons)
}

// self is the record that the account is joined with; by the e-mail address while it is joined with none.
func (p *People) self(ctx context.Context, who auth.Principal) (record.Record[Person], bool, error) {
	if who.Person == "" {
		return p.byEmail(ctx, strings.ToLower(who.Email))
	}
	r, err := record.Get(ctx, p.records, Persons, who.Person)
	if base.IsKind(err, base.NotFound) {
		return r, false, nil
	}
	return r, err == nil, err
}

func (p *People) byEmail(ctx context.Context, email string) (record.Record[Person], bool, error) {
	list, err := find(ctx, p.records, Persons, record.Condition{Field: "email", Op: "eq", Values: []string{email}})
	if err != nil || len(list) == 0 {
		return record.Record[Person]{}, false, err
	}
	return list[0], true, nil
}

// deputies lists the other side of today's deputies where one side is a person.
func (p *People) deputies(ctx context.Context, side, person string, other func(Deputy) string) ([]string, error) {
	list, err := find(ctx, p.records, record.Kind[Deputy]{Name: "deputy"}, record.Condition{Field: side, Op: "eq", Values: []string{person}})
	if err != nil {
		return nil, err
	}
	now, err := p.today(ctx)
	if err != nil {
		return nil, err
	}
	today := now.Format(time.DateOnly)
	var out []string
	for _, r := range list {
		t := r.Value.Time
		if t != nil && string(t.From) <= today && (t.To == "" || today < string(t.To)) {
			out = append(out, other(r.Value))
		}
	}
	return out, nil
}

func find[T any](ctx context.Context, records *record.Store, kind record.Kind[T], where ...record.Condition) ([]record.Record[T], error) {
	return record.FindTyped(ctx, records, kind, record.Query{Where: where, Limit: record.MaxPage, Scope: record.Scope{All: true}})
}
