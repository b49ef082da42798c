package base

// N is the sentence for a number of things: one where it is exactly one, many otherwise. Both are complete sentences,
// because verbs and articles change with the number as well.
func N[I int | int64](n I, one, many Text) Text {
	if n == 1 {
		return one
	}
	return many
}
