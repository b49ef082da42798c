package intake

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/intake/profile"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake"
)

// Reading is how the user wants a file to be read; zero values mean: find out.
type Reading struct {
	Sheet     string `json:"sheet,omitempty" query:"sheet" maxLength:"200"`
	HeaderRow int64  `json:"header_row,omitempty" query:"header_row" minimum:"-1"`
	Delimiter string `json:"delimiter,omitempty" query:"delimiter" maxLength:"4"`
	Encoding  string `json:"encoding,omitempty" query:"encoding" maxLength:"40"`
	Dates     string `json:"dates,omitempty" query:"dates" maxLength:"3"`
}

func (r Reading) plan() convert.Plan {
	return convert.Plan{Sheet: r.Sheet, HeaderRow: r.HeaderRow, Delimiter: r.Delimiter, Encoding: r.Encoding, Dates: r.Dates}
}

func readingOf(p convert.Plan) Reading {
	return Reading{p.Sheet, p.HeaderRow, p.Delimiter, p.Encoding, ""}
}

// key is the canonical form under which an analysis is kept.
func (r Reading) key() string {
	b, _ := json.Marshal(r) // a struct of texts and numbers
	return string(b)
}

// ColumnInfo is one column of a file as the wizard shows it.
type ColumnInfo struct {
	Name       string    `json:"name"`
	Examples   []string  `json:"examples" nullable:"false"`
	Type       string    `json:"type"`
	TypeTitle  base.Text `json:"type_title"`
	EmptyShare float64   `json:"empty_share" doc:"between 0 and 1"`
	Distinct   int64     `json:"distinct" doc:"estimate, within about 2 %"`
	Min        string    `json:"min"`
	Max        string    `json:"max"`
	Case       bool      `json:"case" doc:"one value per case"`
}

// Existing is an earlier load of the same bytes.
type Existing struct {
	Load     int64     `json:"load"`
	Table    string    `json:"table"`
	Process  string    `json:"process"`
	LoadedAt time.Time `json:"loaded_at"`
}

// Preview is the beginning of a table.
type Preview struct {
	Columns []string   `json:"columns" nullable:"false"`
	Rows    [][]string `json:"rows" nullable:"false"`
}

// Analysis is what one pass over an upload found, with a proposal.
type Analysis struct {
	Upload     Upload           `json:"upload"`
	Format     Format           `json:"format"`
	Rows       int64            `json:"rows"`
	RowsExact  bool             `json:"rows_exact"`
	Columns    []ColumnInfo     `json:"columns" nullable:"false"`
	Proposal   mapping.Proposal `json:"proposal"`
	Mapping    []mapping.Guess  `json:"mapping" nullable:"false"`
	Fields     []FieldInfo      `json:"fields" nullable:"false" doc:"fields of the proposed table"`
	Remembered bool             `json:"remembered" doc:"the plan is that of the last file of this source"`
	Plan       convert.Plan     `json:"plan" doc:"ready to be sent to dry_run or load"`
	SourceKey  string           `json:"source_key"`
	Existing   *Existing        `json:"existing"`
	Preview    Preview          `json:"preview"`
	Remarks    base.Remarks     `json:"remarks" nullable:"false"`
}

// FieldInfo is a field that a column can be mapped to.
type FieldInfo struct {
	Name     string    `json:"name"`
	Label    base.Text `json:"label"`
	Type     string    `json:"type"`
	Required bool      `json:"required"`
	Person   bool      `json:"person"`
}

type analysisInput struct {
	Upload  string  `json:"upload"`
	Reading Reading `json:"reading"`
}

var readingPhase = base.T("Datei lesen", "Reading the file")

func (s *Service) runAnalysis(ctx context.Context, run job.Run, input json.RawMessage) (any, error) {
	var in analysisInput
	if err := json.Unmarshal(input, &in); err != nil {
		return nil, err
	}
	u, err := s.upload(ctx, in.Upload)
	if err != nil {
		return nil, err
	}
	x, err := s.examine(ctx, run, u, in.Reading.plan(), "")
	if err != nil {
		return nil, err
	}
	return map[string]any{"rows": x.Profile.Rows, "columns": len(x.Profile.Columns)}, nil
}

