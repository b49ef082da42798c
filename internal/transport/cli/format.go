package cli

import (
	"context"
	"net/http"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/domain/insight/setting"
)

// Text for people shows instants in the zone of the instance and in the format of the language; JSON stays UTC.

// useZone lets instants be shown in a named zone, in that of new instances when the name is empty or unknown.
func (e *Env) useZone(name string) {
	for _, have := range []string{name, setting.Default().Zone} {
		if zone, err := time.LoadLocation(have); have != "" && err == nil {
			e.zone = zone
			return
		}
	}
	e.zone = time.UTC
}

// instance asks for what the sign-in page knows of the instance.
func (e *Env) instance(ctx context.Context) (auth.Instance, error) {
	var status auth.Status
	err := e.Call(ctx, http.MethodGet, "/session", nil, &status)
	return status.Instance, err
}

// useInstanceZone asks the instance for its zone, once.
func (e *Env) useInstanceZone(ctx context.Context) error {
	if e.zone != nil || e.JSON {
		return nil
	}
	i, err := e.instance(ctx)
	e.useZone(i.Zone)
	return err
}

// currency is the one of the instance.
func (e *Env) currency(ctx context.Context) (string, error) {
	i, err := e.instance(ctx)
	return i.Currency, err
}

// today is the date in the zone of the instance.
func (e *Env) today(ctx context.Context) (string, error) {
	i, err := e.instance(ctx)
	e.useZone(i.Zone)
	return time.Now().In(e.zone).Format(time.DateOnly), err
}

// instant writes a point in time to the second.
func (e *Env) instant(t time.Time) string { return e.inZone(t, "15:04:05") }

// minute writes a point in time to the minute.
func (e *Env) minute(t time.Time) string { return e.inZone(t, "15:04") }

func (e *Env) inZone(t time.Time, clock string) string {
	if e.zone == nil {
		e.useZone("")
	}
	return t.In(e.zone).Format(e.dayFormat() + " " + clock)
}

func (e *Env) dayFormat() string {
	if e.Lang == base.German {
		return "02.01.2006"
	}
	return time.DateOnly
}

// day writes a date.
func (e *Env) day(d period.Date) string {
	y, m, day := d.Civil()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC).Format(e.dayFormat())
}

// yes writes a truth value.
func (e *Env) yes(v bool) string {
	if v {
		return base.T("ja", "yes").In(e.Lang)
	}
	return base.T("nein", "no").In(e.Lang)
}

// durationUnits are what a person would count in, with the seconds from which on.
var durationUnits = []struct {
	from, size float64
	name       base.Text
}{
	{2 * 86400, 86400, base.T("Tage", "days")}, {7200, 3600, base.T("Std.", "h")}, {120, 60, base.T("Min.", "min")},
}

// duration writes seconds in the unit that a person would use.
func (e *Env) duration(seconds *float64) string {
	if seconds == nil {
		return "–"
	}
	s := *seconds
	for _, u := range durationUnits {
		if s >= u.from || s <= -u.from {
			return base.FormatFloat(s/u.size, 1, e.Lang) + " " + u.name.In(e.Lang)
		}
	}
	return base.FormatFloat(s, 0, e.Lang) + " s"
}

// maybe writes a point in time that can be unknown.
func (e *Env) maybe(t *time.Time) string {
	if t == nil {
		return "–"
	}
	return e.minute(*t)
}
