package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"text/tabwriter"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/finding"
)

func init() {
	register(Command{Name: "finding list", Usage: base.T("Befunde nach Rang zeigen", "show findings by rank"), Run: findingList})
}

// What findings can be narrowed to.
var (
	findingKinds = []string{finding.KindRework, finding.KindWaiting, finding.KindVariants, finding.KindPingPong,
		finding.KindResponse, finding.KindSlow, finding.KindReturns}
	findingStates = []string{string(finding.StateNew), string(finding.StateOpen), string(finding.StateDismissed)}
)

// oneOf refuses a value of a flag that is none of those that exist.
func oneOf(flag, value string, allowed []string) error {
	if value == "" || slices.Contains(allowed, value) {
		return nil
	}
	return base.Fail(base.Usage, "wrong_use", base.T("„%s“ ist kein Wert für --%s.", "“%s” is no value of --%s.", value, flag)).
		WithHint(base.T("Möglich: %s.", "Possible: %s.", strings.Join(allowed, ", ")))
}

func findingList(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("finding list [--process NAME] [--kind KIND] [--state new|open|dismissed]")
	process := flags.String("process", "", base.T("`NAME` nur Befunde dieses Prozesses", "`NAME` only findings of this process").In(env.Lang))
	kind := flags.String("kind", "", base.T("`ART` nur Befunde dieser Art: %s", "`KIND` only findings of this kind: %s", strings.Join(findingKinds, ", ")).In(env.Lang))
	state := flags.String("state", "", base.T("`STAND` nur Befunde in diesem Stand: %s", "`STATE` only findings in this state: %s", strings.Join(findingStates, ", ")).In(env.Lang))
	if _, err := env.Parse(flags, args, 0, 0); err != nil {
		return err
	}
	if err := errors.Join(oneOf("kind", *kind, findingKinds), oneOf("state", *state, findingStates)); err != nil {
		return err
	}
	query := url.Values{"process": {*process}, "kind": {*kind}, "state": {*state}}
	var list finding.List
	if err := env.Call(ctx, http.MethodGet, "/findings?"+query.Encode(), nil, &list); err != nil {
		return err
	}
	return env.Print(list, func(w io.Writer) { env.findings(w, list) })
}

func (e *Env) findings(w io.Writer, list finding.List) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, f := range list.Items {
		place := fmt.Sprint(f.Rank)
		if f.Rank == 0 {
			place = base.T("verworfen", "dismissed").In(e.Lang)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", place, f.Number, e.findingSize(f), e.findingEuros(f), f.Title.In(e.Lang))
	}
	t.Flush()
	for _, r := range list.Remarks {
		fmt.Fprintln(w, r.Text.In(e.Lang))
	}
}

func (e *Env) findingSize(f finding.Finding) string {
	number := base.FormatFloat(f.Size.Value, 0, e.Lang)
	if f.Size.Low != nil && f.Size.High != nil {
		number = base.FormatFloat(*f.Size.Low, 0, e.Lang) + "–" + base.FormatFloat(*f.Size.High, 0, e.Lang)
	}
	unit := map[finding.Unit]base.Text{
		finding.LeadTimeHours: base.T("Std. Durchlaufzeit/Jahr", "h lead time/year"),
		finding.WorkingHours:  base.T("Arbeitsstunden/Jahr", "working hours/year"),
		finding.CasesPerYear:  base.T("Fälle/Jahr", "cases/year"),
		finding.CurrencyYear:  base.T(f.Size.Currency+"/Jahr", f.Size.Currency+"/year"),
	}[f.Size.Unit]
	return number + " " + unit.In(e.Lang)
}

func (e *Env) findingEuros(f finding.Finding) string {
	if f.Euros == nil {
		return "–"
	}
	return base.FormatFloat(f.Euros.Low, 0, e.Lang) + "–" + base.FormatFloat(f.Euros.High, 0, e.Lang) + " " + f.Euros.Currency
}
