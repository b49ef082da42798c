package field

import (
	"strings"

	"lotse.dev/lotse/internal/base"
)

// spread is a range of an uncertain number: lowest, likely and highest value.
type spread struct{}

var spreadNames = []string{"min", "likely", "max"}

func (spread) Class() Class { return Numeric }

func (spread) Check(f *Field, v any, at string, e *Errors) any {
	m, ok := v.(map[string]any)
	if !ok {
		return wrong(e, at, "Ein kleinster, ein wahrscheinlicher und ein größter Wert werden erwartet.", "A lowest, a likely and a highest value are expected.")
	}
	parts(m, spreadNames, at, e)
	out, given := map[string]any{}, 0
	for _, name := range spreadNames {
		if m[name] == nil {
			continue
		}
		given++
		if n := checkNumber(f, m[name], at+"."+name, e); n != nil {
			out[name] = n
		}
	}
	if given == 0 {
		return nil
	}
	for _, name := range spreadNames {
		if m[name] == nil {
			e.Add(at+"."+name, missing)
		}
	}
	if len(out) < len(spreadNames) {
		return nil
	}
	if out["min"].(float64) > out["likely"].(float64) {
		e.Add(at+".min", base.T("Der kleinste Wert liegt über dem wahrscheinlichen.", "The lowest value is above the likely one."))
	}
	if out["max"].(float64) < out["likely"].(float64) {
		e.Add(at+".max", base.T("Der größte Wert liegt unter dem wahrscheinlichen.", "The highest value is below the likely one."))
	}
	return out
}

// parts refuses what a value of several parts does not have.
func parts(m map[string]any, names []string, at string, e *Errors) {
	fields := make([]Field, len(names))
	for i, name := range names {
		fields[i].Name = name
	}
	strangers(fields, m, at+".", e)
}

func (spread) Key(_ *Field, v any) any {
	if m, ok := v.(map[string]any); ok {
		return numericKey(m["likely"])
	}
	return nil
}

func (spread) Text(f *Field, v any, w Words) string {
	m := v.(map[string]any)
	numbers := make([]string, len(spreadNames))
	for i, name := range spreadNames {
		n, _ := m[name].(float64)
		numbers[i] = base.FormatFloat(n, -1, w.Lang())
	}
	return withUnit(strings.Join(numbers, " / "), f.Unit)
}

func (spread) Parse(f *Field, s string, w Words) (any, error) {
	numbers := strings.Split(trimUnit(s, f.Unit), "/")
	if len(numbers) == 1 { // one number is a range without width
		numbers = []string{numbers[0], numbers[0], numbers[0]}
	}
	if len(numbers) != 3 {
		return nil, base.Fail(base.Refused, "no_range", base.T("„%s“ ist keine Spanne wie 10 / 20 / 40.", "“%s” is no range such as 10 / 20 / 40.", s))
	}
	out := map[string]any{}
	for i, name := range spreadNames {
		n, err := ParseNumber(numbers[i], w.Lang())
		if err != nil {
			return nil, err
		}
		out[name] = n
	}
	return out, nil
}

func (spread) Schema(f *Field) map[string]any {
	n := numberSchema(f)
	return map[string]any{"type": "object", "required": spreadNames, "additionalProperties": false,
		"properties": map[string]any{"min": n, "likely": n, "max": n}}
}
