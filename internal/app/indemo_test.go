package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/app"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/demo"
	"lotse.dev/lotse/internal/job"
)

// became is what turning an instance into the demo answers.
type became struct {
	Job      job.Info
	Accounts []struct{ Email, Name, Password string }
}

func openOn(t *testing.T, day time.Time) *app.App {
	t.Helper()
	a, err := app.Open(context.Background(), app.Options{Dir: t.TempDir(), Create: true, Clock: base.FixedClock(day)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// ended waits until a job has come to an end.
func ended(t *testing.T, b *browser, id string) job.Info {
	t.Helper()
	for {
		var info job.Info
		b.want(200, "GET", "/jobs/"+id, nil, &info)
		if info.EndedAt != nil {
			return info
		}
		select {
		case <-t.Context().Done():
			t.Fatal(t.Context().Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// TestEmptyInstanceBecomesTheDemo turns an instance into the demo from the web app: the acting account stays, the
// accounts of the company work with the passwords that are shown once, the rows are those of the same seed, and
// starting over leaves an empty instance of its own.
func TestEmptyInstanceBecomesTheDemo(t *testing.T) {
	a := openOn(t, time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC))
	admin := signIn(t, a, "chef@example.com", "admin")
	var made became
	admin.want(200, "POST", "/instance/become_demo", nil, &made)
	if len(made.Accounts) != len(demo.Accounts()) || made.Accounts[0].Password == made.Accounts[1].Password {
		t.Fatalf("%+v", made)
	}
	officer := serve(t, a, false)
	var s status
	officer.want(200, "POST", "/session", map[string]string{"email": made.Accounts[0].Email, "password": made.Accounts[0].Password}, &s)
	officer.csrf = s.CSRF
	stranger := serve(t, a, false)
	stranger.want(401, "POST", "/session", map[string]string{"email": made.Accounts[1].Email, "password": "nordhafen-admin"}, nil)

	if done := ended(t, officer, made.Job.ID); done.State != job.Done || done.CreatedBy != "chef@example.com" {
		t.Fatalf("%+v", done)
	}
	admin.want(200, "GET", "/session", nil, &s)
	if !s.Instance.Demo || s.Instance.Empty || s.User == nil || s.User.Email != "chef@example.com" {
		t.Fatalf("%+v", s)
	}
	files, err := demo.Generate(t.Context(), demo.Config{Seed: 1, Scale: 1, Until: demo.Month{Year: 2026, Month: 10}}, t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var sets struct {
		Items []struct {
			Table, Process string
			Rows           int64
		}
	}
	officer.want(200, "GET", "/datasets", nil, &sets)
	rows := map[string]int64{}
	for _, d := range sets.Items {
		rows[d.Table+" "+d.Process] = d.Rows
	}
	for _, f := range files.Tables {
		if rows[f.Table+" "+f.Process] != f.Rows {
			t.Errorf("%s %s: %d rows, the seed has %d", f.Table, f.Process, rows[f.Table+" "+f.Process], f.Rows)
		}
	}
	_, jobs := officer.do("GET", "/api/v1/jobs", nil)
	for _, p := range made.Accounts {
		if bytes.Contains(jobs, []byte(p.Password)) {
			t.Error("the list of jobs shows a password")
		}
	}
	admin.want(409, "POST", "/instance/become_demo", nil, nil)

	admin.want(200, "POST", "/instance/restart_empty", nil, nil)
	officer.want(401, "GET", "/jobs", nil, nil)
	admin.want(200, "GET", "/session", nil, &s)
	if s.Instance.Demo || !s.Instance.Empty || s.User == nil {
		t.Fatalf("%+v", s)
	}
}

// TestInstanceWithDataStaysItsOwn: whatever a person has put in keeps the demo out.
func TestInstanceWithDataStaysItsOwn(t *testing.T) {
	a := open(t, t.TempDir())
	admin := signIn(t, a, "chef@example.com", "admin")
	officer := signIn(t, a, "otto@example.com", "officer")
	refused := func(why string) {
		t.Helper()
		r, body := admin.do("POST", "/api/v1/instance/become_demo", nil)
		if r.StatusCode != 409 || !strings.Contains(string(body), "instance_not_empty") {
			t.Errorf("%s: %d %s", why, r.StatusCode, body)
		}
	}
	var upload struct{ ID string }
	r, body := officer.do("POST", "/api/v1/uploads?name=a.csv", []byte("Vorgang;Ereignis;Zeitpunkt\n1;A;2026-01-01\n"))
	if r.StatusCode >= 300 || json.Unmarshal(body, &upload) != nil {
		t.Fatal(string(body))
	}
	refused("a file on its way in")
	officer.want(204, "DELETE", "/uploads/"+upload.ID, nil, nil)
	var settings struct {
		Value map[string]any
	}
	officer.want(200, "GET", "/settings", nil, &settings)
	settings.Value["company_name"] = "Eigene Firma GmbH"
	officer.header.Set("If-Match", "0")
	officer.want(200, "PUT", "/settings", settings.Value, nil)
	refused("settings")
	var s status
	admin.want(200, "GET", "/session", nil, &s)
	var accounts struct{ Total int }
	admin.want(200, "GET", "/accounts", nil, &accounts)
	if s.Instance.Demo || accounts.Total != 2 {
		t.Errorf("%+v, %d accounts", s.Instance, accounts.Total)
	}
}

// TestStoppedDemoIsStillTheDemo: cancelled on the way the instance stays marked, nothing goes on behind, and starting
// over empties it; so does starting over while the work runs.
func TestStoppedDemoIsStillTheDemo(t *testing.T) {
	a := open(t, t.TempDir())
	admin := signIn(t, a, "chef@example.com", "admin")
	officer := signIn(t, a, "otto@example.com", "officer")
	var made became
	admin.want(200, "POST", "/instance/become_demo", nil, &made)
	officer.want(200, "POST", "/jobs/"+made.Job.ID+"/cancel", nil, nil)
	if done := ended(t, officer, made.Job.ID); done.State != job.Cancelled {
		t.Fatalf("%+v", done)
	}
	var jobs job.List
	officer.want(200, "GET", "/jobs", nil, &jobs)
	for _, j := range jobs.Items {
		if j.EndedAt == nil {
			t.Errorf("%s goes on: %+v", j.Kind, j)
		}
	}
	var s status
	admin.want(200, "GET", "/session", nil, &s)
	if !s.Instance.Demo {
		t.Fatal("half a demo is taken for real")
	}
	admin.want(200, "POST", "/instance/restart_empty", nil, nil)

	other := signIn(t, open(t, t.TempDir()), "chef@example.com", "admin")
	other.want(200, "POST", "/instance/become_demo", nil, nil)
	other.want(200, "POST", "/instance/restart_empty", nil, nil)
	other.want(200, "GET", "/session", nil, &s)
	if s.Instance.Demo || !s.Instance.Empty {
		t.Fatalf("%+v", s)
	}
}
