package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"text/tabwriter"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance/closing"
	"lotse.dev/lotse/internal/engine/metric"
)

func init() {
	register(Command{Name: "closing list", Usage: base.T("Abschlüsse zeigen", "show closings"), Run: closingList})
	register(Command{Name: "closing calendar", Usage: base.T("was abzuschließen ist, mit Fristen", "show what is to be closed, with due days"), Run: closingCalendar})
	register(Command{Name: "closing show", Usage: base.T("einen Abschluss mit dem Wert von heute zeigen", "show a closing beside today's value"), Run: closingShow})
	register(Command{Name: "closing propose", Usage: base.T("einen Abschluss vorlegen", "propose a closing"), Run: closingPropose})
	for _, s := range []struct {
		name   string
		usage  base.Text
		reason bool
	}{
		{"confirm", base.T("einen Abschluss für den Fachbereich bestätigen", "confirm a closing for the department"), false},
		{"sign", base.T("einen Abschluss unterschreiben (mit --as)", "sign a closing (with --as)"), false},
		{"refuse", base.T("einen Abschluss mit Grund ablehnen", "refuse a closing with a reason"), true},
		{"reopen", base.T("einen unterschriebenen Abschluss mit Grund öffnen", "reopen a signed closing with a reason"), true},
	} {
		register(Command{Name: "closing " + s.name, Usage: s.usage, Run: func(ctx context.Context, env *Env, args []string) error {
			return closingStep(ctx, env, args, s.name, s.reason)
		}})
	}
}

func closingList(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("closing list [--status S] [--metric NAME] [--process NAME]")
	status := flags.String("status", "", base.T("`S` nur diese: proposed, confirmed, signed, refused, reopened", "`S` only these: proposed, confirmed, signed, refused, reopened").In(env.Lang))
	name := flags.String("metric", "", base.T("`NAME` nur diese Kennzahl", "`NAME` only this metric").In(env.Lang))
	process := flags.String("process", "", base.T("`NAME` nur dieser Prozess", "`NAME` only this process").In(env.Lang))
	if _, err := env.Parse(flags, args, 0, 0); err != nil {
		return err
	}
	q := url.Values{"status": {*status}, "metric": {*name}, "process": {*process}}
	var list closing.List
	if err := env.Call(ctx, http.MethodGet, "/closings?"+q.Encode(), nil, &list); err != nil {
		return err
	}
	return env.Print(list, func(w io.Writer) {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprintln(t, base.T("Kennung\tAbschluss\tZeitraum\tWert\tStand", "Id\tClosing\tPeriod\tValue\tStatus").In(env.Lang))
		for _, c := range list.Items {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", c.ID, c.Title, c.Label, env.figure(c.Value, metric.Unit(c.Unit), c.Currency), env.closingStatus(c.Status))
		}
		t.Flush()
	})
}

// closingStatus is a status as people read it.
func (e *Env) closingStatus(s string) string {
	return map[string]base.Text{"proposed": base.T("vorgelegt", "proposed"), "confirmed": base.T("bestätigt", "confirmed"), "signed": base.T("unterschrieben", "signed"),
		"refused": base.T("abgelehnt", "refused"), "reopened": base.T("wieder geöffnet", "reopened")}[s].In(e.Lang)
}

func closingCalendar(ctx context.Context, env *Env, args []string) error {
	if _, err := env.Parse(env.Flags("closing calendar"), args, 0, 0); err != nil {
		return err
	}
	var c closing.Calendar
	if err := env.Call(ctx, http.MethodGet, "/closings/calendar", nil, &c); err != nil {
		return err
	}
	states := map[string]base.Text{"coming": base.T("kommt", "coming"), "due": base.T("fällig", "due"), "overdue": base.T("überfällig", "overdue"), "done": base.T("erledigt", "done")}
	return env.Print(c, func(w io.Writer) {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprintln(t, base.T("Fällig\tWas\tZeitraum\tStand", "Due\tWhat\tPeriod\tState").In(env.Lang))
		for _, d := range c.Items {
			what := d.Title.String()
			if d.Process != "" {
				what += ", " + d.Process
			}
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", d.Due, what, d.Label, states[d.State].In(env.Lang))
		}
		t.Flush()
	})
}

func closingShow(ctx context.Context, env *Env, args []string) error {
	ids, err := env.Parse(env.Flags("closing show ID"), args, 1, 1)
	if err != nil {
		return err
	}
	var c closing.View
	if err := env.Call(ctx, http.MethodGet, "/closings/"+url.PathEscape(ids[0]), nil, &c); err != nil {
		return err
	}
	return env.Print(c, func(w io.Writer) { env.closing(w, &c) })
}

