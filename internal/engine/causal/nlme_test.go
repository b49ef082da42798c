package causal_test

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"lotse.dev/lotse/internal/engine/causal"
)

// nlme are the figures of R 4.2.2 with nlme 3.1-162, printed by Rscript scripts/peers/effect.R for the series in
// testdata/nlme. The call is, with the formula of each line,
//
//	gls(formula, d, correlation = corAR1(form = ~t), method = "REML")
//
// on g, the value on the scale of the model; logit_control has weights = varFixed(~ I(1 / size)) besides.
var nlme = []struct {
	name, formula        string
	at                   int
	model                causal.Model
	scale                causal.Scale
	season               int
	estimate, rho, sigma float64
}{
	{"trend", "g ~ t + step", 24, causal.Trend, causal.Plain, 0, 4.8771, 0.308569, 2.24069},
	{"step", "g ~ step", 40, causal.Step, causal.Plain, 0, -75.8619, 0.697862, 26.3158},
	{"slope", "g ~ t + change + step", 30, causal.Slope, causal.Plain, 0, 1.11926, -0.559905, 0.847416},
	{"season", "g ~ t + cos(2 * pi * t / 12) + sin(2 * pi * t / 12) + step", 40, causal.Trend, causal.Plain, 1, -5.81745, 0.373755, 6.57889},
	{"log_gap", "log(value) ~ t + step, periods 7, 19 and 31 missing", 26, causal.Trend, causal.Log, 0, -3.07008, 0.492097, 0.201245},
	{"logit_control", "empirical logit ~ t + control + step", 28, causal.Trend, causal.Logit, 0, 0.126537, 0.235722, 2.62491},
}

// TestAgreesWithNLME compares estimate and ρ to three digits and more.
func TestAgreesWithNLME(t *testing.T) {
	for _, c := range nlme {
		s, meanSize := nlmeSeries(t, c.name)
		e := estimate(t, s, causal.Design{At: c.at, Model: c.model, Scale: c.scale, Quick: true})
		if e.Fit == nil || e.Estimate == nil {
			t.Errorf("%s: no estimate: %+v", c.name, e.Remarks)
			continue
		}
		if e.Fit.Season != c.season {
			t.Errorf("%s: %d harmonic pairs, wanted %d", c.name, e.Fit.Season, c.season)
		}
		sigma := c.sigma
		if c.scale == causal.Logit { // weights are relative here, the error is that of a period of mean size
			sigma /= math.Sqrt(meanSize)
		}
		for what, pair := range map[string][2]float64{"estimate": {*e.Estimate, c.estimate}, "rho": {*e.Fit.Rho, c.rho}, "sigma": {*e.Fit.Sigma, sigma}} {
			if math.Abs(pair[0]-pair[1]) > 1e-4*math.Abs(pair[1]) {
				t.Errorf("%s: %s %.6g, nlme %.6g", c.name, what, pair[0], pair[1])
			}
		}
	}
}

// nlmeSeries reads a series with the columns t, value and, where they are, size and control.
func nlmeSeries(t *testing.T, name string) (s causal.Series, meanSize float64) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "nlme", name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	s.Grain = causal.Month
	for _, row := range rows[1:] {
		numbers := make([]float64, len(row))
		for i, cell := range row {
			if numbers[i], err = strconv.ParseFloat(cell, 64); err != nil {
				t.Fatal(err)
			}
		}
		for len(s.Observations) < int(numbers[0]) {
			s.Observations = append(s.Observations, causal.Observation{Label: "missing"})
		}
		o := causal.Observation{Label: row[0], Value: &numbers[1]}
		if len(row) == 4 {
			o.Size, o.Controls = numbers[2], numbers[3:]
			s.Controls = rows[0][3:]
			meanSize += o.Size / float64(len(rows)-1)
		}
		s.Observations = append(s.Observations, o)
	}
	return s, meanSize
}
