package overview

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/lake"
)

// Hit is a place that a word leads to.
type Hit struct {
	Kind   string    `json:"kind" enum:"process,metric,finding,activity,dataset,case"`
	Title  base.Text `json:"title"`
	Detail base.Text `json:"detail"`
	Link   string    `json:"link" doc:"path of the web app"`

	fits int // 0 fits best
}

// mostHits bounds an answer.
const mostHits = 30

// folded lets words be found whatever their case and accents: ä finds a and ae alike.
func folded(s string) string {
	s = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss").Replace(strings.ToLower(norm.NFC.String(s)))
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// fit says how well a title fits what was typed: 0 equal, 1 beginning, 2 beginning of a word, 3 somewhere, −1 not.
// Every word typed must occur.
func fit(typed, title string) int {
	typed, title = folded(typed), folded(title)
	switch {
	case typed == title:
		return 0
	case strings.HasPrefix(title, typed):
		return 1
	}
	worst := 2
	for word := range strings.FieldsSeq(typed) {
		at := strings.Index(title, word)
		if at < 0 {
			return -1
		}
		if !strings.HasPrefix(title, word) && !strings.Contains(title, " "+word) {
			worst = 3
		}
	}
	return worst
}

// hits gathers what fits.
type hits struct {
	typed string
	list  []Hit
}

// add keeps a hit when one of its names fits.
func (h *hits) add(hit Hit, names ...string) {
	hit.fits = -1
	for _, name := range names {
		if f := fit(h.typed, name); f >= 0 && (hit.fits < 0 || f < hit.fits) {
			hit.fits = f
		}
	}
	if hit.fits >= 0 {
		h.list = append(h.list, hit)
	}
}

var kindOrder = []string{"case", "process", "metric", "finding", "activity", "dataset"}

func (h *hits) best() []Hit {
	slices.SortStableFunc(h.list, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.fits, b.fits), cmp.Compare(slices.Index(kindOrder, a.Kind), slices.Index(kindOrder, b.Kind)),
			cmp.Compare(a.Title.De, b.Title.De))
	})
	return append([]Hit{}, h.list[:min(len(h.list), mostHits)]...)
}

func escape(s string) string { return url.PathEscape(s) }

func same(s string) base.Text { return base.T(s, s) }

// Search answers where a word leads: processes, metrics, findings (by title or number), activities, tables, and the
// case with exactly this id. Pages are known to the web app.
func (s *Service) Search(ctx context.Context, typed string) ([]Hit, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return []Hit{}, nil
	}
	h := &hits{typed: typed}
	for _, part := range []func(context.Context, *hits) error{s.findProcesses, s.findMetrics, s.findFindings, s.findDatasets} {
		if err := part(ctx, h); err != nil {
			return nil, err
		}
	}
	return h.best(), nil
}

func (s *Service) findProcesses(ctx context.Context, h *hits) error {
	index, err := s.activities(ctx)
	if err != nil {
		return err
	}
	for process, names := range index {
		h.add(Hit{Kind: "process", Title: same(process), Link: "/prozesse/" + escape(process)}, process)
		for _, name := range names {
			h.add(Hit{Kind: "activity", Title: same(name), Detail: same(process),
				Link: "/prozesse/" + escape(process) + "?node=" + url.QueryEscape(name)}, name)
		}
		if err := s.findCase(ctx, h, process); err != nil {
			return err
		}
	}
	return nil
}

// findCase looks for a case of exactly this id.
func (s *Service) findCase(ctx context.Context, h *hits, process string) error {
	return s.each(ctx, "SELECT case_id FROM events WHERE case_id = ? LIMIT 1", []any{h.typed},
		map[string]lake.Dataset{"events": {Table: "events", Process: process}}, func(v []any) {
			id, _ := v[0].(string)
			h.list = append(h.list, Hit{Kind: "case", Title: same(id), Detail: same(process),
				Link: "/prozesse/" + escape(process) + "?tab=cases&open=" + url.QueryEscape(id)})
		})
}

func (s *Service) findFindings(ctx context.Context, h *hits) error {
	all, err := s.findings.All(ctx)
	for _, f := range all {
		h.add(Hit{Kind: "finding", Title: f.Title, Detail: base.T(f.Number+" "+f.Process, f.Number+" "+f.Process), Link: "/befunde/" + f.ID},
			f.Title.De, f.Title.En, f.Number)
	}
	return err
}

func (s *Service) findDatasets(ctx context.Context, h *hits) error {
	all, err := s.lake.Datasets(ctx)
	for _, d := range all {
		if d.Table == "cases" {
			continue
		}
		title := titleOf(d.Dataset)
		h.add(Hit{Kind: "dataset", Title: title, Detail: base.N(d.Rows, base.T("1 Zeile", "1 row"), base.T("%s Zeilen", "%s rows", d.Rows)), Link: linkOf(d.Dataset)}, title.De, title.En, d.Table)
	}
	return err
}
