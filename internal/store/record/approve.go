package record

import (
	"context"
	"maps"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database/query"
)

// Decision is a step of approval: propose, withdraw, approve or refuse, with a reason where one is demanded.
type Decision struct {
	Step string
	By   string
	Note string
	Set  map[string]any // managed fields that the step fills in the same version, such as who signed what
}

// Decide takes a step of approval on the version ifVersion of a record. The two-person rule: who wrote, proposed or
// restored any version since the last approval neither approves nor refuses (Forbidden/two_persons), under no name that
// Alike knows. A refusal wants
// a reason (Refused/invalid_fields).
func (s *Store) Decide(ctx context.Context, d *Def, id string, ifVersion int, step Decision) (Doc, error) {
	var out Doc
	err := s.Write(ctx, func(b *Batch) (err error) {
		out, err = b.Decide(d, id, ifVersion, step)
		return err
	})
	return out, err
}

// Decide is the same inside a transaction, for steps that change something else as well.
func (b *Batch) Decide(d *Def, id string, ifVersion int, step Decision) (Doc, error) {
	out, err := b.decide(d, id, ifVersion, step)
	return out.Doc, err
}

var nextState = map[string]struct{ from, to string }{
	"propose":  {"", Proposed},
	"withdraw": {Proposed, ""},
	"approve":  {Proposed, Approved},
	"refuse":   {Proposed, Refused},
}

func (b *Batch) decide(d *Def, id string, ifVersion int, st Decision) (kept, error) {
	have, err := b.head(d.Name, id)
	if err != nil {
		return kept{}, err
	}
	next, known := nextState[st.Step]
	switch {
	case have.version == 0 || have.deleted:
		return kept{}, d.notFound(id)
	case ifVersion != AnyVersion && ifVersion != have.version:
		return kept{}, d.stale(have.version)
	case !d.Approval || !known:
		return kept{}, base.Fail(base.Refused, "no_approval", base.T("%s wird nicht freigegeben.", "%s needs no approval.", d.title()))
	case have.state != next.from && !(st.Step == "propose" && have.state == Refused):
		return kept{}, base.Fail(base.Conflict, "wrong_state", base.T("Das geht im Stand „%s“ nicht.", "This is not possible in the state “%s”.", stateTitle(have.state)))
	case st.Step == "refuse" && st.Note == "":
		return kept{}, invalid([]base.FieldError{{Field: "note", Text: base.T("Bitte begründen Sie die Ablehnung.", "Please give the reason of the refusal.")}})
	}
	if st.Step == "approve" || st.Step == "refuse" {
		if err := b.twoPersons(d, id, have, st.By); err != nil {
			return kept{}, err
		}
	}
	c, err := d.content(have.payload)
	if err != nil {
		return kept{}, err
	}
	if st.Step == "approve" && d.Approving != nil {
		set, err := d.Approving(have.kept(id, c).Doc, st.By)
		if err != nil {
			return kept{}, err
		}
		st.Set = joined(st.Set, set)
	}
	if st.Set != nil {
		if c, err = d.filled(c, st.Set); err != nil {
			return kept{}, err
		}
	}
	return b.write(d, id, have, step{action: st.Step, by: st.By, note: st.Note, content: c, state: &next.to, changed: st.Set != nil, approved: st.Step == "approve"})
}

// joined is both; the second counts where both say something.
func joined(a, b map[string]any) map[string]any {
	out := maps.Clone(a)
	if out == nil {
		return b
	}
	maps.Copy(out, b)
	return out
}

// filled lays managed fields over a document, by all rules of its kind.
func (d *Def) filled(c content, set map[string]any) (content, error) {
	doc := maps.Clone(c.doc)
	for i := range d.Fields {
		f := &d.Fields[i]
		v, given := set[f.Name]
		switch {
		case f.Computed:
			delete(doc, f.Name)
		case given && !f.Managed:
			panic("record: a step of approval of " + d.Name + " fills " + f.Name + ", which is not managed")
		case given:
			doc[f.Name] = v
		}
	}
	clean, raw, err := d.Check(doc)
	return content{raw, clean}, err
}

// Alike says under which other names the history knows a person, and in whose names they act; both make no second
// person. It is called inside a writing transaction and may read only.
func (s *Store) Alike(names func(ctx context.Context, by string) ([]string, error)) { s.alike = names }

func (b *Batch) twoPersons(d *Def, id string, have current, by string) error {
	names := []string{by}
	if b.s.alike != nil {
		others, err := b.s.alike(context.Background(), by)
		if err != nil {
			return err
		}
		names = append(names, others...)
	}
	text, args := query.Select{Columns: []query.Expr{query.Raw("count(*)")}, From: "record_history h", Where: query.And(
		query.Raw("h.kind = ? AND h.id = ? AND h.version > ? AND h.action IN ('create', 'update', 'restore', 'propose')", d.Name, id, have.approved),
		query.In(query.Raw("h.by COLLATE NOCASE"), query.Strings(names)...))}.SQL(b.s.dialect)
	var n int
	err := b.tx.QueryRow(text, args...).Scan(&n)
	if err == nil && n > 0 {
		return base.Fail(base.Forbidden, "two_persons", base.T("Wer etwas schreibt oder vorlegt, gibt es nicht selbst frei.",
			"Who writes or proposes something does not approve it.")).
			WithHint(base.T("Bitten Sie eine zweite Person um die Freigabe.", "Ask a second person for the approval."))
	}
	return err
}

// nextOf is the state of approval after an action that is no step of approval: what changed is not what was approved.
func nextOf(state, action string) string {
	if action == "delete" {
		return state
	}
	return ""
}

func stateTitle(state string) base.Text {
	switch state {
	case Proposed:
		return base.T("vorgelegt", "proposed")
	case Approved:
		return base.T("freigegeben", "approved")
	case Refused:
		return base.T("abgelehnt", "refused")
	}
	return base.T("in Arbeit", "draft")
}
