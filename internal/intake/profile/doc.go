// Package profile reads a table once and says what its columns may hold: how many values could be numbers with a point
// or a comma, dates day-first or month-first, yes or no; what stands for empty; how many different values there are;
// and which columns have one value per case. Decisions over the whole file (the order of day and month, the decimal
// mark) are made here from these counts; what a column means belongs to package mapping.
package profile

import (
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/value"
)

// Profile is what one pass over a file found. It is kept as JSON with an upload.
type Profile struct {
	Rows    int64        `json:"rows"`
	Ragged  int64        `json:"ragged"`
	Columns []Column     `json:"columns"`
	Notes   format.Notes `json:"notes"`
	Preview [][]string   `json:"preview"`
	CaseBy  string       `json:"case_by"` // column whose values were taken as cases for Column.Constant, "" for none
}

// Column is what was found in one column.
type Column struct {
	Name     string           `json:"name"`
	Kind     format.Kind      `json:"kind"`
	Trace    bool             `json:"trace"` // XES: attribute of the trace
	Rows     int64            `json:"rows"`
	Empty    int64            `json:"empty"` // without markers
	Markers  map[string]int64 `json:"markers,omitempty"`
	Wide     int64            `json:"wide"` // values that are markers only among numbers and times
	Faults   int64            `json:"faults"`
	Examples []string         `json:"examples"`
	Distinct int64            `json:"distinct"` // estimate, within about 2 %
	Constant bool             `json:"constant"` // the same value on every row of a case
	Longest  int              `json:"longest"`
	Bytes    int64            `json:"bytes"`
	Numbers  Numbers          `json:"numbers"`
	Dates    Dates            `json:"dates"`
	Mails    int64            `json:"mails"` // e-mail addresses
	Words    int64            `json:"words"` // yes, no, true, false …
	Bits     int64            `json:"bits"`  // 0 and 1
}

// Numbers counts the values that can be read as numbers.
type Numbers struct {
	Point     int64   `json:"point"` // with a decimal point
	Comma     int64   `json:"comma"` // with a decimal comma
	OnlyPoint int64   `json:"only_point"`
	OnlyComma int64   `json:"only_comma"`
	Open      int64   `json:"open"`  // a mark that may be either: 1.234
	Whole     int64   `json:"whole"` // digits only
	Zero      int64   `json:"zero"`  // of these, with a leading zero
	Exponent  int64   `json:"exponent"`
	Decimals  int     `json:"decimals"` // most digits behind the mark
	Digits    int     `json:"digits"`   // most digits before it
	Tried     int64   `json:"tried"`
	Min       float64 `json:"min"` // of the values whose reading is not open
	Max       float64 `json:"max"`
	Known     int64   `json:"known"`
}

// Dates counts the values that can be read as dates or times.
type Dates struct {
	Count   int64             `json:"count"`
	Given   int64             `json:"given"` // year first or named month: no question of order
	Forms   map[string]*Order `json:"forms,omitempty"`
	Clock   int64             `json:"clock"` // with a time of day
	Zoned   int64             `json:"zoned"`
	Compact int64             `json:"compact"` // 20201231 and the like, not in Count
	Tried   int64             `json:"tried"`
	// First and last day since 1970, read day-first [0] and month-first [1].
	First [2]int `json:"first"`
	Last  [2]int `json:"last"`
}

// Order counts dates of one separator by what their numbers allow.
type Order struct {
	Day     int64  `json:"day"`   // the first number is over 12
	Month   int64  `json:"month"` // the second number is over 12
	Open    int64  `json:"open"`
	Example string `json:"example"` // of an open one
}

// Filled returns the number of values that are neither empty nor a marker nor a fault.
func (c Column) Filled() int64 { return c.Rows - c.Empty - c.Marked() - c.Faults }

// Mailed says that the column holds e-mail addresses, at least in part, so that its values say who somebody is.
func (c Column) Mailed() bool { return c.Mails > 0 && c.Mails*5 >= c.Filled() }

// Serial says that every value could be a day as spreadsheets count them.
func (c Column) Serial() bool {
	n := c.Numbers
	return c.Dates.Count == 0 && n.Known > 0 && n.Known == c.Filled()-c.Wide && n.Min >= value.FirstSerial && n.Max < value.LastSerial+1
}

// Counter says that the column numbers the rows of the file.
func (c Column) Counter(rows int64) bool {
	n := c.Numbers
	return rows > 2 && n.Known == n.Whole && n.Known >= rows-1 && (n.Min == 0 || n.Min == 1) && int64(n.Max-n.Min)+1 == n.Known && c.Distinct*10 >= n.Known*9
}

// Marked returns the number of empty markers.
func (c Column) Marked() int64 {
	n := int64(0)
	for _, k := range c.Markers {
		n += k
	}
	return n
}

// EmptyShare returns the share of rows without a value, between 0 and 1.
func (c Column) EmptyShare() float64 {
	if c.Rows == 0 {
		return 1
	}
	return 1 - float64(c.Filled())/float64(c.Rows)
}

// Find returns a column by name, nil when there is none.
func (p *Profile) Find(name string) *Column {
	for i := range p.Columns {
		if p.Columns[i].Name == name {
			return &p.Columns[i]
		}
	}
	return nil
}
