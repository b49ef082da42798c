package catalogue

import (
	"context"
	"slices"

	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/metric"
)

// RowsInput asks for the rows behind a point.
type RowsInput struct {
	Name     string   `path:"name" maxLength:"64"`
	Process  string   `query:"process" maxLength:"200"`
	From     string   `query:"from" maxLength:"10" required:"true" doc:"first day of the point"`
	To       string   `query:"to" maxLength:"10" required:"true" doc:"day after the last"`
	Dim      string   `query:"dim" maxLength:"200"`
	DimValue string   `query:"dim_value" maxLength:"1000" doc:"value of the dimension of the point"`
	Filter   []string `query:"filter,explode" maxItems:"50" doc:"field=value, as in the question"`
	Limit    int      `query:"limit" minimum:"1" maximum:"10000" default:"100"`
	Offset   int      `query:"offset" minimum:"0" maximum:"100000000"`
}

// Rows answers exactly the rows behind a point.
func (s *Service) Rows(ctx context.Context, in *RowsInput) (*metric.RowsAnswer, error) {
	q := metric.RowsQuestion{Dim: in.Dim, DimValue: in.DimValue, Limit: in.Limit, Offset: in.Offset}
	var err error
	if q.From, err = period.ParseDate(in.From); err != nil {
		return nil, err
	}
	if q.To, err = period.ParseDate(in.To); err != nil {
		return nil, err
	}
	if q.Filters, err = filters(in.Filter); err != nil {
		return nil, err
	}
	m, err := s.open(ctx, in.Name, in.Process)
	if err != nil {
		return nil, err
	}
	a, err := metric.AskRows(ctx, m.Definition, q, m.src.relation, m.src.env, dialect, m.src)
	if err != nil {
		return nil, err
	}
	return a, s.addFiles(ctx, a)
}

// addFiles puts the name of the file beside the load and line of each row.
func (s *Service) addFiles(ctx context.Context, a *metric.RowsAnswer) error {
	at := slices.IndexFunc(a.Columns, func(c metric.RowColumn) bool { return c.Name == "_load" })
	if s.files == nil || at < 0 {
		return nil
	}
	names := map[int64]string{}
	a.Columns = slices.Insert(a.Columns, at, metric.RowColumn{Name: "_file", Type: "text"})
	for i, row := range a.Rows {
		load, _ := row[at].(int64)
		name, known := names[load]
		if !known {
			var err error
			if name, err = s.files.FileOfLoad(ctx, load); err != nil {
				return err
			}
			names[load] = name
		}
		a.Rows[i] = slices.Insert(row, at, any(name))
	}
	return nil
}
