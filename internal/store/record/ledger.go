package record

import "maps"

// sealLine is one line of the seal's file.
type sealLine struct {
	Seq       int64                `json:"seq"`
	Committed int64                `json:"committed"`     // what the database had committed when this line was written
	All       bool                 `json:"all,omitempty"` // Kinds are all there are: the file was made shorter, or the instance emptied
	Kinds     map[string]kindTotal `json:"kinds"`         // of the kinds that changed; none when the line only says that Seq was committed
	MAC       string               `json:"mac"`
}

type kindTotal struct {
	Count int    `json:"count"`
	Sum   string `json:"sum"` // hex
}

// ledger follows the lines of the seal. A line is written before its transaction commits, so the newest ones are pending
// until a later line says how far the database came; one that was rolled back is followed by another of its number.
type ledger struct {
	lines     int
	committed int64
	totals    map[string]kindTotal // as of committed
	pending   []sealLine
	gap       int64 // the first number that was committed without a line, 0 when there is none
	back      int64 // where the database stood when it came back to before what was committed, 0 when it never did
}

func (l *ledger) add(line sealLine) {
	l.lines++
	base := line.All && line.Seq == line.Committed
	switch {
	case line.Committed < l.committed:
		if l.back == 0 {
			l.back = max(line.Committed, 1)
		}
	case line.Committed > l.committed && !base && !l.waits(line.Committed):
		if l.gap == 0 {
			l.gap = line.Committed
		}
	}
	l.settle(line.Committed)
	if line.All || len(line.Kinds) > 0 {
		l.pending = append(before(l.pending, line.Seq), line)
	}
	l.settle(line.Committed)
}

func (l *ledger) waits(seq int64) bool {
	for _, p := range l.pending {
		if p.Seq == seq {
			return true
		}
	}
	return false
}

func before(lines []sealLine, seq int64) []sealLine {
	for i, p := range lines {
		if p.Seq >= seq {
			return lines[:i]
		}
	}
	return lines
}

// settle takes over what was pending up to a committed number.
func (l *ledger) settle(seq int64) {
	n := 0
	for ; n < len(l.pending) && l.pending[n].Seq <= seq; n++ {
		l.totals = l.pending[n].onto(l.totals)
		if l.pending[n].All { // begun anew: what was before no longer counts
			l.gap, l.back = 0, 0
		}
	}
	l.pending = l.pending[n:]
	l.committed = max(l.committed, seq)
}

func (line sealLine) onto(totals map[string]kindTotal) map[string]kindTotal {
	if line.All || totals == nil {
		totals = map[string]kindTotal{}
	}
	maps.Copy(totals, line.Kinds)
	return totals
}

// at is what was signed for a database that stands at seq; ok is false when no line says so.
func (l *ledger) at(seq int64) (totals map[string]kindTotal, ok bool) {
	totals, reached := maps.Clone(l.totals), l.committed
	for _, p := range l.pending {
		if p.Seq <= seq {
			totals, reached = p.onto(totals), p.Seq
		}
	}
	return totals, reached == seq
}
