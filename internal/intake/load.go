package intake

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/memory"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/lake"
)

// Loaded is the answer to a load: the JSON of contract.md. DeriveJob is the job that brings up to date what follows from
// the rows: derived tables, otherwise merged files.
type Loaded struct {
	Table       string            `json:"table"`
	Process     string            `json:"process"`
	Load        int64             `json:"load"`
	RowsRead    int64             `json:"rows_read"`
	RowsLoaded  int64             `json:"rows_loaded"`
	RowsRefused int64             `json:"rows_refused"`
	Refused     []convert.Refused `json:"refused" nullable:"false"`
	Remarks     base.Remarks      `json:"remarks" nullable:"false"`
	Mapping     []mapping.Entry   `json:"mapping" nullable:"false"`
	DeriveJob   string            `json:"derive_job,omitempty"`
}

type loadInput struct {
	Upload string       `json:"upload"`
	Plan   convert.Plan `json:"plan"`
	By     string       `json:"by"`
}

// loading is one load on its way.
type loading struct {
	s      *Service
	run    job.Run
	input  loadInput
	upload *Upload
	src    *format.Source
	x      *examined
	layout *convert.Layout
	hash   string
	id     int64
}

func (s *Service) runLoad(ctx context.Context, run job.Run, input json.RawMessage) (any, error) {
	l, err := s.prepare(ctx, run, input)
	if err != nil {
		return nil, err
	}
	earlier, err := l.sameFile(ctx)
	if err != nil || earlier != nil {
		return earlier, err
	}
	if err := l.layout.DatesQuestion(); err != nil {
		return nil, format.InFile(err, l.upload.Name)
	}
	out, err := l.load(ctx)
	if err != nil {
		return nil, err
	}
	if out.DeriveJob, err = s.changed(ctx, l.dataset(), l.input.By); err != nil {
		return nil, err
	}
	return out, nil
}

// prepare examines the file and settles the plan; dry run and load share it.
func (s *Service) prepare(ctx context.Context, run job.Run, input json.RawMessage) (*loading, error) {
	l := &loading{s: s, run: run}
	if err := json.Unmarshal(input, &l.input); err != nil {
		return nil, err
	}
	var err error
	if l.upload, err = s.upload(ctx, l.input.Upload); err != nil {
		return nil, err
	}
	if l.src, err = s.source(l.upload); err != nil {
		return nil, err
	}
	plan := l.input.Plan.Named()
	if l.x, err = s.examine(ctx, run, l.upload, plan, givenCase(plan)); err != nil {
		return nil, err
	}
	last, err := s.fill(ctx, &plan, l.x)
	if err != nil {
		return nil, err
	}
	instance, err := s.settings(ctx)
	if err != nil {
		return nil, err
	}
	before := l.x
	about := instance.context()
	if about.People, err = s.pseudonyms(ctx, lake.Dataset{Table: plan.Table, Process: plan.Process}); err != nil {
		return nil, err
	}
	if last != nil {
		about.Dates = last.plan.Dates
	}
	if l.layout, l.x, err = settle(ctx, l.src, l.x, plan, about); err != nil {
		return nil, format.InFile(err, l.upload.Name)
	}
	if l.x != before {
		if err := s.keepAnalysis(ctx, l.upload.ID, readingOf(plan).key(), l.x); err != nil {
			return nil, err
		}
	}
	last.remark(&l.layout.Remarks)
	l.hash = l.planHash()
	l.release()
	return l, nil
}

func (l *loading) dataset() lake.Dataset {
	return lake.Dataset{Table: l.layout.Plan.Table, Process: l.layout.Plan.Process}
}

// planHash stands for everything that decides what the rows mean.
func (l *loading) planHash() string {
	p := l.layout.Plan
	b, _ := json.Marshal([]any{l.layout.Mapping, p.Zone, l.layout.Currency, l.layout.Reading.Name(), l.x.Format.Sheet, l.x.Format.HeaderRow, l.x.Format.Delimiter, p.Drop, p.Purposes}) // texts and numbers only
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:12])
}

