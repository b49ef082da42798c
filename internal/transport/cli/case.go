package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"text/tabwriter"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/strategy/businesscase"
	"lotse.dev/lotse/internal/engine/finance"
	"lotse.dev/lotse/internal/transport/report"
)

func init() {
	register(Command{Name: "case evaluate", Usage: base.T("einen Business Case rechnen: Kapitalwert, Spanne, was entscheidet", "assess a business case: net present value, range, what decides"), Run: evaluateCase})
}

func evaluateCase(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("case evaluate FILE [--draws 100000] [--seed 1] [--xlsx BOOK]")
	draws := flags.Int("draws", finance.DefaultDraws, base.T("so oft ziehen", "draw so many times").In(env.Lang))
	seed := flags.Uint64("seed", 1, base.T("Startwert des Zufalls; derselbe gibt dieselben Zahlen", "seed of the draws; the same one gives the same figures").In(env.Lang))
	book := flags.String("xlsx", "", base.T("dazu eine Tabelle mit lebenden Formeln schreiben", "also write a workbook with living formulas").In(env.Lang))
	files, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	if *draws < 1 {
		return base.Fail(base.Usage, "wrong_use", base.T("--draws muss mindestens 1 sein.", "--draws must be at least 1."))
	}
	data, err := readProblem(files[0])
	if err != nil {
		return err
	}
	c, err := finance.Decode(bytes.NewReader(data))
	if err != nil {
		e := base.AsError(err)
		e.Place.File = files[0]
		return e
	}
	a, err := businesscase.Assess(ctx, c, finance.Options{Seed: *seed, Draws: *draws})
	if err != nil {
		return err
	}
	base.Localize(a, env.Lang)
	if *book != "" {
		if err := writeBook(*book, a, env.Lang); err != nil {
			return err
		}
	}
	return env.Print(&a.Assessment, func(w io.Writer) { env.writeCase(w, a) })
}

// writeBook writes the workbook with formulas; a file that is there already stays.
func writeBook(path string, a *businesscase.Assessed, lang base.Lang) error {
	f, err := report.CaseBook(a, lang)
	if err != nil {
		return err
	}
	defer f.Close()
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return base.Fail(base.Refused, "file_not_written", base.T("Diese Datei lässt sich nicht anlegen.", "This file cannot be made.")).
			WithHint(base.T("Nehmen Sie einen Namen, den es noch nicht gibt, in einem Ordner, in den Sie schreiben dürfen.", "Take a name that is not there yet, in a folder that you may write to.")).
			At(base.Place{File: path}).Because(err)
	}
	return errors.Join(f.Write(out), out.Close())
}

// writeCase writes what a controller asks first, each class by itself.
func (e *Env) writeCase(w io.Writer, assessed *businesscase.Assessed) {
	c, a := &assessed.Case, &assessed.Assessment
	r, s := &a.Result, &a.Simulation.Cash
	money := func(v finance.Amount) string { return e.amount(v, r.Decimals, r.Currency) }
	if c.Name != "" {
		fmt.Fprintln(w, c.Name)
	}
	fmt.Fprintln(w, base.T("Der Kapitalwert liegt zwischen %s und %s (neun von zehn Ziehungen), mit %s Wahrscheinlichkeit positiv.",
		"The net present value lies between %s and %s (nine of ten draws), positive with a probability of %s.", money(assessed.NPVLow), money(assessed.NPVHigh), e.share(s.Positive)).In(e.Lang))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(de, en, value string) { fmt.Fprintf(t, "%s\t%s\n", base.T(de, en).In(e.Lang), value) }
	line("Kapitalwert, wahrscheinliche Werte", "Net present value, likely values", money(r.Cash.NPV))
	line("Interner Zinsfuß", "Internal rate of return", e.rates(r.Cash.IRR))
	line("Rückfluss", "Payback", e.months(r.Cash.Payback))
	if r.Cash.ROI != nil {
		line("Rendite, nicht diskontiert", "Return on investment, not discounted", e.share(*r.Cash.ROI))
	}
	line("Größter Geldbedarf", "Largest cash need", money(r.Cash.Need.Amount))
	line("Kosten, Barwert", "Cost, present value", money(r.Cash.Costs.Total.Present))
	fmt.Fprintf(t, "\n%s\n", base.T("Nutzen nach Klassen, nie addiert\tBarwert", "Benefit by class, never added\tPresent value").In(e.Lang))
	line("Zahlungswirksam", "Cash", money(r.Cash.Benefit.Present))
	if r.AvoidedCost != nil {
		line("Vermiedene Kosten", "Avoided cost", money(r.AvoidedCost.Present))
	}
	if r.ReleasedTime != nil {
		line("Freigesetzte Zeit", "Released time", base.FormatFloat(math.Round(r.ReleasedTime.TotalHours), 0, e.Lang)+base.T(" Std.", " h").In(e.Lang))
	}
	for _, o := range r.Other {
		line(o.Name, o.Name, base.FormatFloat(o.Monthly[len(o.Monthly)-1], 1, e.Lang)+" "+o.Unit+base.T(" im letzten Monat", " in the last month").In(e.Lang))
	}
	t.Flush()
	e.writeTornado(w, assessed, money)
	e.writeScenarios(w, a, money)
	e.writeRemarks(w, r.Remarks)
}

