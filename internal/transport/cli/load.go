package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"text/tabwriter"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake"
	"lotse.dev/lotse/internal/job"
)

func init() {
	register(Command{Name: "load list", Usage: base.T("Ladungen auflisten", "list loads"), Run: loadList})
	register(Command{Name: "load undo", Usage: base.T("Ladung zurücknehmen", "undo a load"), Run: loadUndo})
	register(Command{Name: "load refused", Usage: base.T("zurückgewiesene Zeilen ausgeben", "print refused rows"), Run: loadRefused})
}

func loadList(ctx context.Context, env *Env, args []string) error {
	if _, err := env.Parse(env.Flags("load list"), args, 0, 0); err != nil {
		return err
	}
	var list struct {
		Items   []intake.LoadInfo `json:"items"`
		Total   int               `json:"total"`
		Remarks base.Remarks      `json:"remarks"`
	}
	if err := env.Call(ctx, http.MethodGet, "/loads?limit=500", nil, &list); err != nil {
		return err
	}
	return env.Print(list, func(w io.Writer) {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, l := range list.Items {
			fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\t%s\n", l.ID, l.State, l.Table, l.Process, base.FormatInt(l.RowsLoaded, env.Lang), l.File)
		}
		t.Flush()
	})
}

func loadID(text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 1 {
		return 0, base.Fail(base.Usage, "load_unreadable", base.T("„%s“ ist keine Nummer einer Ladung.", "“%s” is no number of a load.", text))
	}
	return id, nil
}

func loadUndo(ctx context.Context, env *Env, args []string) error {
	rest, err := env.Parse(env.Flags("load undo ID"), args, 1, 1)
	if err != nil {
		return err
	}
	id, err := loadID(rest[0])
	if err != nil {
		return err
	}
	var started job.Info
	if err := env.Call(ctx, http.MethodPost, fmt.Sprintf("/loads/%d/undo", id), nil, &started); err != nil {
		return err
	}
	var out intake.Undone
	if err := env.WaitJob(ctx, started.ID, &out); err != nil {
		return err
	}
	if err := env.waitDerived(ctx, &out.DeriveJob); err != nil {
		return err
	}
	return env.Print(out, func(w io.Writer) {
		fmt.Fprintln(w, base.T("Ladung %s ist zurückgenommen (%s Zeilen).", "Load %s is undone (%s rows).", rest[0], out.Rows).In(env.Lang))
	})
}

func loadRefused(ctx context.Context, env *Env, args []string) error {
	rest, err := env.Parse(env.Flags("load refused ID"), args, 1, 1)
	if err != nil {
		return err
	}
	id, err := loadID(rest[0])
	if err != nil {
		return err
	}
	body, err := env.Stream(ctx, http.MethodGet, fmt.Sprintf("/loads/%d/refused", id))
	if err != nil {
		return err
	}
	defer body.Close()
	_, err = io.Copy(env.Out, body)
	return err
}
