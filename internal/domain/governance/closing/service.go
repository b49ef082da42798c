package closing

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance/effectplan"
	"lotse.dev/lotse/internal/engine/proof"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
)

// Rules are what the company has set about closings.
type Rules struct {
	Department bool // a closing is confirmed by the department
	Days       int  // working days after the end of a period until its closing is due
}

// Ledger is told of signatures inside their transaction.
type Ledger interface {
	Enter(ctx context.Context, b *record.Batch, id string, c *Closing, f *Frozen) (entry string, err error)
	TakeBack(ctx context.Context, b *record.Batch, closing, by, note string) error
}

// Notice tells people that a closing waits for them or was decided.
type Notice struct {
	Closing string
	Mark    string
	Persons []string // ids of kind person
	Signers bool     // and whoever may sign
	Decided bool
	Text    base.Text
}

// Deps are what closings need of others.
type Deps struct {
	Records   *record.Store
	Registers *register.Service
	Plans     *effectplan.Service
	Facts     effectplan.Facts
	Newest    effectplan.Newest
	Rules     func(ctx context.Context) (Rules, error)
	Alike     func(ctx context.Context, by string) ([]string, error)          // other names of a person, and whom they stand in for
	Person    func(ctx context.Context, by string) (person string, err error) // record of the person behind a name
	Notify    func(ctx context.Context, n Notice) error
	Clock     base.Clock
	Logger    *slog.Logger
}

// Service carries closings through their steps.
type Service struct {
	Deps
	ledger Ledger
}

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// Enter lets a ledger follow the signatures. It is called before the first of them.
func (s *Service) Enter(l Ledger) { s.ledger = l }

// Kept is a closing as it is kept.
type Kept struct {
	*Closing
	Doc record.Doc
}

// Of reads a document as a closing.
func Of(doc record.Doc) (*Kept, error) {
	raw, err := json.Marshal(doc.Value)
	if err != nil {
		return nil, err
	}
	c := &Closing{}
	return &Kept{c, doc}, json.Unmarshal(raw, c)
}

func document(c *Closing) (map[string]any, error) {
	raw, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	out := map[string]any{}
	return out, json.Unmarshal(raw, &out)
}

// All are the closings that a query finds, whoever asks.
func (s *Service) All(ctx context.Context, where ...record.Condition) ([]*Kept, error) {
	d, ok := s.Records.Def(Name)
	if !ok {
		return nil, nil
	}
	return pages(ctx, where, func(q record.Query) (record.Page, error) {
		q.Scope = record.Scope{All: true}
		return s.Records.Find(ctx, d, q)
	})
}

// Readable are the closings that the one who asks may read.
func (s *Service) Readable(ctx context.Context, where ...record.Condition) ([]*Kept, error) {
	d, _ := s.Records.Def(Name)
	scope, err := s.Registers.Scope(ctx, d)
	if err != nil {
		return nil, err
	}
	return pages(ctx, where, func(q record.Query) (record.Page, error) {
		q.Scope = scope
		return s.Records.Find(ctx, d, q)
	})
}

func pages(ctx context.Context, where []record.Condition, find func(record.Query) (record.Page, error)) ([]*Kept, error) {
	out := []*Kept{}
	q := record.Query{Where: where, Limit: record.MaxPage, Sort: []record.Sort{{Field: "from", Desc: true}, {Field: "id", Desc: true}}}
	for {
		page, err := find(q)
		if err != nil {
			return nil, err
		}
		for _, doc := range page.Items {
			c, err := Of(doc)
			if err != nil {
				return nil, err
			}
			out = append(out, c)
		}
		if q.After = page.Next; q.After == "" {
			return out, ctx.Err()
		}
	}
}

// same says whether two names are one person, or one of them acts for the other today.
func (s *Service) same(ctx context.Context, by, other string) (bool, error) {
	if other == "" {
		return false, nil
	}
	names, err := s.Alike(ctx, by)
	return slices.ContainsFunc(append(names, by), func(n string) bool { return strings.EqualFold(n, other) }), err
}

// apart refuses who has taken one of the steps before, under whatever name.
func (s *Service) apart(ctx context.Context, c *Closing, by string, steps ...string) error {
	for _, step := range c.Steps {
		if !slices.Contains(steps, string(step.Step)) {
			continue
		}
		same, err := s.same(ctx, by, step.Person)
		if err != nil {
			return err
		}
		if same {
			return base.Fail(base.Forbidden, "two_persons", base.T("Wer einen Abschluss vorlegt oder bestätigt, unterschreibt ihn nicht selbst.",
				"Who proposes or confirms a closing does not sign it.")).
				WithHint(base.T("Bitten Sie eine zweite Person.", "Ask a second person."))
		}
	}
	return nil
}

// RestingOn are the signed closings whose facts a test picks, and which of them the one who asks may read.
func (s *Service) RestingOn(ctx context.Context, pick func(f *Frozen) bool) (readable []*Kept, all int, err error) {
	signed := record.Condition{Field: "status", Op: "eq", Values: []string{"signed"}}
	list, err := s.All(ctx, signed)
	if err != nil || len(list) == 0 {
		return nil, 0, err
	}
	may, err := s.Readable(ctx, signed)
	if err != nil {
		return nil, 0, err
	}
	for _, c := range list {
		f, err := c.frozen()
		if err != nil {
			return nil, 0, err
		}
		if !pick(f) {
			continue
		}
		all++
		if slices.ContainsFunc(may, func(k *Kept) bool { return k.Doc.ID == c.Doc.ID }) {
			readable = append(readable, c)
		}
	}
	return readable, all, nil
}

func (s *Service) notify(ctx context.Context, n Notice) {
	if err := s.Notify(context.WithoutCancel(ctx), n); err != nil {
		s.Logger.Error("nobody was told of a closing", "closing", n.Closing, "error", err)
	}
}

// Pinned are the snapshots that closings name: they must go on answering. It is asked before the registers are there.
func Pinned(ctx context.Context, records *record.Store) ([]int64, error) {
	list, err := record.List(ctx, records, Closings)
	var out []int64
	for _, c := range list {
		if c.Value.Snapshot != nil && c.Value.Status != "refused" {
			out = append(out, int64(*c.Value.Snapshot))
		}
	}
	return out, err
}

// NamesProcess says whether a closing that was not refused names a process.
func (s *Service) NamesProcess(ctx context.Context, process string) (bool, error) {
	list, err := s.All(ctx, record.Condition{Field: "status", Op: "ne", Values: []string{"refused"}})
	if err != nil {
		return false, err
	}
	for _, c := range list {
		f, err := c.frozen()
		if err != nil {
			return false, err
		}
		named := f.Ask.Process == process || f.Ask.Negative != nil && f.Ask.Negative.Process == process
		if named || slices.ContainsFunc(f.Ask.Controls, func(o proof.Other) bool { return o.Process == process }) {
			return true, nil
		}
	}
	return false, nil
}
