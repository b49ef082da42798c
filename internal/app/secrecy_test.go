package app_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/transport/rest"
)

// What the tests look for in every answer: the words of a record that somebody may not read, and of its private field.
const (
	sentinel = "Quarzsandlieferung"
	private  = "Gehaltsfrage"
)

// reading are the operations of one kind that only read, and the ones that would tell by their answer to a change.
func (h *house) reading(kind string) []operation.Def {
	var out []operation.Def
	for _, op := range h.operations {
		d := op.Describe()
		if strings.HasPrefix(d.Path, "/records/"+kind) && (d.Method == http.MethodGet || strings.HasSuffix(d.Path, "/bulk")) || d.Path == "/records" || d.Path == "/records/search" || d.Path == "/files/{id}" {
			out = append(out, d)
		}
	}
	return out
}

// questions are queries that would bring a record to light if reading were not filtered where it is looked up.
var questions = []string{"", "q=" + sentinel, "q=" + private, "sort=-title", "by=title", "by=state&sum=amount", "limit=1000", "deleted=true",
	"filter=title%3Acontains%3A" + sentinel, "filter=owner%3Anot_empty", "filter=secret%3Acontains%3A" + private, "sort=secret", "by=secret"}

// Whoever may not read a record finds it by no reading operation: not its words, not its id, not its number.
func TestWhatAPersonMayNotReadIsNowhere(t *testing.T) {
	h := openHouse(t)
	site := h.put("site", map[string]any{"name": "Kai 7"})
	owner := h.put("person", map[string]any{"name": "Olga Eigner"})
	for _, policy := range []string{auth.PolicyPlan, auth.PolicyFinance, auth.PolicyCommittee, auth.PolicyProof} {
		kind := thingOf(policy)
		word := sentinel + policy
		doc := h.put(kind, map[string]any{"title": word, "owner": owner.ID, "about": site.ID, "secret": private, "amount": 4711.0})
		officer := h.somebody("officer."+policy+"@example.com", auth.Officer)
		officer.want(201, "POST", at(kind, doc.ID)+"/comments", map[string]any{"text": word}, nil)
		r, body := officer.do("POST", rest.Prefix+at(kind, doc.ID)+"/files?name="+word+".txt", []byte(word))
		if r.StatusCode != 201 {
			t.Fatal(string(body))
		}
		file := unmarshal[struct{ ID string }](t, string(body))
		for _, role := range auth.Roles() {
			if wanted(policy, auth.Read, string(role), "") {
				continue
			}
			who := h.somebody(fmt.Sprintf("%s.%s@example.com", role, policy), role)
			h.findsNothing(who, kind, word, doc, file.ID, site.ID)
		}
	}
}

func (h *house) findsNothing(who somebody, kind, word string, doc record.Doc, file, site string) {
	h.t.Helper()
	who.header.Set("If-Match", "*")
	for _, d := range h.reading(kind) {
		for _, q := range questions {
			id := doc.ID
			if strings.HasPrefix(d.Path, "/files") {
				id = file
			}
			path := strings.NewReplacer("{id}", id, "{version}", "1").Replace(d.Path)
			if d.Path == "/records/search" && !strings.HasPrefix(q, "q=") {
				q = "q=" + sentinel
			}
			var in any
			if d.Method == http.MethodPost {
				in = map[string]any{"action": "change", "value": map[string]any{"title": "x"}, "records": []any{map[string]any{"id": id, "version": 1}}}
			}
			r, body := who.do(d.Method, rest.Prefix+path+"?"+q, in)
			if r.StatusCode < 300 && (contains(body, word, private, doc.ID, "4711") || strings.Contains(string(body), `"count":1`) && strings.HasSuffix(d.Path, "/groups") || strings.Contains(string(body), `"total":1`)) {
				h.t.Errorf("%s tells %s with %q: %s", d.ID, who.email, q, body)
			}
			if strings.Contains(d.Path, "{id}") && r.StatusCode < 300 {
				h.t.Errorf("%s answers %d to %s", d.ID, r.StatusCode, who.email)
			}
		}
	}
	_, body := who.do("GET", rest.Prefix+at("site", site)+"/links", nil)
	if contains(body, word, doc.ID) {
		h.t.Errorf("links tell %s: %s", who.email, body)
	}
	var kinds struct {
		Items []struct {
			Name  string
			Count int
		}
	}
	who.want(200, "GET", "/records", nil, &kinds)
	if slices.ContainsFunc(kinds.Items, func(k struct {
		Name  string
		Count int
	}) bool {
		return k.Name == kind
	}) {
		h.t.Errorf("%s sees the register %s", who.email, kind)
	}
}

