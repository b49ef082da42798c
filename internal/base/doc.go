// Package base holds the vocabulary that every other room of Lotse shares: bilingual texts, error kinds, remarks,
// the clock, seeded randomness, identifiers and fiscal periods. It imports the standard library only and knows no
// business rule; what a metric, a case or a load is stands in the packages that own them.
package base
