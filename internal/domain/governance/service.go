package governance

import (
	"context"
	"log/slog"
	"net/http"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/target"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
)

// Figures sets figures against lines, whoever asks.
type Figures interface {
	Judge(ctx context.Context, lines []target.Target) ([]target.Standing, error)
}

// Registers reads records as far as the one who asks may.
type Registers interface {
	Page(ctx context.Context, kind string, q record.Query) (*record.Def, record.Page, error)
	Visible(ctx context.Context, kind string, ids []string) (map[string]string, error)
	Need(ctx context.Context, kind, id string, a auth.Action) (*record.Def, record.Doc, error)
	Show(ctx context.Context, d *record.Def, doc record.Doc) (*register.One, error)
	Tell(ctx context.Context, e register.Event)
}

// Notice tells a person that a target of theirs has another status. The same mark is told once.
type Notice struct {
	Person, Target, Mark string
	Text                 base.Text
}

// Notices brings notices to people.
type Notices interface {
	Notify(ctx context.Context, n Notice) error
}

// Deps are what targets need of others.
type Deps struct {
	Records   *record.Store
	Registers Registers
	Figures   Figures
	Notices   Notices
	Dates     Dates
	Clock     base.Clock
	Logger    *slog.Logger
}

// Service follows the targets of metrics and prepares meetings.
type Service struct {
	Deps
	turn chan struct{} // one comparison at a time
	stop func()
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{Deps: d, turn: make(chan struct{}, 1), stop: func() {}}
}

// StatusInput narrows the targets down.
type StatusInput struct {
	Metric  string `query:"metric" maxLength:"100"`
	Process string `query:"process" maxLength:"200"`
}

// StatusList is how figures stand against their targets.
type StatusList struct {
	Items []target.Standing `json:"items" nullable:"false"`
	Total int               `json:"total"`
}

// Status answers how the figures stand against the targets that the one who asks may read.
func (s *Service) Status(ctx context.Context, in *StatusInput) (*StatusList, error) {
	all, err := s.Targets(ctx)
	if err != nil {
		return nil, err
	}
	var lines []target.Target
	for _, t := range all {
		if (in.Metric == "" || t.Metric == in.Metric) && (in.Process == "" || t.Process == "" || t.Process == in.Process) {
			lines = append(lines, t)
		}
	}
	standings, err := s.Figures.Judge(ctx, lines)
	if err != nil {
		return nil, err
	}
	out := &StatusList{Items: []target.Standing{}}
	for _, st := range standings {
		if in.Process == "" || st.Process == "" || st.Process == in.Process {
			out.Items = append(out.Items, st)
		}
	}
	out.Total = len(out.Items)
	return out, nil
}

// Operations are what people can do with targets and meetings beyond their registers.
func (s *Service) Operations() []operation.Operation {
	return []operation.Operation{
		operation.New(operation.Def{ID: "target_status", Kind: operation.Query, Method: http.MethodGet, Path: "/targets/status", Tag: "target",
			Permission: auth.FactsRead, Summary: base.T("Stand der Kennzahlen gegen ihre Zielwerte", "Metrics against their targets")}, s.Status),
		operation.New(operation.Def{ID: "meeting_agenda", Kind: operation.Query, Method: http.MethodGet, Path: "/meetings/{id}/agenda", Tag: "meeting",
			Permission: auth.RegisterRead, Summary: base.T("Tagesordnung einer Sitzung vorschlagen", "Propose the agenda of a meeting")}, s.agenda),
		operation.New(operation.Def{ID: "meeting_agenda_take", Kind: operation.Command, Method: http.MethodPost, Path: "/meetings/{id}/agenda", Tag: "meeting",
			Permission: auth.RegisterWrite, Summary: base.T("Vorgeschlagene Punkte in die Tagesordnung nehmen", "Put proposed topics on the agenda")}, s.takeAgenda),
	}
}
