package register

import (
	"strconv"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
)

// AskInput is what a list, a grouping and an export have in common.
type AskInput struct {
	Filter  []string `query:"filter,explode" maxItems:"30" doc:"field:operator:value, values of eq, ne, has and not_has parted by |; @me stands for the reader, @today for the day, @today+30 for a day later"`
	Search  string   `query:"q" maxLength:"200" doc:"words that must all be in the record, in any form"`
	Sort    string   `query:"sort" maxLength:"200" doc:"fields parted by commas, a minus before one turns it round"`
	Deleted bool     `query:"deleted" doc:"the deleted records instead"`
}

// query reads the parameters of a request.
func (s *Service) query(r reader, d *record.Def, in AskInput) (record.Query, error) {
	q := record.Query{Search: strings.TrimSpace(in.Search), Deleted: in.Deleted, Scope: r.scope(d)}
	for _, text := range in.Filter {
		c, err := s.condition(r, text)
		if err != nil {
			return q, err
		}
		q.Where = append(q.Where, c)
	}
	for name := range strings.SplitSeq(in.Sort, ",") {
		if name = strings.TrimSpace(name); name != "" {
			q.Sort = append(q.Sort, record.Sort{Field: strings.TrimPrefix(name, "-"), Desc: strings.HasPrefix(name, "-")})
		}
	}
	return q, nil
}

func (s *Service) condition(r reader, text string) (record.Condition, error) {
	name, rest, ok := strings.Cut(text, ":")
	op, value, has := strings.Cut(rest, ":")
	if !ok || name == "" || op == "" {
		return record.Condition{}, base.Fail(base.Usage, "wrong_query", base.T("„%s“ ist kein Filter wie feld:eq:wert.", "“%s” is no filter such as field:eq:value.", text))
	}
	c := record.Condition{Field: name, Op: op}
	if !has {
		return c, nil
	}
	values := []string{value}
	switch op {
	case "eq", "ne", "has", "not_has":
		values = strings.Split(value, "|")
	}
	for _, v := range values {
		switch {
		case v == "@me":
			c.Values = append(c.Values, r.acting.Persons...)
			if len(r.acting.Persons) == 0 {
				c.Values = append(c.Values, "") // nobody
			}
		case strings.HasPrefix(v, "@today"):
			day, err := dayAfter(r.acting.Today, strings.TrimPrefix(v, "@today"))
			if err != nil {
				return c, err
			}
			c.Values = append(c.Values, day)
		default:
			c.Values = append(c.Values, v)
		}
	}
	return c, nil
}

// dayAfter is a day relative to today, by an offset such as +30 or -7.
func dayAfter(today time.Time, offset string) (string, error) {
	days := 0
	if offset != "" {
		n, err := strconv.Atoi(offset)
		if err != nil || n < -40_000 || n > 40_000 {
			return "", base.Fail(base.Usage, "wrong_query", base.T("„%s“ ist kein Abstand in Tagen.", "“%s” is no distance in days.", offset))
		}
		days = n
	}
	return today.AddDate(0, 0, days).Format(time.DateOnly), nil
}
