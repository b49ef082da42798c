package rest_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/transport/rest"
)

// noIdentities knows nobody; requests of these tests come from the operator.
type noIdentities struct{}

func (noIdentities) BySession(context.Context, string) (auth.Principal, string, error) {
	return auth.Principal{}, "", nil
}
func (noIdentities) ByToken(context.Context, string) (auth.Principal, error) {
	return auth.Principal{}, nil
}

type part struct {
	Name base.Text `json:"name"`
}

type answer struct {
	Text    base.Text      `json:"text"`
	Parts   []part         `json:"parts"`
	Rows    [][]any        `json:"rows"`
	Best    *part          `json:"best"`
	Other   *part          `json:"other,omitempty"`
	Remarks base.Remarks   `json:"remarks"`
	Map     map[string]int `json:"map,omitempty"`
}

type input struct {
	Name  string   `path:"name"`
	Limit int      `query:"limit" minimum:"1" maximum:"9" default:"3"`
	Many  []string `query:"many,explode"`
}

func def(id string, kind operation.Kind, method, path string) operation.Def {
	return operation.Def{ID: id, Kind: kind, Method: method, Path: path, Tag: "test", Permission: auth.FactsRead, Summary: base.T("deutsch", "english")}
}

// serve answers operations as the operator and keeps the log.
func serve(t *testing.T, operations ...operation.Operation) (get func(method, path string, header ...string) (*http.Response, string), log *bytes.Buffer, s *rest.Server) {
	t.Helper()
	log = &bytes.Buffer{}
	s = rest.New(rest.Options{Identities: noIdentities{}, Operations: operations, Pages: http.NotFoundHandler(),
		Ready: func(context.Context) error { return errors.New("the disk is gone") }, Version: "1", Logger: slog.New(slog.NewJSONHandler(log, nil))})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.ServeHTTP(w, r.WithContext(rest.AsOperator(r.Context())))
	}))
	t.Cleanup(server.Close)
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	t.Cleanup(client.CloseIdleConnections)
	return func(method, path string, header ...string) (*http.Response, string) {
		t.Helper()
		r, err := http.NewRequest(method, server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			return response, "broken off: " + string(body)
		}
		return response, string(body)
	}, log, s
}

func TestAnswersSpeakTheReadersLanguageAndHaveNoNullLists(t *testing.T) {
	get, _, _ := serve(t, operation.New(def("thing", operation.Query, "GET", "/things/{name}"), func(_ context.Context, in *input) (*answer, error) {
		return &answer{Text: base.T("Grenze %s für %s, %s", "limit %s for %s, %s", in.Limit, in.Name, strings.Join(in.Many, "+")),
			Best: &part{Name: base.T("gut", "good")}, Rows: [][]any{nil, {base.T("Wert", "value").En, nil}}}, nil
	}))
	want := `{"text":"limit 3 for a/b, x+y","parts":[],"rows":[[],["value",null]],"best":{"name":"good"},"remarks":[]}`
	for _, ask := range [][]string{{"/api/v1/things/a%2Fb?many=x&many=y&lang=en"}, {"/api/v1/things/a%2Fb?many=x&many=y", "Accept-Language", "en-GB,de;q=0.5"}} {
		if r, body := get("GET", ask[0], ask[1:]...); r.StatusCode != 200 || strings.TrimSpace(body) != want {
			t.Error(r.StatusCode, body)
		}
	}
	if _, body := get("GET", "/api/v1/things/x?limit=9", "Accept-Language", "fr"); !strings.Contains(body, "Grenze 9 für x") || !strings.Contains(body, "gut") {
		t.Error(body)
	}
	if r, body := get("GET", "/api/v1/things/x?limit=10"); r.StatusCode != 400 || !strings.Contains(body, `"field":"query.limit"`) || !strings.Contains(body, "zu groß, höchstens 9") {
		t.Error(r.StatusCode, body)
	}
}

