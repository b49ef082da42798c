package register

import (
	"context"
	"slices"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/blob"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Acting is for whom a signed-in person acts: the records of kind person that are they, and those for whom they
// deputise today, the units that they belong to, and which day it is where the company is.
type Acting struct {
	Self    string // own record of kind person, "" when there is none
	Persons []string
	Teams   []string
	Today   time.Time // midnight in UTC
}

// People finds out for whom somebody acts.
type People interface {
	Acting(ctx context.Context, p auth.Principal) (Acting, error)
}

// Event is something that happened to a record and may concern others.
type Event struct {
	Def    *record.Def
	Before *record.Doc // nil for a new one
	After  record.Doc
	Action string // of the history, or comment
	By     auth.Principal

	Comment  string   // id of the comment, of the action comment
	Mentions []string // persons whom it mentions
}

// Service offers every register.
type Service struct {
	records   *record.Store
	blobs     *blob.Store
	people    People
	clock     base.Clock
	defs      []*record.Def
	listeners []func(ctx context.Context, e Event)
	imports   Imports
	titles    map[string]Titles
}

// Titles says what people call something that is kept outside of the records.
type Titles func(ctx context.Context, name string) (base.Text, error)

// Call lets histories write the titles of a vocabulary instead of its names.
func (s *Service) Call(vocabulary string, titles Titles) {
	s.titles[vocabulary] = titles
}

// New announces the kinds to the store and makes the service. A kind may point at kinds of the same list.
func New(ctx context.Context, records *record.Store, blobs *blob.Store, people People, clock base.Clock, defs ...*record.Def) (*Service, error) {
	for _, d := range defs {
		if !slices.Contains(auth.Policies(), d.Policy) {
			panic("register: " + d.Name + " names the unknown policy " + d.Policy)
		}
	}
	all := append(slices.Clone(defs), attachments.Def(), comments.Def(), views.Def())
	if err := records.Register(ctx, all...); err != nil {
		return nil, err
	}
	return &Service{records: records, blobs: blobs, people: people, clock: clock, defs: defs, titles: map[string]Titles{}}, nil
}

// OnChange calls fn after every written change; it must not block.
func (s *Service) OnChange(fn func(ctx context.Context, e Event)) {
	s.listeners = append(s.listeners, fn)
}

func (s *Service) tell(ctx context.Context, e Event) {
	for _, fn := range s.listeners {
		fn(ctx, e)
	}
}

// Operations are those of every kind, and the description of all kinds.
func (s *Service) Operations() []operation.Operation {
	out := s.common()
	for _, d := range s.defs {
		out = append(out, s.kind(d)...)
	}
	return out
}

// reader is who asks, with all that decides what they may.
type reader struct {
	auth.Principal
	acting Acting
}

func (s *Service) reader(ctx context.Context) (reader, error) {
	p := auth.From(ctx)
	acting, err := s.people.Acting(ctx, p)
	return reader{p, acting}, err
}

// Scope is what a person may read of a kind: all, or what they own or share a team with.
func (r reader) scope(d *record.Def) record.Scope {
	g := auth.GrantOf(d.Policy, auth.Read)
	if slices.ContainsFunc(g.Roles, r.Has) {
		return record.Scope{All: true}
	}
	var out record.Scope
	if g.Owner {
		out.Persons = r.acting.Persons
	}
	if g.Team {
		out.Teams = r.acting.Teams
	}
	return out
}

// relation is how the reader stands to a record.
func (r reader) relation(d *record.Def, doc map[string]any) auth.Relation {
	var rel auth.Relation
	for i := range d.Fields {
		f := &d.Fields[i]
		switch {
		case f.Owner:
			rel.Owner = rel.Owner || holds(doc[f.Name], r.acting.Persons)
		case f.Team:
			rel.Team = rel.Team || holds(doc[f.Name], r.acting.Teams)
		}
	}
	return rel
}

func holds(v any, ids []string) bool {
	list, many := v.([]any)
	if !many {
		list = []any{v}
	}
	return slices.ContainsFunc(list, func(item any) bool {
		id, ok := item.(string)
		return ok && slices.Contains(ids, id)
	})
}

func (r reader) may(d *record.Def, a auth.Action, doc map[string]any) bool {
	return r.MayRecord(d.Policy, a, r.relation(d, doc))
}

// must answers Forbidden when the reader may not do something with a record.
func (r reader) must(d *record.Def, a auth.Action, doc map[string]any) error {
	if r.may(d, a, doc) {
		return nil
	}
	g := auth.GrantOf(d.Policy, a)
	hint := base.T("Fragen Sie, wem der Eintrag gehört.", "Ask who owns the record.")
	if len(g.Roles) > 0 {
		hint = base.T("Das darf die Rolle %s.", "The role %s may do this.", g.Roles[0].Title())
	}
	return base.Fail(base.Forbidden, "not_this_record", base.T("Sie dürfen das bei diesem Eintrag nicht.", "You may not do this with this record.")).WithHint(hint)
}

// mustChange refuses what belongs to a record, such as its files, to those who may not change it, and to all once it is
// fixed.
func (r reader) mustChange(d *record.Def, doc record.Doc) error {
	if err := r.must(d, auth.Update, doc.Value); err != nil {
		return err
	}
	return d.Changeable(doc.ApprovedVersion)
}

// shown takes out what the reader may not see.
func (r reader) shown(d *record.Def, doc map[string]any) map[string]any {
	if r.may(d, auth.Private, doc) {
		return doc
	}
	out := make(map[string]any, len(doc))
	for name, v := range doc {
		if f, ok := field.Find(d.Fields, name); !ok || !f.Private {
			out[name] = v
		}
	}
	return out
}
