package rest

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
)

// Prefix is where the operations stand.
const Prefix = "/api/v1"

// defaultBody is the limit of a request body that names none: 1 MiB.
const defaultBody = 1 << 20

// installErrors makes huma speak our errors. Its hooks are package variables, hence once.
var installErrors = sync.OnceFunc(func() {
	huma.DefaultArrayNullable = false
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		return problem(context.Background(), slog.Default(), fromHuma(status, message, errs))
	}
	huma.NewErrorWithContext = func(c huma.Context, status int, message string, errs ...error) huma.StatusError {
		return problem(c.Context(), loggerOf(c.Context()), fromHuma(status, message, errs))
	}
})

// plainJSON writes markup escaped, so that an answer stays harmless wherever somebody puts it.
var plainJSON = huma.Format{Marshal: func(w io.Writer, v any) error { return json.NewEncoder(w).Encode(v) }, Unmarshal: json.Unmarshal}

// newAPI registers the operations on mux and returns their description.
func newAPI(mux *http.ServeMux, version string, log *slog.Logger, operations []operation.Operation) huma.API {
	installErrors()
	registry := huma.NewMapRegistry("#/components/schemas/", schemaName)
	api := humago.New(mux, huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{Title: "Lotse", Version: version,
				Description: "Sign in by POST /api/v1/session, or send an API token as Authorization: Bearer."},
			Components: &huma.Components{Schemas: registry, SecuritySchemes: map[string]*huma.SecurityScheme{
				"session": {Type: "apiKey", In: "cookie", Name: auth.CookieName},
				"token":   {Type: "http", Scheme: "bearer"},
			}},
			Security: []map[string][]string{{"session": {}}, {"token": {}}},
		},
		Formats:       map[string]huma.Format{"application/json": plainJSON, "json": plainJSON},
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{finish},
	})
	for _, o := range operations {
		register(api, mux, log, o)
	}
	return api
}

// finish prepares an answer for its reader: language of the texts, lists instead of null.
func finish(c huma.Context, _ string, v any) (any, error) {
	base.Localize(v, base.LangOf(c.Context()))
	fill(reflect.ValueOf(v), 0)
	return v, nil
}

func register(api huma.API, mux *http.ServeMux, log *slog.Logger, o operation.Operation) {
	d := o.Describe()
	if d.Permission == "" != d.Public || !d.Public && !auth.Known(d.Permission) {
		panic("operation " + d.ID + " names no permission that a role could hold")
	}
	op := describe(d)
	switch x := o.(type) {
	case operation.Binder:
		op.Middlewares = huma.Middlewares{func(c huma.Context, next func(huma.Context)) {
			r, w := humago.Unwrap(c)
			if err := allowed(r.Context(), d); err != nil {
				writeProblem(w, r, log, err)
				return
			}
			note(r.Context(), d.ID)
			next(c)
		}}
		x.Bind(api, op)
	case operation.Raw:
		describeRaw(api, &op, x)
		check := parameterCheck{api.OpenAPI().Components.Schemas, op.Parameters}
		mux.HandleFunc(op.Method+" "+op.Path, func(w http.ResponseWriter, r *http.Request) {
			note(r.Context(), d.ID)
			err := allowed(r.Context(), d)
			if err == nil {
				err = check.of(r)
			}
			if err == nil {
				err = stream(w, r, x)
			}
			if err != nil {
				failStream(w, r, log, err)
			}
		})
	default:
		panic("operation " + d.ID + " is neither typed nor raw")
	}
}

func allowed(ctx context.Context, d operation.Def) error {
	if d.Public {
		return nil
	}
	return auth.Check(ctx, d.Permission)
}

func describe(d operation.Def) huma.Operation {
	op := huma.Operation{OperationID: d.ID, Method: d.Method, Path: Prefix + d.Path, Tags: []string{d.Tag},
		Summary: d.Summary.In(base.English), MaxBodyBytes: d.MaxBody, DefaultStatus: d.Status,
		Extensions: map[string]any{"x-summary-de": d.Summary.In(base.German)}}
	if d.MaxBody == 0 {
		op.MaxBodyBytes = defaultBody
	}
	if d.Public {
		op.Security = []map[string][]string{{}}
	} else {
		op.Extensions["x-permission"] = string(d.Permission)
	}
	return op
}

// describeRaw writes a stream into the OpenAPI document; huma does not serve it.
func describeRaw(api huma.API, op *huma.Operation, x operation.Raw) {
	registry := api.OpenAPI().Components.Schemas
	if x.In != nil {
		describeInput(registry, op, x.In)
	}
	for _, name := range pathParameters(op.Path) {
		if !hasParameter(op, name) {
			op.Parameters = append(op.Parameters, &huma.Param{Name: name, In: "path", Required: true, Schema: &huma.Schema{Type: "string"}})
		}
	}
	binary := map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}
	if op.RequestBody == nil && (op.Method == http.MethodPost || op.Method == http.MethodPut) {
		op.RequestBody = &huma.RequestBody{Required: true, Content: binary}
	}
	answer := &huma.Response{Description: "OK", Content: map[string]*huma.MediaType{}}
	for _, media := range append(x.Media[:len(x.Media):len(x.Media)], "application/octet-stream")[:max(1, len(x.Media))] {
		name, _, _ := strings.Cut(media, ";")
		answer.Content[name] = binary["application/octet-stream"]
	}
	if x.Out != nil && x.Out != reflect.TypeFor[struct{}]() {
		answer.Content = map[string]*huma.MediaType{"application/json": {Schema: registry.Schema(x.Out, true, op.OperationID)}}
	}
	status := "200"
	if op.DefaultStatus != 0 {
		status = statusText(op.DefaultStatus)
	}
	op.Responses = map[string]*huma.Response{status: answer, "default": {Description: "Error", Content: map[string]*huma.MediaType{
		"application/json": {Schema: registry.Schema(reflect.TypeFor[Problem](), true, "Problem")}}}}
	api.OpenAPI().AddOperation(op)
}

func describeInput(registry huma.Registry, op *huma.Operation, in reflect.Type) {
	for i := range in.NumField() {
		f := in.Field(i)
		if f.Anonymous {
			describeInput(registry, op, f.Type)
			continue
		}
		if f.Name == "Body" {
			op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
				"application/json": {Schema: registry.Schema(f.Type, true, op.OperationID+"Body")}}}
			continue
		}
		for _, place := range []string{"path", "query", "header"} {
			if name, _, _ := strings.Cut(f.Tag.Get(place), ","); name != "" {
				schema := huma.SchemaFromField(registry, f, "")
				op.Parameters = append(op.Parameters, &huma.Param{Name: name, In: place, Required: place == "path" || f.Tag.Get("required") == "true", Schema: schema})
			}
		}
	}
}

func hasParameter(op *huma.Operation, name string) bool {
	for _, p := range op.Parameters {
		if p.Name == name && p.In == "path" {
			return true
		}
	}
	return false
}

func pathParameters(path string) []string {
	var out []string
	for part := range strings.SplitSeq(path, "/") {
		if strings.HasPrefix(part, "{") {
			out = append(out, strings.Trim(part, "{}."))
		}
	}
	return out
}
