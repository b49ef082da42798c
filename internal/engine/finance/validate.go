package finance

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
)

// Limits of a case beside its horizon of 120 months.
const (
	mostLines     = 200 // costs, and benefits
	mostRoles     = 50
	mostScenarios = 20
	longestText   = 500
)

var (
	idForm       = regexp.MustCompile(`^[A-Za-z0-9_-]{1,60}$`)
	currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)
)

// Validate gathers everything that is wrong with a case, by JSON path; an empty list means that every function of
// this package can work on it.
func Validate(c Case) []base.FieldError {
	v := &checker{months: c.Months}
	v.head(&c)
	v.lines(&c)
	v.inputs(&c)
	v.scenarios(&c)
	return v.errors
}

// Check is Validate as one error that carries all fields, nil when the case is sound.
func Check(c Case) error { return refused(Validate(c)) }

func refused(fields []base.FieldError) error {
	if len(fields) == 0 {
		return nil
	}
	err := base.Fail(base.Refused, "invalid_case", base.T("Der Business Case enthält Angaben, die so nicht gehen.", "The business case has entries that cannot be used.")).
		WithHint(base.T("Die genannten Felder berichtigen.", "Correct the fields named."))
	err.Fields = fields
	return err
}

type checker struct {
	months int
	errors []base.FieldError
}

func (v *checker) refuse(path, de, en string, args ...any) {
	v.errors = append(v.errors, base.FieldError{Field: path, Text: base.T(de, en, args...)})
}

func (v *checker) head(c *Case) {
	if _, err := time.Parse("2006-01", c.Start); err != nil {
		v.refuse("start", "Ein Monat der Form JJJJ-MM ist nötig.", "A month of the form YYYY-MM is needed.")
	}
	if c.Months < 1 || c.Months > longest {
		v.refuse("months", "1 bis %d Monate sind möglich.", "1 to %d months are possible.", longest)
	}
	if !currencyForm.MatchString(c.Currency) {
		v.refuse("currency", "Ein Währungskürzel aus drei Großbuchstaben ist nötig.", "A currency code of three capital letters is needed.")
	}
	oneOf(v, "timing", c.Timing, "", End, Middle, Begin)
	v.text("name", c.Name)
	v.count("roles", len(c.Roles), mostRoles)
	v.count("costs", len(c.Costs), mostLines)
	v.count("benefits", len(c.Benefits), mostLines)
	v.count("scenarios", len(c.Scenarios), mostScenarios)
	if len(c.Costs)+len(c.Benefits) == 0 {
		v.refuse("costs", "Mindestens eine Zeile ist nötig.", "At least one line is needed.")
	}
}

func (v *checker) count(path string, n, most int) {
	if n > most {
		v.refuse(path, "Höchstens %d Einträge sind möglich.", "At most %d entries are possible.", most)
	}
}

func (v *checker) text(path, s string) {
	if len(s) > longestText {
		v.refuse(path, "Höchstens %d Zeichen sind möglich.", "At most %d characters are possible.", longestText)
	}
}

func oneOf[T ~string](v *checker, path string, value T, allowed ...T) {
	if slices.Contains(allowed, value) {
		return
	}
	var names []string
	for _, a := range allowed {
		if a != "" {
			names = append(names, string(a))
		}
	}
	list := strings.Join(names, ", ")
	v.refuse(path, "Möglich sind: %s.", "Possible are: %s.", list)
}

// ids refuses malformed ids and those that stand twice.
func (v *checker) ids(seen map[string]bool, path, id string) {
	switch {
	case !idForm.MatchString(id):
		v.refuse(path+".id", "Eine Kennung aus 1 bis 60 Buchstaben ohne Umlaute, Ziffern, - und _ ist nötig.", "An id of 1 to 60 letters, digits, - and _ is needed.")
	case seen[id]:
		v.refuse(path+".id", "Die Kennung %s steht schon an anderer Stelle.", "The id %s stands elsewhere already.", id)
	}
	seen[id] = true
}

