package register

import (
	"context"
	"encoding/json"
	"maps"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// CreateInput is a new record. The body is the value of the kind.
type CreateInput struct {
	ID   string `query:"id" maxLength:"64" doc:"id of the new record, made by Lotse when it is empty"`
	Body json.RawMessage
}

// ChangeInput changes a record; If-Match names the version that the caller has seen, * any.
type ChangeInput struct {
	IDInput
	IfMatch string `header:"If-Match" maxLength:"40"`
	Body    json.RawMessage
}

// VersionInput names a version of a record that the caller has seen.
type VersionInput struct {
	IDInput
	IfMatch string `header:"If-Match" maxLength:"40"`
}

// version reads an entity tag. Without one the answer is 428: whoever changes something must say what they have seen.
func version(tag string) (int, error) {
	tag = strings.TrimSpace(tag)
	if tag == "*" {
		return record.AnyVersion, nil
	}
	n, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(tag, "W/"), `"`))
	if err != nil || n < 1 {
		return 0, base.Fail(base.Usage, "version_missing", base.T("Es fehlt die Angabe, welche Version geändert werden soll.",
			"It is not said which version is to be changed.")).
			WithHint(base.T("Senden Sie If-Match mit der gelesenen Version.", "Send If-Match with the version that you have read."))
	}
	return n, nil
}

func (s *Service) create(d *record.Def) func(context.Context, *CreateInput) (*One, error) {
	return func(ctx context.Context, in *CreateInput) (*One, error) {
		r, err := s.reader(ctx)
		if err != nil {
			return nil, err
		}
		doc, err := field.Decode(in.Body)
		if err != nil {
			return nil, err
		}
		kept, err := s.put(ctx, r, d, in.ID, record.New, doc)
		if err != nil {
			return nil, err
		}
		return s.one(ctx, r, d, kept)
	}
}

// put writes a document in the name of a reader and tells the listeners.
func (s *Service) put(ctx context.Context, r reader, d *record.Def, id string, version int, doc map[string]any) (record.Doc, error) {
	return s.putBack(ctx, r, d, id, version, doc, nil)
}

// putBack is put with the older version that the document repeats, nil when it repeats none.
func (s *Service) putBack(ctx context.Context, r reader, d *record.Def, id string, version int, doc, old map[string]any) (record.Doc, error) {
	var before *record.Doc
	action := "create"
	if version == record.New {
		if err := r.must(d, auth.Create, nil); err != nil { // a relation counts only where a record is
			return record.Doc{}, err
		}
		for _, f := range d.Fields {
			if f.Managed && doc[f.Name] != nil {
				return record.Doc{}, managed(f)
			}
		}
	} else {
		_, have, err := s.lookup(ctx, d, id)
		if err != nil {
			return record.Doc{}, err
		}
		if err := r.must(d, auth.Update, have.Value); err != nil {
			return record.Doc{}, err
		}
		if doc = r.merged(d, doc, have.Value); old != nil {
			bringBack(d, doc, old)
		}
		before, action = &have, "update"
	}
	var kept record.Doc
	err := s.records.Write(ctx, func(b *record.Batch) (err error) {
		kept, err = b.Put(d, id, version, doc, r.By())
		return err
	})
	if err != nil {
		return kept, err
	}
	if before == nil || before.Version != kept.Version {
		s.tell(ctx, Event{Def: d, Before: before, After: kept, Action: action, By: r.Principal})
	}
	return kept, nil
}

// merged keeps managed values and the private ones that the writer could not see, and drops computed ones that came
// back as read.
func (r reader) merged(d *record.Def, doc, have map[string]any) map[string]any {
	out := maps.Clone(doc)
	hidden := !r.may(d, auth.Private, have)
	for i := range d.Fields {
		f := &d.Fields[i]
		switch {
		case f.Computed:
			delete(out, f.Name)
		case f.Managed, f.Private && hidden:
			delete(out, f.Name)
			if have[f.Name] != nil {
				out[f.Name] = have[f.Name]
			}
		}
	}
	return out
}

// bringBack takes the managed values that belong to a version from it.
func bringBack(d *record.Def, doc, old map[string]any) {
	for i := range d.Fields {
		f := &d.Fields[i]
		if !f.Versioned {
			continue
		}
		delete(doc, f.Name)
		if old[f.Name] != nil {
			doc[f.Name] = old[f.Name]
		}
	}
}

