package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/job"
)

func init() {
	register(Command{Name: "import", Usage: base.T("Datei einlesen", "load a file"), Creates: true, Run: importFile})
}

// importing are the flags of import besides those that say how the file is read.
type importing struct {
	table, process, currency, overlap string
	dryRun, replace                   bool
	purposes                          []string
}

func importFile(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("import FILE --table events|orders|tickets|NAME [--process NAME] [--map field=column,…] [--zone Europe/Berlin] [--currency EUR] [--dates dmy|mdy|ymd] [--dry-run] [--replace] [--overlap replace|skip|add] [--allow-refused N|P%]")
	l := env.Lang
	var in importing
	flags.StringVar(&in.table, "table", "", base.T("`TABELLE` events, orders, tickets oder ein eigener Name", "`TABLE` events, orders, tickets or a name of your own").In(l))
	flags.StringVar(&in.process, "process", "", base.T("`NAME` Prozess, zu dem die Ereignisse gehören (nur events)", "`NAME` process that the events belong to (events only)").In(l))
	flags.StringVar(&in.currency, "currency", "", base.T("`CODE` Währung von Beträgen ohne eigene Spalte, etwa EUR", "`CODE` currency of amounts without a column of their own, such as EUR").In(l))
	flags.StringVar(&in.overlap, "overlap", "", base.T("`WAHL` was mit Zeilen geschieht, die es schon gibt: replace (die früheren ersetzen), skip (auslassen) oder add (beide zählen)", "`CHOICE` what becomes of rows that are there already: replace (take out the earlier ones), skip (leave them out) or add (count both)").In(l))
	flags.BoolVar(&in.dryRun, "dry-run", false, base.T("nur zeigen, was geschähe", "only show what would happen").In(l))
	flags.BoolVar(&in.replace, "replace", false, base.T("eine frühere Ladung derselben Datei ersetzen", "replace an earlier load of the same file").In(l))
	flags.StringArrayVar(&in.purposes, "keep-names", nil, base.T("`SPALTE=ZWECK` Namen von Personen unverschlüsselt behalten", "`COLUMN=PURPOSE` keep names of people as they are").In(l))
	reading := newReadingFlags(flags, l)
	rest, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	plan, err := in.plan(reading)
	if err != nil {
		return err
	}
	return env.load(ctx, rest[0], plan, in.dryRun)
}

func (in *importing) plan(reading *readingFlags) (convert.Plan, error) {
	plan, err := reading.read()
	if err != nil {
		return plan, err
	}
	plan.Table, plan.Process, plan.Currency, plan.Overlap, plan.Replace, plan.Auto = in.table, in.process, in.currency, in.overlap, in.replace, true
	for _, pair := range in.purposes {
		column, purpose, found := cutLast(pair)
		if !found {
			return plan, base.Fail(base.Usage, "keep_names_unreadable", base.T("„%s“ hat nicht die Form Spalte=Zweck.", "“%s” is not of the form column=purpose.", pair))
		}
		plan.Purposes = append(plan.Purposes, convert.Purpose{Column: column, Purpose: purpose})
	}
	return plan, convert.CheckTarget(plan)
}

// cutLast cuts at the last equals sign, because a column's name may hold one.
func cutLast(pair string) (before, after string, found bool) {
	for i := len(pair) - 1; i > 0; i-- {
		if pair[i] == '=' && i+1 < len(pair) {
			return pair[:i], pair[i+1:], true
		}
	}
	return pair, "", false
}

// load brings the file in and removes the transferred copy afterwards, whatever came of it.
func (e *Env) load(ctx context.Context, path string, plan convert.Plan, dryRun bool) error {
	var upload intake.Upload
	if err := e.Upload(ctx, "/uploads?name="+url.QueryEscape(filepath.Base(path)), path, &upload); err != nil {
		return err
	}
	at := "/uploads/" + upload.ID
	defer e.Call(context.WithoutCancel(ctx), http.MethodDelete, at, nil, nil) // it would expire otherwise
	if dryRun {
		return e.dryRun(ctx, at, plan)
	}
	var started job.Info
	if err := e.Call(ctx, http.MethodPost, at+"/load", plan, &started); err != nil {
		return err
	}
	var out intake.Loaded
	if err := e.WaitJob(ctx, started.ID, &out); err != nil {
		return err
	}
	if err := e.waitDerived(ctx, &out.DeriveJob); err != nil {
		return err
	}
	return e.Print(out, func(w io.Writer) { e.writeLoaded(w, out) })
}

// waitDerived waits for the derived tables, so that the next command sees them.
func (e *Env) waitDerived(ctx context.Context, id *string) error {
	if *id == "" {
		return nil
	}
	err := e.WaitJob(ctx, *id, nil)
	*id = ""
	return err
}

func (e *Env) writeLoaded(w io.Writer, out intake.Loaded) {
	read := base.N(out.RowsRead, base.T("1 Zeile", "1 row"), base.T("%d Zeilen", "%d rows", out.RowsRead))
	fmt.Fprintln(w, base.T("Ladung %s: %s von %s geladen, %s zurückgewiesen.", "Load %s: %s of %s loaded, %s refused.",
		fmt.Sprint(out.Load), out.RowsLoaded, read, out.RowsRefused).In(e.Lang))
	for _, m := range out.Mapping {
		if m.Field != "" && m.Field != "-" {
			fmt.Fprintf(w, "  %s = %s\n", m.Field, m.Column)
		}
	}
	e.writeRemarks(w, out.Remarks)
}

func (e *Env) dryRun(ctx context.Context, at string, plan convert.Plan) error {
	var started job.Info
	if err := e.Call(ctx, http.MethodPost, at+"/dry_run", plan, &started); err != nil {
		return err
	}
	var out intake.DryRun
	if err := e.WaitJob(ctx, started.ID, &out); err != nil {
		return err
	}
	shown := struct {
		intake.DryRun
		Load       int64             `json:"load"`
		RowsLoaded int64             `json:"rows_loaded"`
		Refused    []convert.Refused `json:"refused"`
	}{DryRun: out, Refused: out.RefusedSample} // the fields of a load, of which nothing is kept
	err := e.Print(shown, func(w io.Writer) {
		fmt.Fprintln(w, out.Sentence.In(e.Lang))
		for _, c := range out.Checks {
			fmt.Fprintf(w, "  [%s] %s\n", c.State, c.Title.In(e.Lang))
		}
		for _, q := range out.Questions {
			fmt.Fprintf(w, "  ? %s\n", q.Text.In(e.Lang))
		}
	})
	if err != nil || out.Verdict != "unusable" {
		return err
	}
	return out.Refusal()
}
