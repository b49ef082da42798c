package metric

// Expr is a node of the small tree in which definitions say what they mean. The same tree becomes SQL (sql_expr.go) and
// a sentence (phrase.go).
type Expr interface {
	// fields calls visit for every field the node reads.
	fields(visit func(name string))
}

// Field is a field of a thing, or a column where things are rows.
type Field string

// MoreThan holds where a number is greater than a whole number.
type MoreThan struct {
	Of  Expr
	Min int64
}

// AtLeast holds where a number is at least a whole number.
type AtLeast struct {
	Of  Expr
	Min int64
}

// Is holds where a yes/no field is yes.
type Is struct{ Of Field }

// Equals holds where a text field has a value.
type Equals struct {
	Of    Field
	Value string
}

// Known holds where a field has a value.
type Known struct{ Of Field }

// Both holds where all of its conditions hold.
type Both []Expr

// Digital holds where a channel is among the channels that the settings mark as digital.
type Digital struct{ Of Field }

// Elapsed is the time from one instant to another in seconds; negative where To is earlier.
type Elapsed struct{ From, To Field }

// InPeriod holds where an instant of a member's history lies in the period of the point.
type InPeriod struct{ Of Field }

// ByPeriodEnd holds where an instant of a member's history lies before the end of the period of the point.
type ByPeriodEnd struct{ Of Field }

func (e Field) fields(visit func(string))       { visit(string(e)) }
func (e MoreThan) fields(visit func(string))    { e.Of.fields(visit) }
func (e AtLeast) fields(visit func(string))     { e.Of.fields(visit) }
func (e Is) fields(visit func(string))          { e.Of.fields(visit) }
func (e Equals) fields(visit func(string))      { e.Of.fields(visit) }
func (e Known) fields(visit func(string))       { e.Of.fields(visit) }
func (e Digital) fields(visit func(string))     { e.Of.fields(visit) }
func (e Elapsed) fields(visit func(string))     { visit(string(e.From)); visit(string(e.To)) }
func (e InPeriod) fields(visit func(string))    { e.Of.fields(visit) }
func (e ByPeriodEnd) fields(visit func(string)) { e.Of.fields(visit) }
func (e Both) fields(visit func(string)) {
	for _, part := range e {
		part.fields(visit)
	}
}

// walk calls visit for every field of an expression that may be nil.
func walk(e Expr, visit func(string)) {
	if e != nil {
		e.fields(visit)
	}
}

// readsDigital says whether an expression asks for the digital channels.
func readsDigital(e Expr) bool {
	switch x := e.(type) {
	case Digital:
		return true
	case Both:
		for _, part := range x {
			if readsDigital(part) {
				return true
			}
		}
	}
	return false
}
