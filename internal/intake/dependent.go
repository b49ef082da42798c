package intake

import (
	"context"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/lake"
)

// Dependent is something that changes or ends when a dataset is renamed or deleted, or when a load of it is undone.
type Dependent struct {
	Kind  string    `json:"kind"`
	ID    string    `json:"id"`
	Title base.Text `json:"title"`
	Link  string    `json:"link"`
}

// Signed are the signed closings that rest on facts. Items are those that the one who asks may read.
type Signed struct {
	Count int
	Items []Dependent
}

// text says what becomes of them.
func (s *Signed) text() base.Text {
	if s == nil || s.Count == 0 {
		return base.Text{}
	}
	return base.N(int64(s.Count),
		base.T("1 unterschriebener Abschluss beruht darauf; er behält seinen Wert und zeigt die Abweichung daneben.", "1 signed closing rests on it; it keeps its value and shows the difference beside it."),
		base.T("%d unterschriebene Abschlüsse beruhen darauf; sie behalten ihren Wert und zeigen die Abweichung daneben.", "%d signed closings rest on it; they keep their values and show the difference beside them.", s.Count))
}

// DependentList is what hangs on a dataset or on a load.
type DependentList struct {
	Items      []Dependent `json:"items" nullable:"false"`
	Total      int         `json:"total"`
	Signed     int         `json:"signed" doc:"signed closings that rest on it, those that the reader may not read as well"`
	SignedText base.Text   `json:"signed_text" doc:"what becomes of them, empty for none"`
}

func (l *DependentList) add(s *Signed) {
	if s != nil {
		l.Items, l.Signed, l.SignedText = append(l.Items, s.Items...), s.Count, s.text()
	}
	l.Total = len(l.Items)
}

func (s *Service) dependents(ctx context.Context, in *ByDataset) (*DependentList, error) {
	if _, err := s.Lake.Dataset(ctx, in.dataset()); err != nil {
		return nil, err
	}
	out := &DependentList{Items: []Dependent{}}
	if s.Dependents != nil {
		items, err := s.Dependents(ctx, in.dataset())
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, items...)
	}
	signed, err := s.signed(ctx, in.dataset(), 0, time.Time{})
	if err != nil {
		return nil, err
	}
	out.add(signed)
	return out, nil
}

// loadDependents is what rests on a load that is in force; on any other nothing does.
func (s *Service) loadDependents(ctx context.Context, in *ByLoad) (*DependentList, error) {
	l, err := s.Load(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := &DependentList{Items: []Dependent{}}
	if l.State != "loaded" {
		return out, nil
	}
	signed, err := s.signed(ctx, lake.Dataset{Table: l.Table, Process: l.Process}, l.ID, l.CreatedAt)
	if err != nil {
		return nil, err
	}
	out.add(signed)
	return out, nil
}

func (s *Service) signed(ctx context.Context, d lake.Dataset, load int64, at time.Time) (*Signed, error) {
	if s.Signed == nil {
		return nil, nil
	}
	return s.Signed(ctx, d, load, at)
}

// sayReplaced adds to a dry run which signed closings rest on what the load would replace.
func (l *loading) sayReplaced(ctx context.Context, out *DryRun) error {
	var signed *Signed
	var err error
	switch {
	case out.ExistingLoad != nil && !out.SameMapping:
		signed, err = l.s.signed(ctx, l.dataset(), out.ExistingLoad.Load, out.ExistingLoad.LoadedAt)
	case l.layout.Plan.Overlap == string(lake.OverlapReplace):
		signed, err = l.s.signed(ctx, l.dataset(), 0, time.Time{})
	}
	if err == nil && signed != nil && signed.Count > 0 {
		out.Remarks.Add("signed_closings", signed.text())
	}
	return err
}
