package rest_test

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/operation"
)

type draft struct {
	Name  string `json:"name"`
	Zone  string `json:"zone,omitempty"`
	Steps []step `json:"steps,omitempty"`
}

type step struct {
	Note string `json:"note,omitempty"`
}

type plain struct {
	Name string `json:"name"`
}

type draftInput struct{ Body draft }

type draftAnswer struct {
	Draft draft `json:"draft"`
	Plain plain `json:"plain"`
}

type folder struct {
	Drafts []draft `json:"drafts"`
	Plain  plain   `json:"plain"`
}

type folderInput struct{ Body folder }

// What comes in may say null for what it leaves open; the same schema of an answer promises more and stays as it is.
func TestSchemasOfBothDirections(t *testing.T) {
	_, _, s := serve(t,
		operation.New(def("draft_keep", operation.Command, "POST", "/drafts"), func(context.Context, *draftInput) (*draftAnswer, error) { return nil, nil }),
		operation.New(def("folder_keep", operation.Command, "POST", "/folders"), func(context.Context, *folderInput) (*plain, error) { return nil, nil }))
	var d struct {
		Paths map[string]map[string]struct {
			RequestBody map[string]any
		}
		Components struct {
			Schemas map[string]struct{ Properties map[string]map[string]any }
		}
	}
	if err := json.Unmarshal(s.OpenAPI(), &d); err != nil {
		t.Fatal(err)
	}
	body := d.Paths["/api/v1/drafts"]["post"].RequestBody["content"].(map[string]any)["application/json"].(map[string]any)["schema"].(map[string]any)["$ref"]
	if body != "#/components/schemas/RestTestDraftInput" {
		t.Error(body)
	}
	null := []any{"string", "null"}
	schemas := d.Components.Schemas
	for name, want := range map[string]any{"RestTestDraft.zone": "string", "RestTestDraftInput.zone": null, "RestTestStep.note": "string", "RestTestStepInput.note": null,
		"RestTestDraftInput.name": "string"} {
		schema, property, _ := strings.Cut(name, ".")
		if got := schemas[schema].Properties[property]["type"]; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v", name, got)
		}
	}
	for name, want := range map[string]string{"RestTestDraft.steps": "RestTestStep", "RestTestDraftInput.steps": "RestTestStepInput", "RestTestFolder.drafts": "RestTestDraftInput"} {
		schema, property, _ := strings.Cut(name, ".")
		items, _ := schemas[schema].Properties[property]["items"].(map[string]any)
		if items["$ref"] != "#/components/schemas/"+want {
			t.Errorf("%s: %v", name, schemas[schema].Properties[property])
		}
	}
	if _, twice := schemas["RestTestPlainInput"]; twice || schemas["RestTestPlain"].Properties == nil {
		t.Error("a schema that leaves nothing open needs no second form")
	}
}
