package record_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// naive answers queries about documents in plain Go, the second way for every filter, sort and page.
type naive struct {
	docs  []record.Doc
	names map[string]string // of persons and units
}

var stages = []string{"later", "now", "done"}

// key is what a field is compared by: nil, a text, a number or a list of texts.
func (naive) key(d record.Doc, name string) any {
	v := d.Value[name]
	switch name {
	case "id":
		return d.ID
	case "version":
		return float64(d.Version)
	case "title", "text", "managed":
		if s, ok := v.(string); ok {
			return field.Fold(s)
		}
		return nil
	case "done":
		if b, ok := v.(bool); ok {
			return map[bool]string{true: "yes", false: "no"}[b]
		}
		return nil
	case "cost":
		if m, ok := v.(map[string]any); ok {
			n, _ := strconv.ParseFloat(m["amount"].(string), 64)
			return n
		}
		return nil
	case "effort":
		if m, ok := v.(map[string]any); ok {
			return m["likely"]
		}
		return nil
	case "steps":
		if list, ok := v.([]any); ok {
			return float64(len(list))
		}
		return nil
	}
	return v
}

func (n naive) holds(d record.Doc, c record.Condition) bool {
	k := n.key(d, c.Field)
	if list, many := k.([]any); many || c.Op == "has" || c.Op == "not_has" {
		has := slices.ContainsFunc(list, func(v any) bool { return slices.Contains(c.Values, v.(string)) })
		switch c.Op {
		case "has":
			return has
		case "not_has":
			return !has
		}
	}
	if c.Op == "empty" || c.Op == "not_empty" {
		return (k == nil) == (c.Op == "empty")
	}
	if k == nil {
		return c.Op == "ne"
	}
	compare := func(value string) int {
		if number, ok := k.(float64); ok {
			v, _ := strconv.ParseFloat(value, 64)
			return cmp.Compare(number, v)
		}
		if c.Field == "title" || c.Field == "text" {
			value = field.Fold(value)
		}
		return strings.Compare(k.(string), value)
	}
	equal := slices.ContainsFunc(c.Values, func(v string) bool { return compare(v) == 0 })
	switch c.Op {
	case "eq":
		return equal
	case "ne":
		return !equal
	case "lt":
		return compare(c.Values[0]) < 0
	case "le":
		return compare(c.Values[0]) <= 0
	case "gt":
		return compare(c.Values[0]) > 0
	case "ge":
		return compare(c.Values[0]) >= 0
	case "contains":
		return strings.Contains(k.(string), field.Fold(c.Values[0]))
	case "starts":
		return strings.HasPrefix(k.(string), field.Fold(c.Values[0]))
	}
	panic(c.Op)
}

// place is what a field sorts by: stages in their order, references by name.
func (n naive) place(d record.Doc, name string) any {
	k := n.key(d, name)
	switch s, _ := k.(string); {
	case k == nil:
	case name == "stage":
		return float64(slices.Index(stages, s))
	case name == "owner" || name == "unit":
		return field.Fold(n.names[s])
	}
	return k
}

func (n naive) find(q record.Query) []string {
	var out []record.Doc
	for _, d := range n.docs {
		if d.Deleted == q.Deleted && !slices.ContainsFunc(q.Where, func(c record.Condition) bool { return !n.holds(d, c) }) && n.visible(d, q.Scope) {
			out = append(out, d)
		}
	}
	sorts := q.Sort
	if len(sorts) == 0 {
		sorts = []record.Sort{{Field: "title"}}
	}
	sort.SliceStable(out, func(i, j int) bool {
		for _, o := range sorts {
			a, b := n.place(out[i], o.Field), n.place(out[j], o.Field)
			if a == nil || b == nil {
				if (a == nil) != (b == nil) {
					return b == nil // unknown comes last either way
				}
				continue
			}
			c := 0
			if x, ok := a.(float64); ok {
				c = cmp.Compare(x, b.(float64))
			} else {
				c = strings.Compare(a.(string), b.(string))
			}
			if c != 0 {
				return (c < 0) != o.Desc
			}
		}
		return (out[i].ID < out[j].ID) != sorts[len(sorts)-1].Desc
	})
	ids := make([]string, len(out))
	for i, d := range out {
		ids[i] = d.ID
	}
	return ids
}

