package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"text/tabwriter"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/engine/metric"
)

func init() {
	register(Command{Name: "metric list", Usage: base.T("Kennzahlen mit ihrem Stand zeigen", "show metrics with what they say now"), Run: metricList})
	register(Command{Name: "metric show", Usage: base.T("Definition einer Kennzahl zeigen", "show the definition of a metric"), Run: metricShow})
	register(Command{Name: "metric query", Usage: base.T("eine Kennzahl je Zeitraum", "a metric by period"), Run: metricQuery})
}

// metricFlags explain the flags that the metric commands share.
var metricFlags = map[string]base.Text{
	"process": base.T("`NAME` Prozess; nur nötig, wenn es mehrere gibt", "`NAME` process; needed only where there are several"),
	"from":    base.T("`TAG` erster Tag, JJJJ-MM-TT; sonst ab Beginn der Daten", "`DAY` first day, YYYY-MM-DD; otherwise from the start of the data"),
	"to":      base.T("`TAG` Tag nach dem letzten; sonst bis zum Ende der Daten", "`DAY` day after the last; otherwise to the end of the data"),
	"by":      base.T("`PERIODE` day, week, month, quarter oder year; sonst month", "`PERIOD` day, week, month, quarter or year; otherwise month"),
	"dim":     base.T("`SPALTE` nach dieser Spalte aufteilen; lotse metric show NAME nennt die möglichen", "`COLUMN` divide by this column; lotse metric show NAME names the possible ones"),
	"filter":  base.T("`SPALTE=WERT` nur Zeilen mit diesem Wert; mehrfach möglich", "`COLUMN=VALUE` only rows with this value; may be repeated"),
}

func metricList(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("metric list [--process NAME]")
	process := flags.String("process", "", metricFlags["process"].In(env.Lang))
	if _, err := env.Parse(flags, args, 0, 0); err != nil {
		return err
	}
	var list catalogue.List
	if err := env.Call(ctx, http.MethodGet, "/metrics?"+url.Values{"process": {*process}}.Encode(), nil, &list); err != nil {
		return err
	}
	return env.Print(list, func(w io.Writer) { env.metricItems(w, list.Items) })
}

func (e *Env) metricItems(w io.Writer, items []catalogue.Item) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, m := range items {
		value, when := base.T("unbekannt", "unknown").In(e.Lang), ""
		if m.Latest != nil {
			value, when = e.figure(m.Latest.Value, m.Unit, m.Currency), e.day(m.Latest.From)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", m.Name, m.Process, value, when, m.Title.In(e.Lang))
	}
	t.Flush()
}

func metricShow(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("metric show NAME [--process NAME]")
	process := flags.String("process", "", metricFlags["process"].In(env.Lang))
	names, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	var d catalogue.Detail
	path := "/metrics/" + url.PathEscape(names[0]) + "?" + url.Values{"process": {*process}}.Encode()
	if err := env.Call(ctx, http.MethodGet, path, nil, &d); err != nil {
		return err
	}
	return env.Print(d, func(w io.Writer) { env.metricDetail(w, d) })
}

func (e *Env) metricDetail(w io.Writer, d catalogue.Detail) {
	fmt.Fprintln(w, d.Sentence.In(e.Lang))
	e.metricItems(w, []catalogue.Item{d.Item})
	var dims []string
	for _, dim := range d.Dims {
		dims = append(dims, dim.Name)
	}
	if len(dims) > 0 {
		fmt.Fprintln(w, base.T("Teilen und filtern nach: ", "Divide and filter by: ").In(e.Lang)+strings.Join(dims, ", "))
	}
	e.writeRemarks(w, d.Remarks)
	if d.Formula != "" {
		fmt.Fprintln(w, d.Formula)
	}
}

// metricPoints is what contract.md promises of metric query.
type metricPoints struct {
	Metric            string         `json:"metric"`
	Unit              metric.Unit    `json:"unit"`
	Currency          *string        `json:"currency"`
	DefinitionVersion int            `json:"definition_version"`
	Points            []metric.Point `json:"points"`
	Remarks           []metricRemark `json:"remarks"`
}

type metricRemark struct {
	Code string    `json:"code"`
	Text base.Text `json:"text"`
}

func metricQuery(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("metric query NAME [--from D --to D --by day|week|month|quarter|year] [--dim NAME] [--filter field=value] [--process NAME]")
	plain := []string{"from", "to", "by", "dim", "process"}
	for _, name := range plain {
		flags.String(name, "", metricFlags[name].In(env.Lang))
	}
	filter := flags.StringArray("filter", nil, metricFlags["filter"].In(env.Lang))
	names, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	if by, _ := flags.GetString("by"); by != "" {
		if _, err := period.ParseGrain(by); err != nil {
			return err
		}
	}
	query := url.Values{"filter": *filter}
	for _, name := range plain {
		if v, _ := flags.GetString(name); v != "" {
			query.Set(name, v)
		}
	}
	var r catalogue.Result
	if err := env.Call(ctx, http.MethodGet, "/metrics/"+url.PathEscape(names[0])+"/query?"+query.Encode(), nil, &r); err != nil {
		return err
	}
	out := metricPoints{Metric: r.Metric, Unit: r.Unit, Currency: r.Currency, DefinitionVersion: r.DefinitionVersion, Points: r.Points, Remarks: []metricRemark{}}
	for _, remark := range r.Remarks {
		out.Remarks = append(out.Remarks, metricRemark{remark.Code, remark.Text})
	}
	return env.Print(out, func(w io.Writer) { env.metricTable(w, r) })
}

func (e *Env) metricTable(w io.Writer, r catalogue.Result) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, p := range r.Points {
		dim, mark := "", ""
		if p.Dim != nil {
			dim = *p.Dim
		}
		if !p.Complete {
			mark = base.T("unvollständig", "incomplete").In(e.Lang)
		}
		between := ""
		if p.Low != nil && p.High != nil {
			between = base.T("%s bis %s", "%s to %s", e.figure(p.Low, r.Unit, nil), e.figure(p.High, r.Unit, nil)).In(e.Lang)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\tn = %s\t%s\n", e.day(p.From), dim, e.figure(p.Value, r.Unit, r.Currency), between, base.FormatInt(p.N, e.Lang), mark)
	}
	t.Flush()
	e.writeRemarks(w, r.Remarks)
}

// figure writes a value in its unit.
func (e *Env) figure(v *float64, unit metric.Unit, currency *string) string {
	if v == nil {
		return base.T("unbekannt", "unknown").In(e.Lang)
	}
	switch unit {
	case metric.Money:
		text := base.FormatFloat(*v, 2, e.Lang)
		if currency != nil {
			text += " " + *currency
		}
		return text
	case metric.Fraction:
		return base.FormatFloat(*v*100, 1, e.Lang) + " %"
	case metric.Seconds:
		return e.duration(v)
	case metric.Count:
		return base.FormatFloat(*v, 0, e.Lang)
	}
	return base.FormatFloat(*v, 2, e.Lang)
}
