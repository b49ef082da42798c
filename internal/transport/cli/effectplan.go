package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"text/tabwriter"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance/closing"
	"lotse.dev/lotse/internal/domain/governance/effectplan"
	"lotse.dev/lotse/internal/domain/governance/ledger"
	"lotse.dev/lotse/internal/engine/metric"
	registers "lotse.dev/lotse/internal/register"
)

func init() {
	register(Command{Name: "effect plan", Usage: base.T("Wirkungspläne zeigen, vorlegen, unterschreiben", "show, propose and sign effect plans"), Run: effectPlan})
	register(Command{Name: "ledger list", Usage: base.T("bewiesenen Beitrag nach Nutzenklassen zeigen", "show proven contribution by benefit class"), Run: ledgerList})
}

// planSteps are what can be done with a plan.
var planSteps = []string{"propose", "withdraw", "sign", "refuse"}

func effectPlan(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("effect plan list | show ID | propose|withdraw|sign|refuse ID [--note TEXT]")
	note := flags.String("note", "", base.T("`TEXT` Grund, nötig bei refuse", "`TEXT` reason, needed by refuse").In(env.Lang))
	words, err := env.Parse(flags, args, 1, 2)
	if err != nil {
		return err
	}
	switch {
	case words[0] == "list" && len(words) == 1:
		return planList(ctx, env)
	case words[0] == "show" && len(words) == 2:
		return planShow(ctx, env, words[1])
	case slices.Contains(planSteps, words[0]) && len(words) == 2:
		return planStep(ctx, env, words[0], words[1], *note)
	}
	return env.usage(flags, base.T("Erwartet wird list, show ID oder ein Schritt mit ID.", "Expected is list, show ID, or a step with ID."))
}

func planList(ctx context.Context, env *Env) error {
	var list closing.EffectList
	if err := env.Call(ctx, http.MethodGet, "/effects", nil, &list); err != nil {
		return err
	}
	return env.Print(list, func(w io.Writer) {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprintln(t, base.T("Kennung\tPlan\tKennzahl\tStand\tKlasse\tUrteil\tWirkung", "Id\tPlan\tMetric\tState\tClass\tVerdict\tEffect").In(env.Lang))
		for _, i := range list.Items {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", i.Plan, i.Title, i.MetricName, i.State, dashed(i.Class), dashed(i.Verdict), env.figure(i.Estimate, metric.Unit(i.Unit), i.Currency))
		}
		t.Flush()
	})
}

func dashed(s *string) string {
	if s == nil {
		return "–"
	}
	return *s
}

func planShow(ctx context.Context, env *Env, id string) error {
	var one closing.EffectOne
	if err := env.Call(ctx, http.MethodGet, "/effects/"+url.PathEscape(id), nil, &one); err != nil {
		return err
	}
	return env.Print(one, func(w io.Writer) {
		fmt.Fprintf(w, "%s: %s, %s\n", one.Title, one.State, dashed(one.Class))
		fmt.Fprintln(w, base.T("  gemessen: %d von %d Zeiträumen", "  measured: %d of %d periods", one.Measured, one.Periods).In(env.Lang))
		if one.Estimate != nil {
			env.writeEffect(w, &one.Effect)
		}
		env.worth(w, one.Worth.Class, one.Worth.Unit, one.Worth.Low, one.Worth.Middle, one.Worth.High)
		if one.Problem != nil {
			fmt.Fprintln(w, "  "+one.Problem.In(env.Lang))
		}
	})
}

// benefitClasses are the classes as people read them.
var benefitClasses = map[string]base.Text{"cash": base.T("zahlungswirksam", "cash"), "avoided_cost": base.T("vermiedene Kosten", "avoided cost"),
	"released_time": base.T("freigesetzte Zeit", "released time"), "other": base.T("sonstiger Nutzen", "other benefit")}

// worth writes one class on a line of its own.
func (e *Env) worth(w io.Writer, class, unit string, low, middle, high *float64) {
	if middle == nil {
		return
	}
	number := func(v *float64) string {
		if v == nil {
			return "–"
		}
		return base.FormatFloat(*v, 0, e.Lang)
	}
	fmt.Fprintln(w, base.T("  %s: %s %s je Jahr (%s bis %s)", "  %s: %s %s a year (%s to %s)", benefitClasses[class], number(middle), unit, number(low), number(high)).In(e.Lang))
}

func planStep(ctx context.Context, env *Env, step, id, note string) error {
	var have, after registers.One
	if err := env.Call(ctx, http.MethodGet, recordPath(effectplan.Name, id), nil, &have); err != nil {
		return err
	}
	if err := env.Call(ctx, http.MethodPost, "/effect_plans/"+url.PathEscape(id)+"/"+step, effectplan.StepBody{Note: note}, &after, IfMatch(have.Version)); err != nil {
		return err
	}
	return env.Print(after, func(w io.Writer) {
		class, _ := after.Value["class"].(string)
		fmt.Fprintf(w, "%v: %s %s\n", after.Value["title"], after.State, class)
	})
}

func ledgerList(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("ledger list [--initiative ID]")
	initiative := flags.String("initiative", "", base.T("`ID` nur dieses Vorhaben", "`ID` only this initiative").In(env.Lang))
	if _, err := env.Parse(flags, args, 0, 0); err != nil {
		return err
	}
	var a ledger.Answer
	if err := env.Call(ctx, http.MethodGet, "/ledger?"+url.Values{"initiative": {*initiative}}.Encode(), nil, &a); err != nil {
		return err
	}
	return env.Print(a, func(w io.Writer) {
		for _, part := range []struct {
			title base.Text
			of    func(ledger.ClassView) *ledger.Span
		}{
			{base.T("Bestätigt", "Confirmed"), func(c ledger.ClassView) *ledger.Span { return c.Confirmed }},
			{base.T("Gemessen, noch nicht unterschrieben", "Measured, not signed yet"), func(c ledger.ClassView) *ledger.Span { return c.Measured }},
			{base.T("Versprochen in freigegebenen Business Cases", "Claimed by approved business cases"), func(c ledger.ClassView) *ledger.Span { return c.Claimed }},
		} {
			fmt.Fprintln(w, part.title.In(env.Lang))
			for _, c := range a.Classes {
				if s := part.of(c); s != nil {
					env.worth(w, c.Class, c.Unit, s.Low, s.Middle, s.High)
				}
			}
		}
		for _, k := range a.Entries {
			fmt.Fprintf(w, "%s  %s  %s  %s  %s\n", k.ID, k.Sort, k.Title, k.SignedBy, k.SignedAt)
		}
	})
}
