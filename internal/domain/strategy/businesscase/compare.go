package businesscase

import (
	"context"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/finance"
)

// CompareInput names two versions of a case.
type CompareInput struct {
	ID   string `path:"id" maxLength:"64"`
	From int    `query:"from" required:"true" minimum:"1" maximum:"1000000"`
	To   int    `query:"to" minimum:"0" maximum:"1000000" doc:"0 or absent: the newest"`
}

// Compared explains what leads from one version to another.
type Compared struct {
	From int `json:"from"`
	To   int `json:"to"`
	finance.Comparison
	Titles []KeyName `json:"titles" doc:"what people read for the keys of the changes"`
}

// KeyName is a key with what people read.
type KeyName struct {
	Key   string    `json:"key"`
	Title base.Text `json:"title"`
}

func (s *Service) compare(ctx context.Context, in *CompareInput) (*Compared, error) {
	from, before, err := s.at(ctx, in.ID, in.From)
	if err != nil {
		return nil, err
	}
	to, after, err := s.at(ctx, in.ID, in.To)
	if err != nil {
		return nil, err
	}
	was, is := before.Finance(), after.Finance()
	difference, err := finance.Compare(was, is)
	if err != nil {
		return nil, err
	}
	out := &Compared{From: from, To: to, Comparison: difference, Titles: []KeyName{}}
	for _, change := range difference.Changes {
		title := KeyTitle(&is, change.Key)
		if change.Kind == finance.Removed {
			title = KeyTitle(&was, change.Key)
		}
		out.Titles = append(out.Titles, KeyName{change.Key, title})
	}
	return out, nil
}
