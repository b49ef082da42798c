package app_test

import (
	"slices"
	"testing"

	"lotse.dev/lotse/internal/auth"
)

// A person who gets another e-mail address keeps comments, views, records of their own and mentions, and nobody else does.
func TestAnotherAddressIsTheSamePerson(t *testing.T) {
	h := openHouse(t)
	admin := h.somebody("admin@example.com", auth.Admin)
	anna, bert := h.somebody("anna@example.com", auth.Contributor), h.somebody("bert@example.com", auth.Contributor)
	thing := thingOf(auth.PolicyPlan)
	var kinds struct{ Self string }
	anna.want(200, "GET", "/records", nil, &kinds)
	anna.want(201, "POST", "/records/"+thing+"?id=a", map[string]any{"title": "Portal", "owner": kinds.Self}, nil)
	var said struct{ ID string }
	anna.want(201, "POST", "/records/"+thing+"/a/comments", map[string]any{"text": "Gut so"}, &said)
	anna.want(201, "POST", "/views", map[string]any{"kind": thing, "name": "Meine", "shared": false, "state": "sort=due"}, nil)
	var accounts struct{ Items []struct{ ID, Email string } }
	admin.want(200, "GET", "/accounts", nil, &accounts)
	for _, a := range accounts.Items {
		if a.Email == "anna@example.com" {
			admin.want(200, "PATCH", "/accounts/"+a.ID, map[string]any{"email": "anna.neu@example.com"}, nil)
		}
	}
	var after struct{ Self string }
	if anna.want(200, "GET", "/records", nil, &after); after.Self != kinds.Self || after.Self == "" {
		t.Error("another person", kinds.Self, after.Self)
	}
	var mine kept
	if anna.want(200, "GET", "/records/"+thing+"/a", nil, &mine); !slices.Contains(mine.May, "update") {
		t.Error("the owner may no longer change it", mine.May)
	}
	if status, _ := anna.matching("PATCH", "/records/"+thing+"/a", "*", map[string]any{"title": "Portal 2"}); status != 200 {
		t.Error(status)
	}
	var comments struct {
		Items []struct {
			ID   string
			Mine bool
		}
	}
	if anna.want(200, "GET", "/records/"+thing+"/a/comments", nil, &comments); len(comments.Items) != 1 || !comments.Items[0].Mine {
		t.Error("one's own comment is somebody else's", comments)
	}
	var views struct{ Items []struct{ Mine bool } }
	if anna.want(200, "GET", "/views?kind="+thing, nil, &views); len(views.Items) != 1 || !views.Items[0].Mine {
		t.Error("one's own view is gone", views)
	}
	if status := bert.statusOf("DELETE", "/records/"+thing+"/a/comments/"+said.ID, nil); status != 403 {
		t.Error("somebody else deleted it", status)
	}
	anna.want(204, "DELETE", "/records/"+thing+"/a/comments/"+said.ID, nil, nil)
}
