package duckdb

import (
	"context"
	"encoding/json"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// Table functions that make rows without reading anything.
var harmless = map[string]bool{"range": true, "generate_series": true, "unnest": true}

// check lets a question pass when it is one SELECT that reads nothing but the relations it was given. It looks at the
// parsed statement, so that no way of writing a file's name gets by.
func (c *conn) check(ctx context.Context, sql string, relations map[string]string) error {
	st, err := c.stream(ctx, 0, "SELECT json_serialize_sql("+quote(sql)+", skip_null := true, skip_empty := true)::VARCHAR")
	if err != nil {
		return err
	}
	defer st.close()
	if _, err := st.next(); err != nil {
		return err
	}
	var tree struct {
		Error      bool              `json:"error"`
		Message    string            `json:"error_message"`
		Type       string            `json:"error_type"`
		Statements []json.RawMessage `json:"statements"`
	}
	if err := json.Unmarshal(st.columns[0].bytes(0), &tree); err != nil {
		return err
	}
	switch {
	case tree.Error && tree.Type == "parser":
		return invalidSQL(tree.Message)
	case tree.Error, len(tree.Statements) != 1:
		return notOneSelect()
	}
	var node any
	if err := json.Unmarshal(tree.Statements[0], &node); err != nil {
		return err
	}
	g := guard{known: map[string]bool{}}
	for name := range relations {
		g.known[strings.ToLower(name)] = true
	}
	g.names(node)
	return g.walk(node)
}

// guard walks a parsed statement.
type guard struct{ known map[string]bool }

// names collects the names that the statement itself gives to common table expressions.
func (g *guard) names(node any) {
	switch n := node.(type) {
	case map[string]any:
		if ctes, ok := n["cte_map"].(map[string]any); ok {
			entries, _ := ctes["map"].([]any)
			for _, e := range entries {
				if entry, ok := e.(map[string]any); ok {
					if key, ok := entry["key"].(string); ok {
						g.known[strings.ToLower(key)] = true
					}
				}
			}
		}
		for _, v := range n {
			g.names(v)
		}
	case []any:
		for _, v := range n {
			g.names(v)
		}
	}
}

func (g *guard) walk(node any) error {
	switch n := node.(type) {
	case map[string]any:
		if err := g.reference(n); err != nil {
			return err
		}
		for _, v := range n {
			if err := g.walk(v); err != nil {
				return err
			}
		}
	case []any:
		for _, v := range n {
			if err := g.walk(v); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *guard) reference(n map[string]any) error {
	switch n["type"] {
	case "BASE_TABLE":
		name, _ := n["table_name"].(string)
		if n["schema_name"] != nil && n["schema_name"] != "" || n["catalog_name"] != nil && n["catalog_name"] != "" || !g.known[strings.ToLower(name)] {
			return forbiddenName(name)
		}
	case "TABLE_FUNCTION":
		f, _ := n["function"].(map[string]any)
		name, _ := f["function_name"].(string)
		if !harmless[strings.ToLower(name)] {
			return forbiddenName(name)
		}
	case "SHOW_REF":
		return notOneSelect()
	}
	if name, ok := n["function_name"].(string); ok && forbiddenFunction(strings.ToLower(name)) {
		return forbiddenName(name)
	}
	return nil
}

// forbiddenFunction names scalar functions that look outside the data.
func forbiddenFunction(name string) bool {
	return name == "getenv" || name == "getvariable" || name == "query" || name == "query_table" || strings.HasPrefix(name, "read_")
}

func forbiddenName(name string) error {
	return base.Fail(base.Refused, "sql_relation", base.T("Die Abfrage darf „%s“ nicht lesen.", "The question may not read “%s”.", name)).
		WithHint(base.T("Erlaubt sind nur die Tabellen, die zur Abfrage gehören.", "Only the tables that belong to the question are allowed."))
}
