package finding

import (
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/setting"
)

// Limits of certainty: level 3 wants this sample, this span and at most this share of open cases; level 2 a small
// sample's 30 cases and a quarter of a year.
const (
	soundSample = 300
	soundDays   = 365
	soundOpen   = 0.10
	fairDays    = 90
)

// certainty says how far the numbers of a draft carry and why.
func (d *Draft) certainty(zone *time.Location) Certainty {
	days := d.Span.Days()
	known := d.Process == "" || d.Open != nil
	few := d.Open == nil || *d.Open <= soundOpen
	c := Certainty{Level: 1}
	switch {
	case d.Sample >= soundSample && d.Cases >= smallSample && days >= soundDays && known && few:
		c.Level = 3
	case d.Cases >= smallSample && days >= fairDays:
		c.Level = 2
	}
	c.Text = base.T("%s von %s aus %s Monaten, Datenstand %s.", "%s of %s from %s months, data up to %s.", d.Cases, d.Sample,
		oneDecimal(d.Span.months()), dayText(d.Span.Last.In(zone)))
	switch {
	case d.Process == "":
	case d.Open == nil:
		c.Text = base.T("%s Wie viele Vorgänge offen sind, ist unbekannt: keine Endaktivität festgelegt.",
			"%s How many cases are open is unknown: no end activity is set.", c.Text)
	default:
		c.Text = base.T("%s %s %% der Vorgänge sind nicht abgeschlossen.", "%s %s %% of the cases are not completed.", c.Text, percent(*d.Open))
	}
	return c
}

func dayText(t time.Time) base.Text {
	return base.T(t.Format("02.01.2006"), t.Format("2 January 2006"))
}

// openShare is the share of cases that do not end with an end activity of the process, nil while none is set.
func (d *Draft) openShare(s setting.Settings) *float64 {
	ends, set := s.Ends(d.Process)
	if d.Process == "" || !set {
		return nil
	}
	all, done := int64(0), int64(0)
	for activity, n := range d.Ends {
		all += n
		if slices.Contains(ends, activity) {
			done += n
		}
	}
	share := 1 - float64(done)/float64(max(all, 1))
	return &share
}

// caveats are the remarks that follow from the numbers.
func (d *Draft) caveats() base.Remarks {
	out := append(base.Remarks{}, d.Remarks...)
	if d.Cases < smallSample {
		out.Add("small_sample", base.T("Weniger als %d Vorgänge: nur ein Hinweis.", "Fewer than %d cases: a hint only.", smallSample))
	}
	if d.Span.Days() < fairDays {
		out.Add("short_span", base.T("Die Daten umfassen %s Monate; die Größe im Jahr ist hochgerechnet.",
			"The data cover %s months; the size a year is extrapolated.", oneDecimal(d.Span.months())))
	}
	if d.Process != "" && d.Open == nil {
		out.AddLink("ends_unknown", base.T("Für den Prozess ist keine Endaktivität festgelegt.", "No end activity is set for the process."),
			"/einstellungen")
	}
	return out
}
