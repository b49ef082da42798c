package record

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/database/query"
)

// Store keeps the records of one instance.
type Store struct {
	db      *database.DB
	clock   base.Clock
	dialect query.Dialect
	seal    seal
	newest  newest
	alike   func(ctx context.Context, by string) ([]string, error)

	mu   sync.RWMutex
	defs map[string]*Def
}

// NewStore keeps records in db.
func NewStore(db *database.DB, clock base.Clock) *Store {
	return &Store{db: db, clock: clock, dialect: query.SQLite{}, seal: seal{dir: db.Dir()}, defs: map[string]*Def{}}
}

// Register announces registers, so that references to them are checked and their indexes exist; what stands beside the records
// is written anew where the fields of a kind have changed. It panics on a name
// that is taken and on a reference to a kind that nobody announced in the same or an earlier call, because both are
// defects of the program.
func (s *Store) Register(ctx context.Context, defs ...*Def) error {
	s.mu.Lock()
	for _, d := range defs {
		if s.defs[d.Name] != nil {
			panic("record: two kinds named " + d.Name)
		}
		s.defs[d.Name] = d
	}
	for _, d := range defs {
		for _, f := range d.Fields {
			if to := f.Target(); to != "" && s.defs[to] == nil {
				panic("record: " + d.Name + "." + f.Name + " points at the unknown kind " + to)
			}
		}
	}
	s.mu.Unlock()
	if err := s.index(ctx, defs); err != nil {
		return err
	}
	if err := s.rebuild(ctx, defs); err != nil {
		return err
	}
	return s.beginSeal(ctx)
}

// Def returns the register with a name.
func (s *Store) Def(name string) (*Def, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	d, ok := s.defs[name]
	return d, ok
}

// Defs lists the registers by name.
func (s *Store) Defs() []*Def {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := make([]*Def, 0, len(s.defs))
	for _, d := range s.defs {
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b *Def) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// AnyVersion as ifVersion writes whatever version is there. New as ifVersion demands that there is none.
const (
	AnyVersion = -1
	New        = 0
)

// Put writes a value: it creates the record when ifVersion is New, otherwise it must find exactly that version
// (Conflict/stale_version when somebody was faster). An empty id gets a new one. Field errors of the kind answer
// Refused/invalid_fields.
func Put[T any](ctx context.Context, s *Store, kind Kind[T], id string, ifVersion int, value T, by string) (Record[T], error) {
	var out Record[T]
	err := s.Write(ctx, func(b *Batch) (err error) {
		out, err = put(b, kind, id, ifVersion, value, by)
		return err
	})
	return out, err
}

// PutIn is Put inside a transaction that the caller holds.
func PutIn[T any](tx *sql.Tx, s *Store, kind Kind[T], id string, ifVersion int, value T, by string) (Record[T], error) {
	var out Record[T]
	err := s.In(tx, func(b *Batch) (err error) {
		out, err = put(b, kind, id, ifVersion, value, by)
		return err
	})
	return out, err
}

func put[T any](b *Batch, kind Kind[T], id string, ifVersion int, value T, by string) (Record[T], error) {
	var none Record[T]
	raw, err := json.Marshal(value)
	if err != nil {
		return none, err
	}
	d := kind.Def()
	if d.Fields != nil {
		doc, err := decodeObject(raw)
		if err != nil {
			return none, err
		}
		for _, f := range d.Fields { // the kind fills them again
			if f.Computed {
				delete(doc, f.Name)
			}
		}
		kept, err := b.Put(d, id, ifVersion, doc, by)
		if err != nil {
			return none, err
		}
		return typedRecord[T](kept)
	}
	if err := kind.validate(&value); err != nil {
		return none, err
	}
	if raw, err = json.Marshal(value); err != nil {
		return none, err
	}
	kept, err := b.put(d, id, ifVersion, content{raw: raw}, by)
	return Record[T]{ID: kept.ID, Version: kept.Version, Value: value, UpdatedAt: kept.UpdatedAt, UpdatedBy: by}, err
}

func typedRecord[T any](d Doc) (Record[T], error) {
	out := Record[T]{ID: d.ID, Version: d.Version, UpdatedAt: d.UpdatedAt, UpdatedBy: d.UpdatedBy, Deleted: d.Deleted}
	raw, err := json.Marshal(d.Value)
	if err != nil {
		return out, err
	}
	return out, json.Unmarshal(raw, &out.Value)
}

// Get returns the current version, NotFound when there is none or it is deleted.
func Get[T any](ctx context.Context, s *Store, kind Kind[T], id string) (Record[T], error) {
	r, err := scan[T](s.db.Read().QueryRowContext(ctx, selectRecord+` WHERE kind = ? AND id = ? AND deleted = 0`, kind.Name, id))
	if errors.Is(err, sql.ErrNoRows) {
		return r, (&Def{Name: kind.Name, Title: kind.Title}).notFound(id)
	}
	return r, err
}

// List returns every record that is not deleted, by id.
func List[T any](ctx context.Context, s *Store, kind Kind[T]) ([]Record[T], error) {
	rows, err := s.db.Read().QueryContext(ctx, selectRecord+` WHERE kind = ? AND deleted = 0 ORDER BY id`, kind.Name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Record[T]{}
	for rows.Next() {
		r, err := scan[T](rows)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// Delete hides a record; its history stays and Restore brings it back. ifVersion as in Put. It fails with
// Conflict/still_referenced while live records point here.
func Delete[T any](ctx context.Context, s *Store, kind Kind[T], id string, ifVersion int, by string) error {
	return s.Write(ctx, func(b *Batch) error {
		_, err := b.turn(kind.Def(), id, ifVersion, by, "delete")
		return err
	})
}

// Restore brings a deleted record back with the value that it had.
func Restore[T any](ctx context.Context, s *Store, kind Kind[T], id string, ifVersion int, by string) (Record[T], error) {
	out := Record[T]{}
	err := s.Write(ctx, func(b *Batch) error {
		kept, err := b.turn(kind.Def(), id, ifVersion, by, "restore")
		if err != nil {
			return err
		}
		out.ID, out.Version, out.UpdatedAt, out.UpdatedBy = kept.ID, kept.Version, kept.UpdatedAt, kept.UpdatedBy
		return json.Unmarshal(kept.raw, &out.Value)
	})
	return out, err
}

const selectRecord = `SELECT id, version, payload, deleted, updated_at, updated_by FROM record`

func scan[T any](row interface{ Scan(...any) error }) (Record[T], error) {
	var r Record[T]
	var payload, at string
	if err := row.Scan(&r.ID, &r.Version, &payload, &r.Deleted, &at, &r.UpdatedBy); err != nil {
		return r, err
	}
	r.UpdatedAt = database.ParseStamp(at)
	return r, json.Unmarshal([]byte(payload), &r.Value)
}
