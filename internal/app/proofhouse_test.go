package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lotse.dev/lotse/internal/app"
)

// proofHouse is an instance with a clock that the test sets, and people who prove something in it.
type proofHouse struct {
	t       *testing.T
	dir     string
	now     atomic.Int64
	app     *app.App
	people  map[string]*browser
	persons map[string]string // record of kind person, by e-mail address
}

// openProof opens an instance in dir at an instant, with an account for each e-mail address; the part before the @ is
// the role, digits at its end left out.
func openProof(t *testing.T, dir string, now time.Time, emails ...string) *proofHouse {
	t.Helper()
	h := &proofHouse{t: t, dir: dir, people: map[string]*browser{}, persons: map[string]string{}}
	h.now.Store(now.UnixNano())
	h.open()
	operator := serve(t, h.app, true)
	for _, email := range emails {
		role, _, _ := strings.Cut(email, "@")
		operator.want(200, "POST", "/accounts", map[string]any{"email": email, "name": email, "roles": []string{strings.TrimRight(role, "0123456789")}, "password": password}, nil)
	}
	h.enter(emails...)
	return h
}

func (h *proofHouse) open() {
	h.t.Helper()
	a, err := app.Open(context.Background(), app.Options{Dir: h.dir, Create: true, Logger: slog.New(slog.NewTextHandler(h.t.Output(), &slog.HandlerOptions{Level: slog.LevelError})), Clock: func() time.Time { return time.Unix(0, h.now.Load()).UTC() }})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { a.Close() })
	h.app = a
}

// enter signs people in; sessions end when the clock goes on.
func (h *proofHouse) enter(emails ...string) {
	h.t.Helper()
	for _, email := range emails {
		b := serve(h.t, h.app, false)
		var s status
		b.want(200, "POST", "/session", map[string]string{"email": email, "password": password}, &s)
		b.csrf = s.CSRF
		h.people[email] = b
		var self struct{ Self string }
		b.want(200, "GET", "/records", nil, &self)
		h.persons[email] = self.Self
	}
}

// at sets the clock and signs everybody in again.
func (h *proofHouse) at(now time.Time) {
	h.t.Helper()
	h.now.Store(now.UnixNano())
	for email := range h.people {
		h.enter(email)
	}
}

func (h *proofHouse) officer() *browser    { return h.people["officer@example.com"] }
func (h *proofHouse) controller() *browser { return h.people["controller@example.com"] }

// load brings the bytes of a file in as the officer and waits until everything is derived.
func (h *proofHouse) load(name string, content []byte, plan map[string]any) {
	h.t.Helper()
	b := h.officer()
	r, body := b.do("POST", "/api/v1/uploads?name="+name, content)
	var upload struct{ ID string }
	if err := json.Unmarshal(body, &upload); err != nil || r.StatusCode > 201 {
		h.t.Fatalf("%d %s", r.StatusCode, body)
	}
	var job struct{ ID string }
	b.want(200, "POST", "/uploads/"+upload.ID+"/load", plan, &job)
	var done struct {
		Derive string `json:"derive_job"`
	}
	h.wait(job.ID, &done)
	if done.Derive != "" {
		h.wait(done.Derive, nil)
	}
}

func (h *proofHouse) wait(id string, out any) {
	h.t.Helper()
	for {
		var info struct {
			State  string
			Error  json.RawMessage
			Output json.RawMessage
		}
		h.officer().want(200, "GET", "/jobs/"+id, nil, &info)
		switch info.State {
		case "done":
			if out != nil {
				if err := json.Unmarshal(info.Output, out); err != nil {
					h.t.Fatal(err)
				}
			}
			return
		case "failed", "cancelled":
			h.t.Fatalf("job %s: %s %s", id, info.State, info.Error)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// check runs lotse check on the closed folder and answers what it says.
func (h *proofHouse) check() (string, int) {
	h.t.Helper()
	h.app.Close()
	sh := shell{t: h.t}
	out, errs, status := sh.run("check", "--data", h.dir)
	return out + errs, status
}

// orders writes one order of a net value for each of n months from a month on; the values repeat a wave of thirteen
// months around level, so that no season of twelve fits, and fall by drop from the month at on.
func ordersFile(from time.Time, months, at int, level, drop float64) []byte {
	var b strings.Builder
	b.WriteString("order_id;time;net\n")
	for m := range months {
		value := level + 4*math.Sin(float64(m*m%13)) + 2*math.Cos(float64(m*7%11))
		if m >= at {
			value -= drop
		}
		month := from.AddDate(0, m, 0)
		for _, day := range []int{3, 27} {
			fmt.Fprintf(&b, "%s-%d;%s-%02d;%.2f\n", month.Format("0601"), day, month.Format("2006-01"), day, value)
		}
		// the first and the last working day make the month a whole one
		fmt.Fprintf(&b, "%s-1;%s-01;%.2f\n%s-31;%s;%.2f\n", month.Format("0601"), month.Format("2006-01"), value, month.Format("0601"), month.AddDate(0, 1, -1).Format("2006-01-02"), value)
	}
	return []byte(b.String())
}
