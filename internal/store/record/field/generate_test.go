package field_test

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record/field"
)

// every has a field of each type.
type every struct {
	Text       string          `json:"text,omitempty" de:"Text" en:"Text" lo:"required,longest=60"`
	Long       field.Markdown  `json:"long,omitempty" de:"Langtext" en:"Long text"`
	YesNo      *bool           `json:"yes_no,omitempty" de:"Ja oder Nein" en:"Yes or no"`
	Number     *float64        `json:"number,omitempty" de:"Zahl" en:"Number" lo:"unit=Stück"`
	Bounded    *float64        `json:"bounded,omitempty" de:"Begrenzt" en:"Bounded" lo:"min=-5,max=10.5"`
	Percent    *field.Percent  `json:"percent,omitempty" de:"Anteil" en:"Share"`
	Hours      *field.Duration `json:"hours,omitempty" de:"Dauer" en:"Duration"`
	Days       *field.Duration `json:"days,omitempty" de:"Tage" en:"Days" lo:"show=days"`
	Money      *field.Money    `json:"money,omitempty" de:"Betrag" en:"Amount"`
	Date       field.Date      `json:"date,omitempty" de:"Tag" en:"Day"`
	Period     *field.Period   `json:"period,omitempty" de:"Zeitraum" en:"Period"`
	Choice     field.Choice    `json:"choice,omitempty" de:"Auswahl" en:"Choice" options:"open=offen|open|open;done=erledigt|done|ok;late=open late|late|bad"`
	Choices    field.Choices   `json:"choices,omitempty" de:"Mehrere" en:"Several" options:"a=Ä1|A 1;b=B|Bee;c=a|b"`
	Words      field.Choices   `json:"words,omitempty" de:"Wörter" en:"Words"`
	Reference  field.Ref       `json:"reference,omitempty" de:"Verweis" en:"Reference" lo:"to=unit"`
	References field.Refs      `json:"references,omitempty" de:"Verweise" en:"References" lo:"to=unit"`
	Person     field.Person    `json:"person,omitempty" de:"Person" en:"Person"`
	Persons    field.Persons   `json:"persons,omitempty" de:"Personen" en:"Persons"`
	Range      *field.Range    `json:"range,omitempty" de:"Spanne" en:"Range" lo:"unit=T€/Jahr"`
	Files      field.Files     `json:"files,omitempty" de:"Dateien" en:"Files"`
	Rows       []row           `json:"rows,omitempty" de:"Zeilen" en:"Rows"`
}

type row struct {
	Text    string         `json:"text,omitempty" de:"Text" en:"Text"`
	Long    field.Markdown `json:"long,omitempty" de:"Langtext" en:"Long text"`
	Number  *float64       `json:"number,omitempty" de:"Zahl" en:"Number"`
	Money   *field.Money   `json:"money,omitempty" de:"Betrag" en:"Amount"`
	Period  *field.Period  `json:"period,omitempty" de:"Zeitraum" en:"Period"`
	Range   *field.Range   `json:"range,omitempty" de:"Spanne" en:"Range"`
	Units   field.Refs     `json:"units,omitempty" de:"Einheiten" en:"Units" lo:"to=unit"`
	Choices field.Choices  `json:"choices,omitempty" de:"Wörter" en:"Words"`
}

var fields = field.Of[every]()

// people names records by headings that make trouble; two have the same and are told apart by their ids.
type people struct{ lang base.Lang }

var names = map[string]string{"id1": "Müller; Söhne", "id2": `Back\slash`, "id3": "Einkauf [id1]", "id4": "Bar | Bistro", "id5": "Zweimal [id5]", "id6": "Zweimal [id6]", "id7": "Pfeil ⏎ Ende"}

func (p people) Lang() base.Lang { return p.lang }

func (people) Currency() string { return "EUR" }

func (people) Name(_, id string) string { return names[id] }

func (people) Find(_, name string) (string, error) {
	for id, n := range names {
		if n == name {
			return id, nil
		}
	}
	return "", fmt.Errorf("nobody is %q", name)
}

var trouble = []rune("aÄß |\\⏎;,[]\n\t\"'<&/–-\u00a0e\u0301🙂=@+0")

func anyText(lines bool) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		s := string(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(trouble), rapid.Rune()), 0, 20).Draw(t, "text"))
		if !lines {
			s = strings.NewReplacer("\n", " ", "\t", " ").Replace(s)
		}
		return s
	})
}

