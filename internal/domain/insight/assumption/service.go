package assumption

import (
	"cmp"
	"context"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/record"
)

// Service reads and writes the assumptions of an instance.
type Service struct{ records *record.Store }

// New keeps assumptions among records.
func New(records *record.Store) *Service { return &Service{records: records} }

// HandlingTimes lists the handling times of a process, of all processes for "", by process and activity.
func (s *Service) HandlingTimes(ctx context.Context, process string) ([]record.Record[HandlingTime], error) {
	all, err := record.List(ctx, s.records, handlingTimes)
	if err != nil {
		return nil, err
	}
	process = lake.Name(process)
	all = slices.DeleteFunc(all, func(r record.Record[HandlingTime]) bool { return process != "" && r.Value.Process != process })
	slices.SortFunc(all, func(a, b record.Record[HandlingTime]) int {
		return cmp.Or(cmp.Compare(a.Value.Process, b.Value.Process), cmp.Compare(a.Value.Activity, b.Value.Activity))
	})
	return all, nil
}

// Rates lists the hourly rates, the default first, then by role.
func (s *Service) Rates(ctx context.Context) ([]record.Record[Rate], error) {
	all, err := record.List(ctx, s.records, rates)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b record.Record[Rate]) int {
		return cmp.Or(cmp.Compare(rank(a.Value.Role), rank(b.Value.Role)), cmp.Compare(a.Value.Role, b.Value.Role))
	})
	return all, nil
}

func rank(role string) int {
	if role == DefaultRole {
		return 0
	}
	return 1
}

// Rate returns the rate of a role, the default one when the role has none of its own; found is false without either.
func (s *Service) Rate(ctx context.Context, role string) (rate Rate, found bool, err error) {
	all, err := s.Rates(ctx)
	if err != nil {
		return Rate{}, false, err
	}
	for _, r := range all {
		if r.Value.Role == role || r.Value.Role == DefaultRole && !found {
			rate, found = r.Value, true
		}
	}
	return rate, found, nil
}

// PutHandlingTime keeps a handling time; version is that of the one it replaces, 0 for the first.
func (s *Service) PutHandlingTime(ctx context.Context, h HandlingTime, version int, by string) (record.Record[HandlingTime], error) {
	h.Process = lake.Name(h.Process) // before the check, since the identity holds it
	return record.Put(ctx, s.records, handlingTimes, handlingTimeID(h.Process, h.Activity), version, h, by)
}

// PutRate keeps an hourly rate; version is that of the one it replaces, 0 for the first.
func (s *Service) PutRate(ctx context.Context, r Rate, version int, by string) (record.Record[Rate], error) {
	return record.Put(ctx, s.records, rates, rateID(r.Role), version, r, by)
}

// RenameProcess lets the handling times of a process follow its new name; one that the new name has already stays.
func (s *Service) RenameProcess(ctx context.Context, from, to, by string) error {
	times, err := s.HandlingTimes(ctx, from)
	if err != nil {
		return err
	}
	for _, r := range times {
		h := r.Value
		h.Process = to
		if _, err := s.PutHandlingTime(ctx, h, record.New, by); err != nil && !base.IsKind(err, base.Conflict) {
			return err
		}
		if err := record.Delete(ctx, s.records, handlingTimes, r.ID, r.Version, by); err != nil {
			return err
		}
	}
	return nil
}
