package app

import (
	"context"
	"fmt"
	"io"
	"os"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/instance"
	"lotse.dev/lotse/internal/transport/cli"
)

// restoreCommand brings a backup into a new folder.
func restoreCommand() cli.Command {
	return cli.Command{Name: "restore", Usage: base.T("Sicherung in einen neuen Ordner zurückspielen", "bring a backup back into a new folder"), Run: runRestore}
}

func runRestore(ctx context.Context, env *cli.Env, args []string) error {
	rest, err := env.Parse(env.Flags("restore FILE --data DIR"), args, 1, 1)
	if err != nil {
		return err
	}
	f, err := os.Open(rest[0])
	if err != nil {
		return base.Fail(base.NotFound, "file_not_found", base.T("Die Datei „%s“ lässt sich nicht öffnen.", "The file “%s” cannot be opened.", rest[0])).Because(err)
	}
	defer f.Close()
	m, err := instance.Restore(ctx, f, env.Config.Data, verifyInstance)
	if err != nil {
		return err
	}
	return env.Print(map[string]any{"data": env.Config.Data, "created_at": m.CreatedAt, "version": m.Version, "files": len(m.Files)}, func(w io.Writer) {
		fmt.Fprintln(w, base.T("Zurückgespielt nach %s: %d Dateien, Stand %s, alles geprüft.", "Restored to %s: %d files, as of %s, all verified.",
			env.Config.Data, len(m.Files), m.CreatedAt.Local().Format("02.01.2006 15:04")).In(env.Lang))
	})
}

// verifyInstance opens an unpacked instance and runs every check on it.
func verifyInstance(ctx context.Context, dir string) error {
	a, err := Open(ctx, Options{Dir: dir})
	if err != nil {
		return err
	}
	defer a.Close()
	for _, c := range checks(a.modules) {
		if _, err := c.Run(ctx); err != nil {
			return err
		}
	}
	return nil
}
