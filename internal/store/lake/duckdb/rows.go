package duckdb

// rows is a streamed answer. A small one is held and has already given back its connection and place.
type rows struct {
	stream  *stream
	give    func()
	names   []string
	held    [][]any
	row, n  int // in the chunk, or in held when the stream is closed
	values  []any
	err     error
	drained bool
}

// Columns names the columns.
func (r *rows) Columns() []string {
	if r.names == nil {
		r.names = make([]string, len(r.stream.columns))
		for i := range r.stream.columns {
			r.names[i] = r.stream.columns[i].name
		}
	}
	return r.names
}

// hold fetches the first rows; when these are all, everything is given back at once.
func (r *rows) hold() error {
	r.Columns()
	for len(r.held) < heldRows {
		n, err := r.stream.next()
		if err != nil {
			return err
		}
		if n == 0 {
			r.drained = true
			r.release()
			return nil
		}
		for i := range n {
			v, err := r.decode(i)
			if err != nil {
				return err
			}
			r.held = append(r.held, v)
		}
	}
	return nil
}

func (r *rows) decode(i int) ([]any, error) {
	out := make([]any, len(r.stream.columns))
	for c := range r.stream.columns {
		v, err := r.stream.columns[c].value(i)
		if err != nil {
			return nil, err
		}
		out[c] = v
	}
	return out, nil
}

// Next moves to the next row.
func (r *rows) Next() bool {
	r.values = nil
	if r.err != nil {
		return false
	}
	if len(r.held) > 0 {
		r.values, r.held = r.held[0], r.held[1:]
		return true
	}
	if r.drained {
		return false
	}
	if r.row >= r.n {
		r.row = 0
		if r.n, r.err = r.stream.next(); r.err != nil || r.n == 0 {
			r.drained = true
			r.release()
			return false
		}
	}
	r.values, r.err = r.decode(r.row)
	r.row++
	return r.err == nil
}

// Values are those of the current row.
func (r *rows) Values() []any { return r.values }

// Err is the failure that ended the rows early.
func (r *rows) Err() error { return r.err }

// Close gives everything back.
func (r *rows) Close() error {
	r.held, r.drained = nil, true
	r.release()
	return nil
}

// then is called when stream and connection have been given back, which may have happened.
func (r *rows) then(give func()) {
	if r.give = give; r.stream.closed {
		r.release()
	}
}

func (r *rows) release() {
	r.stream.close()
	if r.give != nil {
		r.give()
		r.give = nil
	}
}
