package register_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/blob"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// sample has a field of every type, and of every rule that an import meets.
type sample struct {
	Name     string          `json:"name,omitempty" de:"Bezeichnung" en:"Label" lo:"heading,required"`
	Code     string          `json:"code,omitempty" de:"Nummer" en:"Number" lo:"unique,longest=20"`
	Note     field.Markdown  `json:"note,omitempty" de:"Notiz" en:"Note"`
	Done     *bool           `json:"done,omitempty" de:"Fertig" en:"Done"`
	Hours    *float64        `json:"hours,omitempty" de:"Stunden" en:"Hours" lo:"unit=Std.,min=-1000000000000,max=1000000000000"`
	Share    *field.Percent  `json:"share,omitempty" de:"Anteil" en:"Share"`
	Length   *field.Duration `json:"length,omitempty" de:"Dauer" en:"Length"`
	Days     *field.Duration `json:"days,omitempty" de:"Laufzeit" en:"Term" lo:"show=days"`
	Budget   *field.Money    `json:"budget,omitempty" de:"Budget" en:"Budget"`
	Due      field.Date      `json:"due,omitempty" de:"Termin" en:"Due"`
	Time     *field.Period   `json:"time,omitempty" de:"Zeitraum" en:"Period"`
	State    field.Choice    `json:"progress,omitempty" de:"Stand" en:"Progress" options:"open=offen|open;done=erledigt, ganz|all done"`
	Areas    field.Choices   `json:"areas,omitempty" de:"Felder" en:"Areas" options:"a=Kunde|Customer;b=Prozess|Process;c=Daten|Data"`
	Words    field.Choices   `json:"words,omitempty" de:"Stichwörter" en:"Tags"`
	Parent   field.Ref       `json:"parent,omitempty" de:"Übergeordnet" en:"Parent" lo:"to=sample"`
	Others   field.Refs      `json:"others,omitempty" de:"Verwandt" en:"Related" lo:"to=sample"`
	Owner    field.Person    `json:"owner,omitempty" de:"Verantwortlich" en:"Owner" lo:"owner"`
	Helpers  field.Persons   `json:"helpers,omitempty" de:"Helfer" en:"Helpers"`
	Benefit  *field.Range    `json:"benefit,omitempty" de:"Nutzen" en:"Benefit" lo:"unit=T€"`
	Steps    []step          `json:"steps,omitempty" de:"Schritte" en:"Steps"`
	Secret   string          `json:"secret,omitempty" de:"Vertraulich" en:"Secret" lo:"private"`
	Stage    field.Choice    `json:"stage,omitempty" de:"Phase" en:"Stage" lo:"managed" options:"one=eins|one;two=zwei|two"`
	Letters  *float64        `json:"letters,omitempty" de:"Zeichen" en:"Characters" lo:"computed"`
	SameDe   string          `json:"same_title,omitempty" de:"Stand" en:"Status text"`
	Deadline field.Date      `json:"deadline,omitempty" de:"Frist (spätestens)" en:"Deadline (latest)"`
}

type step struct {
	Title string       `json:"title,omitempty" de:"Schritt" en:"Step" lo:"required"`
	Due   field.Date   `json:"due,omitempty" de:"Bis" en:"Until"`
	Who   field.Person `json:"who,omitempty" de:"Wer" en:"Who"`
	Cost  *field.Money `json:"cost,omitempty" de:"Kosten" en:"Cost"`
	Hours *float64     `json:"hours,omitempty" de:"Stunden" en:"Hours"`
}

type person struct {
	Name string `json:"name,omitempty" de:"Name" en:"Name" lo:"heading,required"`
}

var samples = record.Kind[sample]{Name: "sample", Title: base.T("Das Muster", "The sample"), One: base.T("Muster", "Sample"), Many: base.T("Muster", "Samples"),
	Policy: auth.PolicyPlan, Compute: func(v *sample) { n := float64(len([]rune(v.Name))); v.Letters = &n }}

var persons = record.Kind[person]{Name: "person", Title: base.T("Die Person", "The person"), One: base.T("Person", "Person"), Many: base.T("Personen", "People"),
	Policy: auth.PolicyPlan}

// pledge is of a kind that is fixed once approved.
type pledge struct {
	Name string `json:"name,omitempty" de:"Name" en:"Name" lo:"heading,required"`
	Note string `json:"note,omitempty" de:"Notiz" en:"Note"`
}

var pledges = record.Kind[pledge]{Name: "pledge", Title: base.T("Die Zusage", "The pledge"), One: base.T("Zusage", "Pledge"), Many: base.T("Zusagen", "Pledges"),
	Policy: auth.PolicyPlan, Approval: true, FixedOnceApproved: true}

// house is the registers of an instance without its doors.
type house struct {
	t       *testing.T
	records *record.Store
	samples *record.Def
	now     atomic.Int64
	ops     map[string]operation.Operation
	acting  register.Acting
	told    int
	jobs    *job.Pool
	files   *blob.Store
	dir     string                    // data folder
	people  map[string]auth.Principal // by name, as they are when a job begins
}

