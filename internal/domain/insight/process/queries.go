package process

import (
	"context"

	"lotse.dev/lotse/internal/engine/mining"
)

// Summary answers the size of the filtered process.
func (s *Service) Summary(ctx context.Context, process string, f Filter) (*Summary, error) {
	v, r, err := s.mined(ctx, process, f, false)
	if err != nil {
		return nil, err
	}
	return SummaryOf(r, v.remarksFor(r, f)), nil
}

// Map answers the directly-follows map of the filtered process.
func (s *Service) Map(ctx context.Context, process string, f Filter) (*Map, error) {
	v, r, err := s.mined(ctx, process, f, false)
	if err != nil {
		return nil, err
	}
	return MapOf(r, v.remarksFor(r, f)), nil
}

// Variants answers a page of the variants of the filtered process; top 0 gives all from offset on.
func (s *Service) Variants(ctx context.Context, process string, f Filter, top, offset int) (*Variants, error) {
	v, r, err := s.mined(ctx, process, f, false)
	if err != nil {
		return nil, err
	}
	return VariantsOf(r, top, offset, v.settings.SectionsOf(process), v.remarksFor(r, f)), nil
}

func (s *Service) mined(ctx context.Context, process string, f Filter, times bool) (*view, *mining.Result, error) {
	v, err := s.view(ctx, process)
	if err != nil {
		return nil, nil, err
	}
	r, err := s.analyse(ctx, v, f, times)
	return v, r, err
}
