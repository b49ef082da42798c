package app

import (
	"context"
	"os"
	"path/filepath"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/instance"
	"lotse.dev/lotse/internal/store/blob"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake/catalogue"
	"lotse.dev/lotse/internal/store/record/field"
)

// checks are what lotse check looks at.
func checks(m *modules) []instance.Check {
	db, records := m.db, m.records
	return []instance.Check{
		{Code: "database", Title: base.T("Datenbank", "Database"), Run: db.Integrity},
		{Code: "history", Title: base.T("Historie der Einträge", "History of records"), Run: records.Verify},
		{Code: "lake", Title: base.T("Dateien der Fakten", "Files of facts"), Run: func(ctx context.Context) (int, error) {
			return lakeFiles(ctx, db)
		}},
		{Code: "files", Title: base.T("Angehängte Dateien", "Attached files"), Run: func(ctx context.Context) (int, error) {
			return attachedFiles(ctx, db, blob.Open(db.Dir()))
		}},
		{Code: "closings", Title: base.T("Unterschriebene Ergebnisse", "Signed results"), Run: func(ctx context.Context) (int, error) {
			return m.proving.verify(ctx)
		}},
	}
}

// lakeFiles counts the files that the catalogue names and finds the first that is not there.
func lakeFiles(ctx context.Context, db *database.DB) (int, error) {
	paths, err := catalogue.Paths(ctx, db.Read())
	if err != nil {
		return 0, err
	}
	for p := range paths {
		file := filepath.Join(db.Dir(), "lake", filepath.FromSlash(p))
		if _, err := os.Stat(file); err != nil {
			return 0, base.Fail(base.Refused, "file_missing", base.T("Die Datei lake/%s fehlt.", "The file lake/%s is missing.", p)).Because(err)
		}
	}
	return len(paths), nil
}

// attachedFiles compares every kept attachment with the hash that its record names.
func attachedFiles(ctx context.Context, db *database.DB, blobs *blob.Store) (looked int, err error) {
	rows, err := db.Read().QueryContext(ctx, `SELECT DISTINCT json_extract(payload, '$.sha256') FROM record WHERE kind = ? AND payload <> 'null'`, field.FileKind)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var hash string
		if err := rows.Scan(&hash); err != nil {
			return looked, err
		}
		if err := blobs.Verify(hash); err != nil {
			return looked, err
		}
		looked++
	}
	return looked, rows.Err()
}
