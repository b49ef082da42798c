package finance

import (
	"math"
	"slices"
	"strings"
)

// lines checks what stands in roles, costs and benefits beside their inputs.
func (v *checker) lines(c *Case) {
	roles, ids := map[string]bool{}, map[string]bool{}
	for i, r := range c.Roles {
		v.ids(roles, at("roles", i), r.ID)
		v.text(at("roles", i)+".name", r.Name)
	}
	rates := map[string]float64{}
	for _, r := range c.Roles {
		rates[r.ID] = largest(r.DayRate)
	}
	for i := range c.Costs {
		v.ids(ids, at("costs", i), c.Costs[i].ID)
		v.cost(c, at("costs", i), &c.Costs[i], rates)
	}
	for i := range c.Benefits {
		v.ids(ids, at("benefits", i), c.Benefits[i].ID)
		v.benefit(at("benefits", i), &c.Benefits[i])
	}
}

func (v *checker) cost(c *Case, path string, l *Cost, rates map[string]float64) {
	oneOf(v, path+".kind", l.Kind, CostKinds()...)
	v.text(path+".name", l.Name)
	single := l.Kind == OneOff || l.Kind == Funding
	if single {
		v.month(path+".month", l.Month)
	}
	v.unused(path+".month", l.Month != 0 && !single)
	v.unused(path+".from", l.From != 0 && single)
	v.unused(path+".to", l.To != 0 && single)
	v.unused(path+".every", l.Every != "" && l.Kind != Running)
	v.unused(path+".role", l.Role != "" && l.Kind != Internal)
	v.unused(path+".eligible", len(l.Eligible) > 0 && l.Kind != Funding)
	v.unused(path+".ramp.shape", l.Ramp.Shape != "" && l.Kind != Licences)
	v.unused(path+".fixed_price", l.FixedPrice && single)
	if !single {
		v.span(path, l.From, l.To)
	}
	oneOf(v, path+".every", l.Every, "", Monthly, Yearly)
	oneOf(v, path+".ramp.shape", l.Ramp.Shape, "", Linear, SCurve)
	switch l.Kind {
	case Internal:
		if _, ok := rates[l.Role]; !ok {
			v.refuse(path+".role", "Diese Rolle steht nicht unter roles.", "This role does not stand among roles.")
		}
		v.product(path+".days", largest(l.Days)*rates[l.Role])
	case Licences:
		v.product(path+".users", largest(l.Price)*largest(l.Users))
	case Funding:
		v.funding(c, path, l)
	}
}

// funding wants either a fixed sum, or a share of lines that are no funding themselves.
func (v *checker) funding(c *Case, path string, l *Cost) {
	if l.Amount.Absent() == l.Share.Absent() {
		v.refuse(path+".share", "Entweder ein fester Betrag oder ein Anteil ist nötig.", "Either a fixed amount or a share is needed.")
	}
	v.unused(path+".cap", l.Share.Absent() && !l.Cap.Absent())
	v.unused(path+".eligible", l.Share.Absent() && len(l.Eligible) > 0)
	if !l.Share.Absent() && len(l.Eligible) == 0 {
		v.refuse(path+".eligible", "Die Kostenzeilen, von denen der Anteil gilt, sind nötig.", "The cost lines that the share is of are needed.")
	}
	for i, id := range l.Eligible {
		known := slices.ContainsFunc(c.Costs, func(o Cost) bool { return o.ID == id && o.Kind != Funding })
		if !known || slices.Index(l.Eligible, id) < i {
			v.refuse(at(path+".eligible", i), "Hier steht jede Kostenzeile einmal, Förderung nicht.", "Each cost line stands here once, funding does not.")
		}
	}
}

func (v *checker) benefit(path string, l *Benefit) {
	oneOf(v, path+".class", l.Class, Classes()...)
	oneOf(v, path+".ramp.shape", l.Ramp.Shape, "", Linear, SCurve)
	v.text(path+".name", l.Name)
	v.text(path+".unit", l.Unit)
	v.text(path+".use", l.Use)
	v.span(path, l.From, l.To)
	use := strings.TrimSpace(l.Use) != ""
	switch {
	case l.Class == Cash && l.FromTime && !use:
		v.refuse(path+".use", "Freigesetzte Zeit wird erst durch eine benannte Verwendung zu Geld.", "Released time becomes cash only with a named use.")
	case l.Class == Cash && use && !l.FromTime:
		v.refuse(path+".from_time", "Eine Verwendung gehört zu freigesetzter Zeit.", "A use belongs to released time.")
	case l.Class != Cash && (use || l.FromTime):
		v.refuse(path+".class", "Freigesetzte Zeit mit benannter Verwendung ist eine eigene Zeile der Klasse cash.", "Released time with a named use is a line of its own in class cash.")
	}
	if l.Class == Other && strings.TrimSpace(l.Unit) == "" {
		v.refuse(path+".unit", "Eine Einheit ist nötig.", "A unit is needed.")
	}
	v.unused(path+".fixed_price", l.FixedPrice && l.Class == Other)
	if !l.Price.Absent() && !l.Quantity.Absent() {
		v.product(path+".price", largest(l.Price)*largest(l.Quantity))
	}
}

func (v *checker) unused(path string, filled bool) {
	if filled {
		v.refuse(path, "Diese Angabe gibt es bei dieser Art von Zeile nicht.", "Lines of this kind have no such entry.")
	}
}

func (v *checker) month(path string, m int) {
	if m < 1 || m > v.months {
		v.refuse(path, "Ein Monat von 1 bis zum Ende des Zeitraums ist nötig.", "A month from 1 to the horizon is needed.")
	}
}

// span checks first and last month; 0 stands for the ends of the horizon.
func (v *checker) span(path string, from, to int) {
	if from != 0 {
		v.month(path+".from", from)
	}
	if to != 0 {
		v.month(path+".to", to)
	}
	if from != 0 && to != 0 && from > to {
		v.refuse(path+".to", "Der letzte Monat liegt vor dem ersten.", "The last month is before the first.")
	}
}

func (v *checker) product(path string, amount float64) {
	if amount > largestMoney {
		v.refuse(path, "Mehr als %v im Monat sind nicht möglich.", "More than %v a month is not possible.", float64(largestMoney))
	}
}

// largest is the largest magnitude of an input's range.
func largest(in Input) float64 {
	switch {
	case in.Value != nil:
		return math.Abs(*in.Value)
	case in.Range != nil:
		return max(math.Abs(in.Range.Min), math.Abs(in.Range.Max))
	}
	return 0
}
