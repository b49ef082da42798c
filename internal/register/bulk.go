package register

import (
	"context"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
)

// BulkInput changes many records of a kind at once: all of them or none.
type BulkInput struct {
	Body BulkBody
}

// BulkBody names the records as the caller has seen them and what happens to each.
type BulkBody struct {
	Records []BulkRecord   `json:"records" minItems:"1" maxItems:"500"`
	Action  string         `json:"action" enum:"change,delete,restore,back" doc:"back writes the version named by to again, which undoes a change"`
	Value   map[string]any `json:"value,omitempty" doc:"fields to change; null empties one"`
}

// BulkRecord is one of the records.
type BulkRecord struct {
	ID      string `json:"id" maxLength:"64"`
	Version int    `json:"version" minimum:"1"`
	To      int    `json:"to,omitempty" minimum:"0" doc:"version to go back to"`
}

// BulkDone lists the versions before and after, which is what an undo needs.
type BulkDone struct {
	Items []BulkChange `json:"items"`
}

// BulkChange is what happened to one record.
type BulkChange struct {
	ID     string `json:"id"`
	Before int    `json:"before"`
	After  int    `json:"after"`
}

func (s *Service) bulk(d *record.Def) func(context.Context, *BulkInput) (*BulkDone, error) {
	return func(ctx context.Context, in *BulkInput) (*BulkDone, error) {
		r, err := s.reader(ctx)
		if err != nil {
			return nil, err
		}
		var events []Event
		out := &BulkDone{}
		err = s.records.Write(ctx, func(b *record.Batch) error {
			events, out.Items = nil, nil
			for _, one := range in.Body.Records {
				e, err := s.bulkOne(ctx, r, d, b, in.Body, one)
				if err != nil {
					return named(err, d, one.ID)
				}
				events = append(events, e)
				out.Items = append(out.Items, BulkChange{one.ID, e.Before.Version, e.After.Version})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			if e.Before.Version != e.After.Version {
				s.tell(ctx, e)
			}
		}
		return out, nil
	}
}

func (s *Service) bulkOne(ctx context.Context, r reader, d *record.Def, b *record.Batch, body BulkBody, one BulkRecord) (Event, error) {
	have, err := s.records.Lookup(ctx, d, one.ID, r.scope(d))
	if err != nil {
		return Event{}, err
	}
	action := auth.Update
	if body.Action == "delete" || body.Action == "restore" {
		action = auth.Delete
	}
	if err := r.must(d, action, have.Value); err != nil {
		return Event{}, err
	}
	e := Event{Def: d, Before: &have, Action: "update", By: r.Principal}
	switch body.Action {
	case "delete":
		e.Action = "delete"
		e.After, err = b.Delete(d, one.ID, one.Version, r.By())
	case "restore":
		e.Action = "restore"
		e.After, err = b.Restore(d, one.ID, one.Version, r.By())
	case "back":
		var value map[string]any
		if value, err = s.records.At(ctx, d, one.ID, one.To); err == nil {
			doc := r.merged(d, value, have.Value)
			bringBack(d, doc, value)
			e.After, err = b.Put(d, one.ID, one.Version, doc, r.By())
		}
	default:
		e.After, err = b.Put(d, one.ID, one.Version, r.merged(d, patched(body.Value, have.Value), have.Value), r.By())
	}
	return e, err
}

// named says which record of many an error is about.
func named(err error, d *record.Def, id string) error {
	e := base.AsError(err)
	if e.Kind == base.Internal {
		return err
	}
	if e.Place.File == "" {
		e.Place.File = d.Name + "/" + id
	}
	return e
}
