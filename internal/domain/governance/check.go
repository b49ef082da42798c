package governance

import (
	"fmt"
	"regexp"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record/field"
)

func checkTarget(t *Target) []base.FieldError {
	var e field.Errors
	slices.SortStableFunc(t.Points, func(a, b Point) int {
		switch {
		case a.From < b.From:
			return -1
		case a.From > b.From:
			return 1
		}
		return 0
	})
	for i := 1; i < len(t.Points); i++ {
		if t.Points[i].From == t.Points[i-1].From {
			e.Add(fmt.Sprintf("points[%d].from", i), base.T("Zwei Werte gelten ab demselben Tag.", "Two values hold from the same day."))
		}
	}
	return e.List()
}

var clockForm = regexp.MustCompile(`^([01]?\d|2[0-3]):[0-5]\d$`)

func checkMeeting(m *Meeting) []base.FieldError {
	if m.Clock != "" && !clockForm.MatchString(m.Clock) {
		return []base.FieldError{{Field: "clock", Text: base.T("Bitte eine Uhrzeit wie 14:00 angeben.", "Please give a time such as 14:00.")}}
	}
	return nil
}
