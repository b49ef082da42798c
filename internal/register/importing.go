package register

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format/table"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Limits of an imported file.
const (
	importBytes = 10 << 20
	importRows  = 20_000
	importText  = 64 << 20
)

// ImportInput says how a file becomes records. The body is the file, CSV or XLSX.
type ImportInput struct {
	Map     []string `query:"map,explode" maxItems:"300" doc:"field=column; an empty column leaves the field out; what is not named is proposed; id is a field as well"`
	Numbers string   `query:"numbers" enum:"de,en," doc:"language of the numbers, found out when it is empty"`
	Key     string   `query:"key" maxLength:"64" doc:"field by which a row finds its record: id, a unique one or the heading; - for none; proposed when it is empty"`
	Mode    string   `query:"mode" enum:"both,create,update," doc:"what rows may do: create records, update them, or both (default)"`
	Refused int      `query:"allow_refused" minimum:"0" doc:"rows that do not fit and may be left out; with more of them nothing is imported"`
}

// ImportColumn is a column of the file and the field that it fills.
type ImportColumn struct {
	Name    string    `json:"name"`
	Field   string    `json:"field" doc:"empty when the column is not read"`
	Reason  base.Text `json:"reason" doc:"why this field, or why none"`
	Samples []string  `json:"samples" doc:"first values"`
}

// ImportCell is one value of a row as it will be.
type ImportCell struct {
	Field  string `json:"field"`
	Before string `json:"before" doc:"as people read it, empty for a new record"`
	After  string `json:"after"`
}

// ImportRow is one of the first rows as it will be.
type ImportRow struct {
	Line   int64        `json:"line"`
	Action string       `json:"action" enum:"create,update,same,refused"`
	ID     string       `json:"id" doc:"of the record that it changes, empty for a new one"`
	Name   string       `json:"name"`
	Cells  []ImportCell `json:"cells"`
}

// ImportError is something that does not fit.
type ImportError struct {
	Line   int64     `json:"line"`
	Column string    `json:"column" doc:"of the file, empty when it is about the whole row"`
	Field  string    `json:"field"`
	Value  string    `json:"value" doc:"as it stands in the file"`
	Text   base.Text `json:"text"`
}

// ImportCounts says how many rows do what.
type ImportCounts struct {
	Rows    int `json:"rows"`
	Create  int `json:"create"`
	Update  int `json:"update"`
	Same    int `json:"same" doc:"rows that change nothing"`
	Refused int `json:"refused"`
}

// ImportPreview is what an import would do.
type ImportPreview struct {
	Format   string         `json:"format"`
	Encoding string         `json:"encoding"`
	Sheet    string         `json:"sheet"`
	Numbers  string         `json:"numbers" enum:"de,en" doc:"language of the numbers"`
	Key      string         `json:"key" doc:"- for none"`
	Keys     []string       `json:"keys" doc:"fields that can be the key"`
	Mode     string         `json:"mode"`
	Columns  []ImportColumn `json:"columns"`
	Counts   ImportCounts   `json:"counts"`
	Rows     []ImportRow    `json:"rows"`
	Errors   []ImportError  `json:"errors" doc:"the first thousand"`
	Found    int            `json:"found" doc:"errors in all"`
	Remarks  []base.Text    `json:"remarks"`
}

// ImportDone is what an import did. Items are the written records in the order of writing, which is what an undo needs.
type ImportDone struct {
	Counts ImportCounts  `json:"counts"`
	Items  []BulkChange  `json:"items"`
	Errors []ImportError `json:"errors" doc:"of the rows that were left out, the first thousand"`
	Found  int           `json:"found" doc:"errors in all"`
}

func importInput(q url.Values) (ImportInput, error) {
	in := ImportInput{Map: q["map"], Numbers: q.Get("numbers"), Key: q.Get("key"), Mode: q.Get("mode")}
	wrong := func(name string) error {
		return base.Fail(base.Usage, "wrong_query", base.T("„%s“ ist kein Wert für %s.", "“%s” is no value of %s.", q.Get(name), name))
	}
	if text := q.Get("allow_refused"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return in, wrong("allow_refused")
		}
		in.Refused = n
	}
	if in.Mode == "" {
		in.Mode = "both"
	}
	switch {
	case !slices.Contains([]string{"both", "create", "update"}, in.Mode):
		return in, wrong("mode")
	case !slices.Contains([]string{"", "de", "en"}, in.Numbers):
		return in, wrong("numbers")
	case len(in.Map) > 300:
		return in, wrong("map")
	}
	return in, nil
}

