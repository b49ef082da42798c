package duckdb_test

import (
	"context"
	"testing"

	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake/duckdb"
	"lotse.dev/lotse/internal/store/lake/laketest"
)

func open(t testing.TB, dir string) (*duckdb.Store, *database.DB) {
	t.Helper()
	db, err := database.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := duckdb.Open(context.Background(), dir, db, duckdb.Options{})
	if err != nil {
		db.Close()
		t.Fatal(err)
	}
	return s, db
}

func TestLake(t *testing.T) {
	laketest.Run(t, func(t testing.TB, dir string) laketest.Opened {
		s, db := open(t, dir)
		return laketest.Opened{Store: s, DB: db.Read(), Close: func() {
			s.Close()
			db.Close()
		}}
	})
}
