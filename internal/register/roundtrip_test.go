package register_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
)

var oddTexts = []string{"Ä, ö; ü", "=1+1", "'=A1", "''-x", "-5", "+49 40 123", "@home", "Summe", "Stand: heute", "Quelle", "a\"b\"c", `back\slash`, "1.234,5", "1,234.5",
	"2026-03-01", "ja", "x | y", "x ⏎ y", "[a]", "Carl [carl-1]", "_x0041_", "€ 5", "'quoted'", "Total", "tab, semi; pipe |", "ß", "1", "true", "#REF!", "…", "日本"}

type dice struct{ *rand.Rand }

func (d dice) some(p float64) bool { return d.Float64() < p }

func (d dice) text() string {
	s := oddTexts[d.IntN(len(oddTexts))]
	if d.some(0.4) {
		s += " " + oddTexts[d.IntN(len(oddTexts))]
	}
	return s
}

func (d dice) number() float64 {
	switch d.IntN(5) {
	case 0:
		return float64(d.IntN(2000) - 1000)
	case 1:
		return float64(d.IntN(2_000_000)-1_000_000) / 100
	case 2:
		return d.Float64() // of more digits than a spreadsheet keeps
	case 3:
		return float64(d.IntN(1_000_000_000)) * 1000
	}
	return 0
}

func (d dice) day() string {
	return time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, d.IntN(109_000)).Format(time.DateOnly)
}

func (d dice) money() map[string]any {
	return map[string]any{"amount": fmt.Sprintf("%d.%02d", d.IntN(2_000_000)-1_000_000, d.IntN(100)), "currency": []string{"EUR", "USD", "CHF", "JPY"}[d.IntN(4)]}
}

func (d dice) person() string { return []string{"anna", "bert", "carl-1", "carl-2"}[d.IntN(4)] }

// sample makes a record; before are the ids that it may point at.
func (d dice) sample(n int, before []string) map[string]any {
	a, b, c := d.number(), d.number(), d.number()
	low, mid, high := min(a, b, c), max(min(a, b), min(max(a, b), c)), max(a, b, c)
	from := d.day()
	to, _ := time.Parse(time.DateOnly, from)
	all := map[string]any{
		"code": fmt.Sprintf("K-%d", n), "note": d.text() + "\n\n- " + d.text(), "done": d.some(0.5), "hours": d.number(), "share": d.number() / 100,
		"length": float64(d.IntN(10_000_000)), "days": float64(d.IntN(10_000)) * 3600, "budget": d.money(), "due": d.day(),
		"time": map[string]any{"from": from, "to": to.AddDate(0, 0, 1+d.IntN(400)).Format(time.DateOnly)}, "progress": []any{"open", "done"}[d.IntN(2)],
		"areas": []any{"c", "a"}, "words": []any{"ein Wort", "=zwei", "Ärger"}, "owner": d.person(), "helpers": []any{"carl-2", "bert"},
		"benefit": map[string]any{"min": low, "likely": mid, "max": high}, "secret": d.text(), "stage": "two", "same_title": d.text(), "deadline": d.day(),
		"steps": []any{map[string]any{"title": d.text(), "due": d.day(), "who": d.person(), "cost": d.money()}, map[string]any{"title": "zwei", "hours": d.number()}},
	}
	if d.some(0.2) {
		all["time"] = map[string]any{"from": from}
	}
	if len(before) > 0 {
		all["parent"] = before[d.IntN(len(before))]
		all["others"] = []any{before[d.IntN(len(before))]}
	}
	out := map[string]any{"name": d.text()}
	for name, v := range all {
		if d.some(0.7) {
			out[name] = v
		}
	}
	return out
}

func allColumns(h *house) string {
	names := []string{"id"}
	for _, f := range h.samples.Fields {
		names = append(names, f.Name)
	}
	return strings.Join(names, ",")
}

// What an export writes, an import of the same file changes nothing of; and in an instance that has none of it, it makes
// every record again with all its values. Every type of field, both languages, both formats.
func TestRoundTrip(t *testing.T) {
	h := openHouse(t)
	d := dice{rand.New(rand.NewPCG(1, 2))}
	var ids []string
	for n := range 120 {
		doc := h.put("sample", fmt.Sprintf("s%03d", n), d.sample(n, ids))
		ids = append(ids, doc.ID)
	}
	want := h.all()
	for _, format := range []string{"csv", "xlsx"} {
		for _, lang := range []base.Lang{base.German, base.English} {
			t.Run(format+" "+lang.String(), func(t *testing.T) {
				file := h.export(officer, lang, url.Values{"format": {format}, "columns": {allColumns(h)}})
				for _, reader := range []base.Lang{base.German, base.English} { // the file tells its language
					p := h.preview(officer, reader, nil, file)
					if p.Counts.Same != len(ids) || p.Counts.Rows != len(ids) || p.Numbers != lang.String() || p.Key != "id" {
						t.Fatalf("%s: %+v %s %+v", reader, p.Counts, p.Numbers, first(p.Errors, 10))
					}
				}
				other := openHouse(t)
				out := other.load(officer, lang, url.Values{"map": {"stage="}}, file)
				if out.Counts.Create != len(ids) {
					t.Fatalf("%+v %+v", out.Counts, first(out.Errors, 10))
				}
				got := other.all()
				for id, doc := range want {
					doc = maps.Clone(doc)
					delete(doc, "stage") // changes by its own step only
					if !reflect.DeepEqual(got[id], doc) {
						t.Errorf("%s\n%v\n%v", id, got[id], doc)
					}
				}
			})
		}
	}
}

func first[T any](list []T, n int) []T { return list[:min(n, len(list))] }
