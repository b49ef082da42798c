package strategy

import (
	"context"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/mining"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// StageTime says how long initiatives stay in a stage.
type StageTime struct {
	Stage    string    `json:"stage"`
	Title    base.Text `json:"title"`
	Entered  int64     `json:"entered" doc:"initiatives that ever were in it"`
	Waiting  *float64  `json:"waiting_seconds" doc:"median from entering to leaving, null while none has left"`
	Left     int64     `json:"left" doc:"how often it was left"`
	Standing int       `json:"standing" doc:"initiatives in it now"`
}

// StageTimes is the history of all initiatives, read as an event log.
type StageTimes struct {
	Items        []StageTime  `json:"items"`
	TimeToMarket *float64     `json:"time_to_market_seconds" doc:"median from idea to live, null while none is live"`
	Live         int          `json:"live" doc:"initiatives that went live"`
	Remarks      base.Remarks `json:"remarks"`
}

// stages reads the stage changes of all initiatives that the reader may see and hands them to the mining engine: each
// initiative is a case, each entered stage an event.
func (s *Service) stages(ctx context.Context, _ *struct{}) (*StageTimes, error) {
	log, standing, err := s.stageLog(ctx)
	if err != nil {
		return nil, err
	}
	out := &StageTimes{}
	result, err := mining.Analyse(ctx, log.again(), mining.Options{})
	if err != nil {
		return nil, err
	}
	waiting, left := map[int32][]int64{}, map[int32]int64{}
	var market []int64
	idea, live := code("idea"), code("live")
	err = mining.Walk(ctx, log.again(), false, func(t *mining.Trace) error {
		var began int64
		for i := range t.Len() {
			if i > 0 {
				waiting[t.Activity[i-1]] = append(waiting[t.Activity[i-1]], t.Elapsed(i))
				left[t.Activity[i-1]]++
			}
			switch {
			case t.Activity[i] == idea && began == 0:
				began = t.Time[i]
			case t.Activity[i] == live:
				out.Live++
				if began != 0 {
					market = append(market, t.Time[i]-began)
				}
				return nil
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	entered := map[string]int64{}
	for _, a := range result.Activities {
		entered[a.Name] = a.Cases
	}
	for i, o := range Stages {
		item := StageTime{Stage: o.Value, Title: o.Title, Entered: entered[o.Value], Left: left[int32(i)], Standing: standing[o.Value], Waiting: median(waiting[int32(i)])}
		out.Items = append(out.Items, item)
	}
	out.TimeToMarket = median(market)
	if out.TimeToMarket == nil {
		out.Remarks.Add("none_live", base.T("Noch kein Vorhaben kam von der Idee bis in den Betrieb.", "No initiative has come from idea to live yet."))
	}
	return out, nil
}

func median(list []int64) *float64 {
	if len(list) == 0 {
		return nil
	}
	slices.Sort(list)
	v := mining.Seconds(int64(mining.Quantile(list, 0.5)))
	return &v
}

func code(stage string) int32 {
	return int32(slices.IndexFunc(Stages, func(o field.Option) bool { return o.Value == stage }))
}

// stageSource is a small log in memory.
type stageSource struct {
	chunk mining.Chunk
	read  bool
}

func (l *stageSource) again() *stageSource { return &stageSource{chunk: l.chunk} }

// Activities are the stages.
func (*stageSource) Activities() []string {
	out := make([]string, len(Stages))
	for i, o := range Stages {
		out[i] = o.Value
	}
	return out
}

// Next answers everything at once, then nothing.
func (l *stageSource) Next() (*mining.Chunk, error) {
	if l.read {
		return nil, nil
	}
	l.read = true
	return &l.chunk, nil
}

func (s *Service) stageLog(ctx context.Context) (*stageSource, map[string]int, error) {
	kind, _ := s.records.Def(Initiatives.Name)
	scope, err := s.registers.Scope(ctx, kind)
	if err != nil {
		return nil, nil, err
	}
	log, standing, no := &stageSource{}, map[string]int{}, int32(0)
	q := record.Query{Scope: scope, Limit: record.MaxPage, Sort: []record.Sort{{Field: "id"}}}
	for {
		page, err := s.records.Find(ctx, kind, q)
		if err != nil {
			return nil, nil, err
		}
		for _, doc := range page.Items {
			stage, _ := doc.Value["stage"].(string)
			standing[stage]++
			if err := s.addCase(ctx, kind, doc.ID, no, log); err != nil {
				return nil, nil, err
			}
			no++
		}
		if q.After = page.Next; q.After == "" {
			return log, standing, nil
		}
	}
}

// enteredAt is when a stage was entered: when it was written, or the beginning of the earlier day that it names.
func enteredAt(v record.Entry[map[string]any]) time.Time {
	since, _ := v.Value["stage_since"].(string)
	if day, err := time.Parse(time.DateOnly, since); err == nil && since != v.At.Format(time.DateOnly) {
		return day
	}
	return v.At
}

// addCase adds the entered stages of one initiative, from its history.
func (s *Service) addCase(ctx context.Context, kind *record.Def, id string, no int32, log *stageSource) error {
	versions, err := s.records.Versions(ctx, kind, id)
	if err != nil {
		return err
	}
	stage := ""
	for _, v := range versions {
		now, _ := v.Value["stage"].(string)
		if now == stage || now == "" {
			continue
		}
		stage = now
		log.chunk.Case = append(log.chunk.Case, no)
		log.chunk.Activity = append(log.chunk.Activity, code(stage))
		log.chunk.Time = append(log.chunk.Time, enteredAt(v).UnixMicro())
	}
	return nil
}
