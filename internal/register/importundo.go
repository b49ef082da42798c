package register

import (
	"context"
	"slices"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/store/record"
)

// undoBytes is the limit of the answer of an import that comes back.
const undoBytes = 4 << 20

// UndoInput names what an import wrote.
type UndoInput struct {
	Body struct {
		Items []BulkChange `json:"items" minItems:"1" maxItems:"20000" doc:"as the import answered them"`
	}
}

// undoImport deletes what an import made and writes the versions before what it changed again: all of it or, when
// somebody has changed one of the records since, nothing.
func (s *Service) undoImport(d *record.Def) func(context.Context, *UndoInput) (*BulkDone, error) {
	return func(ctx context.Context, in *UndoInput) (*BulkDone, error) {
		r, err := s.reader(ctx)
		if err != nil {
			return nil, err
		}
		var events []Event
		out := &BulkDone{}
		err = s.records.Write(ctx, func(b *record.Batch) error {
			for _, item := range slices.Backward(in.Body.Items) { // what points at another goes first
				e, err := s.undoOne(ctx, r, d, b, item)
				if err != nil {
					return named(err, d, item.ID)
				}
				events = append(events, e)
				out.Items = append(out.Items, BulkChange{item.ID, item.After, e.After.Version})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			s.tell(ctx, e)
		}
		return out, nil
	}
}

func (s *Service) undoOne(ctx context.Context, r reader, d *record.Def, b *record.Batch, item BulkChange) (Event, error) {
	one := BulkRecord{ID: item.ID, Version: item.After, To: item.Before}
	if item.Before > 0 {
		return s.bulkOne(ctx, r, d, b, BulkBody{Action: "back"}, one)
	}
	have, err := s.records.Lookup(ctx, d, item.ID, r.scope(d))
	if err != nil {
		return Event{}, err
	}
	if !s.own(ctx, have.CreatedBy) || have.Version != 1 { // who made it just now may take it back
		return s.bulkOne(ctx, r, d, b, BulkBody{Action: "delete"}, one)
	}
	if err := r.must(d, auth.Create, nil); err != nil {
		return Event{}, err
	}
	kept, err := b.Delete(d, item.ID, item.After, r.By())
	return Event{Def: d, Before: &have, After: kept, Action: "delete", By: r.Principal}, err
}
