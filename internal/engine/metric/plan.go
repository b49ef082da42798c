package metric

import (
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
)

// Plan is a question on its way through the passes. Each pass fills its own part and reads the parts before it.
type Plan struct {
	Definition Definition
	Question   Question
	Relation   Relation
	Env        Env
	Dialect    Dialect
	Bounds     Bounds

	// bind
	Unknown bool          // a column or setting is missing: every value is unknown, Remarks says why
	Remarks base.Remarks  // what is known before any row is read
	filters []boundFilter // filters with values of the column's type
	dims    bool          // the question has a dimension
	money   bool          // the figure is in a currency
	several bool          // the table has a currency column, so that a sum may hold several

	// calendar and compare
	Slots []Slot

	// narrow
	narrow []fragment // conditions on rows that change no answer

	// write
	Statement Statement
	columns   []string // names of the statement's columns, in order

	// asked beside the statement
	underWay map[period.Period]underWay // of the periods that are compared, where durations are
}

// Slot is one period of the answer, or a hidden one that serves the comparison.
type Slot struct {
	period.Period
	Cut      bool // a border of the question lies inside the period
	Complete bool
	Outside  bool // before or after all data: nothing is known
	Hidden   bool
}

// pass is one step of the pipeline.
type pass struct {
	name string
	run  func(p *Plan) error
}

// passes is the one ordered list that every question takes, from the web app, the command line and exports alike.
var passes = []pass{
	{"validate", validateQuestion}, // refuses what no table could answer; gathers all field errors
	{"bind", bindColumns},          // finds columns and settings; a missing one makes the answer unknown
	{"calendar", placeCalendar},    // cuts the span into periods and says which are complete
	{"compare", addCompared},       // adds the period before and the year before as hidden periods
	{"narrow", narrowRows},         // lets the engine skip rows that no thing can be made of
	{"write", writeStatement},      // writes the SQL
}

// Prepare takes a question through all passes. A plan whose Unknown is set, or that has no slots, needs no rows.
func Prepare(d Definition, q Question, r Relation, e Env, b Bounds, dialect Dialect) (*Plan, error) {
	p := &Plan{Definition: d, Question: q, Relation: r, Env: e, Bounds: b, Dialect: dialect}
	for _, step := range passes {
		if err := step.run(p); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// NeedsRows says whether the statement has to be run.
func (p *Plan) NeedsRows() bool { return !p.Unknown && len(p.Slots) > 0 }
