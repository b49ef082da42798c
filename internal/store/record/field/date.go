package field

import (
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
)

// date is a day of the calendar between 1900 and 2199.
type date struct{}

func parseDay(s string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, s)
	return t, err == nil && t.Year() >= 1900 && t.Year() < 2200
}

func checkDay(v any, at string, e *Errors) any {
	s, ok := v.(string)
	s = strings.TrimSpace(s)
	if ok && s == "" {
		return nil
	}
	if _, valid := parseDay(s); !ok || !valid {
		return wrong(e, at, "Bitte einen Tag im Format JJJJ-MM-TT angeben.", "Please give a day as YYYY-MM-DD.")
	}
	return s
}

// FormatDay writes a day as people read it: 24.11.2026 or 24 Nov 2026.
func FormatDay(s string, l base.Lang) string {
	t, ok := parseDay(s)
	if !ok {
		return s
	}
	if l == base.English {
		return t.Format("2 Jan 2006")
	}
	return t.Format("02.01.2006")
}

// ParseDay reads a day in the forms that FormatDay writes, and YYYY-MM-DD.
func ParseDay(s string) (string, error) {
	s = strings.TrimSpace(s)
	for _, form := range []string{time.DateOnly, "02.01.2006", "2.1.2006", "2 Jan 2006", "2 January 2006"} {
		if t, err := time.Parse(form, s); err == nil {
			return t.Format(time.DateOnly), nil
		}
	}
	return "", base.Fail(base.Refused, "no_day", base.T("„%s“ ist kein Tag wie 24.11.2026.", "“%s” is no day such as 24 Nov 2026.", s))
}

func (date) Class() Class { return Plain }

func (date) Check(_ *Field, v any, at string, e *Errors) any { return checkDay(v, at, e) }

func (date) Key(_ *Field, v any) any { return plainKey(v) }

func (date) Text(_ *Field, v any, w Words) string { s, _ := v.(string); return FormatDay(s, w.Lang()) }

func (date) Parse(_ *Field, s string, _ Words) (any, error) { return anyOf(ParseDay(s)) }

func (date) Schema(*Field) map[string]any { return map[string]any{"type": "string", "format": "date"} }

func plainKey(v any) any {
	if s, ok := v.(string); ok && s != "" {
		return s
	}
	return nil
}

// period is a span of days; its end may be open. It is kept with the day after the last and shown with the last.
type period struct{}

func (period) Class() Class { return Plain }

func (period) Check(_ *Field, v any, at string, e *Errors) any {
	m, ok := v.(map[string]any)
	if !ok {
		return wrong(e, at, "Ein Zeitraum mit Beginn und Ende wird erwartet.", "A period with its start and end is expected.")
	}
	parts(m, []string{"from", "to"}, at, e)
	out := map[string]any{}
	for _, name := range []string{"from", "to"} {
		if m[name] != nil {
			if day := checkDay(m[name], at+"."+name, e); day != nil {
				out[name] = day
			}
		}
	}
	from, _ := out["from"].(string)
	to, _ := out["to"].(string)
	switch {
	case from == "" && to == "":
		return nil
	case from == "":
		if s, isText := m["from"].(string); m["from"] == nil || isText && strings.TrimSpace(s) == "" {
			e.Add(at+".from", missing)
		}
		return nil
	case to != "" && to <= from:
		e.Add(at+".to", base.T("Das Ende liegt vor dem Beginn.", "The end is before the start."))
		return nil
	}
	return out
}

func (period) Key(_ *Field, v any) any {
	if m, ok := v.(map[string]any); ok {
		return plainKey(m["from"])
	}
	return nil
}

const openEnd = "–"

func (period) Text(_ *Field, v any, w Words) string {
	m := v.(map[string]any)
	from, _ := m["from"].(string)
	to, _ := m["to"].(string)
	s := FormatDay(from, w.Lang()) + " " + openEnd
	if t, ok := parseDay(to); ok {
		s += " " + FormatDay(t.AddDate(0, 0, -1).Format(time.DateOnly), w.Lang())
	}
	return s
}

func (period) Parse(_ *Field, s string, _ Words) (any, error) {
	first, last, dash := strings.Cut(s, openEnd)
	if !dash {
		first, last, _ = strings.Cut(s, " - ")
	}
	from, err := ParseDay(first)
	if err != nil {
		return nil, err
	}
	out := map[string]any{"from": from}
	if strings.TrimSpace(last) != "" {
		day, err := ParseDay(last)
		if err != nil {
			return nil, err
		}
		t, _ := parseDay(day)
		out["to"] = t.AddDate(0, 0, 1).Format(time.DateOnly)
	}
	return out, nil
}

func (period) Schema(*Field) map[string]any {
	day := map[string]any{"type": "string", "format": "date"}
	return map[string]any{"type": "object", "required": []string{"from"}, "additionalProperties": false,
		"properties": map[string]any{"from": day, "to": day}}
}
