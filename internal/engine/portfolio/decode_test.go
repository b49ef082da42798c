package portfolio_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/portfolio"
)

const sound = `{"periods":4,"initiatives":[
	{"id":"a","value":[4,3,2,1],"use":{"budget":[1,2.5]},"earliest":1,"latest":3},
	{"id":"b","value":-1.5e1,"use":{},"after":["a"],"excludes":["c"],"mandatory":true,"duration":0},
	{"id":"c","value":0}],"limits":{"budget":3,"days":[1,2,3,4]}}`

func TestDecode(t *testing.T) {
	p, err := portfolio.Decode([]byte(sound))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := show(p), `{"Periods":4,"Initiatives":[`+
		`{"ID":"a","Value":[4,3,2,1],"Use":{"budget":[1,2.5]},"After":null,"Excludes":null,"Mandatory":false,"Earliest":1,"Latest":3,"Duration":null},`+
		`{"ID":"b","Value":[-15],"Use":{},"After":["a"],"Excludes":["c"],"Mandatory":true,"Earliest":0,"Latest":0,"Duration":0},`+
		`{"ID":"c","Value":[0],"Use":null,"After":null,"Excludes":null,"Mandatory":false,"Earliest":0,"Latest":0,"Duration":null}],`+
		`"Limits":{"budget":[3],"days":[1,2,3,4]}}`; got != want {
		t.Errorf("read %s\nwant %s", got, want)
	}
}