func contains(body []byte, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return bytes.Contains(body, []byte(w)) })
}

// Private fields of a record that a person may read are nowhere either: not in lists, search, filters, groups, history,
// old versions and changes of many.
func TestPrivateFieldsAreNowhere(t *testing.T) {
	h := openHouse(t)
	doc := h.put(thingOf(auth.PolicyPlan), map[string]any{"title": "Ding", "secret": private})
	contributor := h.somebody("c@example.com", auth.Contributor)
	for _, d := range h.reading(thingOf(auth.PolicyPlan)) {
		if d.Method != http.MethodGet || strings.HasPrefix(d.Path, "/files") {
			continue
		}
		for _, q := range questions {
			path := strings.NewReplacer("{id}", doc.ID, "{version}", "1").Replace(d.Path)
			r, body := contributor.do("GET", rest.Prefix+path+"?"+q, nil)
			asked := strings.Contains(q, private)
			if r.StatusCode < 300 && contains(body, private) || asked && strings.Contains(string(body), `"total":1`) {
				t.Errorf("%s with %q: %s", d.ID, q, body)
			}
		}
	}
	officer := h.somebody("o@example.com", auth.Officer)
	if _, body := officer.do("GET", rest.Prefix+at(thingOf(auth.PolicyPlan), doc.ID)+"/history", nil); !contains(body, private) {
		t.Errorf("who may sees it: %s", body)
	}
	// What the contributor cannot see stays when they write.
	mine := h.put(thingOf(auth.PolicyPlan), map[string]any{"title": "Ding", "secret": private})
	unit := h.put("unit", map[string]any{"name": "Team"})
	h.member(contributor.person, unit.ID)
	officer.header.Set("If-Match", "*")
	officer.want(200, "PATCH", at(thingOf(auth.PolicyPlan), mine.ID), map[string]any{"team": unit.ID}, nil)
	contributor.header.Set("If-Match", "*")
	contributor.want(200, "PUT", at(thingOf(auth.PolicyPlan), mine.ID), map[string]any{"title": "Anders", "team": unit.ID}, nil)
	if _, body := officer.do("GET", rest.Prefix+at(thingOf(auth.PolicyPlan), mine.ID), nil); !contains(body, private) {
		t.Errorf("the private field is gone: %s", body)
	}
}

// A reference to a record that the reader may not read shows no name, in no answer.
func TestReferencesDoNotNameWhatIsHidden(t *testing.T) {
	h := openHouse(t)
	owner := h.put("person", map[string]any{"name": "Olga Eigner"})
	hidden := h.put(thingOf(auth.PolicyFinance), map[string]any{"title": sentinel, "owner": owner.ID})
	open := h.put("pointer", map[string]any{"title": "Zeiger", "to": hidden.ID})
	contributor, officer := h.somebody("c@example.com", auth.Contributor), h.somebody("o@example.com", auth.Officer)
	for _, path := range []string{at("pointer", open.ID), at("pointer", open.ID) + "/history", at("pointer", open.ID) + "/versions/1", "/records/pointer", "/records/pointer/groups?by=to", "/records/pointer?sort=to",
		"/records/pointer?q=" + url.QueryEscape(sentinel)} {
		if _, body := contributor.do("GET", rest.Prefix+path, nil); contains(body, sentinel) {
			t.Errorf("%s: %s", path, body)
		}
	}
	if _, body := officer.do("GET", rest.Prefix+at("pointer", open.ID), nil); !contains(body, sentinel) {
		t.Errorf("who may sees the name: %s", body)
	}
}
