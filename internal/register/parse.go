package register

import (
	"context"
	"maps"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// ParseInput is what people wrote into fields, in the language of the request.
type ParseInput struct {
	Body struct {
		Texts map[string]string `json:"texts" doc:"text by field; an empty one empties the field"`
	}
}

// Parsed is what the texts mean. Value can be sent as the body of a change: null empties a field.
type Parsed struct {
	Value  map[string]any    `json:"value"`
	Errors []base.FieldError `json:"errors" nullable:"false" doc:"of the fields that Value lacks"`
}

// parse reads texts as an import does: choices by their title, records by their name, numbers with their unit.
func (s *Service) parse(d *record.Def) func(context.Context, *ParseInput) (*Parsed, error) {
	return func(ctx context.Context, in *ParseInput) (*Parsed, error) {
		r, err := s.reader(ctx)
		if err != nil {
			return nil, err
		}
		w := s.words(ctx, r)
		out := &Parsed{Value: map[string]any{}}
		var e field.Errors
		for _, name := range slices.Sorted(maps.Keys(in.Body.Texts)) {
			f, ok := field.Find(d.Fields, name)
			if !ok {
				e.Add(name, base.T("Dieses Feld gibt es nicht.", "There is no such field."))
				continue
			}
			before := len(e.List())
			v := parsed(f, in.Body.Texts[name], w, &e)
			if len(e.List()) == before {
				out.Value[name] = v
			}
		}
		out.Errors = append([]base.FieldError{}, e.List()...)
		return out, nil
	}
}

func parsed(f *field.Field, text string, w field.Words, e *field.Errors) any {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	v, err := f.Of().Parse(f, text, w)
	if err != nil {
		e.Add(f.Name, base.AsError(err).Text)
		return nil
	}
	return f.Of().Check(f, v, f.Name, e)
}
