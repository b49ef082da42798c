package portfolio_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"testing"

	"lotse.dev/lotse/internal/engine/portfolio"
)

var update = flag.Bool("update", false, "write the own cases anew")

// The own cases stand in testdata too, so that scripts/peers/portfolio.py can give them to another solver.
func TestOwnCasesStandInTestdata(t *testing.T) {
	cases := map[string]*portfolio.Problem{"choice-200x25": choiceCase(200, 25, 1)}
	for _, n := range []int{50, 100, 200} {
		cases[fmt.Sprintf("quarters-%dx12x2", n)] = ownCase(n, 12, 2, 1)
		cases[fmt.Sprintf("quarters-%dx12x3", n)] = ownCase(n, 12, 3, 1)
	}
	for name, p := range cases {
		path := "testdata/" + name + ".problem.json"
		if *update {
			if err := os.WriteFile(path, encode(p), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		have, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(have, encode(p)) {
			t.Errorf("%s differs from the generator (-update writes it): %v", path, err)
		}
		if q, err := portfolio.Decode(have); err != nil || !bytes.Equal(encode(q), have) {
			t.Errorf("%s is not read as it is written: %v", path, err)
		}
	}
}
