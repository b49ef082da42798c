package roadmap

import (
	"context"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// MoveInput gives initiatives other dates.
type MoveInput struct {
	Body MoveBody
}

// MoveBody lists the moves: all of them or none.
type MoveBody struct {
	Moves []Move `json:"moves" minItems:"1" maxItems:"500"`
}

// Move gives an initiative a new start. Go-live, end, milestones that are not reached and demands of functions go along
// by as many days; an initiative that had no start gets one and nothing else. With go_live or end these are set instead.
// Without a start it stays where it is. Dates named in empty become unknown.
type Move struct {
	ID      string   `json:"id" maxLength:"64"`
	Version int      `json:"version" minimum:"1" doc:"as the caller has seen it"`
	Start   string   `json:"start,omitempty" format:"date"`
	GoLive  string   `json:"go_live,omitempty" format:"date"`
	End     string   `json:"end,omitempty" format:"date"`
	Empty   []string `json:"empty,omitempty" maxItems:"3" enum:"start,go_live,end" doc:"dates that become unknown"`
}

// Moved lists what was written, which is what an undo needs.
type Moved struct {
	Records []MovedRecord `json:"records"`
}

// MovedRecord is a record that a move changed.
type MovedRecord struct {
	Kind   string `json:"kind" enum:"initiative,demand"`
	ID     string `json:"id"`
	Before int    `json:"before"`
	After  int    `json:"after"`
}

// BackInput takes a move back.
type BackInput struct {
	Body BackBody
}

// BackBody is what the move answered.
type BackBody struct {
	Records []MovedRecord `json:"records" minItems:"1" maxItems:"20000"`
}

// mover writes one request.
type mover struct {
	s          *Service
	initiative *record.Def
	demand     *record.Def
	by         auth.Principal
	b          *record.Batch
	out        []MovedRecord
	events     []register.Event
}

func (s *Service) mover(ctx context.Context) *mover {
	m := &mover{s: s, by: auth.From(ctx)}
	m.initiative, _ = s.records.Def(kindInitiative)
	m.demand, _ = s.records.Def(Demands.Name)
	return m
}

func (s *Service) move(ctx context.Context, in *MoveInput) (*Moved, error) {
	demands, err := s.demandsOf(ctx, in.Body.Moves)
	if err != nil {
		return nil, err
	}
	m := s.mover(ctx)
	var have []record.Doc
	for _, one := range in.Body.Moves {
		_, doc, err := s.registers.Need(ctx, kindInitiative, one.ID, auth.Update)
		if err != nil {
			return nil, err
		}
		have = append(have, doc)
	}
	return m.write(ctx, func() error {
		for n, one := range in.Body.Moves {
			if err := m.one(one, have[n], demands[one.ID]); err != nil {
				return err
			}
		}
		return nil
	})
}

// demandsOf are the demands of the initiatives of a request, whoever keeps them: they go along with their initiative.
func (s *Service) demandsOf(ctx context.Context, moves []Move) (map[string][]record.Doc, error) {
	out := map[string][]record.Doc{}
	def, _ := s.records.Def(Demands.Name)
	for _, one := range moves {
		page, err := s.records.Find(ctx, def, record.Query{Scope: record.Scope{All: true}, Limit: record.MaxPage,
			Where: []record.Condition{{Field: "initiative", Op: "eq", Values: []string{one.ID}}}})
		if err != nil {
			return nil, err
		}
		out[one.ID] = page.Items
	}
	return out, nil
}

func (m *mover) one(one Move, doc record.Doc, demands []record.Doc) error {
	i, err := record.As[initiative](doc.Value)
	if err != nil {
		return err
	}
	value := clone(doc.Value)
	if one.Start != "" {
		if err := m.begin(value, one.Start, i, demands); err != nil {
			return err
		}
	}
	for name, to := range map[string]string{"go_live": one.GoLive, "end": one.End} {
		if to != "" {
			value[name] = to
		}
	}
	for _, name := range one.Empty {
		delete(value, name)
	}
	return m.put(m.initiative, doc, one.Version, value)
}

// begin gives an initiative another start and takes along what depends on it.
func (m *mover) begin(value map[string]any, start string, i initiative, demands []record.Doc) error {
	value["start"] = start
	was, known := day(i.Start)
	if !known {
		return nil
	}
	to, err := period.ParseDate(start)
	if err != nil {
		return err
	}
	days := int(to - was)
	shift(value, "go_live", days)
	shift(value, "end", days)
	shiftMilestones(value, days)
	if days == 0 {
		return nil
	}
	for _, d := range demands {
		if err := m.moveDemand(d, days); err != nil {
			return err
		}
	}
	return nil
}

func (m *mover) moveDemand(doc record.Doc, days int) error {
	value := clone(doc.Value)
	shift(value, "from", days)
	shift(value, "to", days)
	return m.put(m.demand, doc, doc.Version, value)
}

func (m *mover) put(d *record.Def, have record.Doc, version int, value map[string]any) error {
	kept, err := m.b.Put(d, have.ID, version, value, m.by.By())
	if err != nil || kept.Version == have.Version {
		return err
	}
	m.out = append(m.out, MovedRecord{Kind: d.Name, ID: have.ID, Before: have.Version, After: kept.Version})
	m.events = append(m.events, register.Event{Def: d, Before: &have, After: kept, Action: "update", By: m.by})
	return nil
}

// write runs the steps in one transaction and passes on what they did.
func (m *mover) write(ctx context.Context, steps func() error) (*Moved, error) {
	err := m.s.records.Write(ctx, func(b *record.Batch) error {
		m.b, m.out, m.events = b, []MovedRecord{}, nil
		return steps()
	})
	if err != nil {
		return nil, err
	}
	for _, e := range m.events {
		m.s.registers.Tell(ctx, e)
	}
	return &Moved{m.out}, nil
}

// moveBack writes the dates that the records had before a move, unless somebody has changed them since.
func (s *Service) moveBack(ctx context.Context, in *BackInput) (*Moved, error) {
	m := s.mover(ctx)
	type step struct {
		def  *record.Def
		doc  record.Doc
		want map[string]any
	}
	steps := make([]step, len(in.Body.Records))
	for n, r := range in.Body.Records {
		d := m.initiative
		needed := r.ID
		have := record.Doc{}
		var err error
		if r.Kind == Demands.Name {
			d = m.demand
			if have, err = s.records.Lookup(ctx, d, r.ID, record.Scope{All: true}); err != nil {
				return nil, err
			}
			needed, _ = have.Value["initiative"].(string)
		}
		_, doc, err := s.registers.Need(ctx, kindInitiative, needed, auth.Update)
		if err != nil {
			return nil, err
		}
		if r.Kind != Demands.Name {
			have = doc
		}
		before, err := s.records.At(ctx, d, r.ID, r.Before)
		if err != nil {
			return nil, err
		}
		steps[n] = step{d, have, datesOf(before, have.Value)}
	}
	return m.write(ctx, func() error {
		for n, st := range steps {
			if err := m.put(st.def, st.doc, in.Body.Records[n].After, st.want); err != nil {
				return err
			}
		}
		return nil
	})
}

// datesOf is a document with the dates that another version had.
func datesOf(before, have map[string]any) map[string]any {
	out := clone(have)
	for _, name := range []string{"start", "go_live", "end", "from", "to", "milestones"} {
		if v, known := before[name]; known {
			out[name] = v
		} else {
			delete(out, name)
		}
	}
	return out
}

func clone(doc map[string]any) map[string]any {
	out := make(map[string]any, len(doc))
	for k, v := range doc {
		out[k] = v
	}
	return out
}

// shift moves a date of a document by days; one that is unknown stays so.
func shift(doc map[string]any, name string, days int) {
	text, _ := doc[name].(string)
	if d, known := day(field.Date(text)); known {
		doc[name] = (d + period.Date(days)).String()
	}
}

// shiftMilestones moves those that are not reached.
func shiftMilestones(doc map[string]any, days int) {
	rows, _ := doc["milestones"].([]any)
	out := make([]any, 0, len(rows))
	for _, row := range rows {
		m, is := row.(map[string]any)
		if is && m["done"] == nil {
			m = clone(m)
			shift(m, "due", days)
			row = m
		}
		out = append(out, row)
	}
	if len(out) > 0 {
		doc["milestones"] = out
	}
}

// FreezeInput makes a plan of what is planned now.
type FreezeInput struct {
	Body FreezeBody
}

// FreezeBody names the plan.
type FreezeBody struct {
	Title     string `json:"title" minLength:"1" maxLength:"200"`
	Committee string `json:"committee,omitempty" maxLength:"64"`
	Note      string `json:"note,omitempty" maxLength:"5000"`
	Propose   bool   `json:"propose,omitempty" doc:"bring it before the ones who approve at once"`
}

// freeze copies dates, cost and benefit of every initiative that is going on.
func (s *Service) freeze(ctx context.Context, in *FreezeInput) (*register.One, error) {
	def, err := s.registers.NeedNew(ctx, Plans.Name)
	if err != nil {
		return nil, err
	}
	whole, err := s.allOf(ctx, kindInitiative)
	if err != nil {
		return nil, err
	}
	if !whole {
		return nil, base.Fail(base.Forbidden, "not_all", base.T("Einen Plan hält fest, wer alle Vorhaben liest.", "A plan is frozen by who reads every initiative."))
	}
	v, err := s.look(ctx)
	if err != nil {
		return nil, err
	}
	acting, err := s.registers.Acting(ctx)
	if err != nil {
		return nil, err
	}
	today, err := s.today(ctx)
	if err != nil {
		return nil, err
	}
	p := Plan{Title: in.Body.Title, Day: field.Date(today.Format(time.DateOnly)), Committee: field.Ref(in.Body.Committee),
		Owner: field.Person(acting.Self), Note: field.Markdown(in.Body.Note)}
	for _, r := range v.list {
		if i := &r.Value; i.going() {
			p.Items = append(p.Items, Frozen{Initiative: field.Ref(r.ID), Title: i.Title, Start: i.Start, GoLive: i.GoLive, End: i.End, Cost: i.Budget, Benefit: i.Benefit})
		}
	}
	if len(p.Items) == 0 {
		return nil, base.Fail(base.Refused, "nothing_to_freeze", base.T("Es gibt kein laufendes oder geplantes Vorhaben.", "There is no initiative that is planned or going on."))
	}
	value, err := record.Value(p)
	if err != nil {
		return nil, err
	}
	by := auth.From(ctx)
	var kept record.Doc
	err = s.records.Write(ctx, func(b *record.Batch) (err error) {
		if kept, err = b.Put(def, "", record.New, value, by.By()); err == nil && in.Body.Propose {
			kept, err = b.Decide(def, kept.ID, kept.Version, record.Decision{Step: "propose", By: by.By(), Note: in.Body.Note})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	s.registers.Tell(ctx, register.Event{Def: def, After: kept, Action: "create", By: by})
	return s.registers.Show(ctx, def, kept)
}
