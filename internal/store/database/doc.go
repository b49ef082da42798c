// Package database opens the state database of an instance: one SQLite file in the data folder, written through one
// connection and read through a read-only pool, migrated by embedded files and guarded by a lock that says who holds
// it. What the tables mean belongs to the packages that use them; each has its own range of migration numbers
// (001-009 house, 010-019 lake, 020-029 intake).
package database
