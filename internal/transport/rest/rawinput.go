package rest

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// parameterCheck asks of a raw operation's path and query what their schemas say, as huma does for the others. A query
// parameter that is empty counts as absent.
type parameterCheck struct {
	registry   huma.Registry
	parameters []*huma.Param
}

func (c parameterCheck) of(r *http.Request) error {
	query := r.URL.Query()
	result := &huma.ValidateResult{}
	for _, p := range c.parameters {
		if p.In == "header" {
			continue
		}
		path := huma.NewPathBuffer([]byte{}, 0)
		path.Push(p.In)
		path.Push(p.Name)
		value, given := valueOf(p, query, r.PathValue(p.Name))
		switch {
		case given:
			huma.Validate(c.registry, p.Schema, path, huma.ModeWriteToServer, value, result)
		case p.Required:
			result.Add(path, "", "required")
		}
	}
	if len(result.Errors) == 0 {
		return nil
	}
	return fromHuma(http.StatusUnprocessableEntity, "", result.Errors)
}

// valueOf reads a parameter as the type that its schema names; what cannot be read stays text, which the schema refuses.
func valueOf(p *huma.Param, query url.Values, inPath string) (value any, given bool) {
	texts := query[p.Name]
	if p.In == "path" {
		texts = []string{inPath}
	}
	if len(texts) == 0 || texts[0] == "" && p.Schema.Type != huma.TypeArray {
		return nil, false
	}
	switch p.Schema.Type {
	case huma.TypeArray:
		list := make([]any, len(texts))
		for i, text := range texts {
			list[i] = text
		}
		return list, true
	case huma.TypeBoolean:
		if b, err := strconv.ParseBool(texts[0]); err == nil {
			return b, true
		}
	case huma.TypeInteger, huma.TypeNumber:
		if n, err := strconv.ParseFloat(texts[0], 64); err == nil {
			return n, true
		}
	}
	return texts[0], true
}
