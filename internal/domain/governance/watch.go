package governance

import (
	"context"
	"fmt"
	"sync"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/target"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
)

// system is who keeps what Lotse finds out by itself.
const system = "lotse"

// lookEvery is how often the clock is looked at for a new day.
const lookEvery = 10 * time.Minute

// Check compares every target with its status as it was last kept and tells the owner of each that changed, once. A
// figure that is being computed says nothing for now.
func (s *Service) Check(ctx context.Context) error {
	lines, err := s.everyLine(ctx)
	if err != nil || len(lines) == 0 {
		return err
	}
	return s.compare(ctx, lines)
}

func (s *Service) compare(ctx context.Context, lines []target.Target) error {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	standings, err := s.Figures.Judge(ctx, lines)
	if err != nil {
		return err
	}
	byID := map[string]target.Target{}
	for _, t := range lines {
		byID[t.ID] = t
	}
	for _, st := range standings {
		if st.Pending {
			continue
		}
		if err := s.keep(ctx, byID[st.ID], st); err != nil {
			return err
		}
	}
	return nil
}

// keep writes a status that is new and tells the owner when it is not the target that changed. The notice goes first: told
// twice is prevented by its mark, not told at all would be lost.
func (s *Service) keep(ctx context.Context, t target.Target, st target.Standing) error {
	id, now := stateID(t.ID, st.Process), State{Target: t.ID, Status: st.Status, Metric: t.Metric, Title: t.Title, Aim: aimOf(t)}
	have, err := record.Get(ctx, s.Records, stateKind, id)
	switch {
	case base.IsKind(err, base.NotFound):
		_, err = record.Put(ctx, s.Records, stateKind, id, record.New, now, system)
		return err
	case err != nil:
		return err
	case have.Value.Status == now.Status && have.Value.Aim == now.Aim:
		return nil
	}
	if have.Value.Aim == now.Aim {
		now.Was = have.Value.Status
		if err := s.tell(ctx, t, now, fmt.Sprintf("%s-%d", id, have.Version+1)); err != nil {
			return err
		}
	}
	_, err = record.Put(ctx, s.Records, stateKind, id, have.Version, now, system)
	return err
}

func (s *Service) tell(ctx context.Context, t target.Target, now State, mark string) error {
	if t.Owner == "" || s.Notices == nil {
		return nil
	}
	return s.Notices.Notify(ctx, Notice{Person: t.Owner, Target: t.ID, Mark: mark,
		Text: base.T("Der Stand hat sich geändert: %s → %s.", "The status has changed: %s → %s.", now.Was.Title(), now.Status.Title())})
}

// Changed keeps the status that a new or changed target begins with, so that the next load is compared with it.
func (s *Service) Changed(ctx context.Context, e register.Event) {
	if e.Def.Name != "target" || e.After.Deleted {
		return
	}
	ctx = context.WithoutCancel(ctx)
	t, err := lineOf(e.After)
	if err == nil {
		err = s.compare(ctx, []target.Target{t})
	}
	if err != nil {
		s.Logger.Error("the status of a target was not kept", "target", e.After.ID, "error", err)
	}
}

// Loaded compares after facts changed; the change itself is done, so what goes wrong here is logged.
func (s *Service) Loaded(ctx context.Context) {
	if err := s.Check(context.WithoutCancel(ctx)); err != nil {
		s.Logger.Error("targets were not compared after a load", "error", err)
	}
}

// Start compares now and once on every further day until Stop: a target may change on a day of its own.
func (s *Service) Start(ctx context.Context) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	running.Go(func() {
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		day := ""
		for {
			if today := s.Clock().Format(time.DateOnly); today != day {
				if err := s.Check(ctx); err == nil {
					day = today
				} else if ctx.Err() == nil {
					s.Logger.Error("targets were not compared", "error", err)
				}
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
		}
	})
	s.stop = func() { cancel(); running.Wait() }
}

// Stop ends what Start began.
func (s *Service) Stop() { s.stop() }
