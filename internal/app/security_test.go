package app_test

import (
	"net/http"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/transport/rest"
)

func TestWhatStrangersSee(t *testing.T) {
	b := serve(t, open(t, t.TempDir()), false)
	for path, status := range map[string]int{
		"/healthz": 200, "/readyz": 200, "/api/openapi.json": 200, "/api/openapi.yaml": 200,
		"/api/v1/session": 200, "/api/v1/one_time/x": 404, "/metrics": 200, // the test asks from the machine itself
		"/api/v1/accounts": 401, "/api/v1/jobs": 401, "/api/v1/nothing": 401, "/api/v1": 401, "/api/": 401, "/api/v2/x": 401,
	} {
		if r, body := b.do("GET", path, nil); r.StatusCode != status {
			t.Errorf("%s: %d, want %d: %s", path, r.StatusCode, status, body)
		}
	}
	b.header.Set("X-Forwarded-For", "203.0.113.7")
	if r, _ := b.do("GET", "/metrics", nil); r.StatusCode != 401 {
		t.Error("/metrics through a proxy:", r.StatusCode)
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	b := serve(t, open(t, t.TempDir()), false)
	for _, path := range []string{"/", "/healthz", "/api/v1/session", "/api/v1/jobs", "/api/openapi.json"} {
		r, _ := b.do("GET", path, nil)
		csp := r.Header.Get("Content-Security-Policy")
		if strings.Contains(csp, "unsafe") || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", path, csp)
		}
		for header, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY"} {
			if got := r.Header.Get(header); got != want {
				t.Errorf("%s: %s %q", path, header, got)
			}
		}
		if strings.HasPrefix(path, rest.Prefix) && r.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be cached", path)
		}
	}
}

func TestForgedRequestsAreRefused(t *testing.T) {
	a := open(t, t.TempDir())
	b := signIn(t, a, "anna@example.com", "admin")
	if !b.cookie.HttpOnly || b.cookie.SameSite != http.SameSiteStrictMode {
		t.Error("cookie", b.cookie)
	}
	change := map[string]string{"lang": "en", "scheme": "dark"}
	b.want(204, "PUT", "/session/preferences", change, nil)
	csrf := b.csrf
	for _, wrong := range []string{"", "x", csrf + "x", strings.ToUpper(csrf)} {
		b.csrf = wrong
		b.want(403, "PUT", "/session/preferences", change, nil)
	}
	b.csrf = csrf
	b.header.Set("Origin", "https://evil.example")
	b.want(403, "PUT", "/session/preferences", change, nil)
	b.header.Set("Sec-Fetch-Site", "cross-site")
	b.want(403, "POST", "/session", map[string]string{"email": "anna@example.com", "password": password}, nil)
}

func TestSessionsEnd(t *testing.T) {
	a := open(t, t.TempDir())
	b := signIn(t, a, "anna@example.com", "viewer")
	other := serve(t, a, false)
	var s status
	other.want(200, "POST", "/session", map[string]string{"email": "ANNA@example.com", "password": password}, &s)
	other.csrf = s.CSRF
	other.want(204, "POST", "/session/revoke_all", nil, nil)
	b.want(401, "GET", "/jobs", nil, nil)
	b.want(200, "GET", "/session", nil, &s)
	if s.User != nil {
		t.Fatalf("%+v", s.User)
	}
	b.want(401, "POST", "/session", map[string]string{"email": "anna@example.com", "password": "falsch falsch"}, nil)
	b.want(401, "POST", "/session", map[string]string{"email": "niemand@example.com", "password": password}, nil)
}

func TestChangedPasswordEndsOtherSessionsAndTokens(t *testing.T) {
	a := open(t, t.TempDir())
	b := signIn(t, a, "anna@example.com", "viewer")
	operator := serve(t, a, true)
	var me status
	b.want(200, "GET", "/session", nil, &me)
	var token struct{ Token string }
	operator.want(200, "POST", "/accounts/"+me.User.ID+"/token", nil, &token)
	script := serve(t, a, false)
	script.header.Set("Authorization", "Bearer "+token.Token)
	script.want(200, "GET", "/jobs", nil, nil)
	script.want(403, "GET", "/accounts", nil, nil)
	b.want(422, "PUT", "/session/password", map[string]string{"old": "falsch", "new": "noch ein langes"}, nil)
	b.want(204, "PUT", "/session/password", map[string]string{"old": password, "new": "noch ein langes"}, nil)
	b.want(200, "GET", "/jobs", nil, nil)
	script.want(401, "GET", "/jobs", nil, nil)
}

