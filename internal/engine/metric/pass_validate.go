package metric

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
)

// validateQuestion checks the question by itself, before any table is looked at, and gathers all field errors.
func validateQuestion(p *Plan) error {
	q := &p.Question
	var errs []base.FieldError
	add := func(field string, text base.Text) { errs = append(errs, base.FieldError{Field: field, Text: text}) }

	grain, err := period.ParseGrain(string(q.Grain))
	if err != nil {
		add("by", base.AsError(err).Text)
	}
	q.Grain = grain
	if q.From != nil && q.To != nil && *q.From >= *q.To {
		add("to", base.T("Das Ende liegt nicht nach dem Beginn.", "The end does not lie after the beginning."))
	}
	if len(q.Filters) > MaxFilters {
		add("filter", base.T("Höchstens %s Filter.", "At most %s filters.", MaxFilters))
	}
	for i, f := range q.Filters {
		if len(f.Values) == 0 || len(f.Values) > MaxValues {
			add(fmt.Sprintf("filter[%d]", i), base.T("Ein Filter hat 1 bis %s Werte.", "A filter has 1 to %s values.", MaxValues))
		}
		if slices.ContainsFunc(f.Values, unreadable) {
			add(fmt.Sprintf("filter[%d]", i), base.T("Ein Wert ist kein lesbarer Text.", "A value is not readable text."))
		}
	}
	if len(errs) == 0 {
		return nil
	}
	e := base.Fail(base.Usage, "question_invalid", base.T("Die Abfrage ist so nicht möglich.", "The query is not possible like this."))
	e.Fields = errs
	return e
}

// unreadable says whether a text cannot stand in any column: it is not UTF-8 or holds a zero byte.
func unreadable(s string) bool { return !utf8.ValidString(s) || strings.ContainsRune(s, 0) }
