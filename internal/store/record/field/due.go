package field

import (
	"fmt"
	"slices"
	"strings"
)

// Due says what a day is for people: they are told of it and find it in their calendars until it is done.
type Due struct {
	Starts  bool     // something begins that day and cannot be late
	Done    string   // field of the same place that ends it as soon as it has a value
	Ended   string   // field of the record that ends it by one of the values
	EndedBy []string // such values
}

// falls notes one rule of a day by which something shall happen.
func (f *Field) falls(key, value string) {
	if f.Due == nil {
		f.Due = &Due{}
	}
	switch key {
	case "starts":
		f.Due.Starts = true
	case "done":
		f.Due.Done = value
	case "ended":
		name, values, _ := strings.Cut(value, ":")
		f.Due.Ended, f.Due.EndedBy = name, strings.Split(values, "|")
	}
}

// checkDue refuses a day that ends by what there is not.
func checkDue(fields []Field) error {
	for _, place := range append([][]Field{fields}, tables(fields)...) {
		for _, f := range place {
			if f.Due == nil {
				continue
			}
			if _, ok := Find(place, f.Due.Done); f.Due.Done != "" && !ok {
				return fmt.Errorf("%s is done by %s, which there is not", f.Name, f.Due.Done)
			}
			if f.Due.Ended == "" {
				continue
			}
			ends, ok := Find(fields, f.Due.Ended)
			for _, v := range f.Due.EndedBy {
				if !ok || !slices.ContainsFunc(ends.Options, func(o Option) bool { return o.Value == v }) {
					return fmt.Errorf("%s is ended by %s:%s, which there is not", f.Name, f.Due.Ended, v)
				}
			}
		}
	}
	return nil
}

func tables(fields []Field) [][]Field {
	var out [][]Field
	for _, f := range fields {
		if f.Type == TypeTable {
			out = append(out, f.Fields)
		}
	}
	return out
}
