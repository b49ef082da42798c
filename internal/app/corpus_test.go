package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// hostile is what somebody who means harm, or a program gone mad, puts where a text is expected.
var hostile = []string{
	`' OR 1=1; DROP TABLE record; --`, `") UNION SELECT password FROM account --`, `* NEAR(a b) "`,
	`{{7*7}}${7*7}<%= 7*7 %>`, `%s%n%d%!(EXTRA)`, `../../../../etc/passwd`, `..\..\lotse.db`, `/etc/passwd`, `file:///etc/passwd`,
	"x\r\nSet-Cookie: lotse_session=stolen", "a\x00b", "\u202egnp.exe", "\ufeff\u200b\u2028\u2029", "\U0001F4A9\U000E0041", "=HYPERLINK(\"http://evil.example\")",
	markup, `javascript:alert(1)`, "1e999999", "-9223372036854775809", strings.Repeat("9", 400), "NaN", "0x1p-1074", "2026-02-30", "9999999-01-01",
	strings.Repeat("ä", 20_000), "con", ".", "..", "%2e%2e%2f", "null", "true",
}

// markup would run in a page that shows it as it is.
const markup = `"><script>alert(1)</script><img src=x onerror=alert(1)>`

// description is what the test reads of the OpenAPI document.
type description struct {
	Paths map[string]map[string]struct {
		ID         string `json:"operationId"`
		Parameters []struct{ Name, In string }
		Body       struct {
			Content map[string]struct{ Schema map[string]any }
		} `json:"requestBody"`
	}
	Components struct{ Schemas map[string]map[string]any }
}

// value is an example of a schema in which every text is the hostile one.
func (d *description) value(schema map[string]any, text string, depth int) any {
	if ref, is := schema["$ref"].(string); is {
		if depth > 6 {
			return nil
		}
		return d.value(d.Components.Schemas[strings.TrimPrefix(ref, "#/components/schemas/")], text, depth+1)
	}
	for _, several := range []string{"anyOf", "oneOf", "allOf"} {
		if list, is := schema[several].([]any); is && len(list) > 0 {
			return d.value(list[0].(map[string]any), text, depth+1)
		}
	}
	kind, _ := schema["type"].(string)
	if list, several := schema["type"].([]any); several {
		kind = list[0].(string)
	}
	switch kind {
	case "object":
		out := map[string]any{}
		properties, _ := schema["properties"].(map[string]any)
		for name, p := range properties {
			out[name] = d.value(p.(map[string]any), text, depth+1)
		}
		return out
	case "array":
		items, _ := schema["items"].(map[string]any)
		return []any{d.value(items, text, depth+1)}
	case "integer", "number":
		return 1
	case "boolean":
		return false
	}
	if choice, limited := schema["enum"].([]any); limited && len(text)%2 == 0 {
		return choice[0] // so that some requests get further than their first enumeration
	}
	return text
}

// kinds of records answer by the same code: one that is rich stands for all of them.
var ofKind = regexp.MustCompile(`^/api/v1/records/([a-z_]+)(/|$)`)

// Every operation is asked with hostile text in every place. It never fails with a server error, never answers markup
// as a page would read it, and writes nothing outside the folder of the instance.
func TestHostileInputHarmsNothing(t *testing.T) {
	home := t.TempDir()
	dir := filepath.Join(home, "outer", "instance")
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	canary := filepath.Join(home, "canary")
	if err := os.WriteFile(canary, []byte("untouched"), 0o600); err != nil {
		t.Fatal(err)
	}
	a := open(t, dir)
	b := signIn(t, a, "everybody@example.com", "admin", "officer", "leader", "controller", "contributor")
	_, text := serve(t, a, false).do("GET", "/api/openapi.json", nil)
	var d description
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	asked := 0
	for path, operations := range d.Paths {
		if kind := ofKind.FindStringSubmatch(path); kind != nil && kind[1] != "initiative" && kind[1] != "business_case" && kind[1] != "search" {
			continue
		}
		for method, o := range operations {
			switch o.ID {
			case "session_end", "session_revoke_all", "instance_restart_empty", "instance_become_demo", "instance_backup", "session_begin":
				continue // would end the test's own session, empty or fill the instance, or is limited by tries
			}
			for n, text := range hostile {
				target, query := path, url.Values{}
				for _, p := range o.Parameters {
					switch p.In {
					case "path":
						target = strings.ReplaceAll(target, "{"+p.Name+"}", url.PathEscape(text))
					case "query":
						query.Set(p.Name, text)
					}
				}
				if len(text) > 4000 && len(target)+len(query.Encode()) > 300_000 {
					continue // the server's limit of a header is another test's
				}
				if len(query) > 0 {
					target += "?" + query.Encode()
				}
				var body any
				if content, has := o.Body.Content["application/json"]; has {
					body = d.value(content.Schema, text, 0)
				} else if len(o.Body.Content) > 0 {
					body = []byte(text)
				}
				r, answer := b.do(strings.ToUpper(method), target, body)
				asked++
				harmless(t, fmt.Sprintf("%s with text %d", o.ID, n), r, answer)
			}
		}
	}
	t.Log(asked, "requests")
	if asked < 3000 {
		t.Error("the description was not walked:", asked)
	}
	onlyInside(t, home, dir, canary)
}

