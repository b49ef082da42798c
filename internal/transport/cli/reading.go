package cli

import (
	"strings"

	"github.com/spf13/pflag"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/mapping"
)

// readingFlags are the flags that say how a file is read.
type readingFlags struct {
	fields *[]string
	plan   convert.Plan
}

func newReadingFlags(f *pflag.FlagSet, l base.Lang) *readingFlags {
	r := &readingFlags{}
	r.fields = f.StringSlice("map", nil, base.T("Feld=Spalte,…", "field=column,…").In(l))
	f.StringVar(&r.plan.Zone, "zone", "", base.T("Zeitzone von Zeiten ohne Zone", "zone of times without one").In(l))
	f.StringVar(&r.plan.Dates, "dates", "", base.T("Reihenfolge von Tag, Monat und Jahr: dmy, mdy oder ymd", "order of day, month and year: dmy, mdy or ymd").In(l))
	f.StringVar(&r.plan.AllowRefused, "allow-refused", "", base.T("so viele unbrauchbare Zeilen auslassen: N, P% oder all", "leave out so many unusable rows: N, P% or all").In(l))
	f.StringVar(&r.plan.Sheet, "sheet", "", base.T("Tabellenblatt", "sheet of a workbook").In(l))
	f.Int64Var(&r.plan.HeaderRow, "header-row", 0, base.T("Zeile der Überschriften, −1 für keine", "line of the header, -1 for none").In(l))
	f.StringVar(&r.plan.Delimiter, "delimiter", "", base.T("Trennzeichen", "delimiter").In(l))
	f.StringVar(&r.plan.Encoding, "encoding", "", base.T("Zeichensatz", "encoding").In(l))
	return r
}

// read returns the plan that the flags make.
func (r *readingFlags) read() (convert.Plan, error) {
	plan := r.plan
	for _, pair := range *r.fields {
		field, column, found := strings.Cut(pair, "=")
		if !found || field == "" || column == "" {
			return plan, base.Fail(base.Usage, "map_unreadable", base.T("„%s“ hat nicht die Form Feld=Spalte.", "“%s” is not of the form field=column.", pair)).
				WithHint(base.T("Beispiel: --map case_id=Vorgang,activity=Schritt", "Example: --map case_id=Case,activity=Step"))
		}
		plan.Mapping = append(plan.Mapping, mapping.Entry{Column: column, Field: field})
	}
	return plan, nil
}
