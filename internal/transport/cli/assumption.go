package cli

import (
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/pflag"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/assumption"
	"lotse.dev/lotse/internal/store/record"
)

func init() {
	register(Command{Name: "assumption list", Usage: base.T("Bearbeitungszeiten und Stundensätze zeigen", "show handling times and hourly rates"), Run: assumptionList})
	register(Command{Name: "assumption set", Usage: base.T("eine Bearbeitungszeit oder einen Stundensatz eintragen", "keep a handling time or an hourly rate"), Run: assumptionSet})
	register(Command{Name: "assumption history", Usage: base.T("Verlauf einer Annahme", "history of an assumption"), Run: assumptionHistory})
}

// The kinds of assumptions as the command line names them.
const (
	kindHandlingTime = "handling_time"
	kindRate         = "rate"
)

func assumptionList(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("assumption list [--process NAME]")
	process := flags.String("process", "", base.T("`NAME` nur Bearbeitungszeiten dieses Prozesses", "`NAME` only handling times of this process").In(env.Lang))
	if _, err := env.Parse(flags, args, 0, 0); err != nil {
		return err
	}
	list, err := env.assumptions(ctx, *process)
	if err != nil {
		return err
	}
	return env.Print(list, func(w io.Writer) {
		if len(list.HandlingTimes)+len(list.Rates) == 0 {
			fmt.Fprintln(w, base.T("Noch keine Annahmen.", "No assumptions yet.").In(env.Lang))
		}
		env.writeHandlingTimes(w, list.HandlingTimes)
		env.writeRates(w, list.Rates)
	})
}

func (e *Env) assumptions(ctx context.Context, process string) (list assumption.List, err error) {
	err = e.Call(ctx, http.MethodGet, "/assumptions?"+url.Values{"process": {process}}.Encode(), nil, &list)
	return list, err
}

func (e *Env) writeHandlingTimes(w io.Writer, items []assumption.HandlingTimeItem) {
	if len(items) == 0 {
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, base.T("Prozess\tAktivität\tMinuten\tStand\tQuelle", "Process\tActivity\tMinutes\tAs of\tSource").In(e.Lang))
	for _, h := range items {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", h.Process, h.Activity, e.minutesText(h.HandlingTime), e.dayText(h.Date), h.Source)
	}
	t.Flush()
}

func (e *Env) writeRates(w io.Writer, items []assumption.RateItem) {
	if len(items) == 0 {
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, base.T("Rolle\tje Stunde\tStand\tQuelle", "Role\tan hour\tAs of\tSource").In(e.Lang))
	for _, r := range items {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", r.Role, e.rateText(r.Rate), e.dayText(r.Date), r.Source)
	}
	t.Flush()
}

// spread writes a range with its likely value.
func (e *Env) spread(r assumption.Range, decimals int) string {
	n := func(v float64) string { return base.FormatFloat(v, decimals, e.Lang) }
	return base.T("%s bis %s, wahrscheinlich %s", "%s to %s, likely %s", n(r.Min), n(r.Max), n(r.Likely)).In(e.Lang)
}

func (e *Env) minutesText(h assumption.HandlingTime) string { return e.spread(h.Range(), -1) }

func (e *Env) rateText(r assumption.Rate) string { return e.spread(r.Range(), 2) + " " + r.Currency }

// dayText writes a date that is kept as text.
func (e *Env) dayText(s string) string {
	if d, err := time.Parse(time.DateOnly, s); err == nil {
		return d.Format(e.dayFormat())
	}
	return s
}

// assumed are the flags that name an assumption.
type assumed struct{ process, activity, role string }

// kindOf reads which kind of assumption is meant and whether it is named in full.
func (a assumed) kindOf(word string) (string, error) {
	missing := func(flags string) error {
		return base.Fail(base.Usage, "wrong_use", base.T("Es fehlt %s.", "%s is missing.", flags))
	}
	switch {
	case word == kindHandlingTime && (a.process == "" || a.activity == ""):
		return word, missing("--process, --activity")
	case word == kindHandlingTime, word == kindRate:
		return word, nil
	}
	return "", base.Fail(base.Usage, "wrong_use", base.T("„%s“ ist keine Art von Annahme.", "“%s” is no kind of assumption.", word)).
		WithHint(base.T("Möglich: %s, %s.", "Possible: %s, %s.", kindHandlingTime, kindRate))
}

