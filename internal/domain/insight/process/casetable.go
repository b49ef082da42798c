package process

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/engine/mining"
)

// The columns of cases in their order; copied attributes follow. activity_set holds the distinct activities, sorted,
// each between separators, so that "contains an activity" is one search in a text that all cases of a variant share.
// rules is the same in every row: the name of the rules that the row was derived by (setting.Settings.Rules).
var caseColumns = fact.Schema{
	{Name: "case_id", Type: fact.Text},
	{Name: "variant", Type: fact.Text},
	{Name: "events", Type: fact.Integer},
	{Name: "activities", Type: fact.Integer},
	{Name: "first_time", Type: fact.Time},
	{Name: "last_time", Type: fact.Time},
	{Name: "duration_seconds", Type: fact.Double},
	{Name: "rework", Type: fact.Boolean},
	{Name: "manual_steps", Type: fact.Integer},
	{Name: "first_activity", Type: fact.Text},
	{Name: "last_activity", Type: fact.Text},
	{Name: "completed", Type: fact.Boolean},
	{Name: "activity_set", Type: fact.Text},
	{Name: "rules", Type: fact.Text},
}

const (
	colCaseID = iota
	colVariant
	colEvents
	colActivities
	colFirstTime
	colLastTime
	colDuration
	colRework
	colManual
	colFirstActivity
	colLastActivity
	colCompleted
	colActivitySet
	colRules
)

// attribute is a column of the log that holds for the whole case: its name in events and in cases.
type attribute struct {
	source string
	column fact.Column
}

// attributesOf lists what cases copy from the log. A name that cases have already gets the prefix case_.
func attributesOf(log fact.Schema) []attribute {
	taken := map[string]bool{}
	for _, c := range caseColumns {
		taken[c.Name] = true
	}
	var out []attribute
	for _, c := range log {
		if !c.Case || c.Name == "case_id" || strings.HasPrefix(c.Name, "_") {
			continue
		}
		a := attribute{source: c.Name, column: c}
		for taken[strings.ToLower(a.column.Name)] || a.column.Name != c.Name && log.Has(a.column.Name) {
			a.column.Name = "case_" + a.column.Name
		}
		taken[strings.ToLower(a.column.Name)] = true
		out = append(out, a)
	}
	return out
}

// VariantID names a variant by its activities: the same sequence has the same id in every load, process and instance.
func VariantID(activities []string) string {
	h := sha256.New()
	var n [4]byte
	for _, a := range activities {
		binary.LittleEndian.PutUint32(n[:], uint32(len(a))) // the length keeps neighbours from running into each other
		h.Write(n[:])
		h.Write([]byte(a))
	}
	return hex.EncodeToString(h.Sum(nil)[:10])
}

func namesOf(names []string, numbers []int32) []string {
	out := make([]string, len(numbers))
	for i, n := range numbers {
		out[i] = names[n]
	}
	return out
}

// activitySet writes the distinct activities of a sequence as activity_set keeps them.
func activitySet(names []string) string {
	distinct := slices.Clone(names)
	slices.Sort(distinct)
	distinct = slices.Compact(distinct)
	var b strings.Builder
	b.WriteString(setSeparator)
	for _, name := range distinct {
		b.WriteString(strings.TrimPrefix(setMember(name), setSeparator))
	}
	return b.String()
}

// variantTexts is what all cases of a variant share.
type variantTexts struct{ id, set []byte }

// caseWriter turns the facts of each case into a row of cases.
type caseWriter struct {
	names    []string
	isEnd    []bool // per activity; nil while no end activities are set
	rules    []byte
	variants []variantTexts
	batch    *fact.Batch
	sink     fact.Sink
}

func newCaseWriter(names []string, v *view, schema fact.Schema, sink fact.Sink) *caseWriter {
	w := &caseWriter{names: names, rules: []byte(v.rules()), batch: fact.NewBatch(schema), sink: sink}
	if ends, set := v.settings.Ends(v.process); set {
		w.isEnd = make([]bool, len(names))
		for i, name := range names {
			w.isEnd[i] = slices.Contains(ends, name)
		}
	}
	return w
}

// row writes one case; caseID, manual steps (nil when unknown) and attributes come from SQL.
func (w *caseWriter) row(f *mining.CaseFacts, caseID string, manual any, attributes []any) error {
	if f.NewVariant {
		names := namesOf(w.names, f.Activities)
		w.variants = append(w.variants, variantTexts{id: []byte(VariantID(names)), set: []byte(activitySet(names))})
	}
	b, texts := w.batch, w.variants[f.Variant]
	first, last := f.Activities[0], f.Activities[len(f.Activities)-1]
	b.StartRow(0)
	b.AppendText(colCaseID, []byte(caseID))
	b.AppendText(colVariant, texts.id)
	b.AppendInt(colEvents, int64(len(f.Activities)))
	b.AppendInt(colActivities, int64(f.Distinct))
	b.AppendInt(colFirstTime, f.First)
	b.AppendInt(colLastTime, f.Last)
	b.AppendFloat(colDuration, mining.Seconds(f.Last-f.First))
	b.AppendInt(colRework, boolInt(f.Rework))
	appendValue(b, colManual, manual)
	b.AppendText(colFirstActivity, []byte(w.names[first]))
	b.AppendText(colLastActivity, []byte(w.names[last]))
	if w.isEnd == nil {
		b.AppendNull(colCompleted)
	} else {
		b.AppendInt(colCompleted, boolInt(w.isEnd[last]))
	}
	b.AppendText(colActivitySet, texts.set)
	b.AppendText(colRules, w.rules)
	for i, v := range attributes {
		appendValue(b, len(caseColumns)+i, v)
	}
	if b.Rows >= fact.BatchRows {
		return w.flush()
	}
	return nil
}

func (w *caseWriter) flush() error {
	if w.batch.Rows == 0 {
		return nil
	}
	err := w.sink.Write(w.batch)
	w.batch.Reset()
	return err
}

func boolInt(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
