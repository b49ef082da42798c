package catalogue

import (
	"context"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/metric"
)

// Detail is a metric with its definition read back.
type Detail struct {
	Item
	Version   int        `json:"version" doc:"of the definition"`
	Sentence  base.Text  `json:"sentence" doc:"the definition as sentences"`
	Formula   string     `json:"formula" doc:"the SQL of the last complete month, empty while the figure is unknown"`
	Interval  string     `json:"interval" enum:"poisson,student,wilson,order_statistics," doc:"method of the 95 % interval, empty for none"`
	MinN      int64      `json:"min_n" doc:"below it an answer carries the remark small_sample"`
	Dims      []Dim      `json:"dims" doc:"columns by which the figure can be divided and filtered"`
	Columns   []string   `json:"columns" doc:"columns that the definition reads"`
	Source    *Source    `json:"source"`
	DataUntil *time.Time `json:"data_until"`
	LeadTime  *Own       `json:"lead_time" doc:"of an own metric"`
}

// Dim is a column by which a figure can be divided and filtered.
type Dim struct {
	Name  string `json:"name"`
	Type  string `json:"type"`
	Usual bool   `json:"usual" doc:"meant for this metric; the others are further columns of the table"`
}

// Source is the table that a figure rests on.
type Source struct {
	Table    string    `json:"table"`
	Process  string    `json:"process"`
	Rows     int64     `json:"rows"`
	Loads    int       `json:"loads"`
	LoadedAt time.Time `json:"loaded_at"`
}

// ShowInput names a metric.
type ShowInput struct {
	Name    string `path:"name" maxLength:"64"`
	Process string `query:"process" maxLength:"200"`
}

// Show answers a metric with its definition.
func (s *Service) Show(ctx context.Context, in *ShowInput) (*Detail, error) {
	m, err := s.open(ctx, in.Name, in.Process)
	if err != nil {
		return nil, err
	}
	e, src := m.entry, m.src
	wanted, err := s.wanted(ctx)
	if err != nil {
		return nil, err
	}
	item, err := s.item(ctx, m.view, e, src.process, wanted)
	if err != nil {
		return nil, err
	}
	d := &Detail{Item: *item, Version: e.Version, Sentence: e.Sentence(), Interval: e.Measure.Interval(), MinN: e.MinN,
		Dims: []Dim{}, Columns: e.Columns(), DataUntil: src.until(), LeadTime: e.own}
	for _, name := range e.Dividing(src.relation.Schema) {
		column := src.relation.Schema[src.relation.Schema.Index(name)]
		d.Dims = append(d.Dims, Dim{Name: name, Type: column.Type.String(), Usual: slices.Contains(e.Dims, name) || column.Case})
	}
	if len(src.relation.Schema) > 0 {
		d.Source = &Source{Table: e.Table, Process: src.process, Rows: src.info.Rows, Loads: src.info.Loads, LoadedAt: src.info.LoadedAt.UTC()}
	}
	d.Formula, err = formula(ctx, e, src, item.Latest)
	return d, err
}

// formula writes the statement of one period, the one whose figure is shown.
func formula(ctx context.Context, e entry, src *source, latest *metric.Point) (string, error) {
	if latest == nil {
		return "", nil
	}
	b, err := metric.FindBounds(ctx, e.Definition, src.relation, src.env, dialect, src)
	if err != nil {
		return "", err
	}
	q := metric.Question{From: &latest.From, To: &latest.To, Grain: period.Year}
	p, err := metric.Prepare(e.Definition, q, src.relation, src.env, b, dialect)
	if err != nil {
		return "", err
	}
	return p.Statement.Text(dialect), nil
}
