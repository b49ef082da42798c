package field

import "encoding/json"

// The Go types that a kind's struct uses beside string, bool, *float64 and slices of structs. Each is one type of
// field; a pointer or an empty text is unknown.
type (
	// Markdown is a long text.
	Markdown string
	// Date is a day, YYYY-MM-DD.
	Date string
	// Choice is one value of an enumeration.
	Choice string
	// Choices are several values of an enumeration, or free words where the field has no options.
	Choices []string
	// Ref is the id of a record of the kind that the tag names.
	Ref string
	// Refs are several.
	Refs []string
	// Person is the id of a record of kind person.
	Person string
	// Persons are several.
	Persons []string
	// Percent is a share as a fraction: 0.25 is 25 %.
	Percent float64
	// Duration is a length of time in seconds.
	Duration float64
	// Files are attachments of the field, each the id of a kept file.
	Files []string
)

// Money is an amount as decimal text with a point and at most two decimals, and its ISO 4217 currency.
type Money struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// Period runs from the first day to the day after the last; To is empty while it is open.
type Period struct {
	From Date `json:"from"`
	To   Date `json:"to,omitempty"`
}

// Range is an uncertain number.
type Range struct {
	Min    float64 `json:"min"`
	Likely float64 `json:"likely"`
	Max    float64 `json:"max"`
}

// Canonical writes a document in the one form that is hashed and kept: the fields in the order of the kind, unknown
// ones left out.
func Canonical(fields []Field, doc map[string]any) ([]byte, error) {
	b := []byte{'{'}
	for i := range fields {
		v := doc[fields[i].Name]
		if v == nil {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		name, _ := json.Marshal(fields[i].Name)
		value, err := canonicalValue(&fields[i], v)
		if err != nil {
			return nil, err
		}
		b = append(append(append(b, name...), ':'), value...)
	}
	return append(b, '}'), nil
}

func canonicalValue(f *Field, v any) ([]byte, error) {
	rows, ok := v.([]any)
	if f.Type != TypeTable || !ok {
		return json.Marshal(v) // map keys are sorted by encoding/json
	}
	b := []byte{'['}
	for i, row := range rows {
		if i > 0 {
			b = append(b, ',')
		}
		doc, _ := row.(map[string]any)
		one, err := Canonical(f.Fields, doc)
		if err != nil {
			return nil, err
		}
		b = append(b, one...)
	}
	return append(b, ']'), nil
}
