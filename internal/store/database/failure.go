package database

import (
	"errors"
	"io/fs"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"lotse.dev/lotse/internal/base"
)

// Translate turns failures of SQLite and of the file system that a user can mend into base.Errors: disk full, not
// writable, damaged, busy. Errors that are base.Errors already, and all others, pass unchanged; nil stays nil.
func Translate(err error) error {
	var known *base.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	var sq sqlite3.Error
	isSQLite := errors.As(err, &sq)
	switch {
	case isSQLite && sq.Code == sqlite3.ErrFull, errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return diskFull().Because(err)
	case isSQLite && (sq.Code == sqlite3.ErrReadonly || sq.Code == sqlite3.ErrCantOpen || sq.Code == sqlite3.ErrPerm),
		errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOTDIR):
		return notWritable().Because(err)
	case isSQLite && (sq.Code == sqlite3.ErrCorrupt || sq.Code == sqlite3.ErrNotADB):
		return damaged().Because(err)
	case isSQLite && (sq.Code == sqlite3.ErrBusy || sq.Code == sqlite3.ErrLocked):
		return busy().Because(err)
	}
	return err
}

func diskFull() *base.Error {
	return base.Fail(base.Unavailable, "disk_full",
		base.T("Auf dem Datenträger ist kein Platz mehr. Es wurde nichts halb geschrieben.",
			"The disk is full. Nothing was left half-written.")).
		WithHint(base.T("Schaffen Sie Platz und wiederholen Sie den Schritt.", "Free some space and repeat the step."))
}

func notWritable() *base.Error {
	return base.Fail(base.Unavailable, "not_writable",
		base.T("Der Datenordner kann nicht beschrieben werden.", "The data folder cannot be written.")).
		WithHint(base.T("Prüfen Sie Eigentümer und Rechte des Ordners oder wählen Sie mit --data einen anderen.",
			"Check owner and permissions of the folder, or choose another one by --data."))
}

func damaged() *base.Error {
	return base.Fail(base.Internal, "database_damaged",
		base.T("Die Datei lotse.db ist beschädigt oder keine Datenbank.", "The file lotse.db is damaged or not a database.")).
		WithHint(base.T("Spielen Sie eine Sicherung des Datenordners ein.", "Restore a backup of the data folder."))
}

func busy() *base.Error {
	return base.Fail(base.Unavailable, "database_busy",
		base.T("Die Datenbank ist gerade belegt.", "The database is busy.")).
		WithHint(base.T("Bitte in einigen Sekunden wiederholen.", "Please repeat in a few seconds."))
}
