package rest_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/operation"
)

type rawInput struct {
	Name  string   `path:"name" maxLength:"4"`
	Many  []string `query:"many,explode" maxItems:"2"`
	Limit int      `query:"limit" minimum:"1" maximum:"9"`
	Off   bool     `query:"off"`
	Must  string   `query:"must" required:"true" maxLength:"3"`
}

type asked struct {
	Body struct {
		Word string   `json:"word,omitempty" enum:"a,b"`
		List []string `json:"list"`
	}
}

func TestParametersOfAStreamAreChecked(t *testing.T) {
	get, _, _ := serve(t, operation.NewStreamOf[rawInput, struct{}](def("raw", operation.Stream, "GET", "/raw/{name}"),
		func(w http.ResponseWriter, _ *http.Request) error { _, err := w.Write([]byte("there")); return err }))
	for query, want := range map[string]int{
		"abcd?must=x": 200, "abcd?must=x&limit=9&off=true&many=a&many=b": 200, "abcd?must=x&limit=": 200,
		"abcde?must=x": 400, "abcd": 400, "abcd?must=": 400, "abcd?must=long": 400, "abcd?must=x&limit=10": 400, "abcd?must=x&limit=z": 400,
		"abcd?must=x&off=perhaps": 400, "abcd?must=x&many=a&many=b&many=c": 400,
	} {
		if r, body := get("GET", "/api/v1/raw/"+query); r.StatusCode != want || want == 400 && !strings.Contains(body, `"invalid_fields"`) {
			t.Errorf("%s: %d %s", query, r.StatusCode, body)
		}
	}
}

func TestDocumentSaysThatNullIsNothing(t *testing.T) {
	_, _, s := serve(t, operation.New(def("ask", operation.Command, "POST", "/ask"), func(context.Context, *asked) (*answer, error) { return &answer{}, nil }),
		operation.NewStreamOf[rawInput, struct{}](withMedia(def("raw", operation.Stream, "GET", "/raw/{name}")), func(http.ResponseWriter, *http.Request) error { return nil }))
	var d struct {
		Paths map[string]map[string]struct {
			Responses map[string]struct{ Content map[string]any }
		}
		Components struct {
			Schemas map[string]struct{ Properties map[string]any }
		}
	}
	if err := json.Unmarshal(s.OpenAPI(), &d); err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(d.Components.Schemas["AskedBody"].Properties["word"])
	if string(text) != `{"enum":["a","b",null],"type":["string","null"]}` {
		t.Errorf("%s of %v", text, d.Components.Schemas)
	}
	content := d.Paths["/api/v1/raw/{name}"]["get"].Responses["200"].Content
	if _, csv := content["text/csv"]; !csv || len(content) != 1 {
		t.Error(content)
	}
}

func withMedia(d operation.Def) operation.Def {
	d.Media = []string{"text/csv; charset=utf-8"}
	return d
}
