package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"lotse.dev/lotse/internal/base"
	registers "lotse.dev/lotse/internal/register"
)

// mostValue is the limit of a value from a file or standard input.
const mostValue = 1 << 20

func recordAdd(ctx context.Context, env *Env, name string, args []string) error {
	flags := env.Flags("record KIND add field=value… [--id ID] | --file FILE|-")
	id := flags.String("id", "", base.T("`KENNUNG` des neuen Eintrags, sonst macht Lotse eine", "`ID` of the new record, otherwise Lotse makes one").In(env.Lang))
	file := flags.String("file", "", base.T("`DATEI` Werte als JSON-Objekt, - für die Standardeingabe", "`FILE` values as a JSON object, - for standard input").In(env.Lang))
	words, err := env.Parse(flags, args, 0, -1)
	if err != nil {
		return err
	}
	if (*file == "") == (len(words) == 0) {
		return env.usage(flags, base.T("Nennen Sie entweder Werte oder --file.", "Give either values or --file."))
	}
	k, err := env.kind(ctx, name)
	if err != nil {
		return err
	}
	value, err := env.recordValue(ctx, k, words, *file)
	if err != nil {
		return err
	}
	var one registers.One
	if err := env.Call(ctx, http.MethodPost, recordPath(k.Name)+"?"+url.Values{"id": {*id}}.Encode(), value, &one); err != nil {
		return err
	}
	return env.Print(one, func(w io.Writer) {
		fmt.Fprintln(w, base.T("Angelegt: %s", "Created: %s", one.ID).In(env.Lang))
	})
}

func (e *Env) recordValue(ctx context.Context, k registers.KindInfo, words []string, file string) (any, error) {
	if file == "" {
		return e.parseTexts(ctx, k, words)
	}
	in := e.In
	if file != "-" {
		f, err := openFile(file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	raw, err := io.ReadAll(io.LimitReader(in, mostValue+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > mostValue || !json.Valid(raw) {
		return nil, base.Fail(base.Refused, "malformed_document", base.T("Die Werte sind kein JSON-Objekt von höchstens 1 MB.", "The values are no JSON object of at most 1 MB.")).At(base.Place{File: file})
	}
	return json.RawMessage(raw), nil
}

// parseTexts lets the server read what stands behind field=; a field may be named by its title.
func (e *Env) parseTexts(ctx context.Context, k registers.KindInfo, words []string) (map[string]any, error) {
	texts := map[string]string{}
	for _, word := range words {
		name, text, ok := strings.Cut(word, "=")
		f, known := fieldNamed(k, name)
		switch {
		case !ok:
			return nil, base.Fail(base.Usage, "wrong_use", base.T("„%s“ hat nicht die Form Feld=Wert.", "“%s” is not of the form field=value.", word))
		case !known:
			return nil, base.Fail(base.Usage, "field_unknown", base.T("Das Feld „%s“ gibt es nicht.", "There is no field “%s”.", name)).
				WithHint(base.T("lotse record %s zeigt die Felder.", "lotse record %s shows the fields.", k.Name))
		}
		if _, twice := texts[f]; twice {
			return nil, base.Fail(base.Usage, "wrong_use", base.T("„%s“ steht zweimal da.", "“%s” stands there twice.", f))
		}
		texts[f] = text
	}
	var out registers.Parsed
	if err := e.Call(ctx, http.MethodPost, recordPath(k.Name, "parse"), map[string]any{"texts": texts}, &out); err != nil {
		return nil, err
	}
	if len(out.Errors) > 0 {
		failed := base.Fail(base.Refused, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
		failed.Fields = out.Errors
		return nil, failed
	}
	return out.Value, nil
}

func fieldNamed(k registers.KindInfo, name string) (string, bool) {
	for _, f := range k.Fields {
		if f.Name == name {
			return name, true
		}
	}
	for _, f := range k.Fields {
		if strings.EqualFold(f.Title.String(), name) {
			return f.Name, true
		}
	}
	return "", false
}

func recordSet(ctx context.Context, env *Env, name string, args []string) error {
	flags := env.Flags("record KIND set ID field=value… [--version N]")
	version := flags.Int("version", 0, base.T("nur wenn der Eintrag noch diese Version hat", "only if the record still has this version").In(env.Lang))
	words, err := env.Parse(flags, args, 2, -1)
	if err != nil {
		return err
	}
	k, err := env.kind(ctx, name)
	if err != nil {
		return err
	}
	value, err := env.parseTexts(ctx, k, words[1:])
	if err != nil {
		return err
	}
	var one registers.One
	if err := env.Call(ctx, http.MethodPatch, recordPath(k.Name, words[0]), value, &one, anyOrVersion(*version)); err != nil {
		return err
	}
	return env.Print(one, func(w io.Writer) {
		fmt.Fprintln(w, base.T("Geändert: %s, Version %s", "Changed: %s, version %s", one.ID, one.Version).In(env.Lang))
	})
}

func recordDelete(ctx context.Context, env *Env, name string, args []string) error {
	return env.turnRecord(ctx, name, args, "delete", func(kind, id string) (string, string) { return http.MethodDelete, recordPath(kind, id) },
		base.T("Gelöscht", "Deleted"))
}

func recordRestore(ctx context.Context, env *Env, name string, args []string) error {
	return env.turnRecord(ctx, name, args, "restore", func(kind, id string) (string, string) { return http.MethodPost, recordPath(kind, id, "restore") },
		base.T("Wiederhergestellt", "Restored"))
}

func (e *Env) turnRecord(ctx context.Context, name string, args []string, verb string, route func(kind, id string) (method, path string), done base.Text) error {
	flags := e.Flags("record KIND " + verb + " ID [--version N]")
	version := flags.Int("version", 0, base.T("nur wenn der Eintrag noch diese Version hat", "only if the record still has this version").In(e.Lang))
	words, err := e.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	k, err := e.kind(ctx, name)
	if err != nil {
		return err
	}
	var one registers.One
	method, path := route(k.Name, words[0])
	if err := e.Call(ctx, method, path, nil, &one, anyOrVersion(*version)); err != nil {
		return err
	}
	return e.Print(one, func(w io.Writer) { fmt.Fprintf(w, "%s: %s\n", done.In(e.Lang), one.ID) })
}
