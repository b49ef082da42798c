package catalogue

import (
	"context"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/engine/metric"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/record"
)

// Lake is what the catalogue asks of the facts.
type Lake interface {
	Datasets(ctx context.Context) ([]lake.Info, error)
	DatasetsAt(ctx context.Context, snapshot int64) ([]lake.Info, error)
	Snapshot(ctx context.Context) (int64, error)
	EverLast(ctx context.Context, d lake.Dataset) (time.Time, error)
	Query(ctx context.Context, q lake.Query) (lake.Rows, error)
}

// Service answers questions about figures.
type Service struct {
	lake     Lake
	settings *setting.Service
	records  *record.Store
	clock    base.Clock
	kept     *answers
	files    Files
	targets  Targets
}

// Files tells the name of the file that a load was made from, "" when it is not known.
type Files interface {
	FileOfLoad(ctx context.Context, load int64) (string, error)
}

// NameFiles lets the rows behind a figure name the files that they came from. It is called before the first question.
func (s *Service) NameFiles(f Files) { s.files = f }

// New makes the catalogue of an instance.
func New(facts Lake, settings *setting.Service, records *record.Store, clock base.Clock) *Service {
	return &Service{lake: facts, settings: settings, records: records, clock: clock, kept: newAnswers(512)}
}

// entry is a metric of the catalogue: one of the library, or an own one.
type entry struct {
	metric.Definition
	own   *Own
	owner string
}

// entries lists the library and then the own metrics by name.
func (s *Service) entries(ctx context.Context) ([]entry, error) {
	owners, err := s.owners(ctx)
	if err != nil {
		return nil, err
	}
	var out []entry
	for _, d := range metric.Library() {
		out = append(out, entry{Definition: d, owner: owners[d.Name]})
	}
	own, err := record.List(ctx, s.records, ownKind)
	if err != nil {
		return nil, err
	}
	for _, r := range own {
		out = append(out, ownEntry(r, owners))
	}
	return out, nil
}

func (s *Service) find(ctx context.Context, name string) (entry, error) {
	all, err := s.entries(ctx)
	if err != nil {
		return entry{}, err
	}
	i := slices.IndexFunc(all, func(e entry) bool { return e.Name == name })
	if i < 0 {
		return entry{}, base.Fail(base.NotFound, "metric_not_found", base.T("Die Kennzahl „%s“ gibt es nicht.", "There is no metric “%s”.", name)).
			WithHint(base.T("lotse metric list und die Seite Kennzahlen zeigen alle.", "lotse metric list and the page Metrics show all."))
	}
	return all[i], nil
}

// view is what every part of an answer reads: the settings that hold, the time, and the datasets of one moment.
type view struct {
	env      metric.Env
	rules    setting.Settings
	settings int // version
	datasets []lake.Info
}

// asked is a metric with what its answer rests on.
type asked struct {
	entry
	view *view
	src  *source
}

// open finds a metric and the dataset that it reads.
func (s *Service) open(ctx context.Context, name, process string) (*asked, error) {
	e, err := s.find(ctx, name)
	if err != nil {
		return nil, err
	}
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	src, err := s.source(ctx, v, e, process)
	return &asked{e, v, src}, err
}

func (s *Service) view(ctx context.Context) (*view, error) {
	settings, version, err := s.settings.Get(ctx)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(settings.Zone)
	if err != nil {
		return nil, err
	}
	datasets, err := s.lake.Datasets(ctx)
	if err != nil {
		return nil, err
	}
	return &view{rules: settings, settings: version, datasets: datasets, env: environment(settings, zone, s.clock())}, nil
}

func environment(s setting.Settings, zone *time.Location, now time.Time) metric.Env {
	return metric.Env{Calendar: period.Calendar{Zone: zone, FiscalStart: time.Month(s.FiscalStart)},
		Currency: s.Currency, DigitalChannels: s.DigitalChannels, Now: now}
}

// dataset finds a table with rows.
func (v *view) dataset(table, process string) (lake.Info, bool) {
	for _, d := range v.datasets {
		if d.Table == table && d.Process == process && d.Rows > 0 {
			return d, true
		}
	}
	return lake.Info{}, false
}

// processes lists the processes that have events.
func (v *view) processes() []string {
	var out []string
	for _, d := range v.datasets {
		if d.Table == metric.Events && d.Rows > 0 {
			out = append(out, d.Process)
		}
	}
	slices.Sort(out)
	return out
}
