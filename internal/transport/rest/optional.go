package rest

import (
	"slices"
	"strings"
)

// markOptional says of what comes in that nothing and null mean the same: a property that may be left out may be null,
// and a query parameter may be empty. Schemas that also describe answers stay as they are, because answers leave nothing
// open.
func markOptional(tree map[string]any) {
	in, out := map[string]bool{}, map[string]bool{}
	schemas, _ := inner(tree, "components")["schemas"].(map[string]any)
	if schemas == nil {
		return
	}
	paths, _ := tree["paths"].(map[string]any)
	for _, path := range paths {
		for _, op := range path.(map[string]any) {
			op := op.(map[string]any)
			reach(schemas, op["requestBody"], in)
			reach(schemas, op["responses"], out)
			parameters, _ := op["parameters"].([]any)
			for _, p := range parameters {
				emptyAllowed(p.(map[string]any))
			}
		}
	}
	for name := range in {
		schema := schemas[name].(map[string]any)
		properties, _ := schema["properties"].(map[string]any)
		if out[name] || properties == nil {
			continue
		}
		required, _ := schema["required"].([]any)
		for property, s := range properties {
			if !slices.Contains(required, any(property)) {
				properties[property] = orNull(s.(map[string]any))
			}
		}
	}
}

// reach collects the names of the schemas that a part of the description refers to, directly or by others.
func reach(schemas map[string]any, part any, into map[string]bool) {
	switch x := part.(type) {
	case []any:
		for _, v := range x {
			reach(schemas, v, into)
		}
	case map[string]any:
		for key, v := range x {
			ref, is := v.(string)
			name := strings.TrimPrefix(ref, "#/components/schemas/")
			if key != "$ref" || !is {
				reach(schemas, v, into)
			} else if !into[name] {
				into[name] = true
				reach(schemas, schemas[name], into)
			}
		}
	}
}

func orNull(schema map[string]any) map[string]any {
	kind, plain := schema["type"].(string)
	if !plain {
		if _, several := schema["type"].([]any); several || schema["anyOf"] != nil || len(schema) == 0 {
			return schema
		}
		return map[string]any{"anyOf": []any{schema, map[string]any{"type": "null"}}}
	}
	schema["type"] = []any{kind, "null"}
	if values, limited := schema["enum"].([]any); limited {
		schema["enum"] = append(slices.Clone(values), nil)
	}
	return schema
}

func emptyAllowed(p map[string]any) {
	schema, _ := p["schema"].(map[string]any)
	if p["in"] != "query" || p["required"] == true || schema["type"] != "string" || schema["format"] == nil {
		return
	}
	p["schema"] = map[string]any{"anyOf": []any{schema, map[string]any{"type": "string", "maxLength": 0}}}
}
