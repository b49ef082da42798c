package auth_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

// watch is a clock that a test moves.
type watch struct{ now time.Time }

func (w *watch) clock() time.Time { return w.now }

func open(t *testing.T) (*auth.Service, *database.DB, *watch) {
	t.Helper()
	db, err := database.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	w := &watch{now: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)}
	return auth.NewService(db, w.clock), db, w
}

const password = "Möwen über Cuxhaven"

func add(t *testing.T, s *auth.Service, email string, roles ...auth.Role) auth.Account {
	t.Helper()
	a, err := s.Add(t.Context(), auth.NewAccount{Email: email, Roles: roles, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func signIn(t *testing.T, s *auth.Service, email string) auth.Session {
	t.Helper()
	_, session, err := s.SignIn(t.Context(), email, password)
	if err != nil {
		t.Fatal(err)
	}
	return session
}

// who returns the e-mail address behind a session, "" for nobody.
func who(t *testing.T, s *auth.Service, token string) string {
	t.Helper()
	p, _, err := s.BySession(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return p.Email
}

func code(err error) string {
	var e *base.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func TestSessionsEndByIdlenessAndByAge(t *testing.T) {
	s, _, w := open(t)
	add(t, s, "anna@example.com", auth.Viewer)
	idle, used := signIn(t, s, "anna@example.com"), signIn(t, s, "anna@example.com")
	for range 27 { // in use every half day but one hour
		w.now = w.now.Add(11 * time.Hour)
		if who(t, s, used.Token) != "anna@example.com" {
			t.Fatal("a session in use ended", w.now)
		}
	}
	if who(t, s, idle.Token) != "" {
		t.Error("an idle session lives")
	}
	w.now = used.Expires.Add(time.Second)
	if who(t, s, used.Token) != "" {
		t.Error("a session outlives its two weeks")
	}
	if who(t, s, "") != "" || who(t, s, "guess") != "" {
		t.Error("a guess was let in")
	}
}

func TestDatabaseHoldsNothingThatOpensADoor(t *testing.T) {
	s, db, _ := open(t)
	a := add(t, s, "anna@example.com", auth.Admin)
	session := signIn(t, s, "anna@example.com")
	token, err := s.NewToken(t.Context(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	link, _, err := s.ResetLink(t.Context(), a.ID, "cli")
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{`SELECT password_hash FROM account`, `SELECT token_hash FROM session`, `SELECT token_hash FROM token`, `SELECT token_hash FROM one_time`} {
		var kept string
		if err := db.Read().QueryRow(q).Scan(&kept); err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{password, session.Token, token, link} {
			if kept == "" || strings.Contains(kept, secret) {
				t.Errorf("%s holds %q", q, kept)
			}
		}
	}
	var hash string
	if err := db.Read().QueryRow(`SELECT password_hash FROM account`).Scan(&hash); err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Error(hash, err)
	}
}

func TestDamagedHashesNeverMatch(t *testing.T) {
	s, db, w := open(t)
	add(t, s, "anna@example.com", auth.Viewer)
	var good string
	if err := db.Read().QueryRow(`SELECT password_hash FROM account`).Scan(&good); err != nil {
		t.Fatal(err)
	}
	for _, hash := range []string{"", "x", good[:len(good)-4], strings.Replace(good, "v=19", "v=16", 1), strings.Replace(good, "$argon2id", "$argon2i", 1), "$argon2id$v=19$m=19456,t=2,p=1$$"} {
		if err := db.Write(t.Context(), func(tx *sql.Tx) error { _, err := tx.Exec(`UPDATE account SET password_hash = ?`, hash); return err }); err != nil {
			t.Fatal(err)
		}
		for _, try := range []string{password, ""} {
			w.now = w.now.Add(time.Hour) // so that no try has to wait
			if _, _, err := s.SignIn(t.Context(), "anna@example.com", try); code(err) != "bad_sign_in" {
				t.Errorf("%q opens with %q: %v", hash, try, err)
			}
		}
	}
}

func TestLinksExpireAndAreUsedOnce(t *testing.T) {
	s, _, w := open(t)
	ctx := t.Context()
	a := add(t, s, "anna@example.com", auth.Admin)
	for _, c := range []struct {
		make func() (string, auth.OneTime, error)
		life time.Duration
	}{
		{func() (string, auth.OneTime, error) { return s.FirstLink(ctx) }, 24 * time.Hour},
		{func() (string, auth.OneTime, error) {
			return s.InviteLink(ctx, "bea@example.com", []auth.Role{auth.Viewer}, "anna@example.com")
		}, 7 * 24 * time.Hour},
		{func() (string, auth.OneTime, error) { return s.ResetLink(ctx, a.ID, "anna@example.com") }, 24 * time.Hour},
	} {
		old, _, err := c.make()
		if err != nil {
			t.Fatal(err)
		}
		token, l, err := c.make()
		if err != nil || l.ExpiresAt.Sub(w.now) != c.life {
			t.Fatal(l, err)
		}
		if _, err := s.Look(ctx, old); code(err) != "link_unknown" {
			t.Errorf("%s: the earlier link still works: %v", l.Purpose, err)
		}
		w.now = l.ExpiresAt.Add(-time.Minute)
		if _, err := s.Look(ctx, token); err != nil {
			t.Errorf("%s: %v", l.Purpose, err)
		}
		w.now = l.ExpiresAt
		if _, _, err := s.Use(ctx, token, "Name", "carla@example.com", password); code(err) != "link_unknown" {
			t.Errorf("%s: an expired link was used: %v", l.Purpose, err)
		}
	}
}

// The link to the first account stands in a terminal; once there is an account, it must not make a second administrator.
func TestFirstLinkEndsWithTheFirstAccount(t *testing.T) {
	s, _, _ := open(t)
	ctx := t.Context()
	token, _, err := s.FirstLink(ctx)
	if err != nil {
		t.Fatal(err)
	}
	add(t, s, "anna@example.com", auth.Admin)
	if _, _, err := s.Use(ctx, token, "Eve", "eve@example.com", password); code(err) != "link_unknown" {
		t.Fatal(err)
	}
	if all, err := s.Accounts(ctx); err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
}

func TestUsedLinkIsSpent(t *testing.T) {
	s, _, _ := open(t)
	ctx := t.Context()
	token, _, err := s.InviteLink(ctx, "bea@example.com", []auth.Role{auth.Viewer, auth.Officer}, "cli")
	if err != nil {
		t.Fatal(err)
	}
	a, session, err := s.Use(ctx, token, "Bea", "other@example.com", password)
	if err != nil || a.Email != "bea@example.com" || a.Name != "Bea" || who(t, s, session.Token) != a.Email {
		t.Fatal(a, err)
	}
	if _, _, err := s.Use(ctx, token, "Bea", "", password); code(err) != "link_unknown" {
		t.Fatal(err)
	}
	reset, _, err := s.ResetLink(ctx, a.ID, "cli")
	if err != nil {
		t.Fatal(err)
	}
	off := true
	add(t, s, "admin@example.com", auth.Admin)
	if _, err := s.Update(ctx, a.ID, auth.Change{Disabled: &off}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Use(ctx, reset, "", "", password); code(err) != "link_unknown" {
		t.Fatal("a disabled account was reset:", err)
	}
}

func TestInputsAreCheckedCompletely(t *testing.T) {
	s, _, _ := open(t)
	_, err := s.Add(t.Context(), auth.NewAccount{Email: "no address", Roles: []auth.Role{"king"}, Password: "kurz"})
	var e *base.Error
	if !errors.As(err, &e) || len(e.Fields) != 3 {
		t.Fatal(err)
	}
	add(t, s, "anna@example.com", auth.Viewer)
	for _, again := range []string{"anna@example.com", "ANNA@Example.com"} {
		if _, err := s.Add(t.Context(), auth.NewAccount{Email: again, Roles: []auth.Role{auth.Viewer}}); code(err) != "account_exists" {
			t.Error(again, err)
		}
	}
	if _, err := s.Add(t.Context(), auth.NewAccount{Email: "Anna <x@example.com>", Roles: []auth.Role{auth.Viewer}}); code(err) != "invalid_fields" {
		t.Error(err)
	}
}

func TestPrincipals(t *testing.T) {
	nobody, operator := auth.From(context.Background()), auth.Operator()
	if nobody.May(auth.Self) || nobody.ID != "" {
		t.Error("nobody may something")
	}
	for _, r := range []auth.Role{auth.Admin, auth.Officer} {
		for _, p := range auth.Permissions(r) {
			if !operator.May(p) || !auth.Known(p) {
				t.Error("the operator may not", p)
			}
		}
	}
	if auth.Known("nonsense") {
		t.Error("nonsense is a permission")
	}
	admin := auth.Principal{ID: "x", Email: "a@example.com", Roles: []auth.Role{auth.Admin}}
	if admin.May(auth.FactsRead) || !admin.Has(auth.Admin) || admin.By() != "a@example.com" || operator.By() != "cli" {
		t.Error("the admin sees facts")
	}
	ctx := auth.With(context.Background(), admin)
	if err := auth.Check(ctx, auth.FactsRead); code(err) != "not_allowed" || !strings.Contains(err.Error(), "Viewer") {
		t.Error(err)
	}
	if err := auth.Check(context.Background(), auth.Self); code(err) != "sign_in" {
		t.Error(err)
	}
}
