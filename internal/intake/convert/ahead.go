package convert

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"lotse.dev/lotse/internal/intake/format"
)

// Size of the blocks of rows in which a file is read ahead of the conversion, and how many go round.
const (
	blockRows  = 1024
	blockBytes = 256 << 10
	blocks     = 4
)

// block is some rows of a file, copied, with the number of columns that were known at each.
type block struct {
	rows    []format.Row
	known   []int
	cells   [][]byte
	kinds   []format.Kind
	text    []byte
	columns []format.Column
	err     error // what came after the last row, io.EOF at the end
}

// ahead reads a file in a goroutine of its own, so that cutting text into cells and reading values share two
// processors. Rows keep their order.
type ahead struct {
	full chan *block
	free chan *block
	stop chan struct{}
	done chan struct{}
}

func readAhead(r format.Reader) *ahead {
	a := &ahead{full: make(chan *block, blocks), free: make(chan *block, blocks), stop: make(chan struct{}), done: make(chan struct{})}
	for range blocks {
		a.free <- &block{}
	}
	go func() {
		defer close(a.done)
		a.read(r)
	}()
	return a
}

func (a *ahead) read(r format.Reader) {
	for {
		select {
		case <-a.stop:
			return
		case b := <-a.free:
			b.fill(r)
			a.full <- b // has room for all blocks
			if b.err != nil {
				return
			}
		}
	}
}

// close ends the reading and returns when the reader is no longer used.
func (a *ahead) close() {
	close(a.stop)
	<-a.done
}

// fill reads rows until the block is full. A panic of the reader becomes an error, because nobody above this goroutine
// would catch it.
func (b *block) fill(r format.Reader) {
	defer func() {
		if p := recover(); p != nil {
			b.err = fmt.Errorf("panic in the reader: %v\n%s", p, debug.Stack())
		}
	}()
	b.reset()
	var row format.Row
	for len(b.rows) < blockRows && len(b.text) < blockBytes {
		if b.err = r.Next(&row); b.err != nil {
			break
		}
		b.add(&row)
		b.known = append(b.known, len(r.Columns()))
	}
	b.columns = r.Columns()
}

// reset empties the block and lets go of what an unusually long row has taken.
func (b *block) reset() {
	b.rows, b.known, b.cells, b.kinds, b.text, b.err = b.rows[:0], b.known[:0], b.cells[:0], b.kinds[:0], b.text[:0], nil
	if cap(b.text) > 4*blockBytes {
		b.text = nil
	}
}

// add copies a row. Memory that has to grow leaves the rows before where they are.
func (b *block) add(row *format.Row) {
	next := *row
	from := len(b.cells)
	for _, c := range row.Cells {
		at := len(b.text)
		b.text = append(b.text, c...)
		b.cells = append(b.cells, b.text[at:len(b.text):len(b.text)])
	}
	next.Cells = b.cells[from:len(b.cells):len(b.cells)]
	if row.Kinds != nil {
		at := len(b.kinds)
		b.kinds = append(b.kinds, row.Kinds...)
		next.Kinds = b.kinds[at:len(b.kinds):len(b.kinds)]
	}
	b.rows = append(b.rows, next)
}

// end says whether a block is the last one of a file that was read to its end.
func (b *block) end() bool { return errors.Is(b.err, io.EOF) }
