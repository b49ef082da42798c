package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake"
	"lotse.dev/lotse/internal/store/lake"
)

func init() {
	register(Command{Name: "dataset list", Usage: base.T("Tabellen auflisten", "list tables"), Run: datasetList})
	register(Command{Name: "dataset show", Usage: base.T("eine Tabelle mit Spalten und Qualität zeigen", "show a table with its columns and quality"), Run: datasetShow})
	register(Command{Name: "dataset rename", Usage: base.T("einen Prozess oder eine eigene Tabelle umbenennen", "rename a process or a table of your own"), Run: datasetRename})
	register(Command{Name: "dataset delete", Usage: base.T("eine Tabelle mit allen Ladungen löschen", "delete a table with all its loads"), Run: datasetDelete})
}

// datasetAnswer is the list as the API answers it.
type datasetAnswer struct {
	Items   []intake.DatasetInfo `json:"items"`
	Total   int                  `json:"total"`
	Remarks base.Remarks         `json:"remarks"`
}

func (e *Env) datasets(ctx context.Context) (list datasetAnswer, err error) {
	if err = e.Call(ctx, http.MethodGet, "/datasets", nil, &list); err == nil {
		err = e.useInstanceZone(ctx)
	}
	return list, err
}

func datasetList(ctx context.Context, env *Env, args []string) error {
	if _, err := env.Parse(env.Flags("dataset list"), args, 0, 0); err != nil {
		return err
	}
	list, err := env.datasets(ctx)
	if err != nil {
		return err
	}
	return env.Print(list, func(w io.Writer) {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		if len(list.Items) > 0 {
			fmt.Fprintln(t, base.T("Tabelle\tProzess\tZeilen\tvon\tbis\tLadungen", "Table\tProcess\tRows\tfrom\tto\tLoads").In(env.Lang))
		}
		for _, d := range list.Items {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%d\n", d.Table, dash(d.Process), base.FormatInt(d.Rows, env.Lang), env.maybe(d.First), env.maybe(d.Last), d.Loads)
		}
		t.Flush()
		env.writeRemarks(w, list.Remarks)
	})
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// processFlag names the process of a table of events.
func (e *Env) processFlag(f *pflag.FlagSet) *string {
	return f.String("process", "", base.T("`NAME` Prozess; nur bei events und nur, wenn es mehrere gibt", "`NAME` process; of events only, and only where there are several").In(e.Lang))
}

// dataset finds a table by its name and process; of events the process may be left out while there is one.
func (e *Env) dataset(ctx context.Context, table, process string) (intake.DatasetInfo, error) {
	list, err := e.datasets(ctx)
	if err != nil {
		return intake.DatasetInfo{}, err
	}
	var fitting []intake.DatasetInfo
	var names []string
	for _, d := range list.Items {
		if d.Table == table && (process == "" || d.Process == process) {
			fitting = append(fitting, d)
		}
		names = append(names, strings.TrimSuffix(d.Table+" --process "+d.Process, " --process "))
	}
	switch len(fitting) {
	case 1:
		return fitting[0], nil
	case 0:
		return intake.DatasetInfo{}, base.Fail(base.NotFound, "dataset_not_found", base.T("Diese Tabelle gibt es nicht.", "There is no such table.")).WithHint(thereIs(names))
	}
	return intake.DatasetInfo{}, base.Fail(base.Usage, "process_missing", base.T("„%s“ gibt es zu mehreren Prozessen.", "There is “%s” of several processes.", table)).WithHint(thereIs(names))
}

func thereIs(names []string) base.Text {
	if len(names) == 0 {
		return base.T("Noch ist nichts eingelesen; lotse import liest eine Datei ein.", "Nothing is loaded yet; lotse import loads a file.")
	}
	return base.T("Es gibt: %s.", "There is: %s.", strings.Join(names, "; "))
}

func datasetShow(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("dataset show TABLE [--process NAME]")
	process := env.processFlag(flags)
	rest, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	d, err := env.dataset(ctx, rest[0], *process)
	if err != nil {
		return err
	}
	return env.Print(d, func(w io.Writer) { env.writeDataset(w, d) })
}

func (e *Env) writeDataset(w io.Writer, d intake.DatasetInfo) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(name base.Text, value string) { fmt.Fprintf(t, "%s\t%s\n", name.In(e.Lang), value) }
	line(base.T("Tabelle", "Table"), d.Table)
	line(base.T("Prozess", "Process"), dash(d.Process))
	line(base.T("Zeilen", "Rows"), base.FormatInt(d.Rows, e.Lang))
	line(base.T("Zeitraum", "Span"), e.maybe(d.First)+" – "+e.maybe(d.Last))
	line(base.T("Ladungen", "Loads"), base.FormatInt(int64(d.Loads), e.Lang))
	line(base.T("zuletzt geladen", "last loaded"), e.minute(d.LoadedAt))
	line(base.T("Name für SQL", "SQL name"), d.SQLName)
	t.Flush()
	fmt.Fprintln(w, base.T("\nSpalten:", "\nColumns:").In(e.Lang))
	for _, c := range d.Columns {
		marks := []string{c.Type}
		if c.Case {
			marks = append(marks, base.T("je Vorgang", "of the case").In(e.Lang))
		}
		if c.Person {
			marks = append(marks, base.T("Person", "person").In(e.Lang))
		}
		fmt.Fprintf(t, "  %s\t%s\n", c.Name, strings.Join(marks, ", "))
	}
	t.Flush()
	e.writeRemarks(w, d.Quality)
}

