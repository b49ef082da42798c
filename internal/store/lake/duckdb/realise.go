package duckdb

import (
	"context"
	"fmt"
	"strings"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake/catalogue"
)

// realise makes the visible rows of a load: its origin when all are, otherwise a file of its own, or none.
func (s *Store) realise(ctx context.Context, p catalogue.Plan, l catalogue.Load, loads map[int64]catalogue.Load) (catalogue.Visible, error) {
	v := catalogue.Visible{Load: l.ID, Plan: p.Key(), File: l.Origin, Rows: l.Origin.Rows}
	if !p.Whole() {
		f, err := s.writePlan(ctx, p, l, loads)
		if err != nil {
			return v, err
		}
		if f.Rows == l.Origin.Rows {
			s.discard(f)
		} else {
			v.File, v.Rows = f, f.Rows
		}
	}
	if v.Rows == 0 {
		if v.File != l.Origin {
			s.discard(v.File)
		}
		v.File = nil
	}
	return v, nil
}

func (s *Store) writePlan(ctx context.Context, p catalogue.Plan, l catalogue.Load, loads map[int64]catalogue.Load) (*catalogue.File, error) {
	c, err := s.engine.connect()
	if err != nil {
		return nil, err
	}
	defer c.close()
	activities, err := dictionary(ctx, c, s.path(l.Origin))
	if err != nil {
		return nil, err
	}
	events := activities != nil
	folder, _, _ := strings.Cut(l.Origin.Path, "/")
	return s.write(ctx, c, writing{folder: folder + "/", query: s.planQuery(p, l, loads, l.Origin.Path, events),
		fields: fieldsOf(l.Columns, false, events), activities: activities, time: l.Time})
}

// countPlan counts the rows that a plan would show. origin is the path of the load's origin.
func (s *Store) countPlan(ctx context.Context, p catalogue.Plan, l catalogue.Load, loads map[int64]catalogue.Load, origin string) (int64, error) {
	c, err := s.engine.connect()
	if err != nil {
		return 0, err
	}
	defer c.close()
	st, err := c.stream(ctx, 0, "SELECT count(*) FROM ("+s.planQuery(p, l, loads, origin, false)+")")
	if err != nil {
		return 0, err
	}
	defer st.close()
	if _, err := st.next(); err != nil {
		return 0, err
	}
	return at[int64](&st.columns[0], 0), nil
}

// planQuery selects the visible rows of a load in the order of its origin.
func (s *Store) planQuery(p catalogue.Plan, l catalogue.Load, loads map[int64]catalogue.Load, origin string, events bool) string {
	fields := fieldsOf(l.Columns, false, events)
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = "o." + ident(f.name)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "SELECT %s FROM %s AS o", strings.Join(names, ", "), s.source([]string{origin}, fieldsOf(l.Columns, true, events)))
	for i, g := range groups(p.Skip, l, loads) {
		fmt.Fprintf(&b, " ANTI JOIN %s AS e%d ON %s", s.earlierRows(g, l, origin), i, equalRows(g, l, fmt.Sprintf("e%d", i)))
	}
	b.WriteString(" WHERE " + outsideWindows(p.Hide, "o", l.Time, fields))
	if len(p.Skip) > 0 {
		b.WriteString(" ORDER BY " + fileOrder(l, events))
	}
	return b.String()
}

// fileOrder is the order of a load's origin, which joins may lose.
func fileOrder(l catalogue.Load, events bool) string {
	switch {
	case events:
		return eventOrder(catalogue.Facts(l.Columns), func(column string) string { return "o." + column }, "o._row")
	case l.Time != "":
		return "o." + ident(l.Time) + ", o._row"
	default:
		return "o._row"
	}
}

// group is a set of earlier loads that can be compared in one join.
type group struct {
	loads  []catalogue.Load
	except []catalogue.Window
	same   bool // same columns and types, so that hashes can be compared
}

// groups joins loads of the same layout without exceptions; the others stand alone.
func groups(skip []catalogue.Against, l catalogue.Load, loads map[int64]catalogue.Load) []group {
	var out []group
	all := -1
	for _, a := range skip {
		e := loads[a.Load]
		same := catalogue.SameLayout(e.Columns, l.Columns)
		if same && len(a.Except) == 0 {
			if all < 0 {
				all = len(out)
				out = append(out, group{same: true})
			}
			out[all].loads = append(out[all].loads, e)
			continue
		}
		out = append(out, group{loads: []catalogue.Load{e}, except: a.Except, same: same})
	}
	return out
}

// earlierRows is the relation of the rows of earlier loads that were visible when l came, read in the types in which
// they are compared. Where hashes can be compared, only rows whose hash occurs in l are looked at: the join then holds
// few rows even when both loads are large.
func (s *Store) earlierRows(g group, l catalogue.Load, origin string) string {
	var fields []field
	for _, c := range l.Columns {
		fields = append(fields, field{c.Field, c.Name, compareType(c, g.loads[0])})
	}
	where := outsideWindows(g.except, "x", l.Time, fields)
	if g.same {
		hash := field{catalogue.HashField, catalogue.HashColumn, fact.Integer}
		fields = append(fields, hash)
		where += " AND x._hash IN (SELECT _hash FROM " + s.source([]string{origin}, []field{hash}) + ")"
	}
	paths := make([]string, len(g.loads))
	for i, e := range g.loads {
		paths[i] = e.Origin.Path
	}
	return fmt.Sprintf("(SELECT * FROM %s AS x WHERE %s)", s.source(paths, fields), where)
}

// compareType is the type in which a column of l is compared with the same column of an earlier load.
func compareType(c catalogue.Column, e catalogue.Load) fact.Type {
	for _, other := range e.Columns {
		if other.Field == c.Field {
			return catalogue.Join(c, other).Type
		}
	}
	return c.Type
}

// equalRows is true for rows equal in every column of l; a column that the earlier load lacks is empty there.
func equalRows(g group, l catalogue.Load, e string) string {
	var conditions []string
	if g.same {
		conditions = append(conditions, "o._hash = "+e+"._hash")
	}
	for _, c := range l.Columns {
		mine := "o." + ident(c.Name)
		if t := compareType(c, g.loads[0]); t != c.Type {
			mine = "CAST(" + mine + " AS " + typeName(t) + ")"
		}
		conditions = append(conditions, fmt.Sprintf("%s IS NOT DISTINCT FROM %s.%s", mine, e, ident(c.Name)))
	}
	return strings.Join(conditions, " AND ")
}

// outsideWindows is true for rows whose time lies in none of the windows; rows without time lie in none.
func outsideWindows(windows []catalogue.Window, alias, timeColumn string, fields []field) string {
	if len(windows) == 0 || timeColumn == "" {
		return "true"
	}
	column := alias + "." + ident(timeColumn)
	for _, f := range fields {
		if f.name == timeColumn && f.kind != fact.Time {
			column = "TRY_CAST(" + column + " AS TIMESTAMPTZ)" // a date is its first instant in UTC
		}
	}
	parts := make([]string, len(windows))
	for i, w := range windows {
		parts[i] = fmt.Sprintf("(%s >= make_timestamptz(%d) AND %s < make_timestamptz(%d))", column, w.From, column, w.To)
	}
	return "NOT coalesce(" + strings.Join(parts, " OR ") + ", false)"
}