// examine returns the kept analysis of an upload under a reading, or makes and keeps it.
func (s *Service) examine(ctx context.Context, run job.Run, u *Upload, plan convert.Plan, caseBy string) (*examined, error) {
	key := readingOf(plan).key()
	if x, err := s.keptAnalysis(ctx, u.ID, key); err == nil || !base.IsKind(err, base.NotFound) {
		return x, err
	}
	src, err := s.source(u)
	if err != nil {
		return nil, err
	}
	x, err := examine(ctx, src, plan, caseBy, func(n int64) { run.Progress(readingPhase, n, u.Size) })
	if err != nil {
		return nil, err
	}
	return x, s.keepAnalysis(ctx, u.ID, key, x)
}

func (s *Service) keepAnalysis(ctx context.Context, upload, key string, x *examined) error {
	b, err := json.Marshal(x)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT OR REPLACE INTO upload_analysis(upload_id, options, result) VALUES (?,?,?)`, upload, key, string(b))
		return err
	})
}

func (s *Service) keptAnalysis(ctx context.Context, upload, key string) (*examined, error) {
	var raw string
	err := s.DB.Read().QueryRowContext(ctx, `SELECT result FROM upload_analysis WHERE upload_id = ? AND options = ?`, upload, key).Scan(&raw)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, base.Fail(base.NotFound, "analysis_missing", base.T("Die Datei ist noch nicht untersucht.", "The file is not analysed yet."))
	}
	if err != nil {
		return nil, database.Translate(err)
	}
	x := &examined{}
	return x, json.Unmarshal([]byte(raw), x)
}

// Analyse answers the kept analysis of an upload with a proposal for a table, the best one when table is empty.
func (s *Service) Analyse(ctx context.Context, upload string, r Reading, table, process string) (*Analysis, error) {
	u, err := s.upload(ctx, upload)
	if err != nil {
		return nil, err
	}
	x, err := s.keptAnalysis(ctx, upload, readingOf(r.plan()).key())
	if err != nil {
		return nil, err
	}
	read := x.Profile.Read(r.Dates, x.Format.Delimiter, nil)
	a := &Analysis{Upload: *u, Format: x.Format, Rows: x.Profile.Rows, RowsExact: true, SourceKey: sourceKey(x), Remarks: base.Remarks{},
		Preview: Preview{columnNames(x.Profile), x.Profile.Preview}, Proposal: mapping.Propose(x.Profile), Columns: columnInfos(x.Profile, read)}
	if a.Preview.Rows == nil {
		a.Preview.Rows = [][]string{}
	}
	a.Plan = r.plan()
	if err := s.propose(ctx, a, x, lake.Name(table), lake.Name(process)); err != nil {
		return nil, err
	}
	a.Existing, err = s.existing(ctx, u.SHA256)
	return a, err
}

// propose fills table, mapping and plan: remembered ones, or the proposal.
func (s *Service) propose(ctx context.Context, a *Analysis, x *examined, table, process string) error {
	k, err := s.remembered(ctx, x, table, process)
	if err != nil {
		return err
	}
	if k != nil {
		known := &k.plan
		a.Remembered = true
		reading := a.Plan
		a.Plan = *known
		if !x.Format.Dates.Ambiguous {
			a.Plan.Dates = "" // the file says it itself
		}
		a.Plan.Sheet, a.Plan.HeaderRow, a.Plan.Delimiter, a.Plan.Encoding = reading.Sheet, reading.HeaderRow, reading.Delimiter, reading.Encoding
		a.Proposal.Table, a.Proposal.Process, a.Proposal.Certainty = known.Table, known.Process, 3
		a.Proposal.Reason = base.T("wie beim letzten Mal", "as last time")
		a.Mapping = rememberedGuesses(x.Profile, known, k.fresh)
		for _, g := range a.Mapping {
			if slices.Contains(k.fresh, g.Column) {
				a.Plan.Mapping = append(a.Plan.Mapping, mapping.Entry{Column: g.Column, Field: g.Field})
			}
		}
		k.remark(&a.Remarks)
		a.Fields = fieldInfos(known.Table)
		return nil
	}
	if table != "" {
		a.Proposal.Table = table
	}
	a.Proposal.Process = process
	if process == "" && a.Proposal.Table == mapping.Events {
		a.Proposal.Process = lake.Name(proposedProcess(a.Upload.Name))
	}
	a.Mapping = mapping.Columns(x.Profile, a.Proposal.Table, nil)
	a.Fields = fieldInfos(a.Proposal.Table)
	a.Plan.Table, a.Plan.Process = a.Proposal.Table, a.Proposal.Process
	for _, g := range a.Mapping {
		a.Plan.Mapping = append(a.Plan.Mapping, mapping.Entry{Column: g.Column, Field: g.Field})
	}
	return nil
}

// rememberedGuesses shows a kept mapping in the form of a proposal.
func rememberedGuesses(p *profile.Profile, plan *convert.Plan, fresh []string) []mapping.Guess {
	kept, given := map[string]string{}, map[string]string{}
	for _, e := range plan.Mapping {
		kept[e.Column] = e.Field
		if _, field := mapping.FieldOf(plan.Table, e.Field); field && len(fresh) > 0 {
			given[e.Field] = e.Column // a new column does not take what is settled
		}
	}
	out := mapping.Columns(p, plan.Table, given)
	for i := range out {
		f, ok := kept[out[i].Column]
		if !ok || f == out[i].Field {
			continue
		}
		field, known := mapping.FieldOf(plan.Table, f)
		out[i].Field, out[i].Certainty, out[i].Reason = f, 3, base.T("wie beim letzten Mal", "as last time")
		switch {
		case known:
			out[i].Label, out[i].Person = field.Label, field.Person || mapping.People(&p.Columns[i])
		case f == mapping.Skip:
			out[i].Label = base.T("nicht laden", "not loaded")
		default:
			out[i].Label = base.T("Merkmal: %s", "attribute: %s", out[i].Column)
		}
	}
	return out
}

func fieldInfos(table string) []FieldInfo {
	out := []FieldInfo{}
	for _, f := range mapping.Fields(table) {
		out = append(out, FieldInfo{f.Name, f.Label, f.Type.String(), f.Required, f.Person})
	}
	return out
}

// sourceKey names a source by its columns: the next file of the same export has the same.
func sourceKey(x *examined) string {
	names := columnNames(x.Profile)
	names = slices.DeleteFunc(names, func(n string) bool { return slices.Contains(mapping.OwnColumns, n) })
	if x.Format.Kind == "xes" {
		slices.Sort(names)
	}
	h := sha256.Sum256([]byte(strings.Join(names, "\x00")))
	return hex.EncodeToString(h[:12])
}

func columnNames(p *profile.Profile) []string {
	out := make([]string, len(p.Columns))
	for i := range p.Columns {
		out[i] = p.Columns[i].Name
	}
	return out
}

func columnInfos(p *profile.Profile, r profile.Reading) []ColumnInfo {
	out := make([]ColumnInfo, len(p.Columns))
	for i := range p.Columns {
		c := &p.Columns[i]
		t := mapping.TypeOf(c, r)
		out[i] = ColumnInfo{Name: c.Name, Examples: c.Examples, Type: t.String(), TypeTitle: mapping.TypeTitle(t), EmptyShare: c.EmptyShare(), Distinct: c.Distinct, Case: c.Constant}
		if out[i].Examples == nil {
			out[i].Examples = []string{}
		}
		out[i].Min, out[i].Max = c.Span(r)
	}
	return out
}

// existing finds a load of the same bytes, whatever its table.
func (s *Service) existing(ctx context.Context, sha string) (*Existing, error) {
	e := &Existing{}
	var at string
	err := s.DB.Read().QueryRowContext(ctx, `SELECT id, table_name, process, created_at FROM load WHERE sha256 = ? AND state = 'loaded' ORDER BY id DESC LIMIT 1`, sha).
		Scan(&e.Load, &e.Table, &e.Process, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, database.Translate(err)
	}
	e.LoadedAt = database.ParseStamp(at)
	return e, nil
}
