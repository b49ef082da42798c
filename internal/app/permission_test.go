package app_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/transport/rest"
)

// may is the table of who may do what as the product documents it, written a second time on purpose: a change of
// auth's own table shows here.
var may = map[operation.Permission]string{
	auth.AccountManage:  "admin",
	auth.InstanceManage: "admin",
	auth.FactsRead:      "leader officer controller contributor viewer",
	auth.FactsWrite:     "officer",
	auth.SettingsRead:   "leader officer controller contributor member viewer admin",
	auth.SettingsWrite:  "admin officer",
	auth.RecordsWrite:   "officer",
	auth.RegisterRead:   "leader officer controller contributor member viewer admin",
	auth.RegisterWrite:  "leader officer controller contributor admin",
	auth.RegisterDecide: "leader controller",
	auth.Self:           "leader officer controller contributor member viewer admin",
}

var parameter = regexp.MustCompile(`\{[^}]*\}`)

// Every operation is asked over HTTP by a stranger and by each role. Who may is let through to the operation, which
// answers whatever it likes to an empty request but neither 401 nor 403; everybody else is refused. That a policy refuses
// a single record is another test's.
func TestEveryOperationAsksWhoMay(t *testing.T) {
	a := open(t, t.TempDir())
	stranger := serve(t, a, false)
	people := map[string]*browser{}
	for _, role := range auth.Roles() {
		people[string(role)] = signIn(t, a, string(role)+"@example.com", string(role))
	}
	for _, op := range a.Operations() {
		d := op.Describe()
		path := rest.Prefix + parameter.ReplaceAllString(d.Path, "x")
		if d.Public {
			if r, _ := stranger.do(d.Method, path, nil); r.StatusCode == http.StatusForbidden || r.StatusCode == http.StatusMethodNotAllowed {
				t.Errorf("%s is public and answers %d", d.ID, r.StatusCode)
			}
			continue
		}
		if r, _ := stranger.do(d.Method, path, nil); r.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s answers %d to a stranger", d.ID, r.StatusCode)
		}
		roles, known := may[d.Permission]
		if !known {
			t.Errorf("%s wants %q, which is not in the table of this test", d.ID, d.Permission)
		}
		for role, b := range people {
			if d.ID == "session_end" || d.ID == "session_revoke_all" { // these would turn the others into strangers
				b = signIn(t, a, role+d.ID+"@example.com", role)
			}
			if d.ID == "instance_become_demo" { // it fills the instance: one of its own
				b = signIn(t, open(t, t.TempDir()), role+"@example.com", role)
			}
			r, body := b.do(d.Method, path, []byte(`{}`))
			allowed := slices.Contains(strings.Fields(roles), role)
			operatorOnly := regexp.MustCompile(`"(operator_only|not_this_record|demo_only)"`).Match(body)
			refused := r.StatusCode == http.StatusForbidden && !operatorOnly || r.StatusCode == http.StatusUnauthorized
			if refused == allowed || r.StatusCode >= 500 && r.StatusCode != http.StatusServiceUnavailable {
				t.Errorf("%s as %s: %d %s", d.ID, role, r.StatusCode, body)
			}
		}
	}
}

func TestOperationsAreDescribed(t *testing.T) {
	a := open(t, t.TempDir())
	seen := map[string]bool{}
	for _, op := range a.Operations() {
		d := op.Describe()
		if seen[d.ID] || !regexp.MustCompile(`^[a-z][a-z0-9_]*$`).MatchString(d.ID) {
			t.Errorf("id %q", d.ID)
		}
		seen[d.ID] = true
		if d.Summary.De == "" || d.Summary.En == "" || d.Tag == "" {
			t.Errorf("%s has no summary or tag", d.ID)
		}
	}
}

// The operator at the machine may what admin and officer may.
func TestOperatorMay(t *testing.T) {
	operator := serve(t, open(t, t.TempDir()), true)
	operator.want(200, "GET", "/accounts", nil, nil)
	operator.want(200, "GET", "/jobs", nil, nil)
	operator.want(422, "PUT", "/session/password", map[string]string{"old": "x", "new": "y"}, nil)
}
