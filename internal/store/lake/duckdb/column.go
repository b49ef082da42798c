package duckdb

import (
	"fmt"
	"math/big"
	"time"
	"unsafe"

	bindings "github.com/duckdb/duckdb-go-bindings"
)

// column reads one column of the chunks of a result.
type column struct {
	name     string
	kind     bindings.Type
	inner    bindings.Type // physical type of a decimal
	scale    *big.Int      // 10^scale of a decimal
	data     unsafe.Pointer
	validity unsafe.Pointer // nil when all rows are valid
	vector   bindings.Vector
}

func columnsOf(res *bindings.Result) []column {
	n := int(bindings.ColumnCount(res))
	out := make([]column, n)
	for i := range out {
		t := bindings.ColumnLogicalType(res, bindings.IdxT(i))
		out[i] = column{name: bindings.ColumnName(res, bindings.IdxT(i)), kind: bindings.GetTypeId(t)}
		if out[i].kind == bindings.TypeDecimal {
			out[i].inner = bindings.DecimalInternalType(t)
			out[i].scale = new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(bindings.DecimalScale(t))), nil)
		}
		bindings.DestroyLogicalType(&t)
	}
	return out
}

// point aims the column at a chunk.
func (c *column) point(chunk bindings.DataChunk, i int) {
	c.vector = bindings.DataChunkGetVector(chunk, bindings.IdxT(i))
	c.data = bindings.VectorGetData(c.vector)
	c.validity = bindings.VectorGetValidity(c.vector)
}

func (c *column) valid(row int) bool {
	if c.validity == nil {
		return true
	}
	word := *(*uint64)(unsafe.Add(c.validity, row/64*8))
	return word>>(row%64)&1 == 1
}

// at is the value of the column's physical type T in a row.
func at[T any](c *column, row int) T {
	var zero T
	return *(*T)(unsafe.Add(c.data, uintptr(row)*unsafe.Sizeof(zero)))
}

// slice views the column's values; they are DuckDB's and valid until the next chunk.
func slice[T any](c *column, n int) []T { return unsafe.Slice((*T)(c.data), n) }

// duckString is DuckDB's string of 16 bytes: a length, then up to 12 bytes, or a prefix of 4 and a pointer.
type duckString struct {
	length uint32
	prefix [4]byte
	rest   [8]byte
}

const inlined = 12

// bytes views the text in a row; it is valid until the next chunk.
func (c *column) bytes(row int) []byte { return textAt(c.data, row) }

func textAt(data unsafe.Pointer, row int) []byte {
	s := (*duckString)(unsafe.Add(data, row*16))
	if s.length <= inlined {
		return unsafe.Slice(&s.prefix[0], s.length)
	}
	return unsafe.Slice(*(**byte)(unsafe.Pointer(&s.rest)), s.length)
}

// value is the value in a row as lake.Rows gives it out.
func (c *column) value(row int) (any, error) {
	if !c.valid(row) {
		return nil, nil
	}
	switch c.kind {
	case bindings.TypeVarchar:
		return string(c.bytes(row)), nil
	case bindings.TypeBoolean:
		return at[bool](c, row), nil
	case bindings.TypeDouble:
		return at[float64](c, row), nil
	case bindings.TypeFloat:
		return float64(at[float32](c, row)), nil
	case bindings.TypeDecimal:
		return new(big.Rat).SetFrac(c.whole(row, c.inner), c.scale), nil
	case bindings.TypeTimestamp, bindings.TypeTimestampTZ:
		return time.UnixMicro(at[int64](c, row)).UTC(), nil
	case bindings.TypeDate:
		return time.Unix(int64(at[int32](c, row))*86400, 0).UTC(), nil
	case bindings.TypeSQLNull:
		return nil, nil
	}
	if n := c.whole(row, c.kind); n != nil {
		if n.IsInt64() {
			return n.Int64(), nil
		}
		return new(big.Rat).SetInt(n), nil
	}
	return nil, invalidSQL(fmt.Sprintf("column %q has a type that cannot be given out; cast it to VARCHAR", c.name))
}

// whole reads an integer of any width, nil when the type is none.
func (c *column) whole(row int, kind bindings.Type) *big.Int {
	switch kind {
	case bindings.TypeTinyInt:
		return big.NewInt(int64(at[int8](c, row)))
	case bindings.TypeSmallInt:
		return big.NewInt(int64(at[int16](c, row)))
	case bindings.TypeInteger:
		return big.NewInt(int64(at[int32](c, row)))
	case bindings.TypeBigInt:
		return big.NewInt(at[int64](c, row))
	case bindings.TypeUTinyInt:
		return big.NewInt(int64(at[uint8](c, row)))
	case bindings.TypeUSmallInt:
		return big.NewInt(int64(at[uint16](c, row)))
	case bindings.TypeUInteger:
		return big.NewInt(int64(at[uint32](c, row)))
	case bindings.TypeUBigInt:
		return new(big.Int).SetUint64(at[uint64](c, row))
	case bindings.TypeHugeInt:
		h := at[struct {
			lower uint64
			upper int64
		}](c, row)
		n := new(big.Int).Lsh(big.NewInt(h.upper), 64)
		return n.Add(n, new(big.Int).SetUint64(h.lower))
	default:
		return nil
	}
}

// statistics reads the column_statistics of COPY … (RETURN_STATS): a map from column to a map of text to text.
func (c *column) statistics(row int) map[string]map[string]string {
	out := map[string]map[string]string{}
	outer := listAt(c.vector, row)
	inner := bindings.StructVectorGetChild(outer.child, 1)
	names := bindings.VectorGetData(bindings.StructVectorGetChild(outer.child, 0))
	for i := outer.from; i < outer.to; i++ {
		stats := map[string]string{}
		list := listAt(inner, i)
		keys := bindings.VectorGetData(bindings.StructVectorGetChild(list.child, 0))
		values := bindings.VectorGetData(bindings.StructVectorGetChild(list.child, 1))
		for j := list.from; j < list.to; j++ {
			stats[string(textAt(keys, j))] = string(textAt(values, j))
		}
		out[string(textAt(names, i))] = stats
	}
	return out
}

type span struct {
	child    bindings.Vector
	from, to int
}

// listAt is the part of a list vector's child that belongs to a row; a map is a list of structs.
func listAt(v bindings.Vector, row int) span {
	entry := *(*struct{ offset, length uint64 })(unsafe.Add(bindings.VectorGetData(v), row*16))
	return span{bindings.ListVectorGetChild(v), int(entry.offset), int(entry.offset + entry.length)}
}
