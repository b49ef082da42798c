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
	r.fields = f.StringSlice("map", nil, base.T("`FELD=SPALTE,…` welche Spalte welches Feld ist, etwa case_id=Vorgang,activity=Schritt", "`FIELD=COLUMN,…` which column is which field, such as case_id=Case,activity=Step").In(l))
	f.StringVar(&r.plan.Zone, "zone", "", base.T("`ZONE` Zeitzone von Zeiten ohne Zone, sonst die der Instanz", "`ZONE` zone of times without one, otherwise that of the instance").In(l))
	f.StringVar(&r.plan.Dates, "dates", "", base.T("`FOLGE` Reihenfolge von Tag, Monat und Jahr: dmy, mdy oder ymd", "`ORDER` order of day, month and year: dmy, mdy or ymd").In(l))
	f.StringVar(&r.plan.AllowRefused, "allow-refused", "", base.T("`N|P%|all` so viele unbrauchbare Zeilen auslassen, sonst keine", "`N|P%|all` leave out so many unusable rows, otherwise none").In(l))
	f.StringVar(&r.plan.Sheet, "sheet", "", base.T("`NAME` Tabellenblatt einer XLSX-Datei", "`NAME` sheet of an XLSX file").In(l))
	f.Int64Var(&r.plan.HeaderRow, "header-row", 0, base.T("`N` Zeile der Überschriften, -1 für keine; sonst erkannt", "`N` line of the header, -1 for none; otherwise recognised").In(l))
	f.StringVar(&r.plan.Delimiter, "delimiter", "", base.T("`ZEICHEN` Trennzeichen der Spalten; sonst erkannt", "`CHARACTER` delimiter of columns; otherwise recognised").In(l))
	f.StringVar(&r.plan.Encoding, "encoding", "", base.T("`NAME` Zeichensatz, etwa windows-1252; sonst erkannt", "`NAME` encoding, such as windows-1252; otherwise recognised").In(l))
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
