package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"text/tabwriter"

	"lotse.dev/lotse/internal/base"
	registers "lotse.dev/lotse/internal/register"
)

func init() {
	register(Command{Name: "record", Usage: base.T("Einträge der Register zeigen, anlegen, ändern, ausgeben und einlesen", "show, add, change, export and import records of the registers"), Run: records})
}

// recordVerbs are what can be done with the records of a kind.
var recordVerbs = []struct {
	name string
	run  func(ctx context.Context, env *Env, kind string, args []string) error
}{
	{"list", recordList}, {"show", recordShow}, {"add", recordAdd}, {"set", recordSet}, {"delete", recordDelete},
	{"restore", recordRestore}, {"history", recordHistory}, {"export", recordExport}, {"import", recordImport},
}

func recordVerbNames() string {
	var out []string
	for _, v := range recordVerbs {
		out = append(out, v.name)
	}
	return strings.Join(out, "|")
}

// records finds out what is asked: nothing lists the kinds, a kind its fields, a kind and a verb do something.
func records(ctx context.Context, env *Env, args []string) error {
	var words []string
	places := wordsOf(args)
	rest := slices.Clone(args)
	for i := len(places) - 1; i >= 0; i-- {
		words = append([]string{args[places[i]]}, words...)
		rest = slices.Delete(rest, places[i], places[i]+1)
	}
	if len(words) == 2 {
		for _, v := range recordVerbs {
			if v.name == words[1] {
				return v.run(ctx, env, words[0], rest)
			}
		}
	}
	flags := env.Flags("record [KIND [" + recordVerbNames() + "]]")
	if _, err := env.Parse(flags, rest, 0, 0); err != nil {
		return err
	}
	switch len(words) {
	case 0:
		return recordKinds(ctx, env)
	case 1:
		return recordFields(ctx, env, words[0])
	}
	return env.usage(flags, base.T("„%s“ kann man mit Einträgen nicht tun.", "“%s” is nothing that can be done with records.", words[1]))
}

func (e *Env) kinds(ctx context.Context) (list registers.KindList, err error) {
	err = e.Call(ctx, http.MethodGet, "/records", nil, &list)
	return list, err
}

// kind finds a register by its name, or by its title in the language of the command.
func (e *Env) kind(ctx context.Context, name string) (registers.KindInfo, error) {
	list, err := e.kinds(ctx)
	if err != nil {
		return registers.KindInfo{}, err
	}
	var names []string
	for _, k := range list.Items {
		if k.Name == name || strings.EqualFold(k.One.String(), name) || strings.EqualFold(k.Many.String(), name) {
			return k, nil
		}
		names = append(names, k.Name)
	}
	return registers.KindInfo{}, base.Fail(base.NotFound, "kind_not_found", base.T("Das Register „%s“ gibt es nicht.", "There is no register “%s”.", name)).
		WithHint(base.T("Es gibt: %s.", "There is: %s.", strings.Join(names, ", ")))
}

func recordKinds(ctx context.Context, env *Env) error {
	list, err := env.kinds(ctx)
	if err != nil {
		return err
	}
	return env.Print(list, func(w io.Writer) {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprintln(t, base.T("Register\tTitel\tEinträge", "Register\tTitle\tRecords").In(env.Lang))
		for _, k := range list.Items {
			fmt.Fprintf(t, "%s\t%s\t%s\n", k.Name, k.Many, base.FormatInt(int64(k.Count), env.Lang))
		}
		t.Flush()
	})
}

func recordFields(ctx context.Context, env *Env, name string) error {
	k, err := env.kind(ctx, name)
	if err != nil {
		return err
	}
	return env.Print(k, func(w io.Writer) {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprintln(t, base.T("Feld\tTitel\tArt\tWerte", "Field\tTitle\tType\tValues").In(env.Lang))
		for _, f := range k.Fields {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", f.Name, f.Title, f.Type, env.fieldValues(f))
		}
		t.Flush()
	})
}

// fieldValues says in short what a field takes.
func (e *Env) fieldValues(f registers.FieldInfo) string {
	var parts []string
	for _, rule := range []struct {
		holds bool
		text  base.Text
	}{{f.Required, base.T("nötig", "required")}, {f.Private, base.T("vertraulich", "private")}, {f.Computed, base.T("berechnet", "computed")},
		{f.Managed, base.T("durch eigenen Schritt", "by its own step")}} {
		if rule.holds {
			parts = append(parts, rule.text.In(e.Lang))
		}
	}
	for _, o := range f.Options {
		parts = append(parts, o.Value+" = "+o.Title.String())
	}
	for _, more := range []string{f.To, f.Unit} {
		if more != "" {
			parts = append(parts, more)
		}
	}
	return strings.Join(parts, ", ")
}

// recordPath is the path of a record, or of what stands beside the records of a kind.
func recordPath(kind string, parts ...string) string {
	path := "/records/" + url.PathEscape(kind)
	for _, p := range parts {
		path += "/" + url.PathEscape(p)
	}
	return path
}

// anyOrVersion says which version a change is based on, any when none was named.
func anyOrVersion(version int) Option {
	if version > 0 {
		return IfMatch(version)
	}
	return func(r *http.Request) { r.Header.Set("If-Match", "*") }
}
