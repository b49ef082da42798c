package cli

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/engine/metric"
)

func init() {
	register(Command{Name: "metric rows", Usage: base.T("die Zeilen hinter einer Kennzahl", "the rows behind a metric"), Run: metricRows})
}

// rowsOfPage is how many rows are asked for at once when all are wanted.
const rowsOfPage = 5000

// rowsPage is one page of rows as the API answers it; cells stay as they were written.
type rowsPage struct {
	Columns []metric.RowColumn  `json:"columns"`
	Rows    [][]json.RawMessage `json:"rows"`
	Total   int64               `json:"total"`
	Things  int64               `json:"things"`
	Sum     *float64            `json:"sum"`
	Unit    metric.Unit         `json:"unit"`
	Remarks base.Remarks        `json:"remarks"`
}

// rowsBehind is a question for rows with the figure that they make up.
type rowsBehind struct {
	env    *Env
	figure catalogue.Result
	span   period.Period
	query  url.Values
	limit  int64 // of rows in all, 0 for every row
}

func metricRows(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("metric rows NAME [--from D] [--to D] [--by day|week|month|quarter|year] [--dim field=value] [--filter field=value] [--process NAME] [--limit N | --all] [--csv]")
	l := env.Lang
	from := flags.String("from", "", metricFlags["from"].In(l))
	to := flags.String("to", "", metricFlags["to"].In(l))
	by := flags.String("by", "", base.T("`PERIODE` die ganze Periode (day, week, month, quarter oder year), in der --from liegt; ohne --from die letzte vollständige",
		"`PERIOD` the whole period (day, week, month, quarter or year) that --from lies in; without --from the last complete one").In(l))
	dim := flags.String("dim", "", base.T("`SPALTE=WERT` nur dieser Teil der Kennzahl; leerer Wert für Zeilen ohne Angabe",
		"`COLUMN=VALUE` only this part of the metric; an empty value for rows without one").In(l))
	filter := flags.StringArray("filter", nil, metricFlags["filter"].In(l))
	process := flags.String("process", "", metricFlags["process"].In(l))
	limit := flags.Int64("limit", 100, base.T("höchstens so viele Zeilen", "at most so many rows").In(l))
	all := flags.Bool("all", false, base.T("alle Zeilen", "all rows").In(l))
	asCSV := flags.Bool("csv", false, base.T("Ausgabe als CSV", "print CSV").In(l))
	names, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	switch {
	case *limit < 1 || *all && flags.Changed("limit"):
		return env.usage(flags, base.T("--limit erwartet eine Zahl ab 1 und verträgt sich nicht mit --all.", "--limit expects a number from 1 on and does not go with --all."))
	case *asCSV && env.JSON:
		return env.usage(flags, base.T("Bitte entweder --csv oder --json.", "Please give either --csv or --json."))
	case *by != "" && *to != "":
		return env.usage(flags, base.T("Bitte entweder --by oder --to.", "Please give either --by or --to."))
	}
	r := &rowsBehind{env: env, query: url.Values{"filter": *filter, "process": {*process}}, limit: *limit}
	if *all {
		r.limit = 0
	}
	if err := r.divide(*dim); err != nil {
		return err
	}
	if err := r.settle(ctx, names[0], *from, *to, *by); err != nil {
		return err
	}
	if err := env.useInstanceZone(ctx); err != nil {
		return err
	}
	out := env.rowsWriter(r, *asCSV)
	return r.each(ctx, out)
}

// divide reads --dim field=value.
func (r *rowsBehind) divide(dim string) error {
	if dim == "" {
		return nil
	}
	field, value, ok := strings.Cut(dim, "=")
	if !ok || field == "" {
		return base.Fail(base.Usage, "dim_value_missing", base.T("Zu --dim gehört hier ein Wert.", "--dim needs a value here.")).
			WithHint(base.T("Beispiel: --dim channel=shop", "Example: --dim channel=shop"))
	}
	r.query.Set("dim", field)
	r.query.Set("dim_value", value)
	return nil
}