// importing is one file on its way to records.
type importing struct {
	ImportInput
	first   string // what the ids of new records follow from, empty where nothing is kept
	s       *Service
	r       reader
	d       *record.Def
	w       *finder
	table   *table.Table
	columns []ImportColumn
	place   map[string]int // of the column that fills a field, id included
	drafts  []*draft
	byID    map[string]*draft
	byName  map[string][]*draft // new records of this file by their folded heading
	errors  []ImportError
	found   int
}

// mostErrors is how many errors an answer lists.
const mostErrors = 1000

func (i *importing) fail(d *draft, e ImportError) {
	d.refused = true
	e.Line = d.row.Line
	if at, ok := i.place[e.Field]; ok {
		e.Column, e.Value = i.table.Columns[at], shorten(d.row.Cells[at].Text)
	}
	if len(d.why) < mostReasons {
		d.why = append(d.why, i.reason(e))
	}
	if i.found++; len(i.errors) < mostErrors {
		i.errors = append(i.errors, e)
	}
}

// mostReasons is how many errors the file of the rows that do not fit gives for one of them.
const mostReasons = 5

// reason is an error with the field that it is about.
func (i *importing) reason(e ImportError) base.Text {
	if f, ok := field.Find(i.d.Fields, e.Field); ok {
		return base.T("%s: %s", "%s: %s", f.Title, e.Text)
	}
	return e.Text
}

// shorten keeps what an error says back small.
func shorten(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return s
}

// begin reads a file and settles how it becomes records, in the name of the one of the context. The ids of new records
// follow from first.
func (s *Service) begin(ctx context.Context, d *record.Def, in ImportInput, first string, file io.Reader) (*importing, error) {
	r, err := s.reader(ctx)
	if err != nil {
		return nil, err
	}
	i := &importing{ImportInput: in, first: first, s: s, r: r, d: d, place: map[string]int{}, byID: map[string]*draft{}, byName: map[string][]*draft{}}
	if i.table, err = table.Read(ctx, file, table.Limits{Rows: importRows, Bytes: importText}, i.own); err != nil {
		return nil, err
	}
	if err := i.settle(ctx); err != nil {
		return nil, err
	}
	i.w = &finder{words: s.words(base.WithLang(ctx, base.ParseLang(i.Numbers)), r), i: i, found: map[string]foundID{}}
	return i, i.read(ctx)
}

// rehearsed is a file with what each row would do; nothing is written.
func (s *Service) rehearsed(req *http.Request, d *record.Def) (*importing, error) {
	in, err := importInput(req.URL.Query())
	if err != nil {
		return nil, err
	}
	i, err := s.begin(req.Context(), d, in, "", req.Body)
	if err != nil {
		return nil, err
	}
	return i, i.rehearse(req.Context(), func(int) {})
}

func (s *Service) previewImport(d *record.Def) func(w http.ResponseWriter, req *http.Request) error {
	return func(w http.ResponseWriter, req *http.Request) error {
		i, err := s.rehearsed(req, d)
		if err != nil {
			return err
		}
		return answer(req.Context(), w, http.StatusOK, i.preview())
	}
}

func answer(ctx context.Context, w http.ResponseWriter, status int, v any) error {
	base.Localize(v, base.LangOf(ctx))
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	return json.NewEncoder(w).Encode(v)
}

func (i *importing) counts() ImportCounts {
	out := ImportCounts{Rows: len(i.drafts)}
	for _, d := range i.drafts {
		switch d.action() {
		case "create":
			out.Create++
		case "update":
			out.Update++
		case "same":
			out.Same++
		default:
			out.Refused++
		}
	}
	return out
}

// sorted are the errors in the order of the file.
func (i *importing) sorted() []ImportError {
	out := slices.Clone(i.errors)
	slices.SortStableFunc(out, func(a, b ImportError) int { return int(a.Line - b.Line) })
	if out == nil {
		return []ImportError{}
	}
	return out
}

// refusal says that rows do not fit and nothing was written.
func (i *importing) refusal() error {
	n := i.counts()
	e := base.Fail(base.Refused, "rows_refused", base.T("%s von %s Zeilen passen nicht. Es wurde nichts übernommen.", "%s of %s rows do not fit. Nothing was imported.", n.Refused, n.Rows)).
		WithHint(base.T("Berichtigen Sie die Datei, oder lassen Sie die Zeilen ausdrücklich aus.", "Correct the file, or leave the rows out on purpose."))
	for _, x := range i.sorted() {
		line := strconv.FormatInt(x.Line, 10)
		text := base.T("Zeile %s: %s", "Line %s: %s", line, x.Text)
		if x.Column != "" {
			text = base.T("Zeile %s, %s: %s", "Line %s, %s: %s", line, x.Column, x.Text)
		}
		if e.Fields = append(e.Fields, base.FieldError{Text: text}); len(e.Fields) == 200 {
			break
		}
	}
	return e
}
