package finding

import (
	"fmt"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/base/fact"
)

// logOrder is the order of the events of a case (contract.md, "How a log is read") for a log with these columns.
func logOrder(s fact.Schema) string {
	order := "time"
	if s.Has("start_time") {
		order = "coalesce(start_time, time)"
	}
	if s.Has("sequence") {
		order += ", sequence"
	}
	return order + ", _load, _row"
}

// steps is the SQL of each event beside its neighbours; wait and elapsed are in microseconds, wait up to the start where the event has one,
// otherwise from end to end.
func steps(s fact.Schema) string {
	elapsed := "epoch_us(time) - lag(epoch_us(time)) OVER w"
	wait := elapsed
	if s.Has("start_time") {
		wait = "CASE WHEN start_time IS NULL THEN " + elapsed +
			" ELSE greatest(0, epoch_us(start_time) - lag(epoch_us(time)) OVER w) END"
	}
	return "steps AS (SELECT case_id, activity, " +
		"lag(activity) OVER w AS a1, lag(activity, 2) OVER w AS a2, lead(activity) OVER w AS z1, " +
		elapsed + " AS elapsed, " + wait + " AS wait FROM events " +
		"WINDOW w AS (PARTITION BY case_id ORDER BY " + logOrder(s) + "))"
}

// completing is the condition of rows that complete their activity.
func completing(s fact.Schema) string {
	if s.Has("lifecycle") {
		return " AND coalesce(lower(lifecycle), 'complete') = 'complete'"
	}
	return ""
}

// literal writes the arguments into a query for people to read and run elsewhere.
func (r Rows) literal() string {
	var b strings.Builder
	arg := 0
	for _, c := range r.SQL {
		if c != '?' || arg >= len(r.Args) {
			b.WriteRune(c)
			continue
		}
		b.WriteString(quoted(r.Args[arg]))
		arg++
	}
	return b.String()
}

func quoted(v any) string {
	switch x := v.(type) {
	case string:
		return "'" + strings.ReplaceAll(x, "'", "''") + "'"
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}