func TestEveryKindOfErrorHasOneStatus(t *testing.T) {
	for kind, status := range map[base.Kind]int{
		base.Internal: 500, base.Usage: 400, base.NotFound: 404, base.Refused: 422, base.Conflict: 409, base.TooLarge: 413,
		base.Unauthenticated: 401, base.Forbidden: 403, base.Unavailable: 503,
	} {
		get, log, _ := serve(t, operation.New(def("fails", operation.Query, "GET", "/fails"), func(context.Context, *struct{}) (*answer, error) {
			return nil, base.Fail(kind, "some_code", base.T("kaputt", "broken")).WithHint(base.T("heilen", "mend")).
				At(base.Place{File: "f.csv", Line: 7, Column: "time"}).Because(errors.New("secret detail"))
		}))
		r, body := get("GET", "/api/v1/fails")
		if r.StatusCode != status || strings.Contains(body, "secret") || rest.KindOf(status) != kind {
			t.Errorf("%v: %d %s", kind, r.StatusCode, body)
		}
		var p struct {
			Code, Text, Hint, Reference string
			Place                       base.Place
		}
		if err := json.Unmarshal([]byte(body), &p); err != nil || p.Code != "some_code" || p.Hint != "heilen" || p.Place.Line != 7 {
			t.Errorf("%s %v", body, err)
		}
		if logged := strings.Contains(log.String(), "secret detail") && strings.Contains(log.String(), p.Reference); logged != (status >= 500) {
			t.Errorf("%v: log %s", kind, log)
		}
	}
	for code, status := range map[string]int{"stale_version": 412, "version_missing": 428, "too_many": 429} {
		get, _, _ := serve(t, operation.New(def("fails", operation.Query, "GET", "/fails"), func(context.Context, *struct{}) (*answer, error) {
			return nil, base.Fail(base.Conflict, code, base.T("x", "x"))
		}))
		if r, _ := get("GET", "/api/v1/fails"); r.StatusCode != status {
			t.Errorf("%s: %d", code, r.StatusCode)
		}
	}
}

func TestForeignErrorsAndPanicsStayInTheLog(t *testing.T) {
	get, log, _ := serve(t,
		operation.New(def("fails", operation.Query, "GET", "/fails"), func(context.Context, *struct{}) (*answer, error) {
			return nil, errors.New("secret one")
		}),
		operation.New(def("panics", operation.Query, "GET", "/panics"), func(context.Context, *struct{}) (*answer, error) {
			panic("secret two")
		}))
	for _, path := range []string{"/api/v1/fails", "/api/v1/panics"} {
		r, body := get("GET", path)
		if r.StatusCode != 500 || !strings.Contains(body, `"code":"internal"`) || strings.Contains(body, "secret") {
			t.Error(path, r.StatusCode, body)
		}
	}
	if !strings.Contains(log.String(), "secret one") || !strings.Contains(log.String(), "secret two") {
		t.Error(log)
	}
}

func TestStreams(t *testing.T) {
	get, _, _ := serve(t,
		operation.NewStream(def("whole", operation.Stream, "GET", "/whole"), func(w http.ResponseWriter, _ *http.Request) error {
			_, err := io.WriteString(w, strings.Repeat("Zeile\n", 1000))
			return err
		}),
		operation.NewStream(def("late", operation.Stream, "GET", "/late"), func(w http.ResponseWriter, _ *http.Request) error {
			io.WriteString(w, strings.Repeat("Zeile\n", 10_000))
			return errors.New("the file ended early")
		}),
		operation.NewStream(def("early", operation.Stream, "GET", "/early/{id}"), func(w http.ResponseWriter, r *http.Request) error {
			return base.Fail(base.NotFound, "gone", base.T("%s ist weg", "%s is gone", r.PathValue("id")))
		}))
	if r, body := get("GET", "/api/v1/whole"); r.StatusCode != 200 || len(body) != 6000 {
		t.Error(r.StatusCode, len(body))
	}
	r, body := get("GET", "/api/v1/whole", "Accept-Encoding", "gzip")
	z, err := gzip.NewReader(strings.NewReader(body))
	if r.Header.Get("Content-Encoding") != "gzip" || err != nil {
		t.Fatal(r.Header, err)
	}
	if plain, err := io.ReadAll(z); err != nil || len(plain) != 6000 {
		t.Error(len(plain), err)
	}
	if _, body := get("GET", "/api/v1/late"); !strings.HasPrefix(body, "broken off") {
		t.Error("half an answer looks whole")
	}
	if r, body := get("GET", "/api/v1/early/x"); r.StatusCode != 404 || !strings.Contains(body, "x ist weg") {
		t.Error(r.StatusCode, body)
	}
}