func TestLastAdminStaysAndDisabledIsOut(t *testing.T) {
	a := open(t, t.TempDir())
	admin := signIn(t, a, "admin@example.com", "admin")
	viewer := signIn(t, a, "viewer@example.com", "viewer")
	var me, them status
	admin.want(200, "GET", "/session", nil, &me)
	viewer.want(200, "GET", "/session", nil, &them)
	admin.want(409, "PATCH", "/accounts/"+me.User.ID, map[string]any{"roles": []string{"viewer"}}, nil)
	admin.want(422, "PATCH", "/accounts/"+them.User.ID, map[string]any{"roles": []string{"king"}}, nil)
	admin.want(200, "PATCH", "/accounts/"+them.User.ID, map[string]any{"disabled": true}, nil)
	viewer.want(401, "GET", "/jobs", nil, nil)
	viewer.want(401, "POST", "/session", map[string]string{"email": "viewer@example.com", "password": password}, nil)
}

func TestInvitationAndReset(t *testing.T) {
	a := open(t, t.TempDir())
	admin := signIn(t, a, "admin@example.com", "admin")
	var link struct{ Link string }
	admin.want(200, "POST", "/accounts/invitations", map[string]any{"email": "neu@example.com", "roles": []string{"officer"}}, &link)
	admin.want(409, "POST", "/accounts/invitations", map[string]any{"email": "admin@example.com", "roles": []string{"officer"}}, nil)
	admin.want(403, "POST", "/accounts", map[string]any{"email": "x@example.com", "roles": []string{"officer"}, "password": password}, nil)
	guest := serve(t, a, false)
	var s status
	guest.want(200, "POST", "/one_time/"+tokenOf(link.Link), map[string]any{"name": "Neu", "email": "anders@example.com", "password": password}, &s)
	if s.User.Email != "neu@example.com" || strings.Join(s.User.Roles, "") != "officer" {
		t.Fatalf("%+v", s.User)
	}
	admin.want(200, "POST", "/accounts/"+s.User.ID+"/reset", nil, &link)
	again := serve(t, a, false)
	again.want(200, "POST", "/one_time/"+tokenOf(link.Link), map[string]any{"password": "ganz neues Kennwort"}, nil)
	guest.want(401, "GET", "/jobs", nil, nil)
	guest.want(200, "POST", "/session", map[string]string{"email": "neu@example.com", "password": "ganz neues Kennwort"}, nil)
}

func tokenOf(link string) string { return link[strings.LastIndexByte(link, '/')+1:] }

func TestTriesAreLimited(t *testing.T) {
	b := serve(t, open(t, t.TempDir()), false)
	for i := range 60 {
		r, _ := b.do("POST", "/api/v1/one_time/guess", map[string]string{"password": password})
		if r.StatusCode == http.StatusTooManyRequests {
			if i < 10 {
				t.Fatal("too early", i)
			}
			if r.Header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			return
		}
	}
	t.Fatal("never limited")
}

func TestMalformedRequestsAreAnsweredInBothLanguages(t *testing.T) {
	b := signIn(t, open(t, t.TempDir()), "anna@example.com", "admin")
	var p struct {
		Code, Text, Reference string
		Fields                []struct{ Field, Text string }
	}
	b.want(422, "PUT", "/session/preferences", map[string]any{"lang": "fr", "more": 1}, &p)
	texts := map[string]string{}
	for _, f := range p.Fields {
		texts[f.Field] += f.Text
	}
	if p.Code != "invalid_fields" || p.Reference == "" || !strings.Contains(texts["lang"], "erlaubt ist eines von") || texts["more"] != "unbekanntes Feld" {
		t.Errorf("%+v", p)
	}
	b.header.Set("Accept-Language", "en")
	b.want(422, "PUT", "/session/preferences", map[string]any{"lang": "fr", "scheme": "dark"}, &p)
	if p.Text != "Some values do not fit." {
		t.Errorf("%+v", p)
	}
	b.want(400, "PUT", "/session/preferences", []byte(`{"lang":`), &p)
	b.want(413, "PUT", "/session/preferences", []byte(`{"lang":"`+strings.Repeat("x", 1<<20)+`"}`), &p)
	if p.Code != "body_too_large" {
		t.Errorf("%+v", p)
	}
	if r, body := b.do("DELETE", "/api/v1/accounts", nil); r.StatusCode != 405 || r.Header.Get("Allow") != "GET, POST" {
		t.Error(r.StatusCode, r.Header, string(body))
	}
	b.want(404, "GET", "/nothing", nil, nil)
}
