package register_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/register"
)

var controller = auth.Principal{ID: "2", Email: "controller@example.com", Roles: []auth.Role{auth.Controller}}

// ask runs an operation of a kind with its input as a person.
func ask[In, Out any](h *house, who auth.Principal, id string, fill func(in *In)) (*Out, error) {
	h.t.Helper()
	in := new(In)
	fill(in)
	op, ok := h.ops[id].(operation.Typed[In, Out])
	if !ok {
		h.t.Fatal("no operation " + id)
	}
	return op.Run(auth.With(h.t.Context(), who), in)
}

// No door of the registers changes, deletes or brings back a version of what is approved, and none is offered.
func TestAnApprovedRecordIsFixedAtEveryDoor(t *testing.T) {
	h := openHouse(t)
	h.put("pledge", "x", map[string]any{"name": "Zusage", "note": "eins"})
	h.put("pledge", "x", map[string]any{"name": "Zusage", "note": "zwei"})
	h.put("pledge", "free", map[string]any{"name": "Offen"})
	decide := func(who auth.Principal, step string) *register.One {
		t.Helper()
		one, err := ask[register.DecideInput, register.One](h, who, "pledge_decide", func(in *register.DecideInput) {
			in.ID, in.IfMatch, in.Body.Step = "x", "*", step
		})
		if err != nil {
			t.Fatal(err)
		}
		return one
	}
	if one := decide(officer, "propose"); !slices.Contains(one.May, auth.Update) {
		t.Error("a proposal can be changed", one.May)
	}
	decide(controller, "approve")
	one, err := ask[register.IDInput, register.One](h, officer, "pledge_read", func(in *register.IDInput) { in.ID = "x" })
	if err != nil || one.Version != 4 || slices.Contains(one.May, auth.Update) || slices.Contains(one.May, auth.Delete) {
		t.Fatal(one, err)
	}
	refused := func(door string, err error) {
		t.Helper()
		if err == nil || base.AsError(err).Code != "fixed_once_approved" {
			t.Errorf("%s: %v", door, err)
		}
	}
	raw := func(doc string) func(in *register.ChangeInput) {
		return func(in *register.ChangeInput) { in.ID, in.IfMatch, in.Body = "x", `"4"`, json.RawMessage(doc) }
	}
	_, err = ask[register.ChangeInput, register.One](h, officer, "pledge_change", raw(`{"note":"drei"}`))
	refused("change", err)
	_, err = ask[register.ChangeInput, register.One](h, officer, "pledge_replace", raw(`{"name":"Neu"}`))
	refused("replace", err)
	_, err = ask[register.VersionInput, register.One](h, officer, "pledge_delete", func(in *register.VersionInput) { in.ID, in.IfMatch = "x", "*" })
	refused("delete", err)
	_, err = ask[register.BackInput, register.One](h, officer, "pledge_back", func(in *register.BackInput) { in.ID, in.IfMatch, in.Version = "x", "*", 1 })
	refused("an earlier version", err)
	for _, action := range []string{"change", "delete", "back"} {
		_, err = ask[register.BulkInput, register.BulkDone](h, officer, "pledge_bulk", func(in *register.BulkInput) {
			in.Body = register.BulkBody{Action: action, Value: map[string]any{"note": "drei"}, Records: []register.BulkRecord{{ID: "free", Version: 1, To: 1}, {ID: "x", Version: 4, To: 1}}}
		})
		refused("bulk "+action, err)
	}
	_, err = ask[register.UndoInput, register.BulkDone](h, officer, "pledge_import_undo", func(in *register.UndoInput) {
		in.Body.Items = []register.BulkChange{{ID: "x", Before: 1, After: 4}}
	})
	refused("undo of an import", err)
	_, err = h.tryLoad(officer, base.German, "pledge_import", url.Values{"key": {"id"}}, []byte("Kennung;Name;Notiz\nx;Zusage;drei\nfree;Offen;mehr\n"))
	if e := base.AsError(err); err == nil || e.Code != "rows_refused" || len(e.Fields) != 1 || !strings.Contains(e.Fields[0].Text.De, "steht damit fest") {
		t.Errorf("import: %v", err)
	}
	refused("attach", attach(h, "x"))
	_, err = ask[register.DetachInput, struct{}](h, officer, "pledge_detach", func(in *register.DetachInput) { in.ID, in.File = "x", "any" })
	refused("detach", err)
	if free, err := ask[register.IDInput, register.One](h, officer, "pledge_read", func(in *register.IDInput) { in.ID = "free" }); err != nil || free.Version != 1 {
		t.Error("half of a change was kept", free, err)
	}
}

func attach(h *house, id string) error {
	op := h.ops["pledge_attach"].(operation.Raw)
	r := httptest.NewRequest(http.MethodPost, "/?name=a.txt", strings.NewReader("x"))
	r.SetPathValue("id", id)
	return op.Run(httptest.NewRecorder(), r.WithContext(auth.With(context.Background(), officer)))
}
