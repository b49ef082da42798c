package duckdb

import (
	"context"
	"errors"
	"path/filepath"

	"lotse.dev/lotse/internal/store/lake"
)

// errMemory is the cause of an answer for which the memory did not suffice.
var errMemory = errors.New("out of memory")

// ask answers a question among others; one for which the memory did not suffice it asks again, alone.
func (s *Store) ask(ctx context.Context, sql string, relations map[string]string, args []any) (lake.Rows, error) {
	give, err := take(ctx, s.heavy)
	if err != nil {
		return nil, err
	}
	r, err := s.engine.answer(ctx, s.o, sql, relations, args)
	if err == nil {
		r.then(give)
		return r, nil
	}
	give()
	if !errors.Is(err, errMemory) {
		return nil, err
	}
	return s.askAlone(ctx, sql, relations, args)
}

// askAlone waits until no other question is being answered and gives one thread all the memory. Threads keep what they
// group apart from each other until the end: one alone needs a fraction of it and spills the rest to the disk.
func (s *Store) askAlone(ctx context.Context, sql string, relations map[string]string, args []any) (lake.Rows, error) {
	give, err := s.takeAll(ctx)
	if err != nil {
		return nil, err
	}
	o := s.o
	o.Threads = 1
	e, err := newEngine(o, filepath.Join(s.tmp, "alone"), s.lake)
	if err != nil {
		give()
		return nil, err
	}
	r, err := e.answer(ctx, o, sql, relations, args)
	if err != nil {
		e.close()
		give()
		return nil, err
	}
	r.then(func() { e.close(); give() })
	return r, nil
}

// takeAll takes every place of heavy questions; of several that want all, one after the other gets them.
func (s *Store) takeAll(ctx context.Context) (give func(), err error) {
	last, err := take(ctx, s.alone)
	if err != nil {
		return nil, err
	}
	taken := []func(){last}
	give = func() {
		for _, g := range taken {
			g()
		}
	}
	for range cap(s.heavy) {
		one, err := take(ctx, s.heavy)
		if err != nil {
			give()
			return nil, err
		}
		taken = append(taken, one)
	}
	return give, nil
}

// answer asks and fetches the first rows.
func (e *engine) answer(ctx context.Context, o Options, sql string, relations map[string]string, args []any) (*rows, error) {
	r, err := e.ask(ctx, o, sql, relations, args)
	if err != nil {
		return nil, err
	}
	if err := r.hold(); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}
