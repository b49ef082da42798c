package convert

import (
	"context"
	"errors"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/value"
)

// Names makes the pseudonyms of people.
type Names interface {
	// Pseudonym appends the pseudonym of a name to dst.
	Pseudonym(dst, name []byte) []byte
}

// Refused is a row that was not taken. Cells is valid only during the call that hands it over.
type Refused struct {
	Line   int64     `json:"line"`
	Column string    `json:"column"`
	Value  string    `json:"value"`
	Reason base.Text `json:"reason"`
	Code   string    `json:"code"`
	Cells  [][]byte  `json:"-"`
}

// Options of a run. Sink may be nil to only look. Refuse is called for each refused row and may end the run.
type Options struct {
	Sink     fact.Sink
	Names    Names // nil keeps names
	Refuse   func(r *Refused) error
	Progress func(rows int64)
}

// Run streams the rows of r through the layout.
func Run(ctx context.Context, l *Layout, r format.Reader, o Options) (*Report, error) {
	c := newConversion(l, r, o)
	err := c.rows(ctx)
	if c.pump != nil {
		if sinkErr := c.pump.close(c.batch); err == nil || errors.Is(err, errSink) {
			err = sinkErr
		}
	}
	if err != nil {
		return nil, err
	}
	return c.finish(), nil
}

// errSink says that the sink failed; its own error comes when the pump is closed.
var errSink = errors.New("sink failed")

func (c *conversion) rows(ctx context.Context) error {
	a := readAhead(c.reader)
	defer a.close()
	for {
		b := <-a.full
		if err := ctx.Err(); err != nil {
			return err
		}
		if c.options.Progress != nil {
			c.options.Progress(c.report.RowsRead)
		}
		for i := range b.rows {
			if n := b.known[i]; n != len(c.columns) {
				c.resolve(b.columns[:n])
			}
			c.report.RowsRead++
			if err := c.row(&b.rows[i]); err != nil {
				return err
			}
		}
		if b.end() {
			return nil
		}
		if b.err != nil {
			return b.err
		}
		a.free <- b
	}
}

type conversion struct {
	layout  *Layout
	reader  format.Reader
	options Options
	batch   *fact.Batch
	pump    *pump
	report  *Report
	source  []int           // column of the file per operation, −1 for none yet
	people  []bool          // columns of the file whose names must not be kept
	columns []format.Column // of the file, those that source is settled for
	slots   []slot
	marked  []byte // currency that the amounts of the current row name
	equal   *rowSet
	watch   watch
	raw     [][]byte
}

// slot is the value of one column of the current row.
type slot struct {
	valid bool
	n     int64
	f     float64
	text  []byte
	own   []byte // memory for pseudonyms
	clock bool
}

func newConversion(l *Layout, r format.Reader, o Options) *conversion {
	c := &conversion{layout: l, reader: r, options: o, report: &Report{}, slots: make([]slot, len(l.ops)), equal: newRowSet()}
	c.source = make([]int, len(l.ops))
	c.watch = newWatch(l)
	c.resolve(r.Columns())
	if o.Sink != nil {
		c.pump = newPump(o.Sink, l.Schema)
		c.batch = <-c.pump.free
	}
	return c
}

// resolve finds the file's columns; those of an XES file appear while it is read.
func (c *conversion) resolve(cols []format.Column) {
	c.columns = cols
	c.resolvePeople(cols)
	for i, o := range c.layout.ops {
		c.source[i] = -1
		for j := range cols {
			if o.column != "" && cols[j].Name == o.column {
				c.source[i] = j
			}
		}
	}
}

func (c *conversion) row(row *format.Row) error {
	if row.Fields != len(c.columns) {
		return c.refuse(row, c.shifted(row.Fields))
	}
	c.marked = nil
	for i := range c.layout.ops {
		o := &c.layout.ops[i]
		s := &c.slots[i]
		s.valid = false
		j := c.source[i]
		if j < 0 {
			continue
		}
		kind := format.Text
		if row.Kinds != nil {
			kind = row.Kinds[j]
		}
		v := value.Trim(row.Cells[j])
		if len(v) == 0 || value.Marker(v) || kind == format.Fault {
			continue
		}
		if code, reason := c.read(o, s, v, kind); code != "" {
			return c.refuse(row, Refused{Code: code, Column: o.column, Value: string(v[:min(len(v), 80)]), Reason: reason})
		}
		if o.amount && c.marked == nil {
			c.marked = value.CurrencyOf(v)
		}
	}
	if r, ok := c.complete(); !ok {
		if r.Code == "required_empty" && format.Total(row.Cells) {
			r.Code, r.Reason = "total_row", base.T("Summenzeile (%s)", "row of totals (%s)", r.Reason)
		}
		return c.refuse(row, r)
	}
	if c.leaveOut() {
		c.report.LeftOut++
		return nil
	}
	c.report.RowsUsable++
	if c.options.Sink == nil {
		return nil
	}
	c.append(row.Number)
	if c.batch.Rows >= fact.BatchRows {
		return c.flush()
	}
	return nil
}

func (c *conversion) append(line int64) {
	b := c.batch
	b.StartRow(line)
	for i := range c.slots {
		s := &c.slots[i]
		switch {
		case !s.valid:
			b.AppendNull(i)
		case c.layout.ops[i].typ == fact.Text:
			b.AppendText(i, s.text)
		case c.layout.ops[i].typ == fact.Double:
			b.AppendFloat(i, s.f)
		default:
			b.AppendInt(i, s.n)
		}
	}
}

func (c *conversion) flush() error {
	var ok bool
	if c.batch, ok = c.pump.swap(c.batch); !ok {
		return errSink
	}
	return nil
}

func (c *conversion) finish() *Report {
	c.watch.finish(c.report)
	c.report.Equal, c.report.EqualExact = c.equal.repeated()
	if n, ok := c.reader.(format.Noter); ok {
		c.report.Notes = n.Notes()
	}
	return c.report
}