// Acting answers the same for everybody.
func (h *house) Acting(context.Context, auth.Principal) (register.Acting, error) {
	acting := h.acting
	acting.Today = time.Unix(0, h.now.Load()).UTC()
	return acting, nil
}

func openHouse(t *testing.T) *house {
	t.Helper()
	db, err := database.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	h := &house{t: t, samples: samples.Def(), ops: map[string]operation.Operation{}, people: map[string]auth.Principal{}}
	h.now.Store(time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC).UnixNano())
	clock := base.Clock(func() time.Time { return time.Unix(0, h.now.Add(int64(time.Millisecond))).UTC() })
	h.records = record.NewStore(db, clock)
	s, err := register.New(t.Context(), h.records, blob.Open(db.Dir()), h, clock, h.samples, persons.Def(), pledges.Def())
	if err != nil {
		t.Fatal(err)
	}
	jobs := job.New(db, clock, slog.New(slog.DiscardHandler))
	who := func(ctx context.Context, by string) (auth.Principal, error) { return h.people[by], nil }
	h.dir, h.files = db.Dir(), blob.OpenIn(db.Dir(), "imports")
	if err := s.Imports(register.Imports{Jobs: jobs, Files: h.files, Who: who, Currency: func(context.Context) (string, error) { return "CHF", nil }}); err != nil {
		t.Fatal(err)
	}
	if err := jobs.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(jobs.Close)
	h.jobs = jobs
	s.OnChange(func(context.Context, register.Event) { h.told++ })
	for _, op := range s.Operations() {
		h.ops[op.Describe().ID] = op
	}
	for id, name := range map[string]string{"anna": "Anna Müller", "bert": "Bert O'Neil; Sohn", "carl-1": "Carl", "carl-2": "Carl"} {
		h.put("person", id, map[string]any{"name": name})
	}
	return h
}

func (h *house) put(kind, id string, doc map[string]any) record.Doc {
	h.t.Helper()
	d, _ := h.records.Def(kind)
	var kept record.Doc
	err := h.records.Write(h.t.Context(), func(b *record.Batch) (err error) {
		kept, err = b.Put(d, id, record.AnyVersion, doc, "test")
		return err
	})
	if err != nil {
		h.t.Fatalf("%v: %v", doc, err)
	}
	return kept
}

func (h *house) all() map[string]map[string]any {
	h.t.Helper()
	page, err := h.records.Find(h.t.Context(), h.samples, record.Query{Scope: record.Scope{All: true}, Limit: record.MaxPage})
	if err != nil {
		h.t.Fatal(err)
	}
	out := map[string]map[string]any{}
	for _, doc := range page.Items {
		out[doc.ID] = doc.Value
	}
	return out
}

var officer = auth.Principal{ID: "1", Email: "officer@example.com", Roles: []auth.Role{auth.Officer}}

// raw runs a stream as a person in a language.
func (h *house) raw(who auth.Principal, lang base.Lang, id string, query url.Values, body []byte) (*httptest.ResponseRecorder, error) {
	h.t.Helper()
	op, ok := h.ops[id].(operation.Raw)
	if !ok {
		h.t.Fatal("no stream " + id)
	}
	r := httptest.NewRequest(http.MethodPost, "/?"+query.Encode(), bytes.NewReader(body))
	w := httptest.NewRecorder()
	return w, op.Run(w, r.WithContext(base.WithLang(auth.With(h.t.Context(), who), lang)))
}

func (h *house) export(who auth.Principal, lang base.Lang, query url.Values) []byte {
	h.t.Helper()
	w, err := h.raw(who, lang, "sample_export", query, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return w.Body.Bytes()
}

func (h *house) preview(who auth.Principal, lang base.Lang, query url.Values, body []byte) register.ImportPreview {
	h.t.Helper()
	return answered[register.ImportPreview](h, who, lang, "sample_import_preview", query, body)
}

func (h *house) load(who auth.Principal, lang base.Lang, query url.Values, body []byte) register.ImportDone {
	h.t.Helper()
	var out register.ImportDone
	info, err := h.tryLoad(who, lang, "sample_import", query, body)
	if err == nil {
		err = json.Unmarshal(info.Output, &out)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

// tryLoad starts an import and waits for its end; its failure is an error.
func (h *house) tryLoad(who auth.Principal, lang base.Lang, id string, query url.Values, body []byte) (job.Info, error) {
	h.t.Helper()
	h.people[who.By()] = who
	w, err := h.raw(who, lang, id, query, body)
	if err != nil {
		return job.Info{}, err
	}
	var info job.Info
	if err := json.Unmarshal(w.Body.Bytes(), &info); err != nil {
		h.t.Fatal(err)
	}
	info, err = h.jobs.Wait(auth.With(base.WithLang(h.t.Context(), lang), who), info.ID)
	if err == nil && info.State != job.Done {
		err = info.Failure()
	}
	return info, err
}

func answered[T any](h *house, who auth.Principal, lang base.Lang, id string, query url.Values, body []byte) (out T) {
	h.t.Helper()
	w, err := h.raw(who, lang, id, query, body)
	if err == nil {
		err = json.Unmarshal(w.Body.Bytes(), &out)
	}
	if err != nil {
		h.t.Fatalf("%s: %v", id, err)
	}
	return out
}
