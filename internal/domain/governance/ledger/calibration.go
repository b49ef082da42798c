package ledger

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/record"
)

// CalibrationItem sets what was promised against what was proven, of one initiative and class.
type CalibrationItem struct {
	Initiative string   `json:"initiative"`
	Title      string   `json:"title"`
	Class      string   `json:"class" enum:"cash,avoided_cost,released_time,other"`
	Unit       string   `json:"unit"`
	Promised   *float64 `json:"promised" doc:"by the approved business case, a year"`
	Low        *float64 `json:"low" doc:"proven, a year"`
	Middle     *float64 `json:"middle"`
	High       *float64 `json:"high"`
	Ratio      *float64 `json:"ratio" doc:"proven ÷ promised"`
	Within     *bool    `json:"within" doc:"the promise lies within the proven range"`
}

// Calibration says how good promises were. Only what was promised and proven in the same class and unit is compared.
type Calibration struct {
	Items   []CalibrationItem `json:"items" nullable:"false"`
	Median  *float64          `json:"median_ratio" doc:"of the ratios; half of the promises were kept better"`
	Within  int               `json:"within" doc:"promises within the proven range"`
	Count   int               `json:"count"`
	Waiting int               `json:"waiting" doc:"promises of approved business cases without a signed effect"`
}

func (s *Service) calibration(ctx context.Context, _ *struct{}) (*Calibration, error) {
	a, err := s.answer(ctx, &AnswerInput{})
	if err != nil {
		return nil, err
	}
	out := &Calibration{Items: []CalibrationItem{}}
	var ratios []float64
	for _, i := range a.Initiatives {
		for _, c := range i.Classes {
			switch {
			case c.Claimed == nil:
				continue
			case c.Confirmed == nil:
				out.Waiting++
				continue
			}
			item := CalibrationItem{Initiative: i.Initiative, Title: i.Title, Class: c.Class, Unit: c.Unit, Promised: c.Claimed.Middle, Low: c.Confirmed.Low, Middle: c.Confirmed.Middle, High: c.Confirmed.High}
			if item.Promised != nil && *item.Promised != 0 && item.Middle != nil && item.Low != nil && item.High != nil {
				ratio, within := *item.Middle / *item.Promised, *item.Low <= *item.Promised && *item.Promised <= *item.High
				item.Ratio, item.Within, ratios = &ratio, &within, append(ratios, ratio)
				if within {
					out.Within++
				}
			}
			out.Items = append(out.Items, item)
		}
	}
	out.Count = len(ratios)
	if len(ratios) > 0 {
		slices.Sort(ratios)
		m := (ratios[(len(ratios)-1)/2] + ratios[len(ratios)/2]) / 2
		out.Median = &m
	}
	return out, nil
}

func postingOf(doc record.Doc) (posting, error) {
	var p posting
	raw, err := json.Marshal(doc.Value)
	if err != nil {
		return p, err
	}
	return p, json.Unmarshal(raw, &p)
}

// Operations are the answers of the ledger; nothing writes it but a signature.
func (s *Service) Operations() []operation.Operation {
	def := func(id, path, de, en string) operation.Def {
		return operation.Def{ID: id, Kind: operation.Query, Method: http.MethodGet, Path: path, Tag: "ledger", Permission: auth.RegisterRead, Summary: base.T(de, en)}
	}
	return []operation.Operation{
		operation.New(def("ledger", "/ledger", "Beitrag", "Ledger"), s.answer),
		operation.New(def("ledger_calibration", "/ledger/calibration", "Versprochen und bewiesen", "Promised and proven"), s.calibration),
	}
}
