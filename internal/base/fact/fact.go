// Package fact holds the shape in which facts travel from a file into the lake and between derivations: a schema of
// typed columns and batches of rows. It knows nothing of files, SQL or the meaning of a table.
package fact

// Type is the type of a column.
type Type uint8

// The types. In the lake they are VARCHAR, BIGINT, DOUBLE, DECIMAL(18,6), BOOLEAN, TIMESTAMPTZ and DATE.
const (
	Text    Type = iota // Value.Bytes, UTF-8
	Integer             // Value in Ints
	Double              // Value in Floats
	Decimal             // Value in Ints, millionths
	Boolean             // Value in Ints, 0 or 1
	Time                // Value in Ints, microseconds since 1970-01-01T00:00:00Z
	Date                // Value in Ints, days since 1970-01-01
)

// DecimalScale is what one whole is in a Decimal column.
const DecimalScale = 1_000_000

// String returns the name that the API uses: text, integer, double, decimal, boolean, time or date.
func (t Type) String() string {
	return [...]string{"text", "integer", "double", "decimal", "boolean", "time", "date"}[t]
}

// Column describes one column of a fact table.
type Column struct {
	Name   string // canonical field (contract.md) or the snake_case name of a free column
	Type   Type
	Source string // the column's name in the file, "" for a computed one
	Case   bool   // events only: same value on every row of a case
	Person bool   // holds keyed pseudonyms of people
}

// Schema is the ordered list of columns of a table or load.
type Schema []Column

// Index returns the position of a column, −1 when it is not there.
func (s Schema) Index(name string) int {
	for i, c := range s {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// Has says whether a column is there.
func (s Schema) Has(name string) bool { return s.Index(name) >= 0 }

// Vector is one column of a batch. Valid has one entry per row; of the value slices the one of the column's type has
// one entry per row as well, the others are nil. Texts point into memory that the batch owns until Reset.
type Vector struct {
	Valid  []bool
	Ints   []int64
	Floats []float64
	Texts  [][]byte
}

// Batch is a block of rows, column by column, with the line of each row in its source (first line of a file is 1;
// in XES the running number of the event). Producers reuse a batch; consumers copy what they keep.
type Batch struct {
	Schema  Schema
	Rows    int
	Lines   []int64
	Columns []Vector
	arena   []byte
}

// BatchRows is the usual number of rows of a batch.
const BatchRows = 4096

// NewBatch makes an empty batch.
func NewBatch(s Schema) *Batch {
	b := &Batch{Schema: s, Lines: make([]int64, 0, BatchRows), Columns: make([]Vector, len(s))}
	for i, c := range s {
		v := Vector{Valid: make([]bool, 0, BatchRows)}
		switch c.Type {
		case Text:
			v.Texts = make([][]byte, 0, BatchRows)
		case Double:
			v.Floats = make([]float64, 0, BatchRows)
		default:
			v.Ints = make([]int64, 0, BatchRows)
		}
		b.Columns[i] = v
	}
	return b
}

// Reset empties the batch for reuse; texts handed out before become invalid.
func (b *Batch) Reset() {
	b.Rows, b.Lines, b.arena = 0, b.Lines[:0], b.arena[:0]
	for i := range b.Columns {
		v := &b.Columns[i]
		v.Valid, v.Ints, v.Floats, v.Texts = v.Valid[:0], v.Ints[:0], v.Floats[:0], v.Texts[:0]
	}
}

// StartRow begins a row; then each column gets exactly one Append call, in order.
func (b *Batch) StartRow(line int64) {
	b.Rows++
	b.Lines = append(b.Lines, line)
}

// AppendNull adds an empty value to column c.
func (b *Batch) AppendNull(c int) {
	v := &b.Columns[c]
	v.Valid = append(v.Valid, false)
	switch b.Schema[c].Type {
	case Text:
		v.Texts = append(v.Texts, nil)
	case Double:
		v.Floats = append(v.Floats, 0)
	default:
		v.Ints = append(v.Ints, 0)
	}
}

// AppendInt adds a value to a column that is neither Text nor Double.
func (b *Batch) AppendInt(c int, x int64) {
	v := &b.Columns[c]
	v.Valid, v.Ints = append(v.Valid, true), append(v.Ints, x)
}

// AppendFloat adds a value to a Double column.
func (b *Batch) AppendFloat(c int, x float64) {
	v := &b.Columns[c]
	v.Valid, v.Floats = append(v.Valid, true), append(v.Floats, x)
}

// AppendText adds a copy of x to a Text column.
func (b *Batch) AppendText(c int, x []byte) {
	n := len(b.arena)
	b.arena = append(b.arena, x...)
	v := &b.Columns[c]
	v.Valid, v.Texts = append(v.Valid, true), append(v.Texts, b.arena[n:len(b.arena):len(b.arena)])
}

// Sink takes batches; an error stops the producer.
type Sink interface {
	Write(b *Batch) error
}
