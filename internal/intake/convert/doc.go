// Package convert turns the rows of a file into typed rows of a fact table. A Plan says what the user wants, a Layout is
// the plan settled against what the file holds, and Run streams rows through it: typed batches to a sink, rows that do
// not fit to a list of refusals, and observations into a report. Dry run, load and reading a file without an instance
// all use it, so that they cannot disagree.
package convert

import (
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/store/lake"
)

// Plan is how a file is to be read and loaded. Zero values mean: find out, or the default of contract.md.
type Plan struct {
	Table        string          `json:"table" maxLength:"100"`
	Process      string          `json:"process,omitempty" maxLength:"200"`
	Mapping      []mapping.Entry `json:"mapping,omitempty" maxItems:"1024" nullable:"false" doc:"columns not named keep the proposal when auto is set, otherwise their own name"`
	Auto         bool            `json:"auto,omitempty" doc:"fill the mapping from the proposal"`
	Sheet        string          `json:"sheet,omitempty" maxLength:"200"`
	HeaderRow    int64           `json:"header_row,omitempty" minimum:"-1" doc:"line of the header, -1 for none, 0 to find it"`
	Delimiter    string          `json:"delimiter,omitempty" maxLength:"4"`
	Encoding     string          `json:"encoding,omitempty" maxLength:"40"`
	Zone         string          `json:"zone,omitempty" maxLength:"60"`
	Currency     string          `json:"currency,omitempty" maxLength:"10"`
	Dates        string          `json:"dates,omitempty" maxLength:"3" doc:"dmy, mdy or ymd"`
	Overlap      string          `json:"overlap,omitempty" maxLength:"10" doc:"replace, skip or add; empty refuses a load with overlapping rows"`
	AllowRefused string          `json:"allow_refused,omitempty" maxLength:"20" doc:"a number of rows, a share such as 5%, or all"`
	Replace      bool            `json:"replace,omitempty"`
	Drop         []string        `json:"drop,omitempty" maxItems:"20" nullable:"false" doc:"codes of checks whose rows are left out"`
	Purposes     []Purpose       `json:"purposes,omitempty" maxItems:"100" nullable:"false"`
}

// Purpose records why the names in a column of people are kept as they are.
type Purpose struct {
	Column  string `json:"column" maxLength:"4000"`
	Purpose string `json:"purpose" minLength:"3" maxLength:"500"`
}

// purpose returns whether names of a column may be kept.
func (p Plan) purpose(column string) bool {
	for _, x := range p.Purposes {
		if x.Column == column && x.Purpose != "" {
			return true
		}
	}
	return false
}

// Named is the plan with the names of table and process as they are kept.
func (p Plan) Named() Plan {
	p.Table, p.Process = lake.Name(p.Table), lake.Name(p.Process)
	return p
}
