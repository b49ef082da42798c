// Package csv reads delimited text as companies export it: any of the usual delimiters and encodings, quotes, doubled
// quotes, line breaks inside quotes, title lines above the header and notes below the table. It decides the dialect
// from the beginning of the file and then streams; what contradicts the dialect is refused with its place.
package csv