// datasetChange is the answer of rename and delete.
type datasetChange struct {
	Table      string             `json:"table"`
	Process    string             `json:"process"`
	Dependents []intake.Dependent `json:"dependents"`
	Signed     int                `json:"signed"`
	Done       bool               `json:"done"`
	Now        *lake.Dataset      `json:"now,omitempty"`
}

// changeDataset shows what hangs on a table and then, on the user's word, does what was asked.
func (e *Env) changeDataset(ctx context.Context, table, process string, yes bool, do func(at string, c *datasetChange) error, said func(c *datasetChange) base.Text) error {
	d, err := e.dataset(ctx, table, process)
	if err != nil {
		return err
	}
	in := d.Process
	if in == "" {
		in = "-"
	}
	at := "/datasets/" + url.PathEscape(d.Table) + "/" + url.PathEscape(in)
	var hanging intake.DependentList
	if err := e.Call(ctx, http.MethodGet, at+"/dependents", nil, &hanging); err != nil {
		return err
	}
	c := &datasetChange{Table: d.Table, Process: d.Process, Dependents: hanging.Items, Signed: hanging.Signed}
	if !yes {
		if err := e.Print(c, func(w io.Writer) { e.writeDependents(w, d, &hanging) }); err != nil {
			return err
		}
		return base.Fail(base.Refused, "confirm_missing", base.T("Noch ist nichts geändert.", "Nothing is changed yet.")).
			WithHint(base.T("Mit --yes geschieht es.", "With --yes it is done."))
	}
	if err := do(at, c); err != nil {
		return err
	}
	if err := e.waitActive(ctx); err != nil {
		return err
	}
	c.Done = true
	return e.Print(c, func(w io.Writer) { fmt.Fprintln(w, said(c).In(e.Lang)) })
}

func (e *Env) writeDependents(w io.Writer, d intake.DatasetInfo, hanging *intake.DependentList) {
	name := firstOf(d.Process, d.Table)
	rows := base.N(d.Rows, base.T("1 Zeile", "1 row"), base.T("%d Zeilen", "%d rows", d.Rows))
	loads := base.N(d.Loads, base.T("1 Ladung", "1 load"), base.T("%d Ladungen", "%d loads", d.Loads))
	fmt.Fprintln(w, base.T("„%s“: %s aus %s", "“%s”: %s of %s", name, rows, loads).In(e.Lang))
	if hanging.Signed > 0 {
		fmt.Fprintln(w, hanging.SignedText.In(e.Lang))
	}
	if len(hanging.Items) == 0 {
		fmt.Fprintln(w, base.T("Daran hängt nichts weiter.", "Nothing else hangs on it.").In(e.Lang))
		return
	}
	fmt.Fprintln(w, base.T("Daran hängt:", "On it hangs:").In(e.Lang))
	for _, i := range hanging.Items {
		fmt.Fprintln(w, "  "+i.Title.In(e.Lang))
	}
}

func (e *Env) yesFlag(f *pflag.FlagSet) *bool {
	return f.Bool("yes", false, base.T("wirklich tun; ohne das wird nur gezeigt, was daran hängt", "really do it; without it only what hangs on it is shown").In(e.Lang))
}

func datasetRename(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("dataset rename TABLE NEW [--process NAME] [--yes]")
	process, yes := env.processFlag(flags), env.yesFlag(flags)
	rest, err := env.Parse(flags, args, 2, 2)
	if err != nil {
		return err
	}
	return env.changeDataset(ctx, rest[0], *process, *yes, func(at string, c *datasetChange) error {
		return env.Call(ctx, http.MethodPatch, at, map[string]string{"name": rest[1]}, &c.Now)
	}, func(c *datasetChange) base.Text {
		return base.T("„%s“ heißt jetzt „%s“.", "“%s” is now called “%s”.", firstOf(c.Process, c.Table), firstOf(c.Now.Process, c.Now.Table))
	})
}

func datasetDelete(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("dataset delete TABLE [--process NAME] [--yes]")
	process, yes := env.processFlag(flags), env.yesFlag(flags)
	rest, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	return env.changeDataset(ctx, rest[0], *process, *yes, func(at string, _ *datasetChange) error {
		return env.Call(ctx, http.MethodDelete, at+"?confirm=true", nil, nil)
	}, func(c *datasetChange) base.Text {
		return base.T("„%s“ ist gelöscht.", "“%s” is deleted.", firstOf(c.Process, c.Table))
	})
}
