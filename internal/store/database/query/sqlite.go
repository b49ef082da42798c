package query

import "strings"

// SQLite is the dialect of the embedded database.
type SQLite struct{}

// Placeholder is a question mark.
func (SQLite) Placeholder(int) string { return "?" }

// Key uses json_extract, whose answer already has the type of the JSON value.
func (SQLite) Key(column, name string, _ bool) string {
	return "json_extract(" + column + ", '$." + path(name) + "')"
}

// Each uses the table function json_each.
func (SQLite) Each(column, name string) string {
	return "json_each(" + column + ", '$." + path(name) + "')"
}

// path is a name inside JSON, its parts parted by points.
func path(name string) string {
	for part := range strings.SplitSeq(name, ".") {
		safe(part)
	}
	return name
}
