// Package proof holds what is frozen of a figure so that a signature can be checked later: the question that was asked
// of the facts with the moment of its answer, the answer's rows, the terms of a plan, and what is computed of them. It
// is pure: the same rows and terms give the same effect, the same worth and the same hash on every machine.
package proof
