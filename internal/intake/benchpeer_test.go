package intake

import (
	"database/sql"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2" // the peer of the benchmark
)

// BenchmarkDuckDBCopy is the yardstick: DuckDB's own COPY of the same file into a table of the same types.
func BenchmarkDuckDBCopy(b *testing.B) {
	path, size := benchLog(b)
	db, err := sql.Open("duckdb", "?threads=2&memory_limit=2GB")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	b.SetBytes(size)
	for b.Loop() {
		if _, err := db.Exec(`CREATE OR REPLACE TABLE log(case_id VARCHAR, activity VARCHAR, time TIMESTAMPTZ, resource VARCHAR, channel VARCHAR,
			amount DECIMAL(18,6), quantity BIGINT, plant VARCHAR)`); err != nil {
			b.Fatal(err)
		}
		if _, err := db.Exec(`COPY log FROM '` + path + `' (HEADER)`); err != nil {
			b.Fatal(err)
		}
	}
}