// findAssumption looks for an assumption that is kept.
func (e *Env) findAssumption(ctx context.Context, kind string, a assumed) (id string, version int, err error) {
	list, err := e.assumptions(ctx, "")
	if err != nil {
		return "", 0, err
	}
	for _, h := range list.HandlingTimes {
		if kind == kindHandlingTime && h.Process == a.process && h.Activity == a.activity {
			return h.ID, h.Version, nil
		}
	}
	for _, r := range list.Rates {
		if kind == kindRate && r.Role == a.role {
			return r.ID, r.Version, nil
		}
	}
	return "", 0, base.Fail(base.NotFound, "assumption_not_found", base.T("Diese Annahme gibt es nicht.", "There is no such assumption.")).
		WithHint(base.T("lotse assumption list zeigt alle.", "lotse assumption list shows all."))
}

// assumedFlags make the flags that name an assumption.
func (e *Env) assumedFlags(f *pflag.FlagSet) *assumed {
	var a assumed
	f.StringVar(&a.process, "process", "", base.T("`NAME` Prozess (handling_time)", "`NAME` process (handling_time)").In(e.Lang))
	f.StringVar(&a.activity, "activity", "", base.T("`NAME` Aktivität (handling_time)", "`NAME` activity (handling_time)").In(e.Lang))
	f.StringVar(&a.role, "role", assumption.DefaultRole, base.T("`NAME` Rolle, für die der Satz gilt (rate)", "`NAME` role that the rate holds for (rate)").In(e.Lang))
	return &a
}

// given is what assumption set was told of the figures.
type given struct{ low, likely, high, source, currency, date string }

func (e *Env) givenFlags(f *pflag.FlagSet) *given {
	var g given
	l := e.Lang
	f.StringVar(&g.low, "min", "", base.T("`N` mindestens: Minuten oder Betrag je Stunde", "`N` at least: minutes, or amount an hour").In(l))
	f.StringVar(&g.likely, "likely", "", base.T("`N` wahrscheinlich", "`N` likely").In(l))
	f.StringVar(&g.high, "max", "", base.T("`N` höchstens", "`N` at most").In(l))
	f.StringVar(&g.source, "source", "", base.T("`TEXT` woher die Angaben stammen", "`TEXT` where the figures come from").In(l))
	f.StringVar(&g.currency, "currency", "", base.T("`CODE` Währung des Satzes, sonst die der Instanz (rate)", "`CODE` currency of the rate, otherwise that of the instance (rate)").In(l))
	f.StringVar(&g.date, "date", "", base.T("`TAG` Stand der Angaben, JJJJ-MM-TT; sonst heute", "`DAY` day of the figures, YYYY-MM-DD; otherwise today").In(l))
	return &g
}

// complete fills in what was left out by what holds for the instance.
func (g *given) complete(ctx context.Context, e *Env) error {
	g.low, g.likely, g.high = plainNumber(g.low), plainNumber(g.likely), plainNumber(g.high)
	var err error
	if g.date == "" {
		g.date, err = e.today(ctx)
	}
	if g.currency == "" && err == nil {
		g.currency, err = e.currency(ctx)
	}
	return err
}

