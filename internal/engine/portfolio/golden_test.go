package portfolio_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"lotse.dev/lotse/internal/engine/portfolio"
)

// The cases of testdata, each with its solution by hand, have the answer that stands there.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.case.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var c struct {
				Problem json.RawMessage
				Answer  map[string]any
			}
			if err := json.Unmarshal(data, &c); err != nil {
				t.Fatal(err)
			}
			p, err := portfolio.Decode(c.Problem)
			if err != nil {
				t.Fatal(err)
			}
			var got map[string]any
			if err := json.Unmarshal([]byte(show(solve(t, p, portfolio.Options{}))), &got); err != nil {
				t.Fatal(err)
			}
			delete(got, "seconds")
			if !reflect.DeepEqual(got, c.Answer) {
				t.Errorf("answer %s\nwant   %s", show(got), show(c.Answer))
			}
		})
	}
}
