package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/app"
)

type noticeItem struct {
	ID, Cause, Kind, Record, Name, Text, By, Behalf string
	Read                                            bool
}

type noticeList struct {
	Items  []noticeItem
	Unread int
}

// notices are the unread ones, as "cause kind name".
func notices(b *browser) (out []string, list noticeList) {
	b.t.Helper()
	b.want(200, "GET", "/notices?unread=true", nil, &list)
	for _, n := range list.Items {
		out = append(out, strings.TrimSpace(n.Cause+" "+n.Kind+" "+n.Name+" "+n.Behalf))
	}
	var count struct{ Unread int }
	b.want(200, "GET", "/notices/count", nil, &count)
	if count.Unread != len(list.Items) || list.Unread != count.Unread {
		b.t.Errorf("%d unread, %d listed", count.Unread, len(list.Items))
	}
	return out, list
}

func make1(b *browser, kind string, value map[string]any) string {
	b.t.Helper()
	var made struct{ ID string }
	b.want(201, "POST", "/records/"+kind, value, &made)
	return made.ID
}

func patch(b *browser, kind, id string, value map[string]any) {
	b.t.Helper()
	b.header.Set("If-Match", "*")
	b.want(200, "PATCH", at(kind, id), value, nil)
}

func told(t *testing.T, b *browser, want ...string) {
	t.Helper()
	if got, list := notices(b); strings.Join(got, "; ") != strings.Join(want, "; ") {
		t.Errorf("told %q, want %q: %+v", got, want, list.Items)
	}
}

// Who is put in charge, mentioned or whose matter is decided is told once; the deputy is told too; nobody is told of
// their own doing or of what they may not read.
func TestPeopleAreToldWhatConcernsThem(t *testing.T) {
	g := openGuarded(t)
	officer, bea := signIn(t, g.app, "otto@example.com", "officer"), signIn(t, g.app, "bea@example.com", "contributor")
	dora, mia := signIn(t, g.app, "dora@example.com", "contributor"), signIn(t, g.app, "mia@example.com", "member")
	officer.want(201, "POST", "/records/deputy", map[string]any{"reason": "Urlaub", "person": self(bea), "deputy": self(dora), "time": map[string]string{"from": "2026-03-01", "to": "2026-03-08"}}, nil)
	id := make1(officer, "initiative", map[string]any{"title": "Portal", "owner": self(bea)})
	told(t, bea, "assigned initiative Portal")
	told(t, dora, "assigned initiative Portal bea")
	told(t, officer)
	patch(officer, "initiative", id, map[string]any{"aim": "Schneller"})
	patch(officer, "initiative", id, map[string]any{"milestones": []any{map[string]any{"title": "Abnahme", "owner": self(dora)}, map[string]any{"title": "Start", "owner": self(bea)}}})
	told(t, bea, "assigned initiative Portal") // named already
	told(t, dora, "assigned initiative Portal", "assigned initiative Portal bea")

	officer.want(201, "POST", at("initiative", id)+"/comments", map[string]any{"text": "Bitte ansehen", "mentions": []string{self(bea), self(mia), self(officer)}}, nil)
	got, list := notices(bea)
	if len(got) != 2 || got[0] != "mentioned initiative Portal" || list.Items[0].Text != "otto hat Sie in einem Kommentar erwähnt." || list.Items[0].By != "otto" {
		t.Errorf("%+v", list)
	}
	told(t, mia) // may not read it
	told(t, officer)

	decision := make1(officer, "decision", map[string]any{"title": "Anbieter", "initiative": id, "outcome": "open"})
	patch(officer, "decision", decision, map[string]any{"outcome": "accepted", "decided": "2026-03-01", "reason": "günstiger"})
	told(t, bea, "mentioned initiative Portal", "assigned initiative Portal") // a contributor reads no decisions of the committee

	bea.want(204, "POST", "/notices/"+list.Items[0].ID+"/read", nil, nil)
	told(t, bea, "assigned initiative Portal")
	dora.want(404, "POST", "/notices/"+list.Items[1].ID+"/read", nil, nil) // Bea's
	bea.want(204, "POST", "/notices/read_all", nil, nil)
	told(t, bea)
	var all noticeList
	bea.want(200, "GET", "/notices", nil, &all)
	if len(all.Items) != 2 || !all.Items[0].Read {
		t.Errorf("%+v", all)
	}
	officer.header.Set("If-Match", "*")
	officer.want(200, "DELETE", at("decision", decision), nil, nil)
	officer.want(200, "DELETE", at("initiative", id), nil, nil)
	bea.want(200, "GET", "/notices", nil, &all)
	if len(all.Items) != 0 {
		t.Errorf("of what is gone: %+v", all)
	}
}

