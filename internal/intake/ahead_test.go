package intake_test

import (
	"fmt"
	"strings"
	"testing"
)

// Rows are read ahead in blocks: attributes of an XES file that appear in the middle of one refuse no row before them.
func TestColumnsThatAppearLate(t *testing.T) {
	h := newHouse(t)
	var b strings.Builder
	b.WriteString("<log>")
	for i := range 3000 {
		fmt.Fprintf(&b, `<trace><string key="concept:name" value="C%d"/><event><string key="concept:name" value="x"/><date key="time:timestamp" value="2026-03-01T08:00:00Z"/>`, i)
		if i%700 == 699 {
			fmt.Fprintf(&b, `<string key="extra%d" value="v"/>`, i/700)
		}
		b.WriteString("</event></trace>")
	}
	b.WriteString("</log>")
	out := h.mustLoad(write(t, "a.xes", b.String()), events("p"))
	if out.RowsLoaded != 3000 || out.RowsRefused != 0 {
		t.Errorf("%+v", out)
	}
	if got := h.query(eventData("p"), `SELECT case_id FROM t WHERE extra0 = 'v' OR extra3 = 'v' ORDER BY 1`); strings.Join(got, " ") != "C2799 C699" {
		t.Errorf("%v", got)
	}
}