func (e *Env) writeTornado(w io.Writer, assessed *businesscase.Assessed, money func(finance.Amount) string) {
	bars := assessed.Assessment.Tornado.Bars
	if len(bars) == 0 {
		return
	}
	titles := map[string]string{}
	for _, in := range assessed.Inputs {
		titles[in.Key] = in.Title.In(e.Lang)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "\n%s\n", base.T("Was am meisten entscheidet\tHerkunft\tKapitalwert bei 10 %\tbei 90 %", "What decides most\tOrigin\tNet present value at 10 %\tat 90 %").In(e.Lang))
	for _, b := range bars[:min(len(bars), 8)] {
		name := b.Driver
		if name == "" {
			name = titles[b.Inputs[0].Key]
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", name, originWords[b.Inputs[0].Origin].In(e.Lang), money(b.NPVLow), money(b.NPVHigh))
	}
	t.Flush()
}

func (e *Env) writeScenarios(w io.Writer, a *finance.Assessment, money func(finance.Amount) string) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "\n%s\n", base.T("Szenario\tKapitalwert\tRückfluss", "Scenario\tNet present value\tPayback").In(e.Lang))
	for _, s := range a.Scenarios {
		name := s.Name
		if word, ok := scenarioWords[s.Name]; ok {
			name = word.In(e.Lang)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\n", name, money(s.Result.Cash.NPV), e.months(s.Result.Cash.Payback))
	}
	t.Flush()
}

var (
	originWords = map[finance.Origin]base.Text{finance.Measured: base.T("gemessen", "measured"), finance.Quoted: base.T("Angebot", "quoted"),
		finance.Estimated: base.T("geschätzt", "estimated"), finance.Guessed: base.T("geraten", "guessed")}
	scenarioWords = map[string]base.Text{finance.NamePessimistic: base.T("ungünstig", "pessimistic"), finance.NameLikely: base.T("wahrscheinlich", "likely"),
		finance.NameOptimistic: base.T("günstig", "optimistic")}
)

func (e *Env) amount(a finance.Amount, decimals int, currency string) string {
	return base.FormatFloat(float64(a)/math.Pow10(decimals), decimals, e.Lang) + " " + currency
}

func (e *Env) share(v float64) string { return base.FormatFloat(100*v, 1, e.Lang) + " %" }

func (e *Env) months(v *float64) string {
	if v == nil {
		return base.T("nicht im Zeitraum", "not within the horizon").In(e.Lang)
	}
	return base.T("%s Monate", "%s months", base.FormatFloat(*v, 1, e.Lang)).In(e.Lang)
}

// rates names the one internal rate; none or several are no return.
func (e *Env) rates(irr finance.IRR) string {
	switch irr.Count {
	case 0:
		return base.T("keiner", "none").In(e.Lang)
	case 1:
		return e.share(irr.Rates[0])
	}
	return base.T("%d, keiner davon ist eine Rendite", "%d, none of them is a return", irr.Count).In(e.Lang)
}
