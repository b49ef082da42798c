package app_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/store/record"
)

// granted is who may do what with the records of each policy as the product documents it, written a second time on
// purpose: roles, and behind the stroke who may whatever the role. Who reads only (viewer, member) writes nothing even
// of their own.
var granted = map[string]map[auth.Action]string{
	auth.PolicyCompany: {
		auth.Read:    "leader officer controller contributor member viewer admin",
		auth.Create:  "officer admin",
		auth.Update:  "officer admin | owner",
		auth.Delete:  "officer admin",
		auth.Comment: "leader officer controller contributor admin",
		auth.Approve: "",
		auth.Private: "officer admin | owner",
	},
	auth.PolicyPlan: {
		auth.Read:    "leader officer controller contributor viewer | owner team",
		auth.Create:  "leader officer contributor",
		auth.Update:  "officer | owner team",
		auth.Delete:  "officer | owner",
		auth.Comment: "leader officer controller contributor | owner team",
		auth.Approve: "leader controller",
		auth.Private: "leader officer | owner",
	},
	auth.PolicyFinance: {
		auth.Read:    "leader officer controller viewer | owner team",
		auth.Create:  "officer controller",
		auth.Update:  "officer controller | owner",
		auth.Delete:  "officer",
		auth.Comment: "leader officer controller | owner team",
		auth.Approve: "controller",
		auth.Private: "leader officer controller | owner",
	},
	auth.PolicyCommittee: {
		auth.Read:    "leader officer controller viewer | owner team",
		auth.Create:  "leader officer",
		auth.Update:  "leader officer | owner",
		auth.Delete:  "officer",
		auth.Comment: "leader officer controller | owner team",
		auth.Approve: "leader",
		auth.Private: "leader officer | owner",
	},
	auth.PolicyProof: {
		auth.Read:    "leader officer controller viewer | owner team",
		auth.Create:  "officer controller",
		auth.Update:  "officer controller | owner",
		auth.Delete:  "officer",
		auth.Comment: "leader officer controller | owner team",
		auth.Approve: "controller",
		auth.Private: "leader officer controller | owner",
	},
}

// writers are the roles that change records at all.
const writers = "leader officer controller contributor admin"

// wanted says whether the table lets a role in a relation (owner, team or none) do something.
func wanted(policy string, a auth.Action, role, relation string) bool {
	roles, relations, _ := strings.Cut(granted[policy][a], "|")
	may := slices.Contains(strings.Fields(roles), role) || relation != "" && slices.Contains(strings.Fields(relations), relation)
	switch a {
	case auth.Create, auth.Update, auth.Delete, auth.Approve:
		return may && slices.Contains(strings.Fields(writers), role)
	}
	return may
}

// standing is how a person stands to the records of one round.
type standing struct {
	name     string
	relation string // in the words of the table
}

var standings = []standing{{"owner", "owner"}, {"member of the team", "team"}, {"neither", ""}, {"deputy of the owner", "owner"}, {"deputy before the time", ""}, {"deputy after the time", ""}}

