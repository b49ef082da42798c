package profile

// caseTracker finds the columns that have one value per case. It remembers a hash per case and column that is still in
// question, and gives up (no column is constant) when that would need more than about 64 MB.
type caseTracker struct {
	column  int
	index   map[uint64]int32
	live    []int      // columns still in question
	seen    int        // number of columns known
	values  [][]uint32 // half of each hash: a false match of one value in 4 billion is of no consequence
	last    uint64
	lastRow int32
	gaveUp  bool
	rows    int64
	more    bool // some case has two rows
}

const maxTracked = 16 << 20

func newCaseTracker(column int) *caseTracker {
	return &caseTracker{column: column, index: map[uint64]int32{}}
}

func (t *caseTracker) row(h []uint64) {
	if t.gaveUp {
		return
	}
	for ; t.seen < len(h); t.seen++ { // a column that appears late was empty before
		if t.seen != t.column {
			t.live = append(t.live, t.seen)
			t.values = append(t.values, make([]uint32, len(t.index)))
		}
	}
	id := h[t.column]
	if id == 0 {
		return
	}
	i := t.lastRow
	if id != t.last || t.rows == 0 {
		var known bool
		if i, known = t.index[id]; !known {
			t.begin(id, h)
			return
		}
		t.last, t.lastRow = id, i
	}
	t.rows++
	t.more = true
	for k := 0; k < len(t.live); {
		if t.values[k][i] != uint32(h[t.live[k]]>>16) {
			t.drop(k)
			continue
		}
		k++
	}
}

func (t *caseTracker) begin(id uint64, h []uint64) {
	i := int32(len(t.index))
	t.index[id] = i
	t.last, t.lastRow = id, i
	t.rows++
	for k, c := range t.live {
		t.values[k] = append(t.values[k], uint32(h[c]>>16))
	}
	if len(t.index)*(len(t.live)+8) > maxTracked {
		t.gaveUp, t.index, t.values = true, nil, nil
	}
}

func (t *caseTracker) drop(k int) {
	last := len(t.live) - 1
	t.live[k], t.values[k] = t.live[last], t.values[last]
	t.live, t.values = t.live[:last], t.values[:last]
}

// constant says whether a column had one value per case. Where no case has a second row nothing is known.
func (t *caseTracker) constant(column int) bool {
	if t.gaveUp || !t.more {
		return false
	}
	for _, c := range t.live {
		if c == column {
			return true
		}
	}
	return false
}
