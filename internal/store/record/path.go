package record

import "lotse.dev/lotse/internal/store/record/field"

// Which way the database goes through a register is decided here and not by its planner, which knows nothing of the
// values: it would walk the index of the names to spare itself a sort, and fetch every record from another place on the
// way. Reading the register once from end to end and keeping the best hundred takes a fifth of that.

// narrowed says whether an index leads to few records: a condition asks for some values of an indexed field.
func (d *Def) narrowed(q Query) bool {
	for _, c := range q.Where {
		if c.Op == "eq" && d.indexed(c.Field) {
			return true
		}
	}
	return false
}

// ordered says whether an index holds the records in the order of the query, so that the first of them are the page:
// nothing is left out on the way, but by the field of the order itself.
func (d *Def) ordered(q Query) bool {
	by := d.headingName()
	if len(q.Sort) > 0 {
		by = q.Sort[0].Field
	}
	f, ok := field.Find(d.Fields, by)
	if !ok || !hasIndex(f) || !sortsByKey(f) || q.Deleted || q.Search != "" || !q.Scope.All {
		return false
	}
	for _, c := range q.Where {
		if c.Field != by || symbols[c.Op] == "" {
			return false
		}
	}
	return true
}

// indexed says whether the database keeps an index of a field.
func (d *Def) indexed(name string) bool {
	f, ok := field.Find(d.Fields, name)
	return ok && hasIndex(f)
}

func hasIndex(f *field.Field) bool { return f.Indexed || f.Heading || f.Unique }
