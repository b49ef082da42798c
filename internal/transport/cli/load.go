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
		if len(list.Items) > 0 {
			fmt.Fprintln(t, base.T("Nr.\tStand\tTabelle\tProzess\tZeilen\tDatei", "No.\tState\tTable\tProcess\tRows\tFile").In(env.Lang))
		}
		for _, l := range list.Items {
			fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\t%s\n", l.ID, loadState(l.State).In(env.Lang), l.Table, dash(l.Process), base.FormatInt(l.RowsLoaded, env.Lang), l.File)
		}
		t.Flush()
	})
}

// loadState names the state of a load for people.
func loadState(state string) base.Text {
	switch state {
	case "loaded":
		return base.T("in Kraft", "in force")
	case "replaced":
		return base.T("ersetzt", "replaced")
	case "undone":
		return base.T("zurückgenommen", "undone")
	}
	return base.T("gelöscht", "deleted")
}

func loadID(text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 1 {
		return 0, base.Fail(base.Usage, "load_unreadable", base.T("„%s“ ist keine Nummer einer Ladung.", "“%s” is no number of a load.", text))
	}
	return id, nil
}

func loadUndo(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("load undo ID [--yes]")
	yes := flags.Bool("yes", false, base.T("auch wenn unterschriebene Abschlüsse darauf beruhen", "even where signed closings rest on it").In(env.Lang))
	rest, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	id, err := loadID(rest[0])
	if err != nil {
		return err
	}
	if err := env.mayUndo(ctx, id, *yes); err != nil {
		return err
	}
	out, err := env.undo(ctx, id)
	if err != nil {
		return env.undoneBefore(ctx, id, err)
	}
	rows := base.N(out.Rows, base.T("1 Zeile", "1 row"), base.T("%d Zeilen", "%d rows", out.Rows))
	return env.Print(out, func(w io.Writer) {
		fmt.Fprintln(w, base.T("Ladung %s ist zurückgenommen (%s).", "Load %s is undone (%s).", rest[0], rows).In(env.Lang))
	})
}

// mayUndo names the signed closings that rest on a load, and goes on without a word only where there are none.
func (e *Env) mayUndo(ctx context.Context, id int64, yes bool) error {
	var hanging intake.DependentList
	if err := e.Call(ctx, http.MethodGet, fmt.Sprintf("/loads/%d/dependents", id), nil, &hanging); err != nil || hanging.Signed == 0 {
		return err
	}
	e.Say(hanging.SignedText)
	for _, i := range hanging.Items {
		e.Say(base.Text{De: "  " + i.Title.De, En: "  " + i.Title.En})
	}
	if yes {
		return nil
	}
	return base.Fail(base.Refused, "confirm_missing", base.T("Noch ist nichts geändert.", "Nothing is changed yet.")).
		WithHint(base.T("Mit --yes geschieht es.", "With --yes it is done."))
}

func (e *Env) undo(ctx context.Context, id int64) (out intake.Undone, err error) {
	var started job.Info
	if err = e.Call(ctx, http.MethodPost, fmt.Sprintf("/loads/%d/undo", id), nil, &started); err == nil {
		err = e.WaitJob(ctx, started.ID, &out)
	}
	if err == nil {
		err = e.waitDerived(ctx, &out.DeriveJob)
	}
	return out, err
}

// undoneBefore answers an undo of a load that is not in force: undone already is as wanted and changes nothing.
func (e *Env) undoneBefore(ctx context.Context, id int64, failed error) error {
	if base.AsError(failed).Code != "load_not_in_force" {
		return failed
	}
	var l intake.LoadInfo
	if err := e.Call(ctx, http.MethodGet, fmt.Sprintf("/loads/%d", id), nil, &l); err != nil {
		return err
	}
	if l.State != "undone" || l.EndedAt == nil {
		return failed
	}
	if err := e.useInstanceZone(ctx); err != nil {
		return err
	}
	return e.Print(intake.Undone{Load: id, Table: l.Table, Process: l.Process}, func(w io.Writer) {
		fmt.Fprintln(w, base.T("Ladung %s ist schon zurückgenommen (%s, %s). Geändert wurde nichts.", "Load %s is undone already (%s, %s). Nothing was changed.",
			fmt.Sprint(id), e.minute(*l.EndedAt), l.EndedBy).In(e.Lang))
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
