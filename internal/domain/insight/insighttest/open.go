// Package insighttest gives tests of figures, findings and pages an empty instance of the real stores.
package insighttest

import (
	"testing"

	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake/duckdb"
)

// Open opens state and lake of a new folder and closes both when the test ends.
func Open(t testing.TB) (*database.DB, *duckdb.Store) {
	t.Helper()
	dir := t.TempDir()
	db, err := database.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	store, err := duckdb.Open(t.Context(), dir, db, duckdb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close(); db.Close() })
	return db, store
}
