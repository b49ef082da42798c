package cli

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"lotse.dev/lotse/internal/base"
	registers "lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/sheet"
)

// asked are the flags of a question for records.
type asked struct {
	filter       []string
	search, sort string
	columns      []string
	deleted, all bool
	limit        int
}

func (e *Env) askFlags(f *pflag.FlagSet) *asked {
	var a asked
	l := e.Lang
	f.StringArrayVar(&a.filter, "filter", nil, base.T("`FELD:PRÜFUNG:WERT` nur diese, etwa due:lt:@today oder owner:eq:@me; mehrfach möglich", "`FIELD:OP:VALUE` only these, such as due:lt:@today or owner:eq:@me; may be repeated").In(l))
	f.StringVar(&a.search, "search", "", base.T("`WÖRTER` die alle vorkommen", "`WORDS` that all occur").In(l))
	f.StringVar(&a.sort, "sort", "", base.T("`FELD,…` Reihenfolge, mit - davor umgekehrt", "`FIELD,…` order, with - before it reversed").In(l))
	f.StringSliceVar(&a.columns, "columns", nil, base.T("`FELD,…` Spalten, auch id, state, updated_at", "`FIELD,…` columns, also id, state, updated_at").In(l))
	f.BoolVar(&a.deleted, "deleted", false, base.T("die gelöschten", "the deleted ones").In(l))
	return &a
}

func (a *asked) query() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{"q": a.search, "sort": a.sort, "columns": strings.Join(a.columns, ",")} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(a.filter) > 0 {
		q["filter"] = a.filter
	}
	if a.deleted {
		q.Set("deleted", "true")
	}
	return q
}

func recordList(ctx context.Context, env *Env, name string, args []string) error {
	flags := env.Flags("record KIND list [--filter field:op:value] [--search WORDS] [--sort -due] [--columns field,…] [--limit N|--all] [--deleted]")
	a := env.askFlags(flags)
	flags.IntVar(&a.limit, "limit", 50, base.T("so viele höchstens", "at most so many").In(env.Lang))
	flags.BoolVar(&a.all, "all", false, base.T("alle", "all of them").In(env.Lang))
	if _, err := env.Parse(flags, args, 0, 0); err != nil {
		return err
	}
	if a.limit < 1 {
		return env.usage(flags, base.T("--limit ist mindestens 1.", "--limit is at least 1."))
	}
	k, err := env.kind(ctx, name)
	if err != nil {
		return err
	}
	list, err := env.recordPages(ctx, k.Name, a)
	if err != nil {
		return err
	}
	if env.JSON {
		return env.Print(list, nil)
	}
	if len(a.columns) == 0 {
		a.columns = firstColumns(k)
	}
	rows, err := env.recordTexts(ctx, k.Name, a.query(), len(list.Items))
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(t, strings.Join(row, "\t"))
	}
	t.Flush()
	if more := list.Total - len(list.Items); more > 0 {
		env.Say(base.T("%s weitere; --all zeigt alle.", "%s more; --all shows all.", more))
	}
	return nil
}

// firstColumns are the id and those that a table shows at first.
func firstColumns(k registers.KindInfo) []string {
	out := []string{"id"}
	for _, f := range k.Fields {
		if f.List {
			out = append(out, f.Name)
		}
	}
	return out
}

// recordPages gathers the records of a question up to its limit.
func (e *Env) recordPages(ctx context.Context, kind string, a *asked) (registers.List, error) {
	var out registers.List
	q := a.query()
	q.Del("columns")
	for {
		left := 1000
		if !a.all {
			left = min(left, a.limit-len(out.Items))
		}
		q.Set("limit", strconv.Itoa(left))
		var page registers.List
		if err := e.Call(ctx, http.MethodGet, recordPath(kind)+"?"+q.Encode(), nil, &page); err != nil {
			return out, err
		}
		out.Items, out.Next, out.Total = append(out.Items, page.Items...), page.Next, page.Total
		for _, n := range page.Names {
			if !slices.Contains(out.Names, n) {
				out.Names = append(out.Names, n)
			}
		}
		if out.Next == "" || !a.all && len(out.Items) >= a.limit {
			return out, nil
		}
		q.Set("after", page.Next)
	}
}

