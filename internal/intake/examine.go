package intake

import (
	"context"
	"time"

	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/intake/profile"
)

// examined is what one pass over a file found.
type examined struct {
	Format  Format           `json:"format"`
	Profile *profile.Profile `json:"profile"`
}

// examine reads a file once. caseBy names the column of the cases when it is known; otherwise it is guessed from the
// first rows. progress, when set, is told bytes read of the file.
func examine(ctx context.Context, src *format.Source, plan convert.Plan, caseBy string, progress func(bytes int64)) (*examined, error) {
	r, f, err := openTable(ctx, src, plan)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	o := profile.Options{CaseBy: func(p *profile.Profile) int { return caseColumn(p, caseBy) }}
	if progress != nil {
		o.Progress = func(int64) { progress(src.Read()) }
	}
	p, err := profile.Build(ctx, r, o)
	if err != nil {
		return nil, err
	}
	if e := encodingOf(r); e != "" {
		f.Encoding = e
	}
	reading := p.Read(plan.Dates, f.Delimiter, nil)
	f.Decimal = map[byte]string{'.': "point", ',': "comma"}[reading.File]
	f.Dates = Dates{Order: reading.Name(), Ambiguous: reading.Open, Example: reading.Example}
	if f.Dates.Ambiguous {
		f.Dates.Order = ""
	}
	if f.Dates.Order == "" && !f.Dates.Ambiguous && hasDates(p) {
		f.Dates.Order = "ymd"
	}
	return &examined{*f, p}, nil
}

func hasDates(p *profile.Profile) bool {
	for i := range p.Columns {
		if p.Columns[i].Dated() {
			return true
		}
	}
	return false
}

// caseColumn guesses which column holds the cases, so that the pass can find what is constant per case.
func caseColumn(p *profile.Profile, name string) int {
	for i := range p.Columns {
		if p.Columns[i].Name == name {
			return i
		}
	}
	for i, g := range mapping.Columns(p, mapping.Events, nil) {
		if g.Field == "case_id" {
			return i
		}
	}
	return -1
}

// settle fixes a plan against an examined file; when the plan takes another column as case than the pass did, the file
// is read once more.
func settle(ctx context.Context, src *format.Source, x *examined, plan convert.Plan, c convert.Context) (*convert.Layout, *examined, error) {
	c.Delimiter = x.Format.Delimiter
	l, err := convert.Settle(x.Profile, plan, c)
	if err != nil || !l.NeedsCases(x.Profile) {
		return l, x, err
	}
	if x, err = examine(ctx, src, plan, l.CaseColumn(), nil); err != nil {
		return nil, nil, err
	}
	l, err = convert.Settle(x.Profile, plan, c)
	return l, x, err
}

// settings are what the instance says; the zero value is that of contract.md.
type settings struct {
	zone, currency string
	now            time.Time
}

func (s settings) context() convert.Context {
	return convert.Context{Zone: s.zone, Currency: s.currency, Now: s.now}
}