// Every action on the records of every policy is tried over HTTP as each role, as owner, as member of the team, as
// neither, as deputy of the owner within and outside the time, and as a stranger.
func TestEveryPolicyIsAsDocumented(t *testing.T) {
	h := openHouse(t)
	team := h.put("unit", map[string]any{"name": "Auftragsabwicklung"})
	owner := h.put("person", map[string]any{"name": "Olga Eigner"})
	for _, policy := range auth.Policies() {
		for _, a := range auth.Actions() {
			if _, ok := granted[policy][a]; !ok {
				t.Errorf("%s: %s is not in the table of this test", policy, a)
			}
		}
	}
	for _, role := range auth.Roles() {
		for i, s := range standings {
			who := h.somebody(fmt.Sprintf("%s%d@example.com", role, i), role)
			owned := map[string]any{"owner": owner.ID}
			switch s.name {
			case "owner":
				owned = map[string]any{"owner": who.person}
			case "member of the team":
				h.member(who.person, team.ID)
				owned["team"] = team.ID
			case "deputy of the owner":
				h.deputise(who.person, owner.ID, "2026-03-10", "2026-03-11")
			case "deputy before the time":
				h.deputise(who.person, owner.ID, "2026-03-11", "2026-04-01")
			case "deputy after the time":
				h.deputise(who.person, owner.ID, "2026-03-01", "2026-03-10")
			}
			for _, policy := range auth.Policies() {
				for _, a := range auth.Actions() {
					want := wanted(policy, a, string(role), s.relation)
					readable := wanted(policy, auth.Read, string(role), s.relation)
					if problem := h.try(who, policy, a, owned, want, readable); problem != "" {
						t.Errorf("%s, %s as %s, %s: %s", policy, a, role, s.name, problem)
					}
				}
			}
		}
	}
	for _, policy := range auth.Policies() {
		for _, a := range auth.Actions() {
			doc := h.propose(thingOf(policy), h.put(thingOf(policy), map[string]any{"title": "Ding"}))
			if got := ask(h.stranger(), thingOf(policy), a, doc); got != http.StatusUnauthorized {
				t.Errorf("%s, %s as a stranger: %d", policy, a, got)
			}
		}
	}
}

func (h *house) member(person, unit string) {
	h.t.Helper()
	d, _ := h.records.Def("person")
	doc, err := h.records.Lookup(h.t.Context(), d, person, record.Scope{All: true})
	if err != nil {
		h.t.Fatal(err)
	}
	doc.Value["units"] = []any{unit}
	err = h.records.Write(h.t.Context(), func(b *record.Batch) error {
		_, err := b.Put(d, person, doc.Version, doc.Value, "writer@example.com")
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// try does one action and says what is wrong with the answer. A record that a person may not read does not exist for
// them; one that they may read refuses what they may not do, and says so beforehand.
func (h *house) try(who somebody, policy string, a auth.Action, owned map[string]any, want, readable bool) string {
	kind := thingOf(policy)
	value := map[string]any{"title": "Ding", "secret": "Schatz"}
	maps.Copy(value, owned)
	doc := h.propose(kind, h.put(kind, value))
	var one struct {
		Value map[string]any
		May   []auth.Action
	}
	if readable {
		who.want(200, "GET", at(kind, doc.ID), nil, &one)
		if a != auth.Create && slices.Contains(one.May, a) != want {
			return fmt.Sprintf("the record says that they may %v", one.May)
		}
	}
	if a == auth.Private {
		if _, shown := one.Value["secret"]; shown != (want && readable) {
			return fmt.Sprintf("shown: %v", shown)
		}
		return ""
	}
	got := ask(who.browser, kind, a, doc)
	hidden := !readable && got == http.StatusNotFound
	if want != (got < 300) || !want && !hidden && got != http.StatusForbidden || !want && readable && hidden {
		return fmt.Sprintf("status %d, allowed %v, readable %v", got, want, readable)
	}
	return ""
}

// ask does one action over HTTP and answers the status.
func ask(b *browser, kind string, a auth.Action, doc record.Doc) int {
	b.header.Set("If-Match", "*")
	path := at(kind, doc.ID)
	switch a {
	case auth.Create:
		return b.statusOf("POST", "/records/"+kind, map[string]any{"title": "Neu"})
	case auth.Update:
		return b.statusOf("PATCH", path, map[string]any{"title": "Anders"})
	case auth.Delete:
		return b.statusOf("DELETE", path, nil)
	case auth.Comment:
		return b.statusOf("POST", path+"/comments", map[string]any{"text": "Aha"})
	case auth.Approve:
		return b.statusOf("POST", path+"/decide", map[string]any{"step": "approve"})
	}
	return b.statusOf("GET", path, nil)
}