// recordTexts asks for records as people read them: titles first, then at most so many rows.
func (e *Env) recordTexts(ctx context.Context, kind string, q url.Values, most int) ([][]string, error) {
	in, err := e.Stream(ctx, http.MethodGet, recordPath(kind, "export")+"?"+q.Encode())
	if err != nil {
		return nil, err
	}
	defer in.Close()
	r := csv.NewReader(in)
	if e.Lang == base.German {
		r.Comma = ';'
	}
	var rows [][]string
	for len(rows) <= most {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, e.client.gone(err)
		}
		for i, text := range row {
			row[i] = strings.ReplaceAll(strings.TrimSpace(sheet.Rearm(strings.TrimPrefix(text, "\ufeff"))), "\n", " ⏎ ")
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func recordShow(ctx context.Context, env *Env, name string, args []string) error {
	rest, err := env.Parse(env.Flags("record KIND show ID"), args, 1, 1)
	if err != nil {
		return err
	}
	k, err := env.kind(ctx, name)
	if err != nil {
		return err
	}
	var one registers.One
	if err := env.Call(ctx, http.MethodGet, recordPath(k.Name, rest[0]), nil, &one); err != nil {
		return err
	}
	if env.JSON {
		return env.Print(one, nil)
	}
	return env.showRecord(ctx, k, one)
}

func (e *Env) showRecord(ctx context.Context, k registers.KindInfo, one registers.One) error {
	columns := []string{"id", "version", "updated_by"}
	if k.Approval {
		columns = append(columns, "state")
	}
	for _, f := range k.Fields {
		columns = append(columns, f.Name)
	}
	a := asked{filter: []string{"id:eq:" + one.ID}, columns: columns, deleted: one.Deleted}
	rows, err := e.recordTexts(ctx, k.Name, a.query(), 1)
	if err != nil || len(rows) < 2 {
		return err
	}
	t := tabwriter.NewWriter(e.Out, 0, 0, 2, ' ', 0)
	for i, text := range rows[1] {
		if text != "" {
			fmt.Fprintf(t, "%s\t%s\n", rows[0][i], text)
		}
	}
	if one.Deleted {
		fmt.Fprintln(t, base.T("gelöscht", "deleted").In(e.Lang))
	}
	return t.Flush()
}

func recordHistory(ctx context.Context, env *Env, name string, args []string) error {
	rest, err := env.Parse(env.Flags("record KIND history ID"), args, 1, 1)
	if err != nil {
		return err
	}
	k, err := env.kind(ctx, name)
	if err != nil {
		return err
	}
	if err := env.useInstanceZone(ctx); err != nil {
		return err
	}
	var list registers.StepList
	if err := env.Call(ctx, http.MethodGet, recordPath(k.Name, rest[0], "history"), nil, &list); err != nil {
		return err
	}
	return env.Print(list, func(w io.Writer) {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprintln(t, base.T("Version\tSchritt\tam\tvon\tÄnderungen", "Version\tStep\tat\tby\tChanges").In(env.Lang))
		for _, s := range list.Items {
			var changes []string
			for _, c := range s.Changes {
				changes = append(changes, fmt.Sprintf("%s: %s → %s", c.Title, orDash(c.Before), orDash(c.After)))
			}
			if s.Note != "" {
				changes = append(changes, s.Note)
			}
			fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\n", s.Version, stepTitle(s.Action).In(env.Lang), env.minute(s.At), s.By, strings.ReplaceAll(strings.Join(changes, "; "), "\n", " ⏎ "))
		}
		t.Flush()
	})
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func stepTitle(action string) base.Text {
	titles := map[string]base.Text{"create": base.T("angelegt", "created"), "update": base.T("geändert", "changed"), "delete": base.T("gelöscht", "deleted"),
		"restore": base.T("wiederhergestellt", "restored"), "propose": base.T("vorgelegt", "proposed"), "approve": base.T("freigegeben", "approved"),
		"refuse": base.T("abgelehnt", "refused"), "withdraw": base.T("zurückgezogen", "withdrawn")}
	if t, ok := titles[action]; ok {
		return t
	}
	return base.T(action, action)
}
