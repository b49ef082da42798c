package base_test

import (
	"testing"

	"lotse.dev/lotse/internal/base"
)

func TestNChoosesBetweenOneAndMany(t *testing.T) {
	say := func(n int) string {
		return base.N(n, base.T("1 Vorgang ist offen", "1 case is open"), base.T("%d Vorgänge sind offen", "%d cases are open", n)).De
	}
	for n, want := range map[int]string{0: "0 Vorgänge sind offen", 1: "1 Vorgang ist offen", -1: "−1 Vorgänge sind offen", 1234: "1.234 Vorgänge sind offen"} {
		if got := say(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}