// Every refusal names its fields, all at once.
func TestDecodeRefuses(t *testing.T) {
	one := func(initiative string) string {
		return `{"periods":3,"initiatives":[{"id":"a","value":1},` + initiative + `],"limits":{"budget":5}}`
	}
	for name, c := range map[string]struct {
		file   string
		fields []string
	}{
		"nothing":              {`{}`, []string{"initiatives", "periods"}},
		"a list":               {`[]`, []string{"", "periods"}},
		"unknown fields":       {`{"periods":1,"initiatives":[{"id":"a","value":1,"vale":2}],"limits":{},"limit":{}}`, []string{"initiatives[0].vale", "limit"}},
		"other case":           {`{"Periods":1,"periods":1,"initiatives":[],"limits":{}}`, []string{"Periods"}},
		"repeated fields":      {`{"periods":1,"periods":2,"initiatives":[],"limits":{"b":1,"b":2}}`, []string{"periods", "limits.b"}},
		"types":                {`{"periods":"1","initiatives":[{"id":1,"value":"x","use":[1],"after":"a","excludes":[1],"mandatory":1,"earliest":1.5,"latest":[]}],"limits":[]}`, []string{"periods", "initiatives[0].id", "initiatives[0].value", "initiatives[0].use", "initiatives[0].after", "initiatives[0].excludes[0]", "initiatives[0].mandatory", "initiatives[0].earliest", "initiatives[0].latest", "limits"}},
		"no id, no value":      {`{"periods":1,"initiatives":[{}],"limits":{}}`, []string{"initiatives[0].value", "initiatives[0].id"}},
		"no periods":           {`{"periods":0,"initiatives":[],"limits":{}}`, []string{"periods"}},
		"huge periods":         {`{"periods":1e300,"initiatives":[],"limits":{}}`, []string{"periods"}},
		"same id":              {one(`{"id":"a","value":1}`), []string{"initiatives[1].id"}},
		"unknown ids":          {one(`{"id":"b","value":1,"after":["x"],"excludes":["a","y"]}`), []string{"initiatives[1].after[0]", "initiatives[1].excludes[1]"}},
		"itself":               {one(`{"id":"b","value":1,"after":["b"],"excludes":["b"]}`), []string{"initiatives[1].after[0]", "initiatives[1].excludes[0]"}},
		"twice":                {one(`{"id":"b","value":1,"after":["a","a"]}`), []string{"initiatives[1].after[1]"}},
		"a circle":             {`{"periods":3,"initiatives":[{"id":"a","value":1,"after":["c"]},{"id":"b","value":1,"after":["a"]},{"id":"c","value":1,"after":["b"]}],"limits":{}}`, []string{"initiatives[1].after[0]"}},
		"negative":             {`{"periods":2,"initiatives":[{"id":"a","value":1,"use":{"b":[1,-2]},"duration":-1}],"limits":{"b":-1,"c":[1,-1]}}`, []string{"limits.b", "limits.c[1]", "initiatives[0].use.b[1]", "initiatives[0].duration"}},
		"too large":            {`{"periods":2,"initiatives":[{"id":"a","value":1e400},{"id":"b","value":[1,1e16]}],"limits":{"b":1e16}}`, []string{"initiatives[0].value", "limits.b", "initiatives[1].value[1]"}},
		"no limit":             {one(`{"id":"b","value":1,"use":{"days":[1]}}`), []string{"initiatives[1].use.days"}},
		"wrong lengths":        {`{"periods":3,"initiatives":[{"id":"a","value":[1,2]},{"id":"b","value":[]}],"limits":{"b":[1,2,3,4],"c":[]}}`, []string{"limits.b", "limits.c", "initiatives[0].value", "initiatives[1].value"}},
		"an empty window":      {one(`{"id":"b","value":1,"earliest":3,"latest":2}`), []string{"initiatives[1].latest"}},
		"outside":              {one(`{"id":"b","value":1,"earliest":0,"latest":4}`), []string{"initiatives[1].earliest", "initiatives[1].latest"}},
		"blank names":          {`{"periods":1,"initiatives":[{"id":" ","value":1}],"limits":{"":1}}`, []string{"limits.", "initiatives[0].id"}},
		"null":                 {`{"periods":1,"initiatives":[{"id":"a","value":null,"use":null}],"limits":null}`, []string{"initiatives[0].value", "initiatives[0].use", "limits"}},
		"too many initiatives": {`{"periods":1,"limits":{},"initiatives":[` + many(portfolio.MaxInitiatives+1) + `]}`, []string{"initiatives"}},
		"too many starts":      {`{"periods":120,"limits":{},"initiatives":[` + many(portfolio.MaxStarts/120+1) + `]}`, []string{"initiatives"}},
		"a long id":            {one(`{"id":"` + strings.Repeat("ä", portfolio.MaxID+1) + `","value":1}`), []string{"initiatives[1].id"}},
	} {
		_, err := portfolio.Decode([]byte(c.file))
		e := base.AsError(err)
		if err == nil || e.Kind != base.Refused || e.Code != "problem_refused" {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var fields []string
		for _, f := range e.Fields {
			fields = append(fields, f.Field)
			if f.Text.De == "" || f.Text.En == "" || f.Text.De == f.Text.En {
				t.Errorf("%s: %s says %q and %q", name, f.Field, f.Text.De, f.Text.En)
			}
		}
		slices.Sort(fields)
		slices.Sort(c.fields)
		if !slices.Equal(fields, c.fields) {
			t.Errorf("%s: fields %q, want %q", name, fields, c.fields)
		}
	}
}

func many(n int) string {
	var b strings.Builder
	for k := range n {
		fmt.Fprintf(&b, `,{"id":"%d","value":1}`, k)
	}
	return b.String()[1:]
}

// What is no JSON at all is refused with line and column, what is too large by its own kind.
func TestDecodeRefusesWhatIsNoJSON(t *testing.T) {
	for file, kind := range map[string]base.Kind{
		"": base.Refused, "{": base.Refused, `{"periods":NaN}`: base.Refused, `{"periods":1}{}`: base.Refused,
		strings.Repeat("[", 100): base.TooLarge, strings.Repeat(" ", portfolio.MaxBytes+1): base.TooLarge,
		"[" + strings.Repeat("1,", 1_000_001) + "1]": base.TooLarge,
	} {
		_, err := portfolio.Decode([]byte(file))
		if !base.IsKind(err, kind) {
			t.Errorf("%.20q: %v", file, err)
		}
	}
	_, err := portfolio.Decode([]byte("{\n \"periods\": x}"))
	if e := base.AsError(err); e.Place.Line != 2 {
		t.Errorf("line %d of %v, want 2", e.Place.Line, err)
	}
}

// NaN cannot come from a file, but from a program.
func TestValidateRefusesNaN(t *testing.T) {
	p := &portfolio.Problem{Periods: 1, Limits: map[string][]float64{"b": {math.NaN()}},
		Initiatives: []portfolio.Initiative{{ID: "a", Value: []float64{math.NaN()}, Use: map[string][]float64{"b": {math.Inf(1)}}}}}
	if e := base.AsError(p.Validate()); len(e.Fields) != 3 {
		t.Errorf("%v", e)
	}
}

// Whatever the bytes, they are read or refused; what is read is valid and, written again, read the same.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(sound))
	f.Add(encode(ownCase(4, 3, 2, 1)))
	f.Add([]byte(`{"periods":1,"initiatives":[{"id":"a","value":1,"after":["a"]}],"limits":{"b":[1]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := portfolio.Decode(data)
		if err != nil {
			if k := base.AsError(err).Kind; k != base.Refused && k != base.TooLarge {
				t.Fatal(err)
			}
			return
		}
		again, err := portfolio.Decode(encode(p))
		if err != nil || string(encode(again)) != string(encode(p)) {
			t.Fatalf("%s became %s: %v", encode(p), encode(again), err)
		}
	})
}
