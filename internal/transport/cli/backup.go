package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/instance"
	"lotse.dev/lotse/internal/store/database"
)

func init() {
	register(Command{Name: "backup", Usage: base.T("Instanz in eine Datei sichern, auch im laufenden Betrieb", "back up the instance into a file, also while it runs"), Run: runBackup})
}

func runBackup(ctx context.Context, env *Env, args []string) error {
	rest, err := env.Parse(env.Flags("backup FILE [--data DIR]"), args, 1, 1)
	if err != nil {
		return err
	}
	path := rest[0]
	if _, err := os.Lstat(path); err == nil {
		return base.Fail(base.Refused, "file_exists", base.T("Die Datei „%s“ gibt es schon.", "The file “%s” already exists.", path)).
			WithHint(base.T("Nennen Sie einen neuen Namen; Lotse überschreibt keine Sicherung.", "Give a new name; Lotse overwrites no backup."))
	}
	m, size, err := env.backup(ctx, path)
	if err != nil {
		return err
	}
	return env.Print(map[string]any{"file": path, "bytes": size, "files": len(m.Files), "created_at": m.CreatedAt}, func(w io.Writer) {
		fmt.Fprintln(w, base.T("Gesichert und geprüft: %s, %d Dateien, %d Byte.", "Backed up and verified: %s, %d files, %d bytes.", path, len(m.Files), size).In(env.Lang))
	})
}

// backup writes to a temporary file beside the target, reads it back, and only then gives it its name.
func (e *Env) backup(ctx context.Context, path string) (m *instance.Manifest, size int64, err error) {
	in, err := e.Stream(ctx, http.MethodGet, "/instance/backup")
	if err != nil {
		return nil, 0, err
	}
	defer in.Close()
	tmp := path + ".tmp"
	out, err := os.OpenFile(tmp, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return nil, 0, unwritable(path, err)
	}
	defer os.Remove(tmp) // after the renaming there is none
	defer out.Close()
	if size, err = io.Copy(out, in); err != nil {
		return nil, 0, unwritable(path, err)
	}
	if err := out.Sync(); err != nil {
		return nil, 0, unwritable(path, err)
	}
	if _, err := out.Seek(0, io.SeekStart); err != nil {
		return nil, 0, err
	}
	if m, err = instance.VerifyBackup(ctx, out); err != nil {
		return nil, 0, err
	}
	return m, size, errors.Join(out.Close(), os.Rename(tmp, path))
}

// unwritable says why there is no backup: no room, no right to write, or an answer that broke off.
func unwritable(path string, err error) error {
	known := base.AsError(database.Translate(err))
	switch known.Code {
	case "disk_full":
		return known.At(base.Place{File: path})
	case "not_writable":
		return base.Fail(base.Unavailable, known.Code, base.T("Der Ordner der Datei „%s“ kann nicht beschrieben werden.", "The folder of the file “%s” cannot be written.", path)).
			WithHint(base.T("Prüfen Sie Eigentümer und Rechte des Ordners oder nennen Sie einen anderen.", "Check owner and permissions of the folder, or name another one.")).
			At(base.Place{File: path}).Because(err)
	}
	return base.Fail(base.Unavailable, "backup_failed", base.T("Die Sicherung nach „%s“ ist nicht gelungen; es bleibt nichts Halbes liegen.",
		"The backup to “%s” failed; nothing half-written stays.", path)).
		WithHint(base.T("Wiederholen Sie den Schritt; läuft der Server nicht mehr, sichert der Befehl ohne ihn.",
			"Repeat the step; where the server no longer runs, the command backs up without it.")).Because(err)
}
