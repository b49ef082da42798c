package setting

import (
	"context"

	"lotse.dev/lotse/internal/base"
)

// At returns the settings as a version had them; version 0 is what holds before anything is set.
func (s *Service) At(ctx context.Context, version int) (Settings, error) {
	if version == 0 {
		return Default(), nil
	}
	history, err := s.History(ctx)
	if err != nil {
		return Default(), err
	}
	for _, e := range history {
		if e.Version == version {
			return e.Value, nil
		}
	}
	return Default(), base.Fail(base.NotFound, "version_not_found", base.T("Die Fassung %d der Einstellungen gibt es nicht.", "There is no version %d of the settings.", version))
}
