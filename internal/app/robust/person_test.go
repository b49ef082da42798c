package robust

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// person is somebody who asks a running server with an API token.
type person struct{ email, token string }

// people makes an account with a token for each e-mail address; the part before the @ is the role.
func people(t testing.TB, s *server, emails ...string) map[string]person {
	t.Helper()
	out := map[string]person{}
	for _, email := range emails {
		role, _, _ := strings.Cut(email, "@")
		out[role] = account(s, email, role)
	}
	return out
}

// account makes an account with a role and a token.
func account(s *server, email, role string) person {
	s.t.Helper()
	var made struct{ ID string }
	s.ask(person{}, 200, "POST", "/accounts", "", map[string]any{"email": email, "name": email, "roles": []string{role}, "password": "lang genug 2026"}, &made)
	var token struct{ Token string }
	s.ask(person{}, 200, "POST", "/accounts/"+made.ID+"/token", "", nil, &token)
	return person{email, token.Token}
}

// try asks the API as a person, as the operator without one. It answers status 0 when the server is gone.
func (s *server) try(p person, method, path, match string, in any) (int, []byte) {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return 0, []byte(err.Error())
		}
		body = bytes.NewReader(b)
	}
	r, err := http.NewRequest(method, "http://lotse/api/v1"+path, body)
	if err != nil {
		return 0, []byte(err.Error())
	}
	r.Header.Set("Content-Type", "application/json")
	if p.token != "" {
		r.Header.Set("Authorization", "Bearer "+p.token)
	}
	if match != "" {
		r.Header.Set("If-Match", match)
	}
	answer, err := s.client.Do(r)
	if err != nil {
		return 0, []byte(err.Error())
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, []byte(err.Error())
	}
	return answer.StatusCode, b
}

// ask is try for an answer that has to come; any status of 2xx does where 200 is wanted.
func (s *server) ask(p person, want int, method, path, match string, in, out any) {
	s.t.Helper()
	status, body := s.try(p, method, path, match, in)
	if status != want && (want != 200 || status/100 != 2) {
		s.t.Fatalf("%s %s: %d instead of %d: %s", method, path, status, want, body)
	}
	if out != nil {
		if err := json.Unmarshal(body, out); err != nil {
			s.t.Fatal(fmt.Errorf("%s %s: %w: %s", method, path, err, body))
		}
	}
}
