package metric

// narrowRows lets the engine skip rows early. Rows of a group are skipped where every field of the thing has a
// condition and the row meets none of them: such a row changes no field, and a thing made of such rows alone has no
// known field and is left out by the definition's condition. Rows outside the span are skipped where a thing is a row;
// rows of a group are not, because an order of the span may have lines after it, or begin before it.
func narrowRows(p *Plan) error {
	d := p.Definition
	if d.Each.Form != EachGroup {
		return nil
	}
	conditions := make([]fragment, 0, len(d.Each.Fields))
	for _, f := range d.Each.Fields {
		if f.Where == nil {
			return nil
		}
		conditions = append(conditions, p.expr(f.Where))
	}
	p.narrow = []fragment{sql("({})", join(conditions, " OR "))}
	return nil
}