// Days of what somebody owns are told a week before, a day before and once when they have passed, whatever restarts.
func TestDueDatesAreToldOnce(t *testing.T) {
	dir, now := t.TempDir(), time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	var a *app.App
	restart := func() {
		if a != nil {
			a.Close()
		}
		var err error
		if a, err = app.Open(t.Context(), app.Options{Dir: dir, Create: true, Clock: func() time.Time { return now }}); err != nil {
			t.Fatal(err)
		}
	}
	restart()
	defer func() { a.Close() }()
	officer, bea := signIn(t, a, "otto@example.com", "officer"), signIn(t, a, "bea@example.com", "contributor")
	make1(officer, "risk", map[string]any{"title": "Ausfall", "owner": self(bea), "due": "2026-03-09"})
	make1(officer, "risk", map[string]any{"title": "Erledigt", "owner": self(bea), "due": "2026-03-09", "status": "closed"})
	make1(officer, "initiative", map[string]any{"title": "Portal", "owner": self(officer), "start": "2026-03-09", "milestones": []any{
		map[string]any{"title": "Abnahme", "due": "2026-03-09", "owner": self(bea)}, map[string]any{"title": "Fertig", "due": "2026-03-09", "done": "2026-03-01", "owner": self(bea)}}})
	bea.want(204, "POST", "/notices/read_all", nil, nil)
	seen := map[string]int{}
	for day := 1; day <= 12; day++ {
		now = time.Date(2026, 3, day, 8, 0, 0, 0, time.UTC)
		for range 2 { // twice a day
			restart()
			b := serve(t, a, false)
			b.want(200, "POST", "/session", map[string]string{"email": "bea@example.com", "password": password}, nil)
			settled(t, a)
			var s status
			b.want(200, "GET", "/session", nil, &s)
			b.csrf = s.CSRF
			_, list := notices(b)
			for _, n := range list.Items {
				seen[fmt.Sprintf("%d %s: %s", day, n.Name, n.Text)]++
			}
			b.want(204, "POST", "/notices/read_all", nil, nil)
		}
	}
	for _, want := range []string{"2 Ausfall: Fällig am 09.03.2026: Termin.", "8 Ausfall: Fällig am 09.03.2026: Termin.", "10 Ausfall: Seit 09.03.2026 überfällig: Termin.",
		"2 Portal: Fällig am 09.03.2026: Abnahme.", "8 Portal: Fällig am 09.03.2026: Abnahme.", "10 Portal: Seit 09.03.2026 überfällig: Abnahme."} {
		if seen[want] != 1 {
			t.Errorf("%q is told %d times", want, seen[want])
		}
		delete(seen, want)
	}
	if len(seen) != 0 {
		t.Errorf("told as well: %v", seen)
	}
}

// settled waits until no job is under way; the operator starts the look at due dates that opening has begun already.
func settled(t *testing.T, a *app.App) {
	t.Helper()
	if err := a.Notices().Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	operator := serve(t, a, true)
	for {
		var jobs struct {
			Items []struct {
				Kind    string
				EndedAt *time.Time `json:"ended_at"`
			}
		}
		operator.want(200, "GET", "/jobs", nil, &jobs)
		waiting := false
		for _, j := range jobs.Items {
			waiting = waiting || j.EndedAt == nil
		}
		if !waiting {
			return
		}
		select {
		case <-t.Context().Done():
			t.Fatal(t.Context().Err())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// Who gets another e-mail address is mentioned before and after as the same person.
func TestMentionsFollowThePersonToAnotherAddress(t *testing.T) {
	g := openGuarded(t)
	admin, officer := signIn(t, g.app, "ada@example.com", "admin"), signIn(t, g.app, "otto@example.com", "officer")
	bea := signIn(t, g.app, "bea@example.com", "contributor")
	id, person := make1(officer, "initiative", map[string]any{"title": "Portal"}), self(bea)
	mention := map[string]any{"text": "Bitte ansehen", "mentions": []string{person}}
	officer.want(201, "POST", at("initiative", id)+"/comments", mention, nil)
	told(t, bea, "mentioned initiative Portal")
	var accounts struct{ Items []struct{ ID, Email string } }
	admin.want(200, "GET", "/accounts", nil, &accounts)
	for _, a := range accounts.Items {
		if a.Email == "bea@example.com" {
			admin.want(200, "PATCH", "/accounts/"+a.ID, map[string]any{"email": "bea.neu@example.com"}, nil)
		}
	}
	if now := self(bea); now != person {
		t.Error("another person", person, now)
	}
	told(t, bea, "mentioned initiative Portal")
	officer.want(201, "POST", at("initiative", id)+"/comments", mention, nil)
	told(t, bea, "mentioned initiative Portal", "mentioned initiative Portal")
	told(t, officer)
	told(t, admin)
	bea.want(201, "POST", at("initiative", id)+"/comments", map[string]any{"text": "Ich", "mentions": []string{person}}, nil)
	told(t, bea, "mentioned initiative Portal", "mentioned initiative Portal") // one's own doing is no news
}
