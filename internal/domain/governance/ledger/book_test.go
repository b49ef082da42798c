package ledger

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Whatever is entered, each class and unit holds exactly what was entered for it, counted in whole cents a second way,
// and no two classes or units ever share a line.
func TestClassesNeverSum(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		type key struct {
			part        part
			class, unit string
		}
		b := &book{}
		want := map[key]int64{}
		for range rapid.IntRange(0, 30).Draw(r, "entries") {
			k := key{part(rapid.IntRange(0, 2).Draw(r, "part")), rapid.SampledFrom(classOrder).Draw(r, "class"), rapid.SampledFrom([]string{"EUR", "CHF", "h", "t CO2"}).Draw(r, "unit")}
			cents := rapid.Int64Range(-1e9, 1e9).Draw(r, "cents")
			v := float64(cents) / 100
			b.add(k.part, rapid.SampledFrom([]string{"a", "b"}).Draw(r, "initiative"), k.class, k.unit, &v, &v, &v)
			want[k] += cents
		}
		seen := map[[2]string]bool{}
		for _, c := range b.classes {
			if seen[[2]string{c.Class, c.Unit}] {
				r.Fatalf("%s in %s stands twice", c.Class, c.Unit)
			}
			seen[[2]string{c.Class, c.Unit}] = true
			for p, s := range map[part]*Span{claimed: c.Claimed, measured: c.Measured, confirmed: c.Confirmed} {
				sum, entered := want[key{p, c.Class, c.Unit}]
				if entered != (s != nil) {
					r.Fatalf("%s in %s, part %d: entered %v, shown %v", c.Class, c.Unit, p, entered, s)
				}
				if s != nil && (math.Round(*s.Middle*100) != float64(sum) || *s.Low != *s.Middle || *s.High != *s.Middle) {
					r.Fatalf("%s in %s: %v, want %d cents", c.Class, c.Unit, *s.Middle, sum)
				}
				delete(want, key{p, c.Class, c.Unit})
			}
		}
		if len(want) > 0 {
			r.Fatalf("not shown: %v", want)
		}
	})
}

// An unknown limit makes the sum unknown and never a smaller number.
func TestUnknownStaysUnknown(t *testing.T) {
	v := 5.0
	list := addTo(nil, confirmed, "cash", "EUR", nil, &v, &v)
	list = addTo(list, confirmed, "cash", "EUR", &v, &v, &v)
	if s := list[0].Confirmed; s.Low != nil || *s.Middle != 10 || s.Count != 2 {
		t.Errorf("%+v", s)
	}
}