func managed(f field.Field) error {
	e := base.Fail(base.Refused, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
	e.Fields = []base.FieldError{{Field: f.Name, Text: base.T("Dieses Feld ändert sich nur durch seinen eigenen Schritt.", "This field changes by its own step only.")}}
	return e
}

func (s *Service) replace(d *record.Def) func(context.Context, *ChangeInput) (*One, error) {
	return func(ctx context.Context, in *ChangeInput) (*One, error) {
		return s.change(ctx, d, in, func(given, _ map[string]any) map[string]any { return given })
	}
}

// patch changes the named fields; null empties one.
func (s *Service) patch(d *record.Def) func(context.Context, *ChangeInput) (*One, error) {
	return func(ctx context.Context, in *ChangeInput) (*One, error) {
		return s.change(ctx, d, in, patched)
	}
}

func patched(given, have map[string]any) map[string]any {
	out := maps.Clone(have)
	for name, v := range given {
		if v == nil {
			delete(out, name)
		} else {
			out[name] = v
		}
	}
	return out
}

func (s *Service) change(ctx context.Context, d *record.Def, in *ChangeInput, join func(given, have map[string]any) map[string]any) (*One, error) {
	n, err := version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	given, err := field.Decode(in.Body)
	if err != nil {
		return nil, err
	}
	r, have, err := s.lookup(ctx, d, in.ID)
	if err != nil {
		return nil, err
	}
	if n == record.AnyVersion {
		n = have.Version // what was joined is what was read
	}
	kept, err := s.put(ctx, r, d, in.ID, n, join(given, have.Value))
	if err != nil {
		return nil, err
	}
	return s.one(ctx, r, d, kept)
}

func (s *Service) delete(d *record.Def) func(context.Context, *VersionInput) (*One, error) {
	return func(ctx context.Context, in *VersionInput) (*One, error) {
		return s.turn(ctx, d, in, "delete", (*record.Batch).Delete)
	}
}

func (s *Service) restore(d *record.Def) func(context.Context, *VersionInput) (*One, error) {
	return func(ctx context.Context, in *VersionInput) (*One, error) {
		return s.turn(ctx, d, in, "restore", (*record.Batch).Restore)
	}
}

func (s *Service) turn(ctx context.Context, d *record.Def, in *VersionInput, action string,
	step func(*record.Batch, *record.Def, string, int, string) (record.Doc, error)) (*One, error) {
	n, err := version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	r, have, err := s.lookup(ctx, d, in.ID)
	if err != nil {
		return nil, err
	}
	if err := r.must(d, auth.Delete, have.Value); err != nil {
		return nil, err
	}
	var kept record.Doc
	err = s.records.Write(ctx, func(b *record.Batch) (err error) {
		kept, err = step(b, d, in.ID, n, r.By())
		return err
	})
	if err != nil {
		return nil, err
	}
	s.tell(ctx, Event{Def: d, Before: &have, After: kept, Action: action, By: r.Principal})
	return s.one(ctx, r, d, kept)
}

// DecideInput is a step of approval.
type DecideInput struct {
	IDInput
	IfMatch string `header:"If-Match" maxLength:"40"`
	Body    DecideBody
}

// DecideBody names the step. A refusal needs a note.
type DecideBody struct {
	Step string `json:"step" enum:"propose,withdraw,approve,refuse"`
	Note string `json:"note,omitempty" maxLength:"2000"`
}

func (s *Service) decide(d *record.Def) func(context.Context, *DecideInput) (*One, error) {
	return func(ctx context.Context, in *DecideInput) (*One, error) {
		n, err := version(in.IfMatch)
		if err != nil {
			return nil, err
		}
		r, have, err := s.lookup(ctx, d, in.ID)
		if err != nil {
			return nil, err
		}
		action := auth.Update
		if in.Body.Step == "approve" || in.Body.Step == "refuse" {
			action = auth.Approve
		}
		if err := r.must(d, action, have.Value); err != nil {
			return nil, err
		}
		kept, err := s.records.Decide(ctx, d, in.ID, n, record.Decision{Step: in.Body.Step, By: r.By(), Note: strings.TrimSpace(in.Body.Note)})
		if err != nil {
			return nil, err
		}
		s.tell(ctx, Event{Def: d, Before: &have, After: kept, Action: in.Body.Step, By: r.Principal})
		return s.one(ctx, r, d, kept)
	}
}
