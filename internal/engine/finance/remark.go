package finance

import (
	"strings"

	"lotse.dev/lotse/internal/base"
)

// remark notes what a reader must know beside the figures of a result.
func remark(c *Case, r *Result) {
	remarkInputs(c, &r.Remarks)
	for _, b := range c.Benefits {
		if b.FromTime {
			r.Remarks.Add("time_as_cash", base.T("„%s“ ist freigesetzte Zeit, die als Geld zählt, weil ihre Verwendung benannt ist: %s.",
				"“%s” is released time that counts as cash because its use is named: %s.", title(b.Name, b.ID), strings.TrimSpace(b.Use)))
		}
	}
	if r.Cash.Costs.Internal.Total != 0 {
		r.Remarks.Add("internal_counts", base.T("Eigene Personentage zählen mit ihrem Tagessatz als Kosten, obwohl das Gehalt ohnehin gezahlt wird.",
			"Own days count as cost at their day rate although the salaries are paid anyway."))
	}
	switch irr := r.Cash.IRR; {
	case irr.Count == 0:
		r.Remarks.Add("irr_none", base.T("Einen internen Zinsfuß gibt es nicht.", "There is no internal rate of return."))
	case irr.Count > 1:
		r.Remarks.Add("irr_several", base.T("Es gibt %d interne Zinsfüße; keiner von ihnen ist eine Rendite. Maßgeblich ist der Kapitalwert.",
			"There are %d internal rates; none of them is a return. The net present value decides.", irr.Count))
	}
	if _, _, again := Payback(roundingTo(r.Decimals).floats(r.Cash.Net)); again {
		r.Remarks.Add("payback_lost", base.T("Die Auszahlungen waren schon einmal zurückgeflossen und werden später wieder unterschritten; die Amortisation zählt ab dem letzten Mal.",
			"The outlay had come back once and is fallen below again later; payback counts from the last time."))
	}
}

func remarkInputs(c *Case, remarks *base.Remarks) {
	guesses, bare := 0, 0
	for _, s := range slots(c) {
		if s.in.Absent() || s.in.Origin != Guessed {
			continue
		}
		guesses++
		if !s.in.Uncertain() {
			bare++
		}
	}
	if guesses > 0 {
		remarks.Add("guessed", base.N(guesses, base.T("Eine Angabe ist geraten.", "One input is guessed."),
			base.T("%d Angaben sind geraten.", "%d inputs are guessed.", guesses)))
	}
	if bare > 0 {
		remarks.Add("guess_without_range", base.N(bare, base.T("Eine geratene Angabe hat keine Spanne; die Unsicherheit ist größer als gezeigt.",
			"One guessed input has no range; the uncertainty is larger than shown."),
			base.T("%d geratene Angaben haben keine Spanne; die Unsicherheit ist größer als gezeigt.",
				"%d guessed inputs have no range; the uncertainty is larger than shown.", bare)))
	}
}

func title(name, id string) string {
	if name != "" {
		return name
	}
	return id
}
