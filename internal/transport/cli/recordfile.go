package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/job"
	registers "lotse.dev/lotse/internal/register"
)

func recordExport(ctx context.Context, env *Env, name string, args []string) error {
	flags := env.Flags("record KIND export FILE.csv|FILE.xlsx [--filter field:op:value] [--search WORDS] [--sort -due] [--columns field,…] [--deleted]")
	a := env.askFlags(flags)
	rest, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	path := rest[0]
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	if format != "csv" && format != "xlsx" {
		return env.usage(flags, base.T("Die Datei heißt auf .csv oder .xlsx.", "The file ends in .csv or .xlsx."))
	}
	k, err := env.kind(ctx, name)
	if err != nil {
		return err
	}
	if len(a.columns) == 0 { // everything, so that the file can come back
		a.columns = []string{"id"}
		for _, f := range k.Fields {
			a.columns = append(a.columns, f.Name)
		}
	}
	q := a.query()
	q.Set("format", format)
	in, err := env.Stream(ctx, http.MethodGet, recordPath(k.Name, "export")+"?"+q.Encode())
	if err != nil {
		return err
	}
	defer in.Close()
	size, err := env.keepStream(in, path)
	if err != nil {
		return err
	}
	return env.Print(map[string]any{"file": path, "bytes": size}, func(w io.Writer) {
		fmt.Fprintln(w, base.T("Ausgegeben: %s, %s Byte", "Exported: %s, %s bytes", path, size).In(env.Lang))
	})
}

// keepStream writes a file under its name once it is complete.
func (e *Env) keepStream(in io.Reader, path string) (int64, error) {
	failed := func(err error) error {
		return base.Fail(base.Unavailable, "not_writable", base.T("Die Datei ließ sich nicht schreiben.", "The file could not be written.")).At(base.Place{File: path}).Because(err)
	}
	tmp := path + ".tmp"
	out, err := os.OpenFile(tmp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, failed(err)
	}
	defer os.Remove(tmp) // after the renaming there is none
	from := &source{r: in}
	size, err := io.Copy(out, from)
	if from.err != nil {
		return 0, errors.Join(e.client.gone(from.err), out.Close())
	}
	if err = errors.Join(err, out.Close()); err == nil {
		err = os.Rename(tmp, path)
	}
	if err != nil {
		return 0, failed(err)
	}
	return size, nil
}

// source remembers whether it was the reading that failed.
type source struct {
	r   io.Reader
	err error
}

// Read reads on.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

func recordImport(ctx context.Context, env *Env, name string, args []string) error {
	l := env.Lang
	flags := env.Flags("record KIND import FILE [--map field=column,…] [--key FIELD] [--mode both|create|update] [--numbers de|en] [--dry-run] [--allow-refused N] [--refused FILE.csv]")
	mapped := flags.StringSlice("map", nil, base.T("`FELD=SPALTE,…` welche Spalte welches Feld ist; ohne Spalte bleibt das Feld aus", "`FIELD=COLUMN,…` which column is which field; without a column the field is left out").In(l))
	key := flags.String("key", "", base.T("`FELD` nach dem eine Zeile ihren Eintrag findet: id, ein eindeutiges oder das benennende; - für keines", "`FIELD` by which a row finds its record: id, a unique one or the naming one; - for none").In(l))
	mode := flags.String("mode", "", base.T("`WAHL` both, create (nur anlegen) oder update (nur ändern)", "`CHOICE` both, create only or update only").In(l))
	numbers := flags.String("numbers", "", base.T("`de|en` Schreibweise der Zahlen, sonst findet Lotse sie heraus", "`de|en` how numbers are written, otherwise Lotse finds out").In(l))
	dry := flags.Bool("dry-run", false, base.T("nur zeigen, was geschähe", "only show what would happen").In(l))
	refused := flags.Int("allow-refused", 0, base.T("so viele Zeilen, die nicht passen, auslassen", "leave out so many rows that do not fit").In(l))
	corrected := flags.String("refused", "", base.T("`DATEI` hierhin die Zeilen, die nicht passen, mit ihren Gründen, zum Berichtigen", "`FILE` here the rows that do not fit, with the reasons, to be corrected").In(l))
	rest, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	k, err := env.kind(ctx, name)
	if err != nil {
		return err
	}
	q := url.Values{"map": *mapped, "key": {*key}, "mode": {*mode}, "numbers": {*numbers}, "allow_refused": {strconv.Itoa(*refused)}}
	if *corrected != "" {
		if err := env.keepRefused(ctx, recordPath(k.Name, "import", "refused")+"?"+q.Encode(), rest[0], *corrected); err != nil {
			return err
		}
	}
	if *dry {
		var out registers.ImportPreview
		if err := env.Upload(ctx, recordPath(k.Name, "import", "preview")+"?"+q.Encode(), rest[0], &out); err != nil {
			return err
		}
		return env.Print(out, func(w io.Writer) { env.writePreview(w, out) })
	}
	var started job.Info
	if err := env.Upload(ctx, recordPath(k.Name, "import")+"?"+q.Encode(), rest[0], &started); err != nil {
		return err
	}
	var out registers.ImportDone
	if err := env.WaitJob(ctx, started.ID, &out); err != nil {
		return err
	}
	return env.Print(out, func(w io.Writer) {
		env.writeCounts(w, out.Counts)
		env.writeImportErrors(w, out.Errors, out.Found)
	})
}

// keepRefused keeps the rows of a file that do not fit.
func (e *Env) keepRefused(ctx context.Context, path, from, to string) error {
	in, err := e.uploaded(ctx, path, from)
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = e.keepStream(in, to)
	return err
}

func (e *Env) writeCounts(w io.Writer, c registers.ImportCounts) {
	rows := base.N(c.Rows, base.T("1 Zeile", "1 row"), base.T("%s Zeilen", "%s rows", c.Rows))
	fmt.Fprintln(w, base.T("%s: %s neu, %s geändert, %s unverändert, %s nicht passend", "%s: %s new, %s changed, %s unchanged, %s not fitting",
		rows, c.Create, c.Update, c.Same, c.Refused).In(e.Lang))
}

func (e *Env) writePreview(w io.Writer, p registers.ImportPreview) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, c := range p.Columns {
		fmt.Fprintf(t, "  %s\t%s\t%s\n", c.Name, orDash(c.Field), c.Reason)
	}
	t.Flush()
	fmt.Fprintln(w, base.T("Schlüssel: %s, Zahlen: %s", "Key: %s, numbers: %s", p.Key, p.Numbers).In(e.Lang))
	for _, r := range p.Remarks {
		fmt.Fprintln(w, r)
	}
	e.writeCounts(w, p.Counts)
	e.writeImportErrors(w, p.Errors, p.Found)
}

func (e *Env) writeImportErrors(w io.Writer, list []registers.ImportError, found int) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, x := range list {
		fmt.Fprintf(t, "  %s\t%s\t%s\n", base.T("Zeile %s", "line %s", strconv.FormatInt(x.Line, 10)).In(e.Lang), orDash(x.Column), x.Text)
	}
	t.Flush()
	if more := found - len(list); more > 0 {
		fmt.Fprintln(w, base.T("  … und %s weitere", "  … and %s more", more).In(e.Lang))
	}
}
