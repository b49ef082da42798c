// Package field describes the fields of a register: their type, title, unit and rules. From the description come the
// check of a document with all its errors at once, the form in which the database filters and sorts, the text that
// tables, exports and search show, the reading of such a text at an import, and the JSON schema. A type is one file
// and one line in types.go. What a kind of record is and where it is kept belongs to package record.
package field
