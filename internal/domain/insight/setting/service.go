package setting

import (
	"context"
	"sync"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
)

// instanceID is the id of the one record.
const instanceID = "instance"

var kind = record.Kind[Settings]{
	Name: "setting", Title: base.T("Die Einstellungen", "The settings"), Validate: check,
}

// Service reads and writes the settings of an instance.
type Service struct {
	records *record.Store
	mu      sync.Mutex
	hooks   []func(ctx context.Context, before, after Settings, by string) error
}

// New keeps the settings among records.
func New(records *record.Store) *Service { return &Service{records: records} }

// Answer is the settings as they stand. Version is 0 while nothing was ever set and the defaults hold.
type Answer struct {
	Value     Settings   `json:"value"`
	Version   int        `json:"version"`
	UpdatedAt *time.Time `json:"updated_at"`
	UpdatedBy string     `json:"updated_by"`
}

// Get returns the settings and their version, the defaults with version 0 while nothing was ever set.
func (s *Service) Get(ctx context.Context) (Settings, int, error) {
	a, err := s.Read(ctx)
	if err != nil {
		return Default(), 0, err
	}
	return a.Value, a.Version, nil
}

// Read is Get with who changed them last and when.
func (s *Service) Read(ctx context.Context) (*Answer, error) {
	r, err := record.Get(ctx, s.records, kind, instanceID)
	if base.IsKind(err, base.NotFound) {
		return &Answer{Value: Default()}, nil
	}
	if err != nil {
		return nil, err
	}
	return answer(r), nil
}

// Put replaces the settings when version is still the current one (0 for the first time; record.AnyVersion for
// whatever is there) and then tells everyone who asked by OnChange.
func (s *Service) Put(ctx context.Context, value Settings, version int, by string) (*Answer, error) {
	before, _, err := s.Get(ctx)
	if err != nil {
		return nil, err
	}
	r, err := record.Put(ctx, s.records, kind, instanceID, version, value, by)
	if err != nil {
		return nil, err
	}
	return answer(r), s.tell(ctx, before, r.Value, by)
}

// RenameProcess lets everything that is set for a process follow its new name.
func (s *Service) RenameProcess(ctx context.Context, from, to, by string) error {
	value, version, err := s.Get(ctx)
	if err != nil || !value.rename(from, to) {
		return err
	}
	_, err = s.Put(ctx, value, version, by)
	return err
}

func (s *Service) tell(ctx context.Context, before, after Settings, by string) error {
	s.mu.Lock()
	hooks := s.hooks
	s.mu.Unlock()
	for _, hook := range hooks {
		if err := hook(ctx, before, after, by); err != nil {
			return err
		}
	}
	return nil
}

// OnChange asks to be told after each change, in the request that makes it.
func (s *Service) OnChange(hook func(ctx context.Context, before, after Settings, by string) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hooks = append(s.hooks, hook)
}

// History returns every version, oldest first; it is empty while nothing was ever set.
func (s *Service) History(ctx context.Context) ([]record.Entry[Settings], error) {
	entries, err := record.History(ctx, s.records, kind, instanceID)
	if base.IsKind(err, base.NotFound) {
		return []record.Entry[Settings]{}, nil
	}
	return entries, err
}

func answer(r record.Record[Settings]) *Answer {
	at := r.UpdatedAt
	return &Answer{Value: r.Value, Version: r.Version, UpdatedAt: &at, UpdatedBy: r.UpdatedBy}
}
