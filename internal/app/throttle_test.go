package app_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"lotse.dev/lotse/internal/app"
)

// guarded is an instance whose clock the test moves, behind a proxy that it trusts.
type guarded struct {
	t   *testing.T
	app *app.App
	now atomic.Int64
}

func openGuarded(t *testing.T, proxies ...string) *guarded {
	t.Helper()
	g := &guarded{t: t}
	g.now.Store(time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC).UnixNano())
	var networks []netip.Prefix
	for _, p := range proxies {
		networks = append(networks, netip.MustParsePrefix(p))
	}
	a, err := app.Open(t.Context(), app.Options{Dir: t.TempDir(), Create: true, Proxies: networks,
		Clock: func() time.Time { return time.Unix(0, g.now.Load()).UTC() }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	g.app = a
	return g
}

func (g *guarded) wait(d time.Duration) { g.now.Add(int64(d)) }

// from is a browser at an address, as the proxy reports it.
func (g *guarded) from(address string) *browser {
	b := serve(g.t, g.app, false)
	b.header.Set("X-Forwarded-For", address)
	return b
}

// enter tries to sign in and returns the status and how many seconds to wait.
func enter(b *browser, email, with string) (status, wait int) {
	b.t.Helper()
	r, _ := b.do("POST", "/api/v1/session", map[string]string{"email": email, "password": with})
	wait, _ = strconv.Atoi(r.Header.Get("Retry-After"))
	return r.StatusCode, wait
}

// Whoever guesses at one account waits longer and longer; other accounts and the owner elsewhere do not.
func TestWrongPasswordsAreAnsweredByWaiting(t *testing.T) {
	g := openGuarded(t, "127.0.0.0/8")
	signIn(t, g.app, "anna@example.com", "viewer")
	signIn(t, g.app, "bea@example.com", "viewer")
	stranger := g.from("203.0.113.7")
	for i := range 5 {
		if status, _ := enter(stranger, "anna@example.com", "geraten geraten"); status != 401 {
			t.Fatalf("try %d: %d", i, status)
		}
	}
	for _, seconds := range []int{2, 4, 8, 16} {
		status, wait := enter(stranger, " ANNA@example.com", password) // the right one is not told either
		if status != http.StatusTooManyRequests || wait != seconds {
			t.Fatalf("status %d, %d seconds, want %d", status, wait, seconds)
		}
		g.wait(time.Duration(seconds) * time.Second)
		if status, _ := enter(stranger, "anna@example.com", "geraten geraten"); status != 401 {
			t.Fatalf("after %d seconds: %d", seconds, status)
		}
	}
	if status, _ := enter(stranger, "bea@example.com", password); status != 200 {
		t.Error("another account at the same address:", status)
	}
	if status, _ := enter(g.from("198.51.100.1"), "anna@example.com", password); status != 200 {
		t.Error("the owner elsewhere:", status)
	}
	if status, _ := enter(g.from("203.0.113.7"), "nobody@example.com", password); status != 401 {
		t.Error("an account that does not exist:", status)
	}
	g.wait(time.Hour)
	if status, _ := enter(stranger, "anna@example.com", password); status != 200 {
		t.Error("after an hour:", status)
	}
	if status, _ := enter(stranger, "anna@example.com", "geraten geraten"); status != 401 {
		t.Error("success did not take the count away:", status)
	}
}

// Strangers at very many addresses slow an account down shortly, and its owner not at all where they have been before.
func TestManyAddressesCannotKeepTheOwnerOut(t *testing.T) {
	g := openGuarded(t, "127.0.0.0/8")
	signIn(t, g.app, "anna@example.com", "viewer")
	home := g.from("198.51.100.1")
	if status, _ := enter(home, "anna@example.com", password); status != 200 {
		t.Fatal(status)
	}
	stranger := serve(t, g.app, false)
	for i := range 100 {
		stranger.header.Set("X-Forwarded-For", fmt.Sprintf("203.0.%d.%d", i/50, i%50+1))
		if status, _ := enter(stranger, "anna@example.com", "geraten geraten"); status != 401 {
			t.Fatalf("try %d: %d", i, status)
		}
	}
	away := g.from("192.0.2.9")
	if status, wait := enter(away, "anna@example.com", password); status != http.StatusTooManyRequests || wait != 30 {
		t.Errorf("a new address: %d, %d seconds", status, wait)
	}
	if status, _ := enter(home, "anna@example.com", password); status != 200 {
		t.Error("the owner at home:", status)
	}
	g.wait(30 * time.Second)
	if status, _ := enter(away, "anna@example.com", password); status != 200 {
		t.Error("a new address after half a minute:", status)
	}
}

// Without a trusted proxy everybody could write X-Forwarded-For; then it counts for nothing.
func TestForwardedAddressOfStrangersIsNotBelieved(t *testing.T) {
	for _, c := range []struct {
		name    string
		proxies []string
		header  func(i int) string
		status  int
	}{
		{"no proxy", nil, func(i int) string { return fmt.Sprintf("203.0.113.%d", i) }, http.StatusTooManyRequests},
		{"another proxy", []string{"10.0.0.0/8"}, func(i int) string { return fmt.Sprintf("203.0.113.%d", i) }, http.StatusTooManyRequests},
		{"written before the proxy's own", []string{"127.0.0.0/8"}, func(i int) string { return fmt.Sprintf("203.0.113.%d, 198.51.100.7", i) }, http.StatusTooManyRequests},
		{"nonsense", []string{"127.0.0.0/8"}, func(i int) string { return fmt.Sprintf("203.0.113.%d, unknown", i) }, http.StatusTooManyRequests},
		{"two proxies", []string{"127.0.0.0/8", "10.0.0.0/8"}, func(i int) string { return fmt.Sprintf("203.0.113.%d, 10.1.2.3", i) }, http.StatusUnauthorized},
	} {
		g := openGuarded(t, c.proxies...)
		b := serve(t, g.app, false)
		last := 0
		for i := range 6 {
			b.header.Set("X-Forwarded-For", c.header(i+1))
			last, _ = enter(b, "anna@example.com", "geraten geraten")
		}
		if last != c.status {
			t.Errorf("%s: the sixth try answers %d", c.name, last)
		}
	}
}

// The old password cannot be guessed through a session that somebody left open.
func TestChangingThePasswordIsThrottled(t *testing.T) {
	g := openGuarded(t)
	b := signIn(t, g.app, "anna@example.com", "viewer")
	change := map[string]string{"old": "geraten geraten", "new": "noch ein langes"}
	for range 5 {
		b.want(422, "PUT", "/session/password", change, nil)
	}
	change["old"] = password
	b.want(http.StatusTooManyRequests, "PUT", "/session/password", change, nil)
	g.wait(2 * time.Second)
	b.want(204, "PUT", "/session/password", change, nil)
}

// A token acts as a person: they make it themselves, or the operator at the machine does.
func TestTokensAreMadeInOnesOwnName(t *testing.T) {
	a := open(t, t.TempDir())
	admin, viewer := signIn(t, a, "admin@example.com", "admin"), signIn(t, a, "viewer@example.com", "viewer")
	operator := serve(t, a, true)
	ids := map[string]string{}
	for name, b := range map[string]*browser{"admin": admin, "viewer": viewer} {
		var s status
		b.want(200, "GET", "/session", nil, &s)
		ids[name] = s.User.ID
	}
	admin.want(403, "POST", "/accounts/"+ids["viewer"]+"/token", nil, nil)
	viewer.want(403, "POST", "/accounts/"+ids["admin"]+"/token", nil, nil)
	operator.want(200, "POST", "/accounts/"+ids["viewer"]+"/token", nil, nil)
	for name, b := range map[string]*browser{"admin": admin, "viewer": viewer} {
		var token struct{ Token string }
		b.want(200, "POST", "/accounts/"+ids[name]+"/token", nil, &token)
		script := serve(t, a, false)
		script.header.Set("Authorization", "Bearer "+token.Token)
		var s status
		script.want(200, "GET", "/session", nil, &s)
		if s.User.ID != ids[name] {
			t.Errorf("the token of %s acts as %s", name, s.User.Email)
		}
	}
}
