// Package metric answers questions about figures. A definition is data: what is counted, by which instant it falls into
// a period, what is measured and how sure the figure is. A question passes an ordered list of passes (Passes in
// prepare.go): validate, bind columns, place the calendar, add the periods of comparison, plan, narrow, write SQL.
// Others run the SQL; assemble turns its rows into an answer with intervals and remarks. An unknown figure is nil beside
// a remark, never zero.
//
// Vocabulary: a *row* is a row of a fact table; a *thing* is what a metric counts, made of rows (a line, an order, a
// ticket, a case); a *member* is a customer behind things; a *point* is the figure of one period, or of one value of a
// dimension in it.
package metric
