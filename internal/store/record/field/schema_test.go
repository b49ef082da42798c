package field_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/store/record/field"
)

// accepts is JSON Schema as far as Schema uses it.
func accepts(schema map[string]any, v any) error {
	switch schema["type"] {
	case "string":
		s, ok := v.(string)
		longest, limited := schema["maxLength"].(float64)
		pattern, _ := schema["pattern"].(string)
		options, _ := schema["enum"].([]any)
		switch {
		case !ok, limited && utf8.RuneCountInString(s) > int(longest), pattern != "" && !regexp.MustCompile(pattern).MatchString(s),
			options != nil && !slices.Contains(options, v):
			return fmt.Errorf("%v is not %v", v, schema)
		}
		if schema["format"] == "date" {
			_, err := time.Parse(time.DateOnly, s)
			return err
		}
	case "number":
		n, ok := v.(float64)
		least, lower := schema["minimum"].(float64)
		most, upper := schema["maximum"].(float64)
		if !ok || lower && n < least || upper && n > most {
			return fmt.Errorf("%v is not %v", v, schema)
		}
	case "boolean":
		if _, ok := v.(bool); !ok {
			return fmt.Errorf("%v is no boolean", v)
		}
	case "array":
		list, ok := v.([]any)
		if most, limited := schema["maxItems"].(float64); !ok || limited && len(list) > int(most) {
			return fmt.Errorf("%v is no list", v)
		}
		for _, item := range list {
			if err := accepts(schema["items"].(map[string]any), item); err != nil {
				return err
			}
		}
	case "object":
		m, ok := v.(map[string]any)
		if !ok {
			return fmt.Errorf("%v is no object", v)
		}
		for _, name := range schema["required"].([]any) {
			if _, there := m[name.(string)]; !there {
				return fmt.Errorf("%v lacks %s", v, name)
			}
		}
		for name, part := range m {
			known, ok := schema["properties"].(map[string]any)[name].(map[string]any)
			if !ok {
				return fmt.Errorf("%s is no property", name)
			}
			if err := accepts(known, part); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	default:
		return fmt.Errorf("a schema of type %v", schema["type"])
	}
	return nil
}

func schemaOf(t testing.TB) map[string]any {
	raw, err := json.Marshal(field.Schema(fields, false))
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// What Check answers is inside the schema, whatever came in.
func TestTheSchemaHoldsWhatCheckReturns(t *testing.T) {
	schema := schemaOf(t)
	rapid.Check(t, func(r *rapid.T) {
		doc := anyDoc(r, fields)
		if rapid.Bool().Draw(r, "nonsense") {
			doc[rapid.SampledFrom(fieldNames()).Draw(r, "name")] = anyJSON(r, 0)
		}
		clean, errs := check(doc)
		if len(errs) > 0 {
			return
		}
		raw, err := field.Canonical(fields, clean)
		if err != nil {
			r.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			r.Fatal(err)
		}
		if err := accepts(schema, v); err != nil {
			r.Fatalf("%s passes Check but not the schema: %v", raw, err)
		}
	})
}

// What is inside the schema passes Check, but for the rules that no schema tells: the order of the parts of a range and a
// period, years, codes of currencies, control characters, separators in words.
func TestCheckTakesWhatTheSchemaAllows(t *testing.T) {
	schema := schemaOf(t)
	beyond := regexp.MustCompile(`(period\.to|period\.from|range\.(min|max)|\.currency|^text|^long|rows\[\d+\]\.(text|long|choices)|^words|^date)$`)
	tried := 0
	rapid.Check(t, func(r *rapid.T) {
		doc := anyDoc(r, fields)
		doc["text"] = "x"
		for range rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(r, "nonsense") {
			doc[rapid.SampledFrom(fieldNames()).Draw(r, "name")] = anyJSON(r, 0)
		}
		for name, v := range doc {
			if v == nil { // null is how a field is emptied
				delete(doc, name)
			}
		}
		if accepts(schema, doc) != nil {
			return
		}
		tried++
		if _, errs := check(doc); len(errs) > 0 && !beyond.MatchString(errs[0].Field) {
			r.Fatalf("%v passes the schema but not Check: %v", doc, errs)
		}
	})
	if tried < 3 { // about one of five is
		t.Error("the generator hardly makes documents of the schema", tried)
	}
}
