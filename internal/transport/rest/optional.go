package rest

import (
	"slices"
	"strings"
)

// markOptional says of what comes in that nothing and null mean the same: a property that may be left out may be null,
// and a query parameter may be empty. A schema that also describes an answer, which leaves nothing open, gets a second
// form for what comes in.
func markOptional(tree map[string]any) {
	in, out := map[string]bool{}, map[string]bool{}
	schemas, _ := inner(tree, "components")["schemas"].(map[string]any)
	if schemas == nil {
		return
	}
	var bodies []any
	paths, _ := tree["paths"].(map[string]any)
	for _, path := range paths {
		for _, op := range path.(map[string]any) {
			op := op.(map[string]any)
			bodies = append(bodies, op["requestBody"])
			reach(schemas, op["requestBody"], in)
			reach(schemas, op["responses"], out)
			parameters, _ := op["parameters"].([]any)
			for _, p := range parameters {
				emptyAllowed(p.(map[string]any))
			}
		}
	}
	forms := secondForms(schemas, in, out)
	for name := range in {
		if forms[name] {
			schemas[name+inputForm] = clone(schemas[name])
			name += inputForm
		} else if out[name] {
			continue
		}
		schema := schemas[name].(map[string]any)
		repoint(schema, forms)
		required, _ := schema["required"].([]any)
		properties, _ := schema["properties"].(map[string]any)
		for property, s := range properties {
			if !slices.Contains(required, any(property)) {
				properties[property] = orNull(s.(map[string]any))
			}
		}
	}
	for _, body := range bodies {
		repoint(body, forms)
	}
}

// inputForm ends the name of a schema's second form.
const inputForm = "Input"

// secondForms are the schemas of both directions of which a property may be left out, there or further down.
func secondForms(schemas map[string]any, in, out map[string]bool) map[string]bool {
	forms := map[string]bool{}
	for name := range in {
		if out[name] && leavesOpen(schemas[name].(map[string]any)) {
			forms[name] = true
		}
	}
	for name := range in {
		below := map[string]bool{}
		reach(schemas, schemas[name], below)
		for open := range below {
			if out[name] && out[open] && leavesOpen(schemas[open].(map[string]any)) {
				forms[name] = true
			}
		}
	}
	return forms
}

func leavesOpen(schema map[string]any) bool {
	required, _ := schema["required"].([]any)
	properties, _ := schema["properties"].(map[string]any)
	return len(properties) > len(required)
}

// repoint lets a part of the description refer to the second forms.
func repoint(part any, forms map[string]bool) {
	switch x := part.(type) {
	case []any:
		for _, v := range x {
			repoint(v, forms)
		}
	case map[string]any:
		if ref, is := x["$ref"].(string); is && forms[strings.TrimPrefix(ref, "#/components/schemas/")] {
			x["$ref"] = ref + inputForm
		}
		for _, v := range x {
			repoint(v, forms)
		}
	}
}

func clone(part any) any {
	switch x := part.(type) {
	case []any:
		out := make([]any, len(x))
		for i, v := range x {
			out[i] = clone(v)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(x))
		for key, v := range x {
			out[key] = clone(v)
		}
		return out
	}
	return part
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
