package overview

import (
	"context"
	"encoding/json"

	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Registers reads records of other domains as far as the one who asks may. A kind that is not there has none.
type Registers interface {
	Page(ctx context.Context, kind string, q record.Query) (*record.Def, record.Page, error)
}

// What the page reads of the records that other domains keep.
type (
	initiative struct {
		Title      string       `json:"title"`
		Stage      string       `json:"stage"`
		Metrics    []string     `json:"metrics"`
		Processes  []string     `json:"processes"`
		Findings   []string     `json:"findings"`
		GoLive     string       `json:"go_live"`
		Budget     *field.Money `json:"budget"`
		Milestones []struct {
			Due  string `json:"due"`
			Done string `json:"done"`
		} `json:"milestones"`
	}
	decision struct {
		Title      string `json:"title"`
		Initiative string `json:"initiative"`
		Owner      string `json:"owner"`
		Due        string `json:"due"`
		Outcome    string `json:"outcome"`
	}
	gate struct {
		Title      string `json:"title"`
		Initiative string `json:"initiative"`
		To         string `json:"to"`
	}
	businessCase struct {
		Title      string       `json:"title"`
		Initiative string       `json:"initiative"`
		NPV        *field.Money `json:"npv"`
	}
	posting struct {
		Sort   string       `json:"sort"`
		Amount *field.Money `json:"amount"`
	}
)

// kept is a record with what the page reads of it.
type kept[T any] struct {
	record.Doc
	V T
}

// mostRecords bounds what the page reads of one kind.
const mostRecords = 20_000

// readAll reads the records of a kind that match, in the order of the query.
func readAll[T any](ctx context.Context, r Registers, kind string, q record.Query) ([]kept[T], error) {
	var out []kept[T]
	if q.Limit == 0 {
		q.Limit = record.MaxPage
	}
	for r != nil {
		_, page, err := r.Page(ctx, kind, q)
		if err != nil {
			return nil, err
		}
		for _, doc := range page.Items {
			k := kept[T]{Doc: doc}
			raw, err := json.Marshal(doc.Value)
			if err == nil {
				err = json.Unmarshal(raw, &k.V)
			}
			if err != nil {
				return nil, err
			}
			out = append(out, k)
		}
		if q.After = page.Next; q.After == "" || q.Limit < record.MaxPage || len(out) >= mostRecords {
			break
		}
	}
	return out, nil
}
