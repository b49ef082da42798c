package app

import (
	"context"
	"encoding/json"
	"slices"

	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/domain/strategy"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
)

// launches tells a comparison the initiatives that name a process and when they go live, as far as the one who asks may
// see them. Of more than a page those that go live last count.
type launches struct{ registers *register.Service }

func (l launches) Launches(ctx context.Context, name string) ([]process.Launch, error) {
	_, page, err := l.registers.Page(ctx, strategy.Initiatives.Name, record.Query{Limit: record.MaxPage, Sort: []record.Sort{{Field: "go_live", Desc: true}}})
	if err != nil {
		return nil, err
	}
	var out []process.Launch
	for _, doc := range page.Items {
		var v struct {
			Title     string   `json:"title"`
			Processes []string `json:"processes"`
			GoLive    string   `json:"go_live"`
		}
		if b, err := json.Marshal(doc.Value); err != nil || json.Unmarshal(b, &v) != nil {
			continue
		}
		if v.GoLive != "" && slices.Contains(v.Processes, name) {
			out = append(out, process.Launch{Initiative: doc.ID, Title: v.Title, Day: v.GoLive})
		}
	}
	return out, nil
}
