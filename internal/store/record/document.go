package record

import "encoding/json"

// As reads the value of a document as a Go type: the kind's own, or the part of it that a caller needs.
func As[T any](value map[string]any) (T, error) {
	var out T
	raw, err := json.Marshal(value)
	if err != nil {
		return out, err
	}
	return out, json.Unmarshal(raw, &out)
}

// Value is the way back.
func Value(v any) (map[string]any, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	out := map[string]any{}
	return out, json.Unmarshal(raw, &out)
}
