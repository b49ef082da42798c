package field

import (
	"lotse.dev/lotse/internal/base"
)

// Field is one field of a kind.
type Field struct {
	Name  string    // JSON name, snake_case
	Type  string    // name of a type of types.go
	Title base.Text // as people read it
	Help  base.Text // one sentence below the input, may be empty

	Required  bool
	Private   bool // shown only to those whom the policy of the kind lets see private fields; never in search
	Computed  bool // filled by the kind itself, never by people
	Managed   bool // written by operations of its domain only: a stage that changes through a gate
	Machine   bool // kept for programs: people see neither the field nor its changes
	Alone     bool // its numbers mean nothing when they are added up: values of different metrics, years
	Versioned bool // managed, and comes back with an older version of its record: a measurement behind an input
	Unique    bool // no two live records of the kind share a value
	Indexed   bool // the database keeps an index for filter and sort
	Heading   bool // the one field that names the record
	Owner     bool // a person who owns the record
	Team      bool // a unit whose people share the record
	List      bool // shown as a column of the table until the person chooses others

	Unit    string   // of a number or range, as people write it: Std., Tage, Stück
	Min     *float64 // smallest number, or date offset is not meant
	Max     *float64
	Longest int      // characters of a text, 0 for the limit of its type
	Options []Option // of an enumeration
	To      string   // kind that a reference names
	Names   string   // what a text or the words of a list name outside of the records, such as metrics
	Fields  []Field  // of the rows of a table
	Show    string   // how a duration is shown: hours or days
	Due     *Due     // of a day by which something shall happen
}

// Option is one value of an enumeration.
type Option struct {
	Value string    `json:"value"`
	Title base.Text `json:"title"`
	Mark  string    `json:"mark,omitempty" doc:"shape of a status: ok, warn, bad, none, open, running"`
}

// Class says how the database compares a field.
type Class uint8

// The classes of a key.
const (
	Folded  Class = iota // text without case and accents, sorted as people sort
	Plain                // text as it is: ids, options, dates
	Numeric              // number
	Many                 // list of plain texts
)

// Words is what a text in a language needs to know from outside.
type Words interface {
	Lang() base.Lang
	// Currency is that of an amount without one.
	Currency() string
	// Name is the heading of a record, made unique by its id in brackets when another has the same.
	Name(kind, id string) string
	// Find is the way back from Name; it fails when nothing or more than one record has the name.
	Find(kind, name string) (id string, err error)
}

// Titled are words that are only read: they have titles for what a list names outside of the records. A text that is
// read back, as an export is, keeps the names.
type Titled interface {
	Title(vocabulary, name string) string
}

// Type is the behaviour of one sort of field. Values are JSON values as Check returns them: string, float64, bool,
// []any and map[string]any; nil is unknown.
type Type interface {
	Class() Class
	// Check reads a value from outside and returns its canonical form, nil when it is empty. Errors go to e.
	Check(f *Field, v any, at string, e *Errors) any
	// Key is what the database filters and sorts by: nil, string, float64 or []string.
	Key(f *Field, v any) any
	// Text writes the value as people read it; Parse reads every text that Text writes.
	Text(f *Field, v any, w Words) string
	Parse(f *Field, s string, w Words) (any, error)
	// Schema is the JSON schema of a value.
	Schema(f *Field) map[string]any
}

// Errors gathers what does not pass.
type Errors struct{ list []base.FieldError }

// Add notes an error at a JSON path.
func (e *Errors) Add(at string, text base.Text) {
	if len(e.list) < 200 { // a nonsense document must not answer with a book
		e.list = append(e.list, base.FieldError{Field: at, Text: text})
	}
}

// List is what was gathered.
func (e *Errors) List() []base.FieldError { return e.list }

// Of returns the behaviour of a field.
func (f *Field) Of() Type { return types[f.Type] }

// Find returns the field with a name.
func Find(fields []Field, name string) (*Field, bool) {
	for i := range fields {
		if fields[i].Name == name {
			return &fields[i], true
		}
	}
	return nil, false
}

var (
	missing  = base.T("Diese Angabe fehlt.", "This is missing.")
	unknown  = base.T("Dieses Feld gibt es nicht.", "There is no such field.")
	readOnly = base.T("Dieses Feld wird berechnet.", "This field is computed.")
)
