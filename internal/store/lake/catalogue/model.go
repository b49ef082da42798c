package catalogue

import (
	"time"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
)

// Field ids of the columns that Lotse adds to every row of a file. The first two are in the catalogue as well; the
// others are private to the file: the hash of all mapped columns, and for events the hash of the case and the number of
// the activity.
const (
	LoadField     int64 = 1
	RowField      int64 = 2
	HashField     int64 = 3
	CaseField     int64 = 4
	ActivityField int64 = 5
)

// Names of those columns.
const (
	LoadColumn     = "_load"
	RowColumn      = "_row"
	HashColumn     = "_hash"
	CaseColumn     = "_case_key"
	ActivityColumn = "_activity_no"
)

// Column is a column of a load or table with its field id. Wide marks an integer column with values too large for
// DECIMAL(18,6).
type Column struct {
	Field int64 `json:"field"`
	fact.Column
	Wide bool `json:"wide,omitempty"`
}

// FileColumn is what a Parquet file holds of a field, with the statistics that DuckLake keeps.
type FileColumn struct {
	Field  int64     `json:"field"`
	Type   fact.Type `json:"type"`
	Bytes  int64     `json:"bytes"`
	Values int64     `json:"values"`
	Nulls  int64     `json:"nulls"`
	Min    *string   `json:"min,omitempty"`
	Max    *string   `json:"max,omitempty"`
	NaN    *bool     `json:"nan,omitempty"`
}

// File is one Parquet file of the lake. First, Last (microseconds, nil without times) and Untimed (rows without time)
// are of the column that makes the time of its table. ID is 0 until it is in the catalogue.
type File struct {
	ID      int64
	Path    string // below lake/
	Rows    int64
	Bytes   int64
	Footer  int64
	First   *int64
	Last    *int64
	Untimed int64
	Columns []FileColumn
}

// Window is a span of time, From inclusive, To exclusive, in microseconds.
type Window struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

// Load is one load of a table. Window is set for overlap replace on a table with times.
type Load struct {
	ID       int64
	Position int64
	Overlap  lake.Overlap
	Window   *Window
	Replaces int64
	Origin   *File
	Columns  []Column
	Time     string // name of the time column, "" when there is none
	Undone   bool
	LoadedAt time.Time
}

// Visible says in which file the visible rows of a load are and by which plan it was made; File is nil when nothing
// of the load is visible. A file that stands at several loads was compacted.
type Visible struct {
	Load int64
	File *File
	Plan string
	Rows int64
}

// Table is one fact table as it is now.
type Table struct {
	ID      int64
	Dataset lake.Dataset
	Path    string // folder below lake/ with slash
	Derived bool
	Changed int64 // last snapshot that changed it
	Columns []Column
	Loads   []Load // by position, undone ones included
	Visible map[int64]Visible
}

// Relation is what a question needs of a table at a snapshot.
type Relation struct {
	Table   int64
	Columns []Column
	Files   []string // below lake/, in the order in which they were added
}

// Shared says whether a file holds the rows of more than one load.
func (t *Table) Shared(file *File) bool {
	n := 0
	for _, v := range t.Visible {
		if v.File != nil && v.File.ID == file.ID {
			n++
		}
	}
	return n > 1
}
