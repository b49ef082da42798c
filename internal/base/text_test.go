package base_test

import (
	"testing"

	"lotse.dev/lotse/internal/base"
)

func TestNumbersInTexts(t *testing.T) {
	got := base.T("%d Zeilen, %s, %v, %d", "%d rows, %s, %v, %d", 1234, int64(-5), 0.5, base.Number{Value: 1234.5, Decimals: 1})
	if got.De != "1.234 Zeilen, −5, 0,5, 1.234,5" || got.En != "1,234 rows, −5, 0.5, 1,234.5" {
		t.Errorf("got %q and %q", got.De, got.En)
	}
}
