package duckdb

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"unicode/utf8"
	"unsafe"

	bindings "github.com/duckdb/duckdb-go-bindings"

	"lotse.dev/lotse/internal/base/fact"
)

// chunkRows is how many rows DuckDB's vectors hold.
const chunkRows = 2048

// appender fills a table of DuckDB in chunks of columns. Texts are copied into a pinned block of Go memory, to which
// DuckDB's strings point until the chunk is taken over.
type appender struct {
	app   bindings.Appender
	chunk bindings.DataChunk
	types []bindings.LogicalType
	kinds []fact.Type
	block []byte // texts of the chunk under way
	pin   runtime.Pinner
}

// newAppender appends to a temporary table whose columns have these types.
func (c *conn) newAppender(table string, kinds []fact.Type) (*appender, error) {
	a := &appender{kinds: kinds}
	if bindings.AppenderCreateExt(c.c, "temp", "main", table, &a.app) == bindings.StateError {
		err := fmt.Errorf("duckdb: %s", bindings.AppenderError(a.app))
		bindings.AppenderDestroy(&a.app)
		return nil, err
	}
	for _, k := range kinds {
		a.types = append(a.types, logical(k))
	}
	a.chunk = bindings.CreateDataChunk(a.types)
	return a, nil
}

func logical(t fact.Type) bindings.LogicalType {
	switch t {
	case fact.Integer:
		return bindings.CreateLogicalType(bindings.TypeBigInt)
	case fact.Double:
		return bindings.CreateLogicalType(bindings.TypeDouble)
	case fact.Decimal:
		return bindings.CreateDecimalType(18, 6)
	case fact.Boolean:
		return bindings.CreateLogicalType(bindings.TypeBoolean)
	case fact.Time:
		return bindings.CreateLogicalType(bindings.TypeTimestampTZ)
	case fact.Date:
		return bindings.CreateLogicalType(bindings.TypeDate)
	case code:
		return bindings.CreateLogicalType(bindings.TypeInteger)
	default:
		return bindings.CreateLogicalType(bindings.TypeVarchar)
	}
}

// write appends rows; vectors has one entry per column of the table, each with at least rows values.
func (a *appender) write(vectors []fact.Vector, rows int) error {
	for from := 0; from < rows; from += chunkRows {
		if err := a.writeChunk(vectors, from, min(rows, from+chunkRows)); err != nil {
			return err
		}
	}
	return nil
}

func (a *appender) writeChunk(vectors []fact.Vector, from, to int) error {
	bindings.DataChunkReset(a.chunk)
	a.reserve(vectors, from, to)
	defer a.pin.Unpin()
	for i, kind := range a.kinds {
		a.fill(bindings.DataChunkGetVector(a.chunk, bindings.IdxT(i)), kind, &vectors[i], from, to)
	}
	bindings.DataChunkSetSize(a.chunk, bindings.IdxT(to-from))
	if bindings.AppendDataChunk(a.app, a.chunk) == bindings.StateError {
		return a.failure()
	}
	return nil
}

// reserve makes room for the long texts of the chunk, so that the block does not move while strings point into it.
func (a *appender) reserve(vectors []fact.Vector, from, to int) {
	need := 0
	for i, kind := range a.kinds {
		if kind != fact.Text {
			continue
		}
		for _, t := range vectors[i].Texts[from:to] {
			if len(t) > inlined {
				need += 3 * len(t) // an invalid byte becomes three
			}
		}
	}
	if cap(a.block) < need {
		a.block = make([]byte, 0, max(need, 2*cap(a.block)))
	}
	a.block = a.block[:0]
	if cap(a.block) > 0 {
		a.pin.Pin(unsafe.SliceData(a.block[:1]))
	}
}

func (a *appender) fill(v bindings.Vector, kind fact.Type, src *fact.Vector, from, to int) {
	data := bindings.VectorGetData(v)
	n := to - from
	markNulls(v, src.Valid[from:to])
	switch kind {
	case fact.Text:
		dst := unsafe.Slice((*duckString)(data), n)
		for i, t := range src.Texts[from:to] {
			dst[i] = a.text(t)
		}
	case fact.Double:
		copy(unsafe.Slice((*float64)(data), n), src.Floats[from:to])
	case fact.Boolean:
		dst := unsafe.Slice((*bool)(data), n)
		for i, x := range src.Ints[from:to] {
			dst[i] = x != 0
		}
	case fact.Date, code:
		dst := unsafe.Slice((*int32)(data), n)
		for i, x := range src.Ints[from:to] {
			dst[i] = int32(x)
		}
	default:
		copy(unsafe.Slice((*int64)(data), n), src.Ints[from:to])
	}
}

// markNulls sets the validity of a fresh vector, which is all valid.
func markNulls(v bindings.Vector, valid []bool) {
	var mask unsafe.Pointer
	for i, ok := range valid {
		if ok {
			continue
		}
		if mask == nil {
			bindings.VectorEnsureValidityWritable(v)
			mask = bindings.VectorGetValidity(v)
		}
		*(*uint64)(unsafe.Add(mask, i/64*8)) &^= 1 << (i % 64)
	}
}

// text makes DuckDB's string. DuckDB trusts that it is UTF-8, so bad bytes become U+FFFD here.
func (a *appender) text(t []byte) (s duckString) {
	if !utf8.Valid(t) {
		t = bytes.ToValidUTF8(t, []byte("\uFFFD"))
	}
	s.length = uint32(len(t))
	if len(t) <= inlined {
		copy(s.prefix[:], t[:min(4, len(t))])
		if len(t) > 4 {
			copy(s.rest[:], t[4:])
		}
		return s
	}
	copy(s.prefix[:], t[:4])
	n := len(a.block)
	a.block = append(a.block, t...)
	*(*uintptr)(unsafe.Pointer(&s.rest)) = uintptr(unsafe.Pointer(&a.block[n]))
	return s
}

func (a *appender) failure() error {
	data := bindings.AppenderErrorData(a.app)
	defer bindings.DestroyErrorData(&data)
	return translate(context.Background(), bindings.ErrorDataErrorType(data), bindings.ErrorDataMessage(data), "append")
}

// flush hands everything over to the table and frees the appender.
func (a *appender) flush() error {
	var err error
	if bindings.AppenderFlush(a.app) == bindings.StateError {
		err = a.failure()
	}
	a.close()
	return err
}

// close frees the appender; rows not yet flushed are lost.
func (a *appender) close() {
	if a.app.Ptr == nil {
		return
	}
	bindings.AppenderClear(a.app)
	bindings.AppenderDestroy(&a.app)
	bindings.DestroyDataChunk(&a.chunk)
	for i := range a.types {
		bindings.DestroyLogicalType(&a.types[i])
	}
}
