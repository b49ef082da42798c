package app_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/organisation"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/blob"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
	"lotse.dev/lotse/internal/transport/rest"
)

// guardedThing is a record with everything that rights depend on.
type guardedThing struct {
	Title  string         `json:"title,omitempty" de:"Titel" en:"Title" lo:"heading,required"`
	Owner  field.Person   `json:"owner,omitempty" de:"Wem" en:"Whose" lo:"owner"`
	Team   field.Ref      `json:"team,omitempty" de:"Einheit" en:"Unit" lo:"team,to=unit"`
	About  field.Ref      `json:"about,omitempty" de:"Standort" en:"Site" lo:"to=site"`
	Secret field.Markdown `json:"secret,omitempty" de:"Geheim" en:"Secret" lo:"private"`
	Amount *float64       `json:"amount,omitempty" de:"Menge" en:"Amount"`
}

// pointer is a record that everybody reads and that points at one that few do.
type pointer struct {
	Title string    `json:"title,omitempty" de:"Titel" en:"Title" lo:"heading,required"`
	To    field.Ref `json:"to,omitempty" de:"Wohin" en:"Where" lo:"to=thing_finance"`
}

// house is an instance with one kind for each policy beside the registers of the organisation.
type house struct {
	t          *testing.T
	now        atomic.Int64
	url        string
	handler    http.Handler
	auth       *auth.Service
	records    *record.Store
	operations []operation.Operation
	defs       map[string]*record.Def // by policy
}

func thingOf(policy string) string { return "thing_" + policy }

func openHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, defs: map[string]*record.Def{}}
	h.now.Store(time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC).UnixNano())
	clock := base.Clock(func() time.Time { return time.Unix(0, h.now.Load()).UTC() })
	db, err := database.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	h.records, h.auth = record.NewStore(db, clock), auth.NewService(db, clock)
	people := organisation.NewPeople(h.records, h.auth, clock)
	h.records.Alike(people.Alike)
	defs := organisation.Kinds()
	for _, policy := range auth.Policies() {
		k := record.Kind[guardedThing]{Name: thingOf(policy), Title: base.T("Das Ding", "The thing"), One: base.T("Ding", "Thing"), Many: base.T("Dinge", "Things"),
			Policy: policy, Approval: true}
		h.defs[policy] = k.Def()
		defs = append(defs, h.defs[policy])
	}
	defs = append(defs, record.Kind[pointer]{Name: "pointer", Title: base.T("Der Zeiger", "The pointer"), One: base.T("Zeiger", "Pointer"), Many: base.T("Zeiger", "Pointers"),
		Policy: auth.PolicyCompany}.Def())
	registers, err := register.New(t.Context(), h.records, blob.Open(db.Dir()), people, clock, defs...)
	if err != nil {
		t.Fatal(err)
	}
	who := func(ctx context.Context, by string) (auth.Principal, error) {
		a, err := h.auth.ByName(ctx, by)
		return a.Principal(), err
	}
	if err := registers.Imports(register.Imports{Who: who}); err != nil {
		t.Fatal(err)
	}
	if err := h.auth.Join(t.Context(), people); err != nil {
		t.Fatal(err)
	}
	door := &auth.Door{Service: h.auth, Instance: func(context.Context) (auth.Instance, error) { return auth.Instance{}, nil }, BaseURL: func() string { return "" }}
	h.operations = append(registers.Operations(), door.Operations()...)
	h.handler = rest.New(rest.Options{Identities: h.auth, Operations: h.operations, Pages: http.NotFoundHandler(),
		Ready: func(context.Context) error { return nil }, Logger: slog.New(slog.DiscardHandler)})
	h.url = h.listen(h.handler)
	h.somebody("admin@house.example", auth.Admin) // the last one stays
	return h
}

func (h *house) listen(handler http.Handler) string {
	server := httptest.NewServer(handler)
	h.t.Cleanup(server.Close)
	return server.URL
}

// operator is who works at the machine itself.
func (h *house) operator() *browser {
	url := h.listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.handler.ServeHTTP(w, r.WithContext(rest.AsOperator(r.Context())))
	}))
	return &browser{t: h.t, url: url, header: http.Header{}}
}

// somebody is a person with an account and a program that speaks for them.
type somebody struct {
	*browser
	account, person, email string
}

func (h *house) somebody(email string, roles ...auth.Role) somebody {
	h.t.Helper()
	a, err := h.auth.Add(h.t.Context(), auth.NewAccount{Email: email, Roles: roles})
	if err != nil {
		h.t.Fatal(err)
	}
	token, err := h.auth.NewToken(h.t.Context(), a.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	b := h.stranger()
	b.header.Set("Authorization", "Bearer "+token)
	return somebody{b, a.ID, a.Person, email}
}

func (h *house) stranger() *browser { return &browser{t: h.t, url: h.url, header: http.Header{}} }

// put writes a record behind the API, as somebody of whom the test says nothing else.
func (h *house) put(kind string, value map[string]any) record.Doc {
	h.t.Helper()
	d, ok := h.records.Def(kind)
	if !ok {
		h.t.Fatal(kind)
	}
	var out record.Doc
	err := h.records.Write(h.t.Context(), func(b *record.Batch) (err error) {
		out, err = b.Put(d, "", record.New, value, "writer@example.com")
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

// propose lays a record before those who approve.
func (h *house) propose(kind string, doc record.Doc) record.Doc {
	h.t.Helper()
	d, _ := h.records.Def(kind)
	out, err := h.records.Decide(h.t.Context(), d, doc.ID, doc.Version, record.Decision{Step: "propose", By: "writer@example.com"})
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

// deputise lets one person stand in for another from one day until before another.
func (h *house) deputise(deputy, person, from, to string) record.Doc {
	return h.put("deputy", map[string]any{"reason": "Urlaub", "person": person, "deputy": deputy, "time": map[string]any{"from": from, "to": to}})
}

// statusOf asks and answers the status only.
func (b *browser) statusOf(method, path string, in any) int {
	b.t.Helper()
	r, _ := b.do(method, rest.Prefix+path, in)
	return r.StatusCode
}

func at(kind, id string) string { return fmt.Sprintf("/records/%s/%s", kind, id) }
