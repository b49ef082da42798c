package app_test

import (
	"net/http"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/auth"
)

// self is the record that a person is told to be their own.
func self(b *browser) string {
	b.t.Helper()
	var out struct{ Self string }
	b.want(200, "GET", "/records", nil, &out)
	return out.Self
}

type personItem struct {
	ID        string
	Version   int
	CreatedBy string `json:"created_by"`
	Value     struct{ Name, Email string }
}

func persons(b *browser, email string) []personItem {
	b.t.Helper()
	var out struct{ Items []personItem }
	b.want(200, "GET", "/records/person?filter=email:eq:"+email, nil, &out)
	return out.Items
}

// Whoever gets an account, by the first link, by an invitation or at the machine, has a record of a person: the one that
// an officer made before, or a new one by the system. A new address keeps both together, and the history knows the
// person under both.
func TestAccountsAndPersonsAreJoined(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	link, err := a.FirstLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	anna := serve(t, a, false)
	var s status
	anna.want(200, "POST", "/one_time/"+link[strings.LastIndexByte(link, '/')+1:], map[string]string{"name": "Anna Lindner", "email": "Anna@Example.com", "password": password}, &s)
	anna.csrf = s.CSRF
	list := persons(anna, "anna@example.com")
	if len(list) != 1 || list[0].CreatedBy != "lotse" || list[0].Value.Name != "Anna Lindner" || self(anna) != list[0].ID {
		t.Fatalf("%+v, self %s", list, self(anna))
	}

	anna.want(201, "POST", "/records/person", map[string]string{"name": "Bea Boysen", "email": "bea@example.com"}, nil)
	made := persons(anna, "bea@example.com")[0]
	var invited struct{ Link string }
	anna.want(200, "POST", "/accounts/invitations", map[string]any{"email": "bea@example.com", "roles": []string{"leader", "controller"}}, &invited)
	bea := serve(t, a, false)
	bea.want(200, "POST", "/one_time/"+invited.Link[strings.LastIndexByte(invited.Link, '/')+1:], map[string]string{"name": "B.", "password": password}, &s)
	bea.csrf = s.CSRF
	if self(bea) != made.ID || made.CreatedBy != "Anna@Example.com" || len(persons(anna, "bea@example.com")) != 1 {
		t.Fatalf("%s is not %+v", self(bea), made)
	}

	var accounts struct {
		Items []struct{ ID, Email, Person string }
	}
	anna.want(200, "GET", "/accounts", nil, &accounts)
	id := accounts.Items[1].ID
	anna.want(200, "PATCH", "/accounts/"+id, map[string]string{"email": "bea.boysen@example.com"}, nil)
	if got := persons(anna, "bea.boysen@example.com"); len(got) != 1 || got[0].ID != made.ID || self(bea) != made.ID {
		t.Fatalf("%+v", got)
	}
	anna.want(409, "PATCH", "/accounts/"+accounts.Items[0].ID, map[string]string{"email": "bea@example.com"}, nil) // once Bea's
	anna.want(409, "POST", "/accounts/invitations", map[string]any{"email": "bea@example.com", "roles": []string{"viewer"}}, nil)
	anna.want(422, "PATCH", "/accounts/"+id, map[string]string{"email": "nonsense"}, nil)

	// An officer who writes another address into the record does not become somebody else.
	anna.header.Set("If-Match", "*")
	anna.want(200, "PATCH", "/records/person/"+made.ID, map[string]string{"email": "other@example.com"}, nil)
	if self(bea) != made.ID {
		t.Errorf("self is %q", self(bea))
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	again := serve(t, open(t, dir), false) // opening looks after them once more
	again.cookie, again.csrf = bea.cookie, bea.csrf
	if self(again) != made.ID || len(persons(again, "bea.boysen@example.com")) != 1 {
		t.Errorf("self is %q", self(again))
	}
}

// Nobody approves what they wrote or proposed: not the author, not under a former address, not their deputy, not the
// operator at the machine. A second person does.
func TestTwoPersonsForAnApproval(t *testing.T) {
	h := openHouse(t)
	kind := thingOf(auth.PolicyFinance)
	author := h.somebody("autor@example.com", auth.Controller)
	deputy, late := h.somebody("vertretung@example.com", auth.Controller), h.somebody("spaeter@example.com", auth.Controller)
	second := h.somebody("zweite@example.com", auth.Controller)
	h.deputise(deputy.person, author.person, "2026-03-10", "2026-03-11")
	h.deputise(late.person, author.person, "2026-03-11", "2026-03-20")
	step := func(who *browser, id, step, note string) (int, string) {
		who.header.Set("If-Match", "*")
		r, body := who.do("POST", "/api/v1"+at(kind, id)+"/decide", map[string]string{"step": step, "note": note})
		return r.StatusCode, string(body)
	}
	var one struct{ ID string }
	proposed := func() string {
		author.want(201, "POST", "/records/"+kind, map[string]any{"title": "Fall"}, &one)
		if code, body := step(author.browser, one.ID, "propose", ""); code != 200 {
			t.Fatal(body)
		}
		return one.ID
	}
	id := proposed()
	for name, who := range map[string]*browser{"the author": author.browser, "the deputy": deputy.browser} {
		for _, s := range []string{"approve", "refuse"} {
			if code, body := step(who, id, s, "weil"); code != http.StatusForbidden || !strings.Contains(body, "two_persons") {
				t.Errorf("%s, %s: %d %s", name, s, code, body)
			}
		}
	}
	if code, body := step(late.browser, id, "approve", ""); code != 200 { // before the time nobody's deputy
		t.Errorf("who deputises later: %d %s", code, body)
	}
	id = proposed()
	email := "autorin@example.com"
	if _, err := h.auth.Update(t.Context(), author.account, auth.Change{Email: &email}); err != nil {
		t.Fatal(err)
	}
	if code, body := step(author.browser, id, "approve", ""); code != http.StatusForbidden || !strings.Contains(body, "two_persons") {
		t.Errorf("under a new address: %d %s", code, body)
	}
	if code, body := step(deputy.browser, id, "approve", ""); code != http.StatusForbidden {
		t.Errorf("the deputy of the renamed author: %d %s", code, body)
	}
	if code, _ := step(h.operator(), id, "approve", ""); code != http.StatusForbidden {
		t.Errorf("the operator: %d", code)
	}
	if code, body := step(second.browser, id, "approve", ""); code != 200 {
		t.Errorf("a second person: %d %s", code, body)
	}
}
