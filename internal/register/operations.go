package register

import (
	"net/http"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/sheet"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// kind lists the operations of one kind.
func (s *Service) kind(d *record.Def) []operation.Operation {
	path := "/records/" + d.Name
	def := func(id string, k operation.Kind, method, path string, p operation.Permission, de, en string) operation.Def {
		return operation.Def{ID: d.Name + "_" + id, Kind: k, Method: method, Path: path, Tag: d.Name, Permission: p,
			Summary: base.T(d.Many.De+": "+de, d.Many.En+": "+en), Schemas: func() map[string]any { return schemas(d) }}
	}
	value, answer := "Record"+camel(d.Name)+"Value", "Record"+camel(d.Name)
	body := func(o operation.Def) operation.Def { o.Body = value; return o }
	one := func(o operation.Def) operation.Def { o.Answer = answer; return o }
	list := func(o operation.Def) operation.Def { o.Answer = answer + "List"; return o }
	read, write, decide := auth.RegisterRead, auth.RegisterWrite, auth.RegisterWrite
	reading := []operation.Operation{
		operation.New(list(def("list", operation.Query, http.MethodGet, path, read, "auflisten", "list")), s.list(d)),
		operation.New(def("groups", operation.Query, http.MethodGet, path+"/groups", read, "zählen und summieren", "count and add up"), s.groups(d)),
		operation.New(def("parse", operation.Query, http.MethodPost, path+"/parse", read, "Texte lesen", "read texts"), s.parse(d)),
		operation.NewStreamOf[ExportInput, struct{}](exported(def("export", operation.Stream, http.MethodGet, path+"/export", read, "als Datei ausgeben", "export as a file")), s.export(d)),
		operation.New(one(def("read", operation.Query, http.MethodGet, path+"/{id}", read, "lesen", "read")), s.read(d)),
		operation.New(def("history", operation.Query, http.MethodGet, path+"/{id}/history", read, "Verlauf", "history"), s.history(d)),
		operation.New(one(def("version", operation.Query, http.MethodGet, path+"/{id}/versions/{version}", read, "eine Version lesen", "read a version")), s.at(d)),
		operation.New(def("links", operation.Query, http.MethodGet, path+"/{id}/links", read, "Verknüpfungen", "links"), s.links(d)),
		operation.New(def("comments", operation.Query, http.MethodGet, path+"/{id}/comments", read, "Kommentare", "comments"), s.comments(d)),
		operation.New(created(def("comment", operation.Command, http.MethodPost, path+"/{id}/comments", read, "kommentieren", "comment")), s.comment(d)),
		operation.New(def("comment_delete", operation.Command, http.MethodDelete, path+"/{id}/comments/{comment}", read, "Kommentar löschen", "delete a comment"), s.uncomment(d)),
		operation.New(def("files", operation.Query, http.MethodGet, path+"/{id}/files", read, "Dateien", "files"), s.files(d)),
	}
	if d.ReadOnly {
		return reading
	}
	out := append(reading,
		operation.NewStreamOf[AttachInput, FileItem](attached(def("attach", operation.Stream, http.MethodPost, path+"/{id}/files", write, "Datei anhängen", "attach a file")), s.attach(d)),
		operation.New(def("detach", operation.Command, http.MethodDelete, path+"/{id}/files/{file}", write, "Datei entfernen", "remove a file"), s.detach(d)),
		operation.New(one(body(created(def("create", operation.Command, http.MethodPost, path, write, "anlegen", "create")))), s.create(d)),
		operation.New(undone(def("import_undo", operation.Command, http.MethodPost, path+"/import/undo", write, "Einlesen rückgängig machen", "undo an import")), s.undoImport(d)),
		operation.New(def("bulk", operation.Command, http.MethodPost, path+"/bulk", write, "viele ändern", "change many"), s.bulk(d)),
		operation.New(one(body(def("replace", operation.Command, http.MethodPut, path+"/{id}", write, "ersetzen", "replace"))), s.replace(d)),
		operation.New(one(patchable(def("change", operation.Command, http.MethodPatch, path+"/{id}", write, "ändern", "change"))), s.patch(d)),
		operation.New(one(def("delete", operation.Command, http.MethodDelete, path+"/{id}", write, "löschen", "delete")), s.delete(d)),
		operation.New(one(def("restore", operation.Command, http.MethodPost, path+"/{id}/restore", write, "wiederherstellen", "restore")), s.restore(d)),
		operation.New(one(def("back", operation.Command, http.MethodPost, path+"/{id}/versions/{version}/restore", write, "zu einer Version zurück", "go back to a version")), s.back(d)),
	)
	if s.imports.Jobs != nil {
		out = append(out,
			operation.NewStreamOf[ImportInput, ImportPreview](imported(def("import_preview", operation.Stream, http.MethodPost, path+"/import/preview", write, "Einlesen proben", "rehearse an import")), s.previewImport(d)),
			operation.NewStreamOf[ImportInput, struct{}](imported(def("import_refused", operation.Stream, http.MethodPost, path+"/import/refused", write, "Zeilen ausgeben, die nicht passen", "write the rows that do not fit")), s.refusedImport(d)),
			operation.NewStreamOf[ImportInput, job.Info](accepted(imported(def("import", operation.Stream, http.MethodPost, path+"/import", write, "einlesen", "import"))), s.startImport(d)),
		)
	}
	if d.Approval {
		out = append(out, operation.New(one(def("decide", operation.Command, http.MethodPost, path+"/{id}/decide", decide, "vorlegen und freigeben", "propose and approve")), s.decide(d)))
	}
	return out
}

func exported(o operation.Def) operation.Def {
	o.Media = []string{sheet.ContentType(sheet.CSV), sheet.ContentType(sheet.XLSX)}
	return o
}

func attached(o operation.Def) operation.Def {
	o.Status, o.MaxBody = http.StatusCreated, largestFile
	return o
}

func imported(o operation.Def) operation.Def { o.MaxBody = importBytes; return o }

func accepted(o operation.Def) operation.Def { o.Status = http.StatusAccepted; return o }

func undone(o operation.Def) operation.Def { o.MaxBody = undoBytes; return o }

func created(o operation.Def) operation.Def { o.Status = http.StatusCreated; return o }

// patchable accepts any object: a part of the fields, null empties one.
func patchable(o operation.Def) operation.Def { o.Body = "RecordPatch"; return o }

// schemas are the components of the OpenAPI document that describe a kind.
func schemas(d *record.Def) map[string]any {
	name := "Record" + camel(d.Name)
	ref := func(to string) map[string]any { return map[string]any{"$ref": "#/components/schemas/" + to} }
	item := map[string]any{"allOf": []any{ref("RegisterOne"), map[string]any{"type": "object",
		"properties": map[string]any{"value": ref(name + "Answer")}}}}
	return map[string]any{
		"RecordPatch":   map[string]any{"type": "object"},
		name + "Value":  field.Schema(d.Fields, false),
		name + "Answer": field.Schema(d.Fields, true),
		name:            item,
		name + "List": map[string]any{"allOf": []any{ref("RegisterList"), map[string]any{"type": "object",
			"properties": map[string]any{"items": map[string]any{"type": "array", "items": map[string]any{"type": "object",
				"properties": map[string]any{"value": ref(name + "Answer")}}}}}}},
	}
}

func camel(s string) string {
	out, up := []rune{}, true
	for _, r := range s {
		if r == '_' {
			up = true
			continue
		}
		if up && r >= 'a' && r <= 'z' {
			r -= 'a' - 'A'
		}
		up = false
		out = append(out, r)
	}
	return string(out)
}
