package database

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"

	"lotse.dev/lotse/internal/base"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables to this version. Rooms number their files in ranges of their own, so a later file may have
// a lower number than one that was applied earlier.
func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithAllowOutofOrder(true))
	if err != nil {
		return err
	}
	have, err := provider.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	sources := provider.ListSources()
	newest := sources[len(sources)-1].Version
	if have > newest {
		return newerVersion(have, newest)
	}
	_, err = provider.Up(ctx)
	return err
}

func newerVersion(have, newest int64) *base.Error {
	return base.Fail(base.Refused, "newer_version",
		base.T("Der Datenordner wurde von einer neueren Version von Lotse geschrieben (Stand %s, diese Version kennt %s).",
			"The data folder was written by a newer version of Lotse (level %s, this version knows %s).", fmt.Sprint(have), fmt.Sprint(newest))).
		WithHint(base.T("Starten Sie diese Instanz mit der neueren Version. Es wurde nichts verändert.",
			"Start this instance with the newer version. Nothing was changed."))
}
