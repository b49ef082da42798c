package app_test

import (
	"strings"
	"testing"

	"lotse.dev/lotse/internal/demo"
)

// In the demo everybody who is signed in can try the side of another person of the company; the session before ends.
// Accounts that are not the company's stay closed, and in an instance of its own there is nothing of it.
func TestChangingThePersonInTheDemoOnly(t *testing.T) {
	a := open(t, t.TempDir())
	chef := signIn(t, a, "chef@example.com", "admin")
	signIn(t, a, "bea@example.com", "officer")
	leader := demo.Accounts()[1].Email
	serve(t, a, true).want(200, "POST", "/accounts", map[string]any{"email": leader, "name": "Henrik Thomsen", "roles": []string{"leader"}}, nil)
	var sides struct{ Items []struct{ Email string } }
	chef.want(200, "GET", "/session/sides", nil, &sides)
	if r, body := chef.do("POST", "/api/v1/session/switch", map[string]string{"email": leader}); r.StatusCode != 403 || !strings.Contains(string(body), "demo_only") || len(sides.Items) != 0 {
		t.Fatalf("an instance of its own: %d %s, %v", r.StatusCode, body, sides)
	}
	serve(t, a, true).want(200, "POST", "/instance/mark_demo", nil, nil)
	chef.want(200, "GET", "/session/sides", nil, &sides)
	if len(sides.Items) != 1 || sides.Items[0].Email != leader {
		t.Fatalf("%+v", sides)
	}
	chef.want(404, "POST", "/session/switch", map[string]string{"email": "bea@example.com"}, nil)
	chef.want(404, "POST", "/session/switch", map[string]string{"email": demo.Accounts()[2].Email}, nil)
	serve(t, a, false).want(401, "POST", "/session/switch", map[string]string{"email": leader}, nil)
	serve(t, a, true).want(403, "POST", "/session/switch", map[string]string{"email": leader}, nil)
	before := *chef.cookie
	var s status
	chef.want(200, "POST", "/session/switch", map[string]string{"email": leader}, &s)
	if s.User == nil || s.User.Email != leader || strings.Join(s.User.Roles, " ") != "leader" || chef.cookie.Value == before.Value {
		t.Fatalf("%+v", s)
	}
	chef.csrf = s.CSRF
	chef.want(403, "GET", "/accounts", nil, nil)
	old := serve(t, a, false)
	old.cookie = &before
	old.want(401, "GET", "/jobs", nil, nil)
}
