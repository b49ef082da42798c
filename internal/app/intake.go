package app

import (
	"context"

	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/intake"
	"lotse.dev/lotse/internal/store/lake"
)

// intake joins the intake with the settings and with what is derived from loads.
func (a *App) intake(m *modules) intake.Deps {
	return intake.Deps{
		DB: m.db, Lake: m.lake, Jobs: m.jobs, Clock: a.options.Clock,
		Defaults: func(ctx context.Context) (zone, currency string, err error) {
			s, _, err := m.settings.Get(ctx)
			return s.Zone, s.Currency, err
		},
		Changed: func(ctx context.Context, d lake.Dataset, by string) (string, error) {
			if d.Table != "events" {
				return "", nil
			}
			info, err := m.jobs.Submit(ctx, process.DeriveRequest(d.Process, by))
			return info.ID, err
		},
	}
}
