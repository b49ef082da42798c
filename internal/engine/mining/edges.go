package mining

// Edges up to this many activities are found in a square table, beyond it in a map.
const denseActivities = 1024

// edge gathers one pair of activities that follow each other directly.
type edge struct {
	from, to  int32
	waiting   durations
	elapsed   durations // only when split
	split     bool      // a start time made waiting differ from elapsed
	negative  int64     // elapsed below zero
	lastTrace int64
	cases     int64
}

// edgeTable finds edges by their two activities.
type edgeTable struct {
	activities int32
	dense      []int32 // position in list plus one
	sparse     map[uint64]int32
	list       []*edge
}

func newEdgeTable(activities int) *edgeTable {
	t := &edgeTable{activities: int32(activities)}
	if activities <= denseActivities {
		t.dense = make([]int32, activities*activities)
	} else {
		t.sparse = make(map[uint64]int32)
	}
	return t
}

func (t *edgeTable) find(from, to int32) *edge {
	if t.dense != nil {
		at := &t.dense[from*t.activities+to]
		if *at == 0 {
			*at = t.make(from, to)
		}
		return t.list[*at-1]
	}
	key := uint64(uint32(from))<<32 | uint64(uint32(to))
	at, ok := t.sparse[key]
	if !ok {
		at = t.make(from, to)
		t.sparse[key] = at
	}
	return t.list[at-1]
}

func (t *edgeTable) make(from, to int32) int32 {
	t.list = append(t.list, &edge{from: from, to: to})
	return int32(len(t.list))
}

// step counts one passage in the trace with the running number trace (from 1).
func (e *edge) step(trace, elapsed, waiting int64, started bool) {
	if e.lastTrace != trace {
		e.lastTrace = trace
		e.cases++
	}
	if elapsed < 0 {
		e.negative++
	}
	if started && !e.split {
		e.split = true
		e.elapsed = e.waiting.copyOf()
	}
	if e.split {
		e.elapsed.add(elapsed)
	}
	e.waiting.add(waiting)
}
