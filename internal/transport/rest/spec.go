package rest

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"gopkg.in/yaml.v3"

	"lotse.dev/lotse/internal/operation"
)

// document is the OpenAPI 3.1 description in both forms.
type document struct{ json, yaml []byte }

// newDocument writes the description. Fields that point at a struct and are always sent may be null, which huma does
// not say of references.
func newDocument(api huma.API, operations []operation.Operation) (document, error) {
	raw, err := json.Marshal(api.OpenAPI())
	if err != nil {
		return document{}, err
	}
	var tree map[string]any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return document{}, err
	}
	markNullable(tree, api.OpenAPI().Components.Schemas)
	markOptional(tree)
	for _, o := range operations {
		overlay(tree, o.Describe())
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(tree); err != nil {
		return document{}, err
	}
	y, err := yaml.Marshal(tree)
	return document{json: b.Bytes(), yaml: y}, err
}

// overlay puts the schemas that an operation brings along into the description.
func overlay(tree map[string]any, d operation.Def) {
	if d.Schemas == nil {
		return
	}
	schemas := inner(tree, "components", "schemas")
	for name, schema := range d.Schemas() {
		schemas[name] = schema
	}
	op := inner(tree, "paths", Prefix+d.Path, strings.ToLower(d.Method))
	reference := func(name string) map[string]any {
		return map[string]any{"application/json": map[string]any{"schema": map[string]any{"$ref": "#/components/schemas/" + name}}}
	}
	if d.Body != "" {
		op["requestBody"] = map[string]any{"required": true, "content": reference(d.Body)}
	}
	if d.Answer != "" {
		status := "200"
		if d.Status != 0 {
			status = statusText(d.Status)
		}
		inner(op, "responses", status)["content"] = reference(d.Answer)
	}
}

// inner walks into a tree of objects; a missing one is a defect.
func inner(tree map[string]any, path ...string) map[string]any {
	for _, name := range path {
		next, ok := tree[name].(map[string]any)
		if !ok {
			panic("the description lacks " + name)
		}
		tree = next
	}
	return tree
}

func markNullable(tree map[string]any, registry huma.Registry) {
	components, _ := tree["components"].(map[string]any)
	schemas, _ := components["schemas"].(map[string]any)
	for name, schema := range schemas {
		t := registry.TypeFromRef("#/components/schemas/" + name)
		properties, _ := schema.(map[string]any)["properties"].(map[string]any)
		if t == nil || properties == nil {
			continue
		}
		for _, field := range nullable(t) {
			p, _ := properties[field].(map[string]any)
			if ref, ok := p["$ref"]; ok {
				properties[field] = map[string]any{"anyOf": []any{map[string]any{"$ref": ref}, map[string]any{"type": "null"}}}
			}
		}
	}
}

// nullable lists the JSON names of a struct's fields that point at structs and are never left out.
func nullable(t reflect.Type) []string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	var out []string
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Type.Kind() == reflect.Pointer && f.Type.Elem().Kind() == reflect.Struct && name != "" && name != "-" && !strings.Contains(options, "omitempty") {
			out = append(out, name)
		}
	}
	return out
}
