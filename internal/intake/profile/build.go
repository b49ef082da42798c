package profile

import (
	"context"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"

	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/value"
)

const (
	previewRows = 20
	early       = 2000 // rows after which the case column is guessed
	maxExamples = 5
)

// Options of one pass. CaseBy returns the column whose values are the cases, −1 for none; it is asked once, after the
// first rows. Progress, when set, is called now and then.
type Options struct {
	CaseBy   func(p *Profile) int
	Progress func(rows int64)
}

// Build reads r to its end.
func Build(ctx context.Context, r format.Reader, o Options) (*Profile, error) {
	b := &builder{reader: r, profile: &Profile{}, options: o}
	var row format.Row
	for {
		err := r.Next(&row)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if b.profile.Rows%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if o.Progress != nil {
				o.Progress(b.profile.Rows)
			}
		}
		b.row(&row)
	}
	return b.finish(), nil
}

type builder struct {
	reader  format.Reader
	profile *Profile
	options Options
	sketch  []*sketch
	hashes  []uint64   // of the current row, 0 for empty
	waiting [][]uint64 // hashes of the first rows, until the case column is known
	cases   *caseTracker
	asked   bool
}

func (b *builder) grow() {
	cols := b.reader.Columns()
	for i := len(b.profile.Columns); i < len(cols); i++ {
		c := Column{Name: cols[i].Name, Kind: cols[i].Kind, Trace: cols[i].Case, Rows: b.profile.Rows, Empty: b.profile.Rows}
		b.profile.Columns = append(b.profile.Columns, c)
		b.sketch = append(b.sketch, newSketch())
		b.hashes = append(b.hashes, 0)
	}
}

func (b *builder) row(row *format.Row) {
	if len(b.profile.Columns) < len(b.reader.Columns()) {
		b.grow()
	}
	if row.Fields != len(b.profile.Columns) {
		b.profile.Ragged++
		b.profile.Rows++
		for i := range b.profile.Columns {
			b.profile.Columns[i].Rows++
			b.profile.Columns[i].Empty++
		}
		return
	}
	for i := range b.profile.Columns {
		kind := format.Text
		if row.Kinds != nil {
			kind = row.Kinds[i]
		}
		b.cell(i, row.Cells[i], kind)
	}
	b.profile.Rows++
	b.preview(row)
	b.track()
}

func (b *builder) preview(row *format.Row) {
	if len(b.profile.Preview) >= previewRows {
		return
	}
	cells := make([]string, len(row.Cells))
	for i, c := range row.Cells {
		cells[i] = Shown(c)
	}
	b.profile.Preview = append(b.profile.Preview, cells)
}

// Shown is a cell as an example: at most 80 characters.
func Shown(c []byte) string {
	if len(c) <= 80 {
		return string(c)
	}
	n := 80
	for n > 0 && !utf8.RuneStart(c[n]) {
		n--
	}
	return string(c[:n]) + "…"
}

// track hands the hashes of the row to the case tracker, or keeps them until the case column is known.
func (b *builder) track() {
	if !b.asked {
		b.waiting = append(b.waiting, append([]uint64(nil), b.hashes...))
		if len(b.waiting) >= early {
			b.ask()
		}
		return
	}
	if b.cases != nil {
		b.cases.row(b.hashes)
	}
}

func (b *builder) ask() {
	b.asked = true
	if b.options.CaseBy != nil {
		b.settle()
		if c := b.options.CaseBy(b.profile); c >= 0 && c < len(b.profile.Columns) {
			b.cases = newCaseTracker(c)
			b.profile.CaseBy = b.profile.Columns[c].Name
			for _, h := range b.waiting {
				b.cases.row(h)
			}
		}
	}
	b.waiting = nil
}

func (b *builder) settle() {
	for i := range b.profile.Columns {
		b.profile.Columns[i].Distinct = b.sketch[i].estimate()
	}
}

func (b *builder) finish() *Profile {
	b.grow()
	if !b.asked {
		b.ask()
	}
	b.settle()
	for i := range b.profile.Columns {
		c := &b.profile.Columns[i]
		c.Constant = c.Trace || b.cases != nil && b.cases.constant(i)
	}
	if n, ok := b.reader.(format.Noter); ok {
		b.profile.Notes = n.Notes()
	}
	return b.profile
}

func (b *builder) cell(i int, raw []byte, kind format.Kind) {
	c := &b.profile.Columns[i]
	c.Rows++
	b.hashes[i] = 0
	v := value.Trim(raw)
	if len(v) == 0 {
		c.Empty++
		return
	}
	if kind == format.Fault {
		c.Faults++
		return
	}
	if value.Marker(v) {
		if c.Markers == nil {
			c.Markers = map[string]int64{}
		}
		c.Markers[string(v)]++
		return
	}
	h := xxhash.Sum64(v) | 1
	b.hashes[i] = h
	b.sketch[i].add(h)
	c.Bytes += int64(len(v))
	c.Longest = max(c.Longest, len(v))
	if len(c.Examples) < maxExamples {
		c.example(v)
	}
	c.classify(v, kind)
}

func (c *Column) example(v []byte) {
	s := Shown(v)
	for _, e := range c.Examples {
		if e == s {
			return
		}
	}
	c.Examples = append(c.Examples, s)
}
