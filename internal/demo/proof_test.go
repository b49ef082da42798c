package demo

import (
	"context"
	"fmt"
	"math"
	"os"
	"testing"
	"time"

	"lotse.dev/lotse/internal/engine/causal"
)

// monthly is one metric month by month, as a reader of the files counts it.
type monthly struct {
	n, sum [Months]float64
}

func (m *monthly) add(first, at time.Time, x float64) {
	i := (at.Year()-first.Year())*12 + int(at.Month()-first.Month())
	if i >= 0 && i < Months {
		m.n[i]++
		m.sum[i] += x
	}
}

// series ends with the window of twelve months after the start, or where cases are still open.
func (m *monthly) series(start int) causal.Series {
	s := causal.Series{Grain: causal.Month}
	for i := range min(start+12, Months-3) {
		o := causal.Observation{Label: fmt.Sprint(i), Size: m.n[i]}
		if m.n[i] > 0 {
			mean := m.sum[i] / m.n[i]
			o.Value = &mean
		}
		s.Observations = append(s.Observations, o)
	}
	return s
}

// proofs says how each change is judged. The true effect of a change that scales a time differs a little from year to
// year with the times themselves; the window's own mean is what is compared.
var proofs = map[string]struct {
	scale     causal.Scale
	direction float64
}{
	"order_form": {causal.Logit, -1}, "carrier": {causal.Plain, -1}, "recommendations": {causal.Logit, 1}, "triage": {causal.Log, -1}, "chat": {causal.Log, -1},
}

// The demo's truth must be found by the method over many seeds, and the change without effect must not: the shares of
// design/effect.md, "Tests". A change counts as large where its effect is three times what the months scatter.
func TestTheMethodFindsTheTruth(t *testing.T) {
	seeds := 20
	if os.Getenv("LOTSE_SOAK") != "" {
		seeds = 200
	}
	var large, proven, falseProof, covered, intervals int
	for seed := range uint64(seeds) {
		files, _ := generate(t, Config{Seed: seed + 1, Scale: 1, Until: october})
		counted := metricSeries(t, files)
		for _, c := range files.Truth.Changes {
			how, ok := proofs[c.ID]
			if !ok {
				continue // begins before there are two years to compare with
			}
			start := int(monthsBetween(when(t, "2006-01-02", files.Truth.From), when(t, "2006-01-02", c.At)))
			series := counted[c.ID].series(start)
			expected := how.direction * math.Max(math.Abs(c.Effect), 1e-3)
			e, err := causal.Estimate(context.Background(), series, causal.Design{At: start, Model: causal.Trend, Scale: how.scale, Expected: &expected, Class: causal.Planned})
			if err != nil {
				t.Fatal(err)
			}
			if e.Estimate == nil {
				t.Fatalf("seed %d, %s: no estimate: %+v", seed+1, c.ID, e.Reasons)
			}
			intervals++
			if *e.Low <= c.Effect && c.Effect <= *e.High {
				covered++
			}
			switch {
			case c.Effect == 0 && e.Verdict == causal.Proven:
				falseProof++
			case c.Effect != 0 && math.Abs(c.Effect) >= 3*scatter(series, start):
				large++
				if e.Verdict == causal.Proven {
					proven++
				}
			}
		}
	}
	t.Logf("%d seeds: %d of %d large effects proven, the change without effect %d times, %d of %d intervals hold the truth", seeds, proven, large, falseProof, covered, intervals)
	// 160 and 16 of 200, and 90 to 98 of 100; wider for few seeds by three standard errors of a share.
	slack := func(p float64, n int) float64 { return 3 * math.Sqrt(p*(1-p)/float64(n)) }
	if large == 0 || float64(proven) < (0.8-slack(0.8, large))*float64(large) {
		t.Errorf("%d of %d large effects are proven", proven, large)
	}
	if float64(falseProof) > (0.08+slack(0.08, seeds))*float64(seeds) {
		t.Errorf("the change without effect is proven %d of %d times", falseProof, seeds)
	}
	share := float64(covered) / float64(intervals)
	if share < 0.90-slack(0.94, intervals) || share > 0.98+slack(0.94, intervals) {
		t.Errorf("%.1f %% of the intervals hold the truth", share*100)
	}
}

func monthsBetween(a, b time.Time) float64 {
	return float64((b.Year()-a.Year())*12 + int(b.Month()-a.Month()))
}

// scatter is the standard deviation of the months before the start around their line.
func scatter(s causal.Series, start int) float64 {
	var n, sx, sy, sxx, sxy, syy float64
	for i, o := range s.Observations[:start] {
		if o.Value == nil {
			continue
		}
		x, y := float64(i), *o.Value
		n, sx, sy, sxx, sxy, syy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y, syy+y*y
	}
	b := (n*sxy - sx*sy) / (n*sxx - sx*sx)
	a := (sy - b*sx) / n
	return math.Sqrt((syy - a*sy - b*sxy) / (n - 2))
}

// metricSeries counts the metrics of the changes from the files alone.
func metricSeries(t *testing.T, files Files) map[string]*monthly {
	out := map[string]*monthly{"order_form": {}, "carrier": {}, "recommendations": {}, "triage": {}, "chat": {}}
	first := when(t, "2006-01-02", files.Truth.From)
	for _, o := range readOrders(t, files) {
		if o.channel == "Telefon" {
			out["order_form"].add(first, o.begin, share(o.query))
		}
		if !o.signed.IsZero() {
			out["carrier"].add(first, o.sent, o.signed.Sub(o.sent).Hours()/24)
		}
	}
	read(t, files.Tables[3].Paths[0], ',', func(r csvRow) {
		opened := when(t, time.RFC3339, r.get("Eröffnet"))
		for change, column := range map[string]string{"triage": "Erste Antwort", "chat": "Gelöst"} {
			if s := r.get(column); s != "" {
				out[change].add(first, opened, when(t, time.RFC3339, s).Sub(opened).Hours())
			}
		}
	})
	groups, times := map[string]map[string]bool{}, map[string]time.Time{}
	read(t, files.Tables[2].Paths[0], ';', func(r csvRow) {
		id := r.get("Auftragsnummer")
		if r.get("Kanal") != "Shop" || id[0] != 'A' {
			return
		}
		if groups[id] == nil {
			groups[id], times[id] = map[string]bool{}, when(t, "02.01.2006 15:04", r.get("Auftragsdatum"))
		}
		groups[id][r.get("Produktgruppe")] = true
	})
	for id, g := range groups {
		out["recommendations"].add(first, times[id], share(len(g) > 1))
	}
	return out
}