func TestDocument(t *testing.T) {
	_, _, s := serve(t,
		operation.New(def("thing", operation.Query, "GET", "/things/{name}"), func(context.Context, *input) (*answer, error) { return nil, nil }),
		operation.NewStreamOf[input, part](def("raw", operation.Stream, "POST", "/raw/{name}"), func(http.ResponseWriter, *http.Request) error { return nil }))
	var d struct {
		OpenAPI string `json:"openapi"`
		Paths   map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Permission  string `json:"x-permission"`
			SummaryDe   string `json:"x-summary-de"`
			Parameters  []struct{ Name, In string }
		}
		Components struct {
			Schemas map[string]struct {
				Required   []string
				Properties map[string]map[string]any
			}
		}
	}
	if err := json.Unmarshal(s.OpenAPI(), &d); err != nil {
		t.Fatal(err)
	}
	thing, raw := d.Paths["/api/v1/things/{name}"]["get"], d.Paths["/api/v1/raw/{name}"]["post"]
	if d.OpenAPI != "3.1.0" || thing.OperationID != "thing" || thing.Permission != "facts.read" || thing.SummaryDe != "deutsch" ||
		len(thing.Parameters) != 3 || len(raw.Parameters) != 3 {
		t.Errorf("%+v\n%+v", thing, raw)
	}
	schema := d.Components.Schemas["RestTestAnswer"]
	if _, nullable := schema.Properties["best"]["anyOf"]; !nullable || schema.Properties["parts"]["type"] != "array" || schema.Properties["text"]["type"] != "string" {
		t.Errorf("%+v", schema)
	}
	if strings.Join(schema.Required, " ") != "best parts remarks rows text" && len(schema.Required) != 5 {
		t.Errorf("%v", schema.Required)
	}
	get, _, _ := serve(t)
	_, text := get("GET", "/api/openapi.yaml")
	var y map[string]any
	if err := yaml.Unmarshal([]byte(text), &y); err != nil || y["openapi"] != "3.1.0" {
		t.Error(err, y["openapi"])
	}
}

func TestReadiness(t *testing.T) {
	get, log, _ := serve(t)
	if r, _ := get("GET", "/healthz"); r.StatusCode != 200 {
		t.Error(r.StatusCode)
	}
	if r, body := get("GET", "/readyz"); r.StatusCode != 503 || strings.Contains(body, "disk") || !strings.Contains(log.String(), "the disk is gone") {
		t.Error(r.StatusCode, body)
	}
}

func TestOperationsWithoutPermissionAreRefusedAtStart(t *testing.T) {
	for _, d := range []operation.Def{
		{ID: "a", Method: "GET", Path: "/a"},
		{ID: "a", Method: "GET", Path: "/a", Permission: "nobody.holds"},
		{ID: "a", Method: "GET", Path: "/a", Permission: auth.Self, Public: true},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%+v was accepted", d)
				}
			}()
			serve(t, operation.New(d, func(context.Context, *struct{}) (*answer, error) { return nil, nil }))
		}()
	}
}

func TestSecretsOfLinksStayOutOfTheLog(t *testing.T) {
	use := def("link_use", operation.Command, "POST", "/one_time/{token}")
	get, log, _ := serve(t, operation.New(use, func(context.Context, *struct {
		Token string `path:"token"`
	}) (*answer, error) {
		return nil, errors.New("the disk is gone")
	}))
	get("POST", "/api/v1/one_time/hush")
	if !strings.Contains(log.String(), "link_use") || strings.Contains(log.String(), "hush") {
		t.Error(log.String())
	}
}

// Whoever has an IPv6 connection has 2⁶⁴ addresses; they count as one.
func TestAddressesOfOneNetworkShareTheirTries(t *testing.T) {
	try := def("try", operation.Command, "POST", "/try")
	try.Throttled = true
	_, _, s := serve(t, operation.New(try, func(context.Context, *struct{}) (*answer, error) { return &answer{}, nil }))
	ask := func(address string) int {
		r := httptest.NewRequest("POST", "/api/v1/try", nil)
		r.RemoteAddr = address
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r.WithContext(rest.AsOperator(r.Context())))
		return w.Code
	}
	last := 0
	for i := range 40 {
		last = ask(fmt.Sprintf("[2001:db8::%x]:1000", i+1))
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("40 addresses of one network: %d", last)
	}
	for _, other := range []string{"[2001:db8:0:1::1]:1000", "192.0.2.1:1000", "[::ffff:192.0.2.2]:1000"} {
		if got := ask(other); got != http.StatusOK {
			t.Errorf("%s: %d", other, got)
		}
	}
}
