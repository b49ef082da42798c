package query

// Dialect is what differs between databases.
type Dialect interface {
	Placeholder(n int) string
	// Key reads a value of a JSON column.
	Key(column, name string, numeric bool) string
	// Each makes rows with the column value of a list inside a JSON column.
	Each(column, name string) string
}