func (v *checker) inputs(c *Case) {
	for _, s := range slots(c) {
		switch {
		case s.in.Absent() && (s.rule.needed || *s.in != Input{}):
			v.refuse(s.path, "Ein Wert oder eine Spanne ist nötig.", "A value or a range is needed.")
		case s.in.Absent():
		case !s.rule.allowed:
			v.refuse(s.path, "Diese Angabe gibt es bei dieser Art von Zeile nicht.", "Lines of this kind have no such entry.")
		default:
			v.input(s)
		}
	}
}

func (v *checker) input(s slot) {
	in := s.in
	oneOf(v, s.path+".origin", in.Origin, Origins()...)
	v.text(s.path+".ref", in.Ref)
	v.text(s.path+".driver", in.Driver)
	if (in.Origin == Measured || in.Origin == Quoted) && strings.TrimSpace(in.Ref) == "" {
		v.refuse(s.path+".ref", "Gemessenes und Angebotenes braucht den Beleg.", "What is measured or quoted needs its reference.")
	}
	if in.Value != nil && in.Range != nil {
		v.refuse(s.path, "Entweder ein Wert oder eine Spanne, nicht beides.", "Either a value or a range, not both.")
		return
	}
	if in.Value != nil {
		v.within(s.path+".value", *in.Value, s.rule)
		oneOf(v, s.path+".distribution", in.Distribution, "", Fixed)
		return
	}
	v.spread(s)
}

// spread checks a range and whether its distribution can carry it.
func (v *checker) spread(s slot) {
	r := *s.in.Range
	ok := v.within(s.path+".range.min", r.Min, s.rule)
	ok = v.within(s.path+".range.likely", r.Likely, s.rule) && ok
	ok = v.within(s.path+".range.max", r.Max, s.rule) && ok
	oneOf(v, s.path+".distribution", s.in.Distribution, append(Distributions(), "")...)
	if !ok {
		return
	}
	if r.Min > r.Likely || r.Likely > r.Max {
		v.refuse(s.path+".range", "Die Reihenfolge ist niedrig, wahrscheinlich, hoch.", "The order is min, likely, max.")
	}
	if s.in.Distribution == Fixed && r.Min < r.Max {
		v.refuse(s.path+".distribution", "Eine feste Angabe hat keine Spanne.", "A fixed input has no range.")
	}
	if s.in.Distribution == LogNormal && r.Min <= 0 {
		v.refuse(s.path+".range.min", "Die Lognormalverteilung braucht Werte über null.", "The lognormal distribution needs values above zero.")
	}
}

func (v *checker) within(path string, x float64, r rule) bool {
	if math.IsNaN(x) || x < r.low || x > r.high {
		v.refuse(path, "Möglich sind Werte von %v bis %v.", "Values from %v to %v are possible.", r.low, r.high)
		return false
	}
	return true
}

func (v *checker) scenarios(c *Case) {
	known := map[string]slot{}
	for _, s := range slots(c) {
		if s.rule.allowed {
			known[s.key] = s
		}
	}
	names := map[string]bool{NamePessimistic: true, NameLikely: true, NameOptimistic: true}
	for i, s := range c.Scenarios {
		path := at("scenarios", i)
		v.text(path+".name", s.Name)
		if strings.TrimSpace(s.Name) == "" || names[s.Name] {
			v.refuse(path+".name", "Ein eigener Name ist nötig.", "A name of its own is needed.")
		}
		names[s.Name] = true
		for _, key := range slices.Sorted(maps.Keys(s.Set)) {
			if place, ok := known[key]; !ok {
				v.refuse(path+".set."+key, "Diese Angabe gibt es im Business Case nicht.", "The business case has no such input.")
			} else {
				v.within(path+".set."+key, s.Set[key], place.rule)
			}
		}
	}
}