// harmless looks at an answer: no server error, nothing that a browser would run, no header of the input's making.
func harmless(t *testing.T, name string, r *http.Response, body []byte) {
	t.Helper()
	if r.StatusCode >= 500 {
		t.Errorf("%s: %d %.300s", name, r.StatusCode, body)
	}
	media := r.Header.Get("Content-Type")
	if strings.Contains(media, "html") || r.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%s: answers %q, nosniff %q", name, media, r.Header.Get("X-Content-Type-Options"))
	}
	if strings.HasPrefix(media, "application/json") && bytes.Contains(body, []byte("<script>")) {
		t.Errorf("%s: markup comes back as it went in: %.300s", name, body)
	}
	for _, c := range r.Cookies() {
		if c.Value == "stolen" {
			t.Errorf("%s: the input set a cookie", name)
		}
	}
	if bytes.Contains(body, []byte("root:x:0:0")) {
		t.Errorf("%s: answers a file of the machine", name)
	}
}

// onlyInside says what appeared beside the folder of the instance.
func onlyInside(t *testing.T, home, dir, canary string) {
	t.Helper()
	err := filepath.WalkDir(home, func(path string, e fs.DirEntry, err error) error {
		if path == dir {
			return fs.SkipDir
		}
		if err == nil && !e.IsDir() && path != canary {
			t.Error("written outside the instance:", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if left, err := os.ReadFile(canary); err != nil || string(left) != "untouched" {
		t.Error("touched outside the instance:", err, string(left))
	}
}

// Limits are refusals: a body nested deep, of many fields, too long, cut off, or in another encoding.
func TestBodiesBeyondLimitsAreRefused(t *testing.T) {
	b := signIn(t, open(t, t.TempDir()), "officer@example.com", "officer")
	for name, body := range map[string]string{
		"nested lists":    strings.Repeat("[", 200_000) + strings.Repeat("]", 200_000),
		"nested objects":  strings.Repeat(`{"title":`, 100_000) + "1" + strings.Repeat("}", 100_000),
		"nested in field": `{"title":"x","milestones":` + strings.Repeat("[", 5_000) + strings.Repeat("]", 5_000) + `}`,
		"many fields":     "{" + strings.TrimSuffix(strings.Repeat(`"f":1,`, 100_000), ",") + "}",
		"too long":        `{"title":"` + strings.Repeat("x", 2<<20) + `"}`,
		"cut off":         `{"title":"x"`,
		"two documents":   `{"title":"x"}{"title":"y"}`,
		"not UTF-8":       "{\"title\":\"\xff\xfe\"}",
		"huge number":     `{"title":"x","effort":1e400}`,
		"prototype":       `{"title":"x","__proto__":{"admin":true}}`,
	} {
		r, answer := b.do("POST", "/api/v1/records/initiative", []byte(body))
		if r.StatusCode < 400 || r.StatusCode >= 500 {
			t.Errorf("%s: %d %.300s", name, r.StatusCode, answer)
		}
	}
}

// Headers of somebody else's making change neither the answer's headers nor who is asking.
func TestHostileHeadersChangeNothing(t *testing.T) {
	b := signIn(t, open(t, t.TempDir()), "viewer@example.com", "viewer")
	for name, value := range map[string]string{
		"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "evil.example", "X-Original-URL": "/api/v1/accounts", "X-HTTP-Method-Override": "DELETE",
		"Accept-Language": markup, "Accept": "text/html", "If-Match": strings.Repeat(`"9",`, 2_000), "Content-Encoding": "gzip", "Range": "bytes=0-,0-,0-,0-",
		"Cookie": "lotse_session=" + strings.Repeat("x", 4_000), "Host": "evil.example", "X-Lotse-Operator": "1",
	} {
		b.header = http.Header{name: {value}}
		for path, want := range map[string]int{"/api/v1/accounts": 403, "/api/v1/session": 200, "/healthz": 200} {
			r, body := b.do("GET", path, nil)
			if name == "Cookie" && path == "/api/v1/accounts" && r.StatusCode == 401 {
				continue // a stranger's cookie came first
			}
			if r.StatusCode != want || strings.Contains(string(body), "evil.example") || strings.Contains(string(body), "<script>alert") {
				t.Errorf("%s at %s: %d %.200s", name, path, r.StatusCode, body)
			}
		}
	}
}