func (e *Env) closing(w io.Writer, c *closing.View) {
	fmt.Fprintf(w, "%s: %s, %s\n", c.Title, c.Label, e.closingStatus(c.Status))
	value := e.figure(c.Value, metric.Unit(c.Unit), c.Currency)
	fmt.Fprintln(w, base.T("  Wert: %s", "  Value: %s", value).In(e.Lang))
	if r := c.Restatement; r != nil && r.Changed {
		fmt.Fprintln(w, base.T("  heute: %s", "  today: %s", e.figure(r.Value, metric.Unit(c.Unit), c.Currency)).In(e.Lang))
		for _, why := range r.Why {
			fmt.Fprintln(w, "    "+why.Text.In(e.Lang))
		}
	}
	if c.Verdict != nil {
		fmt.Fprintln(w, base.T("  Urteil: %s", "  Verdict: %s", *c.Verdict).In(e.Lang))
	}
	if c.Hash != "" {
		fmt.Fprintln(w, base.T("  Prüfsumme: %s", "  Hash: %s", c.Hash).In(e.Lang))
	}
	for _, s := range c.Steps {
		fmt.Fprintf(w, "  %s  %-8s %s  %s\n", s.At.Format("2006-01-02 15:04"), s.Step, s.By, s.Note)
	}
}

func closingPropose(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("closing propose --plan ID | --metric NAME --from DAY [--by month] [--process NAME] [--filter field=value] [--confirmer ID] [--note TEXT]")
	var in closing.ProposeBody
	flags.StringVar(&in.Plan, "plan", "", base.T("`ID` Wirkungsplan, dessen Wirkung abgeschlossen wird", "`ID` effect plan whose effect is closed").In(env.Lang))
	flags.StringVar(&in.Metric, "metric", "", base.T("`NAME` Kennzahl", "`NAME` metric").In(env.Lang))
	flags.StringVar(&in.From, "from", "", base.T("`TAG` erster Tag des Zeitraums", "`DAY` first day of the period").In(env.Lang))
	flags.StringVar(&in.Grain, "by", "month", base.T("`LÄNGE` day, week, month, quarter oder year", "`LENGTH` day, week, month, quarter or year").In(env.Lang))
	flags.StringVar(&in.Process, "process", "", base.T("`NAME` Prozess", "`NAME` process").In(env.Lang))
	flags.StringArrayVar(&in.Filters, "filter", nil, base.T("`SPALTE=WERT` nur diese Zeilen", "`COLUMN=VALUE` only these rows").In(env.Lang))
	flags.StringVar(&in.Confirmer, "confirmer", "", base.T("`ID` Person, die für den Fachbereich bestätigt", "`ID` person who confirms for the department").In(env.Lang))
	flags.StringVar(&in.Note, "note", "", base.T("`TEXT` Anmerkung", "`TEXT` note").In(env.Lang))
	if _, err := env.Parse(flags, args, 0, 0); err != nil {
		return err
	}
	if (in.Plan == "") == (in.Metric == "") {
		return env.usage(flags, base.T("Entweder --plan oder --metric mit --from.", "Either --plan, or --metric with --from."))
	}
	if in.Plan != "" {
		in.Grain = ""
	}
	var c closing.View
	if err := env.Call(ctx, http.MethodPost, "/closings", in, &c); err != nil {
		return err
	}
	return env.Print(c, func(w io.Writer) { env.closing(w, &c) })
}

func closingStep(ctx context.Context, env *Env, args []string, step string, reason bool) error {
	shape := "closing " + step + " ID [--note TEXT]"
	if reason {
		shape = "closing " + step + " ID --note TEXT"
	}
	flags := env.Flags(shape)
	note := flags.String("note", "", base.T("`TEXT` Grund oder Anmerkung", "`TEXT` reason or note").In(env.Lang))
	ids, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	at := "/closings/" + url.PathEscape(ids[0])
	var c closing.View
	if err := env.Call(ctx, http.MethodGet, at, nil, &c); err != nil {
		return err
	}
	if err := env.Call(ctx, http.MethodPost, at+"/"+step, closing.StepBody{Note: *note}, &c, IfMatch(c.Version)); err != nil {
		return err
	}
	return env.Print(c, func(w io.Writer) { env.closing(w, &c) })
}