func assumptionSet(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("assumption set handling_time|rate [--process NAME --activity NAME] [--role NAME] --min N --likely N --max N --source TEXT [--currency EUR] [--date D]")
	a, g := env.assumedFlags(flags), env.givenFlags(flags)
	words, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	kind, err := a.kindOf(words[0])
	if err != nil {
		return err
	}
	_, version, err := env.findAssumption(ctx, kind, *a)
	if err != nil && !base.IsKind(err, base.NotFound) {
		return err
	}
	if err := g.complete(ctx, env); err != nil {
		return err
	}
	if kind == kindRate {
		return env.setRate(ctx, assumption.RateBody{Version: version, Rate: assumption.Rate{Role: a.role, Min: g.low, Likely: g.likely, Max: g.high,
			Currency: g.currency, Source: g.source, Date: g.date}})
	}
	body := assumption.HandlingTimeBody{Version: version, HandlingTime: assumption.HandlingTime{Process: a.process, Activity: a.activity, Source: g.source, Date: g.date}}
	for _, m := range []struct {
		flag, text string
		minutes    *float64
	}{{"min", g.low, &body.Min}, {"likely", g.likely, &body.Likely}, {"max", g.high, &body.Max}} {
		if *m.minutes, err = minutesOf(m.flag, m.text); err != nil {
			return err
		}
	}
	return env.setHandlingTime(ctx, body)
}

// plainNumber lets a decimal comma stand for the point.
func plainNumber(s string) string {
	if strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		return strings.Replace(s, ",", ".", 1)
	}
	return s
}

// minutesOf reads a number of minutes.
func minutesOf(flag, text string) (float64, error) {
	minutes, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(minutes) || math.IsInf(minutes, 0) {
		return 0, base.Fail(base.Usage, "wrong_use", base.T("„%s“ ist kein Wert für --%s.", "“%s” is no value of --%s.", text, flag)).
			WithHint(base.T("Erwartet wird eine Zahl von Minuten, zum Beispiel 2.5.", "Expected is a number of minutes, such as 2.5."))
	}
	return minutes, nil
}

func (e *Env) setRate(ctx context.Context, body assumption.RateBody) error {
	var kept assumption.RateItem
	if err := e.Call(ctx, http.MethodPut, "/assumptions/rate", body, &kept); err != nil {
		return err
	}
	return e.Print(kept, func(w io.Writer) { e.writeRates(w, []assumption.RateItem{kept}) })
}

func (e *Env) setHandlingTime(ctx context.Context, body assumption.HandlingTimeBody) error {
	var kept assumption.HandlingTimeItem
	if err := e.Call(ctx, http.MethodPut, "/assumptions/handling_time", body, &kept); err != nil {
		return err
	}
	return e.Print(kept, func(w io.Writer) { e.writeHandlingTimes(w, []assumption.HandlingTimeItem{kept}) })
}

func assumptionHistory(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("assumption history handling_time|rate [--process NAME --activity NAME] [--role NAME]")
	a := env.assumedFlags(flags)
	words, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	kind, err := a.kindOf(words[0])
	if err != nil {
		return err
	}
	id, _, err := env.findAssumption(ctx, kind, *a)
	if err != nil {
		return err
	}
	if err := env.useInstanceZone(ctx); err != nil {
		return err
	}
	path := "/assumptions/" + kind + "/" + url.PathEscape(id) + "/history"
	if kind == kindRate {
		return showHistory(ctx, env, path, env.rateText, func(r assumption.Rate) string { return r.Source })
	}
	return showHistory(ctx, env, path, env.minutesText, func(h assumption.HandlingTime) string { return h.Source })
}

// showHistory prints every version of a record, newest first.
func showHistory[T any](ctx context.Context, e *Env, path string, value, source func(T) string) error {
	var list struct {
		Items []record.Entry[T] `json:"items"`
		Total int               `json:"total"`
	}
	if err := e.Call(ctx, http.MethodGet, path, nil, &list); err != nil {
		return err
	}
	return e.Print(list, func(w io.Writer) {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprintln(t, base.T("Fassung\tgeändert\tvon\tWert\tQuelle", "Version\tchanged\tby\tValue\tSource").In(e.Lang))
		for _, x := range list.Items {
			what := value(x.Value)
			if x.Action == "delete" {
				what = base.T("gelöscht", "deleted").In(e.Lang)
			}
			fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\n", x.Version, e.minute(x.At), x.By, what, source(x.Value))
		}
		t.Flush()
	})
}
