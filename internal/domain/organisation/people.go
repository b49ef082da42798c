package organisation

import (
	"context"
	"net/mail"
	"strings"

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

// People finds out for whom a signed-in person acts.
type People struct {
	records *record.Store
	clock   base.Clock
}

// NewPeople reads from the registers of the organisation.
func NewPeople(records *record.Store, clock base.Clock) *People { return &People{records, clock} }

// Acting answers the person with the account's e-mail address, those for whom that person deputises today, and the
// units that the person belongs to. The operator at the machine is nobody.
func (p *People) Acting(ctx context.Context, who auth.Principal) (register.Acting, error) {
	var out register.Acting
	if who.ID == "" || who.CLI {
		return out, nil
	}
	self, found, err := p.byEmail(ctx, who.Email)
	if err != nil || !found {
		return out, err
	}
	out.Self, out.Persons = self.ID, []string{self.ID}
	for _, u := range self.Value.Units {
		out.Teams = append(out.Teams, u)
	}
	represented, err := p.represented(ctx, self.ID)
	out.Persons = append(out.Persons, represented...)
	return out, err
}

func (p *People) byEmail(ctx context.Context, email string) (record.Record[Person], bool, error) {
	list, err := find(ctx, p.records, Persons, record.Condition{Field: "email", Op: "eq", Values: []string{email}})
	if err != nil || len(list) == 0 {
		return record.Record[Person]{}, false, err
	}
	return list[0], true, nil
}

func (p *People) represented(ctx context.Context, deputy string) ([]string, error) {
	list, err := find(ctx, p.records, record.Kind[Deputy]{Name: "deputy"}, record.Condition{Field: "deputy", Op: "eq", Values: []string{deputy}})
	if err != nil {
		return nil, err
	}
	today := p.clock().Format("2006-01-02")
	var out []string
	for _, r := range list {
		t := r.Value.Time
		if t != nil && string(t.From) <= today && (t.To == "" || today < string(t.To)) {
			out = append(out, string(r.Value.Person))
		}
	}
	return out, nil
}

func find[T any](ctx context.Context, records *record.Store, kind record.Kind[T], where ...record.Condition) ([]record.Record[T], error) {
	return record.FindTyped(ctx, records, kind, record.Query{Where: where, Limit: record.MaxPage, Scope: record.Scope{All: true}})
}