func anyNumber() *rapid.Generator[float64] {
	return rapid.OneOf(rapid.Float64Range(-1<<53, 1<<53), rapid.Float64Range(-1, 1), rapid.SampledFrom([]float64{0, 0.1, 0.07, 1e-9, 1.0 / 3, 2.0 / 3, 1234.5, 1 << 53, 0.29}),
		rapid.Map(rapid.IntRange(-1e9, 1e9), func(n int) float64 { return float64(n) }))
}

func anyDay() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return fmt.Sprintf("%04d-%02d-%02d", rapid.IntRange(1900, 2199).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"))
	})
}

// anyValue makes a value of the right shape, which need not pass every rule.
func anyValue(t *rapid.T, f *field.Field) any {
	number := func(name string) float64 { return anyNumber().Draw(t, name) }
	list := func(one func() any) []any {
		out := []any{}
		for range rapid.IntRange(0, 4).Draw(t, "length") {
			out = append(out, one())
		}
		return out
	}
	id := func() any {
		return rapid.SampledFrom([]string{"id1", "id2", "id3", "id4", "id5", "id6", "id7"}).Draw(t, "id")
	}
	switch f.Type {
	case field.TypeText, field.TypeLongText:
		return anyText(f.Type == field.TypeLongText).Draw(t, "text")
	case field.TypeYesNo:
		return rapid.Bool().Draw(t, "yes")
	case field.TypeNumber, field.TypePercent, field.TypeDuration:
		return number("number")
	case field.TypeMoney:
		return map[string]any{"amount": fmt.Sprintf("%d.%02d", rapid.IntRange(-9999999999999, 9999999999999).Draw(t, "whole"), rapid.IntRange(0, 99).Draw(t, "cents")),
			"currency": rapid.SampledFrom([]string{"EUR", "USD", "JPY", "chf"}).Draw(t, "currency")}
	case field.TypeDate:
		return anyDay().Draw(t, "day")
	case field.TypePeriod:
		out := map[string]any{"from": anyDay().Draw(t, "from")}
		if rapid.Bool().Draw(t, "closed") {
			out["to"] = anyDay().Draw(t, "to")
		}
		return out
	case field.TypeChoice:
		return rapid.SampledFrom(f.Options).Draw(t, "option").Value
	case field.TypeChoices:
		return list(func() any {
			if len(f.Options) > 0 {
				return rapid.SampledFrom(f.Options).Draw(t, "option").Value
			}
			return strings.NewReplacer(",", "", ";", "").Replace(anyText(false).Draw(t, "word"))
		})
	case field.TypeReference, field.TypePerson:
		return id()
	case field.TypeReferences, field.TypePersons, field.TypeFiles:
		return list(id)
	case field.TypeRange:
		a, b, c := number("a"), number("b"), number("c")
		return map[string]any{"min": min(a, b, c), "likely": max(min(a, b), min(max(a, b), c)), "max": max(a, b, c)}
	case field.TypeTable:
		return list(func() any { return anyDoc(t, f.Fields) })
	}
	panic(f.Type)
}

func anyDoc(t *rapid.T, fields []field.Field) map[string]any {
	out := map[string]any{}
	for i := range fields {
		if rapid.IntRange(0, 2).Draw(t, "given") > 0 {
			out[fields[i].Name] = anyValue(t, &fields[i])
		}
	}
	return out
}

// anyJSON is a nonsense value.
func anyJSON(t *rapid.T, depth int) any {
	switch rapid.IntRange(0, 7).Draw(t, "sort") {
	case 0:
		return nil
	case 1:
		return rapid.Bool().Draw(t, "bool")
	case 2:
		return rapid.Float64().Draw(t, "number")
	case 3:
		return anyText(true).Draw(t, "text")
	case 4:
		return rapid.SampledFrom([]string{"", "id1", "EUR", "2026-01-31", "2026-02-30", "open", "a", "1.00", "../x", " id1 "}).Draw(t, "value")
	case 5, 6:
		if depth > 3 {
			return nil
		}
		out := map[string]any{}
		for range rapid.IntRange(0, 4).Draw(t, "parts") {
			out[rapid.SampledFrom([]string{"amount", "currency", "from", "to", "min", "likely", "max", "text", "long", "x", "period", "range"}).Draw(t, "name")] = anyJSON(t, depth+1)
		}
		return out
	}
	if depth > 3 {
		return nil
	}
	out := []any{}
	for range rapid.IntRange(0, 4).Draw(t, "length") {
		out = append(out, anyJSON(t, depth+1))
	}
	return out
}