// sameFile applies the rule for bytes that are loaded already: the same plan changes nothing, another one is refused
// unless it replaces.
func (l *loading) sameFile(ctx context.Context) (*Loaded, error) {
	info, err := l.s.loadOfBytes(ctx, l.dataset(), l.upload.SHA256)
	if err != nil || info == nil {
		return nil, err
	}
	if info.planHash == l.hash {
		zone, err := time.LoadLocation(l.layout.Plan.Zone)
		if err != nil {
			return nil, err
		}
		out := &Loaded{Table: info.Table, Process: info.Process, Load: info.ID, RowsRead: info.RowsRead, RowsRefused: info.RowsRefused, Refused: []convert.Refused{}, Mapping: l.layout.Mapping}
		out.Remarks.Add("same_file", base.T("Dieselbe Datei ist schon geladen (Ladung %s vom %s); es hat sich nichts geändert.", "The same file is loaded already (load %s of %s); nothing changed.",
			strconv.FormatInt(info.ID, 10), info.CreatedAt.In(zone).Format("02.01.2006 15:04")))
		return out, nil
	}
	if l.layout.Plan.Replace {
		return nil, nil
	}
	return nil, base.Fail(base.Refused, "same_file_other_mapping", base.T("Dieselbe Datei ist schon mit einer anderen Zuordnung geladen (Ladung %s).", "The same file is loaded already with another mapping (load %s).", strconv.FormatInt(info.ID, 10))).
		At(base.Place{File: l.upload.Name}).
		WithHint(base.T("Mit --replace tritt die neue Zuordnung an die Stelle der alten.", "With --replace the new mapping takes the place of the old one."))
}

var loadPhase = base.T("Zeilen laden", "Loading rows")

// begin opens a writer for the rows of this load.
func (l *loading) begin(ctx context.Context, id, replaces int64) (lake.Writer, error) {
	zone, err := time.LoadLocation(l.layout.Plan.Zone)
	if err != nil {
		return nil, err
	}
	return l.s.Lake.Begin(ctx, lake.LoadMeta{ID: id, Dataset: l.dataset(), Schema: l.layout.Schema, Time: l.layout.TimeField(),
		Overlap: lake.Overlap(l.layout.Plan.Overlap), Replaces: replaces, Zone: zone})
}

// convert streams the file through the layout.
func (l *loading) convert(ctx context.Context, o convert.Options) (*convert.Report, error) {
	r, _, err := openTable(ctx, l.src, l.layout.Plan)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	o.Names = l.s.names
	o.Progress = func(int64) { l.run.Progress(loadPhase, l.src.Read(), l.upload.Size) }
	return convert.Run(ctx, l.layout, r, o)
}

func (l *loading) load(ctx context.Context) (*Loaded, error) {
	replaces, err := l.replaces(ctx)
	if err != nil {
		return nil, err
	}
	var give func()
	if l.id, give, err = l.s.reserve(ctx); err != nil {
		return nil, err
	}
	defer give()
	w, err := l.begin(ctx, l.id, replaces)
	if err != nil {
		return nil, err
	}
	defer w.Close()
	refused := &refusedFile{path: l.s.refusedPath(l.id), columns: columnNames(l.x.Profile)}
	rep, err := l.convert(ctx, convert.Options{Sink: w, Refuse: refused.add})
	l.release()
	if err == nil {
		err = refusedTooMany(rep, l.layout.Plan.AllowRefused, l.upload.Name)
	}
	if err == nil {
		err = refused.place()
	}
	if err != nil {
		refused.drop()
		return nil, err
	}
	out, err := l.commit(ctx, w, rep, replaces)
	if err != nil {
		refused.drop()
		return nil, l.explainOverlap(err)
	}
	return out, nil
}

// release gives memory of a large file back before the lake needs its own for sorting.
func (l *loading) release() {
	if l.upload.Size > largeFile {
		memory.Release()
	}
}

// largeFile is from what size on a pass over a file leaves enough memory behind to be worth giving back.
const largeFile = 16 << 20

