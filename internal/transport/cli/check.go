package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/instance"
)

func init() {
	register(Command{Name: "check", Usage: base.T("Instanz auf Unversehrtheit prüfen", "check that the instance is whole"), Run: check})
}

func check(ctx context.Context, env *Env, args []string) error {
	if _, err := env.Parse(env.Flags("check"), args, 0, 0); err != nil {
		return err
	}
	var report instance.Report
	if err := env.Call(ctx, http.MethodGet, "/instance/check", nil, &report); err != nil {
		return err
	}
	err := env.Print(report, func(w io.Writer) {
		for _, c := range report.Items {
			mark := "ok"
			if !c.OK {
				mark = "!!"
			}
			fmt.Fprintf(w, "%s  %s (%d)  %s\n", mark, c.Title.In(env.Lang), c.Looked, c.Detail.In(env.Lang))
		}
	})
	if err == nil && !report.OK {
		err = base.Fail(base.Internal, "instance_damaged", base.T("Die Instanz ist nicht unversehrt.", "The instance is not whole.")).
			WithHint(base.T("Spielen Sie eine Sicherung des Datenordners ein.", "Restore a backup of the data folder."))
	}
	return err
}
