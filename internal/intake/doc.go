// Package intake brings files into the lake: it takes uploads, analyses them, proposes table and mapping, shows in a dry
// run what a load would do, loads and undoes loads, and keeps what it refused. Formats, values, profiles, mappings and
// the conversion to typed rows are its sub-packages; this package joins them with the lake, the jobs and the state
// database, and offers OpenFile to read a file without an instance.
package intake