// settle finds the borders that were meant and asks for the figure between them.
func (r *rowsBehind) settle(ctx context.Context, name, from, to, by string) error {
	grain, err := grainOf(by)
	if err != nil {
		return err
	}
	if by != "" && from != "" {
		if from, to, err = r.env.wholePeriod(ctx, grain, from); err != nil {
			return err
		}
	}
	query := url.Values{"from": {from}, "to": {to}, "by": {string(grain)}, "process": r.query["process"], "filter": r.query["filter"]}
	path := "/metrics/" + url.PathEscape(name)
	if err := r.env.Call(ctx, http.MethodGet, path+"/query?"+query.Encode(), nil, &r.figure); err != nil {
		return err
	}
	if points := r.figure.Points; len(points) > 0 {
		r.span = period.Period{From: points[0].From, To: points[len(points)-1].To}
		if by != "" && from == "" {
			r.span = lastComplete(points)
		}
	}
	for _, border := range []struct {
		text string
		date *period.Date
	}{{from, &r.span.From}, {to, &r.span.To}} {
		if border.text == "" {
			continue
		}
		if *border.date, err = period.ParseDate(border.text); err != nil {
			return err
		}
	}
	return nil
}

func grainOf(by string) (period.Grain, error) {
	if by == "" {
		return period.Year, nil
	}
	return period.ParseGrain(by)
}

func lastComplete(points []metric.Point) period.Period {
	for i := len(points) - 1; i >= 0; i-- {
		if points[i].Complete {
			return period.Period{From: points[i].From, To: points[i].To}
		}
	}
	last := points[len(points)-1]
	return period.Period{From: last.From, To: last.To}
}

// wholePeriod returns the borders of the period in the calendar of the company that a day lies in.
func (e *Env) wholePeriod(ctx context.Context, grain period.Grain, day string) (from, to string, err error) {
	d, err := period.ParseDate(day)
	if err != nil {
		return "", "", err
	}
	var settings setting.Answer
	if err := e.Call(ctx, http.MethodGet, "/settings", nil, &settings); err != nil {
		return "", "", err
	}
	p := period.Calendar{FiscalStart: time.Month(settings.Value.FiscalStart)}.Of(grain, d)
	return p.From.String(), p.To.String(), nil
}

// rowsWriter writes what rowsBehind finds.
type rowsWriter interface {
	begin(r *rowsBehind, first *rowsPage) error
	rows(p *rowsPage) error
	end() error
}

// each hands over page after page, so that memory does not grow with the rows.
func (r *rowsBehind) each(ctx context.Context, out rowsWriter) error {
	if r.span == (period.Period{}) { // no data, so no borders either
		if err := out.begin(r, &rowsPage{Unit: r.figure.Unit, Remarks: r.figure.Remarks}); err != nil {
			return err
		}
		return out.end()
	}
	path := "/metrics/" + url.PathEscape(r.figure.Metric) + "/rows?"
	for offset := int64(0); ; {
		ask := int64(rowsOfPage)
		if r.limit > 0 {
			ask = min(ask, r.limit-offset)
		}
		r.query.Set("from", r.span.From.String())
		r.query.Set("to", r.span.To.String())
		r.query.Set("limit", strconv.FormatInt(ask, 10))
		r.query.Set("offset", strconv.FormatInt(offset, 10))
		var page rowsPage
		if err := r.env.Call(ctx, http.MethodGet, path+r.query.Encode(), nil, &page); err != nil {
			return err
		}
		if offset == 0 {
			if err := out.begin(r, &page); err != nil {
				return err
			}
		}
		if err := out.rows(&page); err != nil {
			return err
		}
		offset += int64(len(page.Rows))
		if len(page.Rows) == 0 || offset >= page.Total || r.limit > 0 && offset >= r.limit {
			return out.end()
		}
	}
}
