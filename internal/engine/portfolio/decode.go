package portfolio

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// Decode reads a problem from JSON. Everything that is not as it should be is refused at once, each with its path:
// unknown and repeated fields, wrong types, and what Validate finds.
func Decode(data []byte) (*Problem, error) {
	root, err := tree(data)
	if err != nil {
		return nil, err
	}
	d := &decoder{}
	p := d.problem(root)
	if len(d.fields) == 0 {
		if err := p.Validate(); err != nil {
			return nil, err
		}
		return p, nil
	}
	for _, f := range p.problems() {
		if !d.touched(f.Field) {
			d.fields = append(d.fields, f)
		}
	}
	return nil, refuse(d.fields)
}

// refuse makes the one error of all field errors.
func refuse(fields []base.FieldError) error {
	const most = 100
	e := base.Fail(base.Refused, "problem_refused", base.T("Die Aufgabe ist so nicht lösbar gestellt: %d Angaben sind falsch.",
		"The problem is not well posed: %d entries are wrong.", len(fields))).
		WithHint(base.T("Berichtigen Sie die genannten Felder.", "Correct the fields named."))
	e.Fields = fields[:min(most, len(fields))]
	return e
}

type decoder struct{ fields []base.FieldError }

func (d *decoder) wrong(path string, text base.Text) {
	d.fields = append(d.fields, base.FieldError{Field: path, Text: text})
}

// touched says whether a path, or one above or below it, has an error already.
func (d *decoder) touched(path string) bool {
	for _, f := range d.fields {
		if within(f.Field, path) || within(path, f.Field) {
			return true
		}
	}
	return false
}

func within(path, above string) bool {
	rest, ok := strings.CutPrefix(path, above)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// fieldsOf calls the reader of each field of an object.
func (d *decoder) fieldsOf(path string, v *value, read map[string]func(path string, v *value)) bool {
	if v.kind != 'o' {
		d.wrong(path, base.T("Hier muss ein Objekt stehen.", "This must be an object."))
		return false
	}
	seen := map[string]bool{}
	for i, key := range v.keys {
		at := join(path, key)
		f := read[key]
		switch {
		case f == nil:
			d.wrong(at, base.T("Dieses Feld gibt es nicht.", "There is no such field."))
		case seen[key]:
			d.wrong(at, base.T("Dieses Feld steht zweimal da.", "This field stands here twice."))
		default:
			f(at, v.kids[i])
		}
		seen[key] = true
	}
	return true
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func (d *decoder) problem(v *value) *Problem {
	p := &Problem{}
	initiatives := false
	ok := d.fieldsOf("", v, map[string]func(string, *value){
		"periods": func(at string, v *value) { p.Periods = d.whole(at, v) },
		"limits":  func(at string, v *value) { p.Limits = d.named(at, v, true) },
		"initiatives": func(at string, v *value) {
			initiatives = true
			if v.kind != 'a' {
				d.wrong(at, base.T("Hier muss eine Liste stehen.", "This must be a list."))
				return
			}
			for i, kid := range v.kids {
				p.Initiatives = append(p.Initiatives, d.initiative(fmt.Sprintf("%s[%d]", at, i), kid))
			}
		},
	})
	if ok && !initiatives {
		d.missing("initiatives")
	}
	return p
}

func (d *decoder) missing(path string) {
	d.wrong(path, base.T("Dieses Feld fehlt.", "This field is missing."))
}

func (d *decoder) initiative(path string, v *value) Initiative {
	i := Initiative{}
	ok := d.fieldsOf(path, v, map[string]func(string, *value){
		"id":        func(at string, v *value) { i.ID = d.text(at, v) },
		"value":     func(at string, v *value) { i.Value = d.numbers(at, v, true) },
		"use":       func(at string, v *value) { i.Use = d.named(at, v, false) },
		"after":     func(at string, v *value) { i.After = d.texts(at, v) },
		"excludes":  func(at string, v *value) { i.Excludes = d.texts(at, v) },
		"mandatory": func(at string, v *value) { i.Mandatory = d.truth(at, v) },
		"earliest":  func(at string, v *value) { i.Earliest = d.start(at, v) },
		"latest":    func(at string, v *value) { i.Latest = d.start(at, v) },
		"duration": func(at string, v *value) {
			n := d.whole(at, v)
			i.Duration = &n
		},
	})
	if ok && i.Value == nil && !d.touched(path+".value") {
		d.missing(path + ".value")
	}
	return i
}

// start reads a period, where 0, which means "not given" inside, is refused.
func (d *decoder) start(at string, v *value) int {
	n := d.whole(at, v)
	if n == 0 && !d.touched(at) {
		d.wrong(at, base.T("Perioden zählen ab 1.", "Periods count from 1."))
	}
	return n
}

func (d *decoder) text(at string, v *value) string {
	if v.kind != 's' {
		d.wrong(at, base.T("Hier muss ein Text stehen.", "This must be a text."))
	}
	return v.text
}

func (d *decoder) truth(at string, v *value) bool {
	if v.kind != 'b' {
		d.wrong(at, base.T("Hier muss true oder false stehen.", "This must be true or false."))
	}
	return v.text == "true"
}

func (d *decoder) number(at string, v *value) float64 {
	if v.kind != 'n' {
		d.wrong(at, base.T("Hier muss eine Zahl stehen.", "This must be a number."))
		return 0
	}
	x, err := strconv.ParseFloat(v.text, 64)
	if err != nil {
		d.wrong(at, base.T("Die Zahl %s ist zu groß.", "The number %s is too large.", v.text))
		return 0
	}
	return x
}

func (d *decoder) whole(at string, v *value) int {
	x := d.number(at, v)
	if x != math.Trunc(x) || math.Abs(x) > 1e9 {
		d.wrong(at, base.T("Hier muss eine ganze Zahl stehen.", "This must be a whole number."))
		return 0
	}
	return int(x)
}

// numbers reads a list of numbers, or one number where single.
func (d *decoder) numbers(at string, v *value, single bool) []float64 {
	if single && v.kind == 'n' {
		return []float64{d.number(at, v)}
	}
	if v.kind != 'a' {
		text := base.T("Hier muss eine Liste von Zahlen stehen.", "This must be a list of numbers.")
		if single {
			text = base.T("Hier muss eine Zahl oder eine Liste von Zahlen stehen.", "This must be a number or a list of numbers.")
		}
		d.wrong(at, text)
		return nil
	}
	out := make([]float64, 0, len(v.kids))
	for i, kid := range v.kids {
		out = append(out, d.number(fmt.Sprintf("%s[%d]", at, i), kid))
	}
	return out
}

func (d *decoder) texts(at string, v *value) []string {
	if v.kind != 'a' {
		d.wrong(at, base.T("Hier muss eine Liste von Kennungen stehen.", "This must be a list of ids."))
		return nil
	}
	out := make([]string, 0, len(v.kids))
	for i, kid := range v.kids {
		out = append(out, d.text(fmt.Sprintf("%s[%d]", at, i), kid))
	}
	return out
}

// named reads an object from resources to numbers.
func (d *decoder) named(at string, v *value, single bool) map[string][]float64 {
	out := map[string][]float64{}
	if v.kind != 'o' {
		d.wrong(at, base.T("Hier muss ein Objekt mit einer Angabe je Ressource stehen.", "This must be an object with an entry for each resource."))
		return out
	}
	for i, key := range v.keys {
		if _, twice := out[key]; twice {
			d.wrong(join(at, key), base.T("Dieses Feld steht zweimal da.", "This field stands here twice."))
			continue
		}
		out[key] = d.numbers(join(at, key), v.kids[i], single)
	}
	return out
}
