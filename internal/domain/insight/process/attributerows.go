package process

import (
	"context"

	"lotse.dev/lotse/internal/store/lake"
)

// rangeRows is about how many events one query over the attributes of cases takes: grouping all cases of a large log at
// once needs more memory than there is.
const rangeRows = 2_000_000

// attributeRows are the attributes of the cases in bytewise order of case_id: one query after the other over ranges of
// case_id. A log of fewer than rangeRows events is one range.
type attributeRows struct {
	ctx    context.Context
	lake   lake.Store
	query  lake.Query
	args   []any
	bounds []string // the case_ids at which a further range begins
	next   int      // the range to ask for
	rows   lake.Rows
	err    error
}

func (s *Service) attributeRows(ctx context.Context, v *view, attributes []attribute) (*attributeRows, error) {
	r := &attributeRows{ctx: ctx, lake: s.lake, query: lake.Query{Tables: map[string]lake.Dataset{"events": events(v.process)}, Snapshot: v.snapshot}}
	if ranges := v.events.Rows / s.perRange; ranges > 0 {
		var err error
		if r.bounds, err = r.cut(int(ranges)); err != nil {
			return nil, err
		}
	}
	r.query.SQL, r.args = attributeQuery(v, attributes)
	return r, nil
}

// cut chooses the cases at which a range begins, evenly among some that their hash picks.
func (r *attributeRows) cut(parts int) ([]string, error) {
	q := r.query
	q.SQL = "SELECT DISTINCT case_id FROM events WHERE hash(case_id) % 256 = 0 ORDER BY case_id"
	rows, err := r.lake.Query(r.ctx, q)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var picked []string
	for rows.Next() {
		picked = append(picked, text(rows.Values()[0]))
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	var out []string
	for i := range parts {
		if id := len(picked) * (i + 1) / (parts + 1); id < len(picked) && (len(out) == 0 || picked[id] > out[len(out)-1]) {
			out = append(out, picked[id])
		}
	}
	return out, nil
}

// Next goes on to the next case and asks for the next range where one ends.
func (r *attributeRows) Next() bool {
	for r.err == nil {
		if r.rows != nil && r.rows.Next() {
			return true
		}
		if r.err = r.Close(); r.err != nil || r.next > len(r.bounds) {
			return false
		}
		r.rows, r.err = r.lake.Query(r.ctx, r.nextRange())
		r.next++
	}
	return false
}

// nextRange restricts the query to the cases from one bound to the next.
func (r *attributeRows) nextRange() lake.Query {
	q, where := r.query, "true"
	q.Args = append([]any{}, r.args...)
	if r.next > 0 {
		where += " AND case_id >= ?"
		q.Args = append(q.Args, r.bounds[r.next-1])
	}
	if r.next < len(r.bounds) {
		where += " AND case_id < ?"
		q.Args = append(q.Args, r.bounds[r.next])
	}
	q.SQL += " FROM events WHERE " + where + " GROUP BY case_id ORDER BY case_id"
	return q
}

func (r *attributeRows) Values() []any { return r.rows.Values() }

func (r *attributeRows) Err() error { return r.err }

// Close ends the range under way; its error comes first.
func (r *attributeRows) Close() error {
	if r.rows == nil {
		return nil
	}
	err := r.rows.Err()
	if e := r.rows.Close(); err == nil {
		err = e
	}
	r.rows = nil
	return err
}
