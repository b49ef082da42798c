package finance

import (
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// remark notes what a reader must know beside the figures of a result.
func remark(c *Case, r *Result) {
	remarkInputs(c, &r.Remarks)
	if len(c.Benefits) > 0 && !slices.ContainsFunc(c.Benefits, Benefit.brings) {
		r.Remarks.Add("benefits_zero", base.T("Kein Nutzen ist größer als null. Bitte tragen Sie ein, was das Vorhaben bringt, oder begründen Sie beim Vorlegen und Freigeben, warum es sich trotzdem lohnt.",
			"No benefit is above zero. Please enter what the initiative brings, or give the reason when proposing and approving it why it is worth doing all the same."))
	}
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
	guesses, bare, all := 0, 0, 0
	for _, s := range slots(c) {
		if s.in.Absent() {
			continue
		}
		all++
		if s.in.Origin != Guessed {
			continue
		}
		guesses++
		if !s.in.Uncertain() {
			bare++
		}
	}
	switch {
	case guesses > 1 && guesses == all:
		remarks.Add("all_guessed", base.T("Alle %d Angaben sind geraten. Eine Freigabe stützt sich damit auf nichts Gemessenes, Angebotenes oder Geschätztes.",
			"All %d inputs are guessed. An approval would rest on nothing that was measured, quoted or estimated.", guesses))
	case guesses > 0:
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

// brings says whether a line can be anything but nothing: hours and quantities count without a price.
func (b Benefit) brings() bool {
	some := func(in Input) bool {
		return !in.Absent() && (in.Quantile(0) != 0 || in.Likely() != 0 || in.Quantile(1) != 0)
	}
	if b.Class == ReleasedTime || b.Class == Other {
		return some(b.Quantity)
	}
	return some(b.Price) && (b.Quantity.Absent() || some(b.Quantity))
}

func title(name, id string) string {
	if name != "" {
		return name
	}
	return id
}
