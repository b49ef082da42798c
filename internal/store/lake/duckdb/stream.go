package duckdb

import (
	"context"
	"math/big"
	"sync/atomic"
	"time"

	bindings "github.com/duckdb/duckdb-go-bindings"

	"lotse.dev/lotse/internal/base"
)

// stream runs one SELECT and hands out its chunks as they are made. It owns its connection when own is set.
type stream struct {
	ctx     context.Context
	conn    *conn
	own     bool
	sql     string
	stmt    bindings.PreparedStatement
	res     bindings.Result
	columns []column
	left    time.Duration // time that DuckDB may still work, 0 for no limit
	limited bool
	expired atomic.Bool
	chunk   bindings.DataChunk
	stop    func() bool
	closed  bool
}

// stream starts a SELECT. limit bounds the time that DuckDB works on it, 0 for none.
func (c *conn) stream(ctx context.Context, limit time.Duration, sql string, args ...any) (*stream, error) {
	s := &stream{ctx: ctx, conn: c, sql: sql, left: limit, limited: limit > 0}
	if err := s.start(args); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *stream) start(args []any) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	s.stop = context.AfterFunc(s.ctx, s.conn.interrupt)
	if err := s.prepare(); err != nil {
		return err
	}
	if err := s.bind(args); err != nil {
		return err
	}
	var pending bindings.PendingResult
	defer bindings.DestroyPending(&pending)
	if bindings.PendingPreparedStreaming(s.stmt, &pending) == bindings.StateError {
		return s.fail(bindings.ErrorTypeBinder, bindings.PendingError(pending))
	}
	done := s.meter()
	state := bindings.ExecutePending(pending, &s.res)
	done()
	if state == bindings.StateError {
		return s.fail(bindings.ResultErrorType(&s.res), bindings.ResultError(&s.res))
	}
	s.columns = columnsOf(&s.res)
	return nil
}

// prepare takes exactly one statement, which must be a SELECT: preparing a text of several would run the first ones.
func (s *stream) prepare() error {
	var all bindings.ExtractedStatements
	n := bindings.ExtractStatements(s.conn.c, s.sql, &all)
	defer bindings.DestroyExtracted(&all)
	if n == 0 {
		message := bindings.ExtractStatementsError(all)
		if message == "" {
			return notOneSelect()
		}
		return s.fail(bindings.ErrorTypeParser, message)
	}
	if n != 1 {
		return notOneSelect()
	}
	if bindings.PrepareExtractedStatement(s.conn.c, all, 0, &s.stmt) == bindings.StateError {
		return s.fail(prepareErrorType(bindings.PrepareError(s.stmt)), bindings.PrepareError(s.stmt))
	}
	if bindings.PreparedStatementType(s.stmt) != bindings.StatementTypeSelect {
		return notOneSelect()
	}
	return nil
}

func notOneSelect() *base.Error {
	return base.Fail(base.Refused, "sql_not_select", base.T("Erlaubt ist genau eine SELECT-Abfrage.", "Exactly one SELECT is allowed."))
}

func (s *stream) bind(args []any) error {
	if n := int(bindings.NParams(s.stmt)); n != len(args) {
		return invalidSQL("parameters: " + base.FormatInt(int64(n), base.English) + " expected, " + base.FormatInt(int64(len(args)), base.English) + " given")
	}
	for i, a := range args {
		if bindArg(s.stmt, bindings.IdxT(i+1), a) == bindings.StateError {
			return invalidSQL("parameter " + base.FormatInt(int64(i+1), base.English) + " has a type that cannot be bound")
		}
	}
	return nil
}

func bindArg(stmt bindings.PreparedStatement, i bindings.IdxT, a any) bindings.State {
	switch x := a.(type) {
	case nil:
		return bindings.BindNull(stmt, i)
	case string:
		return bindings.BindVarchar(stmt, i, x)
	case int:
		return bindings.BindInt64(stmt, i, int64(x))
	case int64:
		return bindings.BindInt64(stmt, i, x)
	case float64:
		return bindings.BindDouble(stmt, i, x)
	case bool:
		return bindings.BindBoolean(stmt, i, x)
	case time.Time:
		return bindings.BindTimestampTZ(stmt, i, bindings.NewTimestamp(x.UnixMicro()))
	case *big.Rat:
		return bindDecimal(stmt, i, x)
	default:
		return bindings.StateError
	}
}

func bindDecimal(stmt bindings.PreparedStatement, i bindings.IdxT, x *big.Rat) bindings.State {
	scaled := new(big.Rat).Mul(x, big.NewRat(1_000_000, 1))
	n := new(big.Int).Quo(scaled.Num(), scaled.Denom())
	if !n.IsInt64() {
		return bindings.StateError
	}
	v := n.Int64()
	return bindings.BindDecimal(stmt, i, bindings.NewDecimal(18, 6, bindings.NewHugeInt(uint64(v), v>>63)))
}

// meter lets the clock of the limit run until the returned function is called.
func (s *stream) meter() func() {
	if !s.limited {
		return func() {}
	}
	begun := time.Now()
	timer := time.AfterFunc(max(s.left, time.Millisecond), func() {
		s.expired.Store(true)
		s.conn.interrupt()
	})
	return func() {
		timer.Stop()
		s.left -= time.Since(begun)
	}
}

// next fetches the next chunk and returns its rows, 0 at the end. Vectors of the chunk before become invalid.
func (s *stream) next() (int, error) {
	bindings.DestroyDataChunk(&s.chunk)
	if s.closed {
		return 0, nil
	}
	done := s.meter()
	s.chunk = bindings.FetchChunk(s.res)
	done()
	if s.chunk.Ptr == nil {
		if message := bindings.ResultError(&s.res); message != "" {
			return 0, s.fail(bindings.ResultErrorType(&s.res), message)
		}
		return 0, s.ctx.Err()
	}
	for i := range s.columns {
		s.columns[i].point(s.chunk, i)
	}
	return int(bindings.DataChunkGetSize(s.chunk)), nil
}

func (s *stream) fail(kind bindings.ErrorType, message string) error {
	if s.expired.Load() && s.ctx.Err() == nil {
		return tooLarge()
	}
	return translate(s.ctx, kind, message, s.sql)
}

// close frees everything; further calls do nothing.
func (s *stream) close() {
	if s.closed {
		return
	}
	s.closed = true
	if s.stop != nil {
		s.stop()
	}
	bindings.DestroyDataChunk(&s.chunk)
	bindings.DestroyResult(&s.res)
	bindings.DestroyPrepare(&s.stmt)
	if s.own {
		s.conn.close()
	}
}
