package ledger

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"lotse.dev/lotse/internal/domain/governance/closing"
	"lotse.dev/lotse/internal/domain/governance/effectplan"
	"lotse.dev/lotse/internal/engine/causal"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Claim is what the approved business case of an initiative promises of one class in a year of full work.
type Claim struct {
	Initiative, Case  string
	Class, Unit       string
	Low, Middle, High *float64
}

// Claims reads approved business cases, as far as the one who asks may read them.
type Claims interface {
	Claimed(ctx context.Context) ([]Claim, error)
}

// Service keeps the ledger.
type Service struct {
	records   *record.Store
	registers *register.Service
	plans     *effectplan.Service
	closings  *closing.Service
	claims    Claims
}

// New makes the ledger and lets it follow the signatures of closings.
func New(records *record.Store, registers *register.Service, plans *effectplan.Service, closings *closing.Service, claims Claims) *Service {
	s := &Service{records, registers, plans, closings, claims}
	closings.Enter(s)
	return s
}

// Kept is an entry as it is kept.
type Kept struct {
	Entry
	Doc record.Doc
}

// Of reads a document as an entry.
func Of(doc record.Doc) (*Kept, error) {
	raw, err := json.Marshal(doc.Value)
	if err != nil {
		return nil, err
	}
	out := &Kept{Doc: doc}
	return out, json.Unmarshal(raw, &out.Entry)
}

// Enter writes what a signature proves. Exploratory effects and effects that are not proven leave no entry.
func (s *Service) Enter(ctx context.Context, b *record.Batch, id string, c *closing.Closing, f *closing.Frozen) (string, error) {
	class := causal.Class(c.Class)
	if c.Subject != "effect" || f.Effect == nil || f.Worth == nil || f.Effect.Verdict != causal.Proven || class != causal.Planned && class != causal.Retrospective {
		return "", nil
	}
	sign := f.Signatures[len(f.Signatures)-1]
	e := Entry{Title: c.Title, Sort: "contribution", Initiative: c.Initiative, Plan: c.Plan, Closing: field.Ref(id), Hash: c.Hash, Class: c.Class, Benefit: field.Choice(f.Worth.Class),
		Low: f.Worth.Low, Middle: f.Worth.Middle, High: f.Worth.High, Unit: f.Worth.Unit, From: c.From, Before: c.Before, SignedBy: sign.Person, SignedAt: sign.At}
	if c.Follows != "" {
		before, err := s.all(ctx, record.Condition{Field: "closing", Op: "eq", Values: []string{string(c.Follows)}}, record.Condition{Field: "sort", Op: "eq", Values: []string{"takeback"}})
		if err != nil {
			return "", err
		}
		if len(before) > 0 {
			e.Follows = field.Ref(before[len(before)-1].Doc.ID)
		}
	}
	return s.write(b, &e, sign.Person)
}

// TakeBack follows the entry of a reopened closing by one that takes it back.
func (s *Service) TakeBack(ctx context.Context, b *record.Batch, closing, by, note string) error {
	list, err := s.all(ctx, record.Condition{Field: "closing", Op: "eq", Values: []string{closing}})
	if err != nil {
		return err
	}
	for _, k := range live(list) {
		e := k.Entry
		e.Sort, e.Note, e.Follows = "takeback", note, field.Ref(k.Doc.ID)
		if _, err := s.write(b, &e, by); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) write(b *record.Batch, e *Entry, by string) (string, error) {
	raw, err := json.Marshal(e)
	if err != nil {
		return "", err
	}
	value := map[string]any{}
	if err := json.Unmarshal(raw, &value); err != nil {
		return "", err
	}
	d, _ := s.records.Def(Name)
	doc, err := b.Put(d, "", record.New, value, by)
	return doc.ID, err
}

// live are the contributions that nothing followed.
func live(list []*Kept) []*Kept {
	gone := map[string]bool{}
	for _, k := range list {
		if k.Sort == "takeback" {
			gone[string(k.Follows)] = true
		}
	}
	var out []*Kept
	for _, k := range list {
		if k.Sort == "contribution" && !gone[k.Doc.ID] {
			out = append(out, k)
		}
	}
	return out
}

// all are the entries that a query finds, whoever asks, oldest first.
func (s *Service) all(ctx context.Context, where ...record.Condition) ([]*Kept, error) {
	return s.find(ctx, record.Scope{All: true}, where)
}

func (s *Service) readable(ctx context.Context) ([]*Kept, error) {
	d, _ := s.records.Def(Name)
	scope, err := s.registers.Scope(ctx, d)
	if err != nil {
		return nil, err
	}
	return s.find(ctx, scope, nil)
}

func (s *Service) find(ctx context.Context, scope record.Scope, where []record.Condition) ([]*Kept, error) {
	d, ok := s.records.Def(Name)
	if !ok {
		return nil, nil
	}
	out := []*Kept{}
	q := record.Query{Where: where, Scope: scope, Limit: record.MaxPage, Sort: []record.Sort{{Field: "created_at"}, {Field: "id"}}}
	for {
		page, err := s.records.Find(ctx, d, q)
		if err != nil {
			return nil, err
		}
		for _, doc := range page.Items {
			k, err := Of(doc)
			if err != nil {
				return nil, err
			}
			out = append(out, k)
		}
		if q.After = page.Next; q.After == "" {
			slices.SortStableFunc(out, func(a, b *Kept) int { // what follows another of the same instant comes after it
				return cmp.Or(a.Doc.CreatedAt.Compare(b.Doc.CreatedAt), cmp.Compare(len(a.Follows), len(b.Follows)))
			})
			return out, ctx.Err()
		}
	}
}

// Of is the newest entry of a closing that the one who asks may read, nil when there is none.
func (s *Service) Of(ctx context.Context, closing string) (*Kept, error) {
	list, err := s.readable(ctx)
	for i := len(list) - 1; i >= 0; i-- {
		if string(list[i].Closing) == closing {
			return list[i], err
		}
	}
	return nil, err
}