func (naive) visible(d record.Doc, s record.Scope) bool {
	owner, _ := d.Value["owner"].(string)
	team, _ := d.Value["unit"].(string)
	return s.All || !d.Deleted && (owner != "" && slices.Contains(s.Persons, owner) || team != "" && slices.Contains(s.Teams, team))
}

// crowd fills a store with random tasks and answers them for the second way.
func crowd(t *testing.T, s *record.Store) naive {
	t.Helper()
	n := naive{names: map[string]string{"p1": "Zora", "p2": "ärzte", "p3": "Bo", "u1": "Öl", "u2": "Oel", "u3": "Norden"}}
	for id, name := range n.names {
		keep(t, s, map[byte]string{'p': "person", 'u': "unit"}[id[0]], id, map[string]any{"name": name})
	}
	pick := func(i int, values ...any) any { return values[i%len(values)] }
	for i := range 120 {
		doc := map[string]any{"title": pick(i*7, "Öl", "Ofen", "ölig", "100% sicher", "a_b", `C:\x`, "Äpfel und Birnen", "Straße", "strasse")}
		for name, v := range map[string]any{
			"text": pick(i*3, nil, "Kurz", strings.Repeat("lang ", 300)+"Ende"), "number": pick(i*5, nil, 0.0, -1.5, 2.0, 1e9, 0.1), "due": pick(i*11, nil, "2026-01-31", "2025-12-01", "2026-02-01"),
			"cost": pick(i*13, nil, map[string]any{"amount": "9.90", "currency": "EUR"}, map[string]any{"amount": "10.00", "currency": "EUR"}, map[string]any{"amount": "-3.00", "currency": "USD"}),
			"done": pick(i, nil, true, false), "stage": pick(i/2, nil, "later", "now", "done"), "tags": pick(i/3, nil, []any{"rot"}, []any{"rot", "blau"}, []any{"O'Neill", "%"}),
			"owner": pick(i/4, nil, "p1", "p2", "p3"), "unit": pick(i/5, nil, "u1", "u2", "u3"), "effort": pick(i*17, nil, map[string]any{"min": 1.0, "likely": 5.0, "max": 9.0}, map[string]any{"min": 1.0, "likely": 2.0, "max": 9.0}),
			"steps": pick(i/7, nil, []any{map[string]any{"title": "a"}}, []any{map[string]any{"title": "a"}, map[string]any{"title": "b", "who": "p1"}}),
		} {
			if v != nil {
				doc[name] = v
			}
		}
		d := keep(t, s, "task", fmt.Sprintf("t%03d", (i*37)%120), doc)
		if i%9 == 0 {
			err := s.Write(t.Context(), func(b *record.Batch) (err error) {
				d, err = b.Delete(def(t, s, "task"), d.ID, d.Version, "anna")
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		n.docs = append(n.docs, d)
	}
	return n
}

var asked = map[string][]string{
	"title": {"Öl", "ol", "o", "%", "_", `\`, "STRASSE", "100%", ""}, "text": {"ende", "Kurz"}, "number": {"0", "-1.5", "2", "0.1", "1e9"}, "due": {"2026-01-31", "2026"},
	"cost": {"9.90", "10", "-3"}, "done": {"yes", "no"}, "stage": {"now", "done", "never"}, "tags": {"rot", "O'Neill", "%", "gelb"}, "owner": {"p1", "p3", "' OR 1=1 --"}, "unit": {"u2"},
	"effort": {"5", "3"}, "steps": {"1", "2"}, "id": {"t003", "t050"}, "version": {"1", "2"},
}

var sortable = []string{"title", "text", "number", "due", "cost", "done", "stage", "owner", "unit", "effort", "steps", "id", "version", "managed"}

func operatorsOf(name string) []string {
	switch name {
	case "title", "text":
		return []string{"contains", "starts", "eq", "ne", "empty", "not_empty"}
	case "tags":
		return []string{"has", "not_has", "empty", "not_empty"}
	}
	return []string{"eq", "ne", "lt", "le", "gt", "ge", "empty", "not_empty"}
}

// Every filter, sort, scope and page agrees with the plain Go above.
func TestFindAgreesWithPlainGo(t *testing.T) {
	s, _ := registers(t, t.TempDir())
	n := crowd(t, s)
	d := def(t, s, "task")
	names := make([]string, 0, len(asked))
	for name := range asked {
		names = append(names, name)
	}
	slices.Sort(names)
	rapid.Check(t, func(r *rapid.T) {
		q := record.Query{Scope: all, Deleted: rapid.IntRange(0, 5).Draw(r, "deleted") == 0, Limit: rapid.IntRange(1, 40).Draw(r, "limit")}
		for range rapid.IntRange(0, 2).Draw(r, "conditions") {
			name := rapid.SampledFrom(names).Draw(r, "field")
			c := record.Condition{Field: name, Op: rapid.SampledFrom(operatorsOf(name)).Draw(r, "op"), Values: []string{rapid.SampledFrom(asked[name]).Draw(r, "value")}}
			if c.Op == "eq" || c.Op == "ne" || c.Op == "has" {
				c.Values = append(c.Values, rapid.SampledFrom(asked[name]).Draw(r, "other"))
			}
			q.Where = append(q.Where, c)
		}
		for range rapid.IntRange(0, 3).Draw(r, "sorts") {
			q.Sort = append(q.Sort, record.Sort{Field: rapid.SampledFrom(sortable).Draw(r, "sort"), Desc: rapid.Bool().Draw(r, "desc")})
		}
		if rapid.IntRange(0, 3).Draw(r, "scope") == 0 {
			q.Scope = record.Scope{Persons: []string{"p2"}, Teams: []string{"u1", "u3"}}
		}
		want, got := n.find(q), []string{}
		for {
			page, err := s.Find(t.Context(), d, q)
			if err != nil {
				r.Fatal(q, err)
			}
			for _, doc := range page.Items {
				got = append(got, doc.ID)
			}
			if page.Next == "" {
				break
			}
			if len(page.Items) != q.Limit || len(got) > len(n.docs) {
				r.Fatal("a page of", len(page.Items), "with another behind it")
			}
			q.After = page.Next
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			r.Fatalf("%+v\ngot  %v\nwant %v", q, got, want)
		}
		groups, err := s.Groups(t.Context(), d, q, "", nil)
		if err != nil || len(groups) != 1 || groups[0].Count != len(want) {
			r.Fatal(groups, len(want), err)
		}
	})
}

// Groups with sums, by hand.
func TestGroupsAgreeWithPlainGo(t *testing.T) {
	s, _ := registers(t, t.TempDir())
	n := crowd(t, s)
	d := def(t, s, "task")
	for _, by := range []string{"stage", "owner", "done", "due", "number", "title"} {
		counts, sums := map[any]int{}, map[any]float64{}
		for _, doc := range n.docs {
			if k := n.key(doc, by); !doc.Deleted {
				counts[k]++
				if v, ok := doc.Value["number"].(float64); ok {
					sums[k] += v
				}
			}
		}
		groups, err := s.Groups(t.Context(), d, record.Query{Scope: all}, by, []string{"number"})
		if err != nil || len(groups) != len(counts) {
			t.Fatal(by, groups, counts, err)
		}
		for _, g := range groups {
			sum := 0.0
			if g.Sums["number"] != nil {
				sum = *g.Sums["number"]
			}
			value := g.Value
			if i, ok := value.(int64); ok {
				value = float64(i)
			}
			if g.Count != counts[value] || sum-sums[value] > 1e-6 || sums[value]-sum > 1e-6 {
				t.Errorf("%s %v: %d %v, want %d %v", by, g.Value, g.Count, sum, counts[value], sums[value])
			}
		}
	}
	if got, err := s.Currencies(t.Context(), d, record.Query{Scope: all}, "cost"); err != nil || strings.Join(got, " ") != "EUR USD" {
		t.Error(got, err)
	}
}

var hostile = []string{"'", `"`, "' OR '1'='1", "'; DROP TABLE record; --", "$.x", "keys", "r.payload", "title')", "title--", "title/**/", "{}", "[]", "null", "\x00", "\xff\xfe", "%", "_", `\`, "*", "a OR b", "NEAR(a b)", "heading:x",
	"rowid", "^a", `a"b`, "(", ")", "-", "-title", "title desc", "🙂", strings.Repeat("a", 100_000), strings.Repeat("%", 501), "NaN", "Inf", "1e999", "0x10", "secret", "double'", "eyJzIjoiIiwidiI6W119", "e30", "bnVsbA", "\u202e", "ﷺ", "SELECT"}

// Whatever stands in a filter, a sort, a question, a cursor or a group, the answer is a page or a wrong_query.
func TestHostileQueriesAreUsageErrors(t *testing.T) {
	s, db := registers(t, t.TempDir())
	crowd(t, s)
	d := def(t, s, "task")
	try := func(q record.Query, by string) {
		t.Helper()
		q.Scope, q.Limit = all, 5
		for _, err := range []error{
			func() error { _, err := s.Find(t.Context(), d, q); return err }(),
			func() error { _, err := s.Groups(t.Context(), d, q, by, nil); return err }(),
		} {
			if err != nil && (!base.IsKind(err, base.Usage) || code(err) != "wrong_query") {
				t.Errorf("%.80v %.80s: %v", q, by, err)
			}
		}
	}
	for _, h := range hostile {
		try(record.Query{Sort: []record.Sort{{Field: h}}}, "")
		try(record.Query{Search: h}, "")
		try(record.Query{After: h}, "")
		try(record.Query{}, h)
		for _, name := range append(slices.Clone(sortable), "tags", h) {
			for _, op := range []string{"eq", "ne", "lt", "ge", "contains", "starts", "has", "not_has", "empty", h} {
				try(record.Query{Where: []record.Condition{{Field: name, Op: op, Values: []string{h}}}}, "")
			}
		}
		if _, err := s.Search(t.Context(), h, map[string]record.Scope{"task": all, h: all}, 10); err != nil {
			t.Errorf("search for %.80q: %v", h, err)
		}
		if _, err := s.Lookup(t.Context(), d, h, all); !base.IsKind(err, base.NotFound) {
			t.Errorf("%.80q: %v", h, err)
		}
	}
	try(record.Query{Where: []record.Condition{{Field: "title", Op: "eq", Values: make([]string, 201)}}}, "")
	try(record.Query{Where: []record.Condition{{Field: "title", Op: "contains", Values: []string{"a", "b"}}}}, "")
	try(record.Query{Sort: slices.Repeat([]record.Sort{{Field: "title"}}, 6)}, "")
	var tables int
	if err := db.Read().QueryRow(`SELECT count(*) FROM record WHERE kind = 'task'`).Scan(&tables); err != nil || tables != 120 {
		t.Fatal(tables, err)
	}
}

// What a person may not read is neither filtered nor sorted nor grouped by.
func TestPrivateFieldsCannotBeAskedFor(t *testing.T) {
	s, _ := registers(t, t.TempDir())
	d := def(t, s, "task")
	keep(t, s, "task", "x", map[string]any{"title": "Aufgabe", "secret": "verborgen"})
	for _, err := range []error{
		func() error {
			_, err := s.Find(t.Context(), d, record.Query{Scope: all, Where: []record.Condition{{Field: "secret", Op: "starts", Values: []string{"v"}}}})
			return err
		}(),
		func() error {
			_, err := s.Find(t.Context(), d, record.Query{Scope: all, Sort: []record.Sort{{Field: "secret"}}})
			return err
		}(),
		func() error { _, err := s.Groups(t.Context(), d, record.Query{Scope: all}, "secret", nil); return err }(),
	} {
		var e *base.Error
		if !errors.As(err, &e) || e.Code != "wrong_query" {
			t.Error(err)
		}
	}
}
