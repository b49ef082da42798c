package instance

import (
	"context"

	"lotse.dev/lotse/internal/base"
)

// Check looks at one part of an instance. Run answers how much it looked at, or what does not hold.
type Check struct {
	Code  string
	Title base.Text
	Run   func(ctx context.Context) (looked int, err error)
}

// Checked is the outcome of one check.
type Checked struct {
	Code   string    `json:"code"`
	Title  base.Text `json:"title"`
	OK     bool      `json:"ok"`
	Looked int       `json:"looked" doc:"how many things were looked at"`
	Detail base.Text `json:"detail" doc:"what does not hold, empty when all is well"`
}

// Report is the outcome of all checks.
type Report struct {
	OK    bool      `json:"ok"`
	Items []Checked `json:"items"`
}

func (s *Service) check(ctx context.Context, _ *none) (*Report, error) {
	out := &Report{OK: true}
	for _, c := range s.checks {
		looked, err := c.Run(ctx)
		item := Checked{Code: c.Code, Title: c.Title, OK: err == nil, Looked: looked}
		if err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			out.OK = false
			item.Detail = base.AsError(err).Text
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}