// replaces returns the load of the same bytes that --replace takes out, 0 for none.
func (l *loading) replaces(ctx context.Context) (int64, error) {
	info, err := l.s.loadOfBytes(ctx, l.dataset(), l.upload.SHA256)
	if err != nil || info == nil || !l.layout.Plan.Replace {
		return 0, err
	}
	return info.ID, nil
}

func (l *loading) commit(ctx context.Context, w lake.Writer, rep *convert.Report, replaces int64) (*Loaded, error) {
	l.run.Progress(base.T("Sortieren und sichern", "Sorting and saving"), 0, 0)
	remarks := append(base.Remarks{}, rep.Remarks(l.layout, l.x.Profile)...) // none is an empty list
	overlapping, err := w.Overlapping(ctx)
	if err != nil {
		return nil, err
	}
	if overlapping > 0 {
		remarks.Add("overlap", overlapText(overlapping, l.layout.Plan.Overlap))
	}
	if err := l.clockBack(ctx, &remarks); err != nil {
		return nil, err
	}
	done, err := w.Commit(ctx, func(tx *sql.Tx) error {
		return l.record(tx, rep, remarks, overlapping, replaces)
	})
	if err != nil {
		return nil, err
	}
	if done.RowsReplaced > 0 { // known only after the commit; of no consequence when a kill prevents it
		err = l.s.DB.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.Exec(`UPDATE load SET rows_replaced = ? WHERE id = ?`, done.RowsReplaced, l.id)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return &Loaded{Table: l.layout.Plan.Table, Process: l.layout.Plan.Process, Load: l.id, RowsRead: rep.RowsRead, RowsLoaded: done.Rows,
		RowsRefused: rep.RowsRefused, Refused: sampleOf(rep), Remarks: remarks, Mapping: l.layout.Mapping}, nil
}

func sampleOf(r *convert.Report) []convert.Refused {
	if r.Sample == nil {
		return []convert.Refused{}
	}
	return r.Sample
}

func overlapText(n int64, overlap string) base.Text {
	switch overlap {
	case "replace":
		return base.N(n, base.T("1 Zeile war schon durch frühere Ladungen vorhanden; deren Zeilen aus demselben Zeitraum sind ersetzt.", "1 row was there already from earlier loads; their rows of the same period are replaced."),
			base.T("%s Zeilen waren schon durch frühere Ladungen vorhanden; deren Zeilen aus demselben Zeitraum sind ersetzt.", "%s rows were there already from earlier loads; their rows of the same period are replaced.", n))
	case "skip":
		return base.N(n, base.T("1 Zeile war schon durch frühere Ladungen vorhanden und ist ausgelassen.", "1 row was there already from earlier loads and is skipped."),
			base.T("%s Zeilen waren schon durch frühere Ladungen vorhanden und sind ausgelassen.", "%s rows were there already from earlier loads and are skipped.", n))
	}
	return base.N(n, base.T("1 Zeile war schon durch frühere Ladungen vorhanden und zählt doppelt.", "1 row was there already from earlier loads and counts twice."),
		base.T("%s Zeilen waren schon durch frühere Ladungen vorhanden und zählen doppelt.", "%s rows were there already from earlier loads and count twice.", n))
}

// explainOverlap adds place and flags to the lake's refusal.
func (l *loading) explainOverlap(err error) error {
	var e *base.Error
	if errors.As(err, &e) && e.Code == "overlap" {
		e.Place.File = l.upload.Name
		e.Hint = base.T("Sagen Sie mit --overlap, was gelten soll: replace (frühere Zeilen des Zeitraums ersetzen), skip (neue auslassen) oder add (beide behalten).",
			"Say with --overlap what shall hold: replace (replace earlier rows of the period), skip (leave the new ones out) or add (keep both).")
	}
	return err
}

// clockBack remarks that the clock stands before what the instance knows already, so that the instant of the load cannot
// be right.
func (l *loading) clockBack(ctx context.Context, remarks *base.Remarks) error {
	if l.s.Newest == nil {
		return nil
	}
	known, err := l.s.Newest(ctx)
	if mark := base.SetBack(l.s.Clock(), known); err == nil && mark.De != "" {
		remarks.Add("clock_back", mark)
	}
	return err
}
