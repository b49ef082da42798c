package demo

import (
	"context"
	"net/http"
	"time"

	"lotse.dev/lotse/internal/base"
)

// The company began with Lotse so many months before the last one of the data, on this day: what it planned for a later
// month was planned by the clock, what it planned for an earlier one before those facts were loaded.
const (
	beganAgo = 16
	beganDay = 20
)

// began is the first instant of the company's history with Lotse.
func (c Config) began() time.Time {
	m := c.Until.plus(-beganAgo)
	return time.Date(m.Year, time.Month(m.Month), beganDay, 7, 0, 0, 0, time.UTC)
}

// history loads the tables part by part.
type history struct {
	c      Client
	files  []File
	slices []slice
	parts  [][][]string // by table, part and file
	plans  []map[string]any
	next   []int
	loaded []Loaded
	total  int
	done   int
}

// The tables in their order.
const (
	orderTable = iota
	purchaseTable
	lineTable
	ticketTable
)

// newHistory cuts the files where a plan is signed, and at the day on which the company began. Receipts of the till of
// the last days come after everything else.
func newHistory(c Client, config Config, files []File) (*history, error) {
	w := newWorld(config)
	day := func(m moment) int {
		y, mo, d := m.civil()
		return y*10000 + mo*100 + d
	}
	began := day(date(config.began().Year(), int(config.began().Month()), beganDay))
	at := func(c change) int { return day(w.changes[c]) }
	lateFrom := day(w.starts[Months-1] + 25*24*hour)
	h := &history{c: c, files: files, next: make([]int, len(files)), plans: make([]map[string]any, len(files)), slices: []slice{
		{sep: ';', column: 2, days: []int{at(creditRule), at(orderForm), at(carrier), began}},
		{sep: ';', column: 3, days: []int{began}},
		{sep: ';', column: 2, days: []int{began}, late: func(row []byte) bool { return row[0] == 'K' && dayOf(cell(row, ';', 2)) >= lateFrom }},
		{sep: ',', column: 2, days: []int{at(triage), began}},
	}}
	for n, f := range files {
		h.loaded = append(h.loaded, Loaded{Table: f.Table, Process: f.Process})
		parts := make([][]string, len(h.slices[n].days)+2)
		for _, path := range f.Paths {
			cut, err := h.slices[n].cut(path)
			if err != nil {
				return nil, err
			}
			for i, p := range cut {
				if p != "" {
					parts[i] = append(parts[i], p)
					h.total++
				}
			}
		}
		h.parts = append(h.parts, parts)
	}
	return h, nil
}

// part loads the next part of a table.
func (h *history) part(ctx context.Context, table int) error {
	n := h.next[table]
	h.next[table]++
	for _, path := range h.parts[table][n] {
		rows, err := h.load(ctx, table, path)
		if err != nil {
			return err
		}
		h.loaded[table].Rows += rows
		h.done++
		h.c.Say(base.T("%s: %s Zeilen geladen", "%s: %s rows loaded", title(h.files[table]), h.loaded[table].Rows), h.done, h.total+1)
	}
	return nil
}

// rest loads the parts of a table up to the one with this number.
func (h *history) rest(ctx context.Context, table, before int) error {
	for h.next[table] < min(before, len(h.parts[table])) {
		if err := h.part(ctx, table); err != nil {
			return err
		}
	}
	return nil
}

// recent loads what came since the company began with Lotse, but what came late.
func (h *history) recent(ctx context.Context) error {
	for n, parts := range h.parts {
		if err := h.rest(ctx, n, len(parts)-1); err != nil {
			return err
		}
	}
	return nil
}

// late loads the receipts that came after everything else.
func (h *history) late(ctx context.Context) error { return h.part(ctx, lineTable) }

// load brings one file in: upload, analysis, load with the proposed plan and the company's own mapping; cases are
// derived when it returns. Later files of a table are read as the first one.
func (h *history) load(ctx context.Context, table int, path string) (int64, error) {
	var job struct {
		ID string `json:"id"`
	}
	at, err := h.upload(ctx, path)
	if err != nil {
		return 0, err
	}
	if h.plans[table] == nil {
		if h.plans[table], err = h.analyse(ctx, at, h.files[table]); err != nil {
			return 0, err
		}
	}
	if err := h.c.Call(ctx, http.MethodPost, at+"/load", h.plans[table], &job); err != nil {
		return 0, err
	}
	var done struct {
		Rows   int64  `json:"rows_loaded"`
		Derive string `json:"derive_job"`
	}
	if err := h.c.WaitJob(ctx, job.ID, &done); err != nil {
		return 0, err
	}
	if err := h.c.Call(ctx, http.MethodDelete, at, nil, nil); err != nil { // its rows are in the lake
		return 0, err
	}
	if done.Derive == "" {
		return done.Rows, nil
	}
	return done.Rows, h.c.WaitJob(ctx, done.Derive, nil)
}
