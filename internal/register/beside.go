package register

import (
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// What is kept beside the records of every kind. on_kind and on_id say beside which.
type (
	comment struct {
		OnKind   string         `json:"on_kind,omitempty" de:"Art" en:"Kind" lo:"required"`
		OnID     string         `json:"on_id,omitempty" de:"Eintrag" en:"Record" lo:"required,index,longest=64"`
		Text     field.Markdown `json:"text,omitempty" de:"Kommentar" en:"Comment" lo:"required,longest=5000"`
		Mentions field.Persons  `json:"mentions,omitempty" de:"Erwähnt" en:"Mentioned"`
	}
	attachment struct {
		Name   string   `json:"name,omitempty" de:"Datei" en:"File" lo:"heading,required,longest=255"`
		OnKind string   `json:"on_kind,omitempty" de:"Art" en:"Kind" lo:"required"`
		OnID   string   `json:"on_id,omitempty" de:"Eintrag" en:"Record" lo:"required,index,longest=64"`
		Size   *float64 `json:"size,omitempty" de:"Größe" en:"Size" lo:"required"`
		SHA256 string   `json:"sha256,omitempty" de:"Prüfsumme" en:"Checksum" lo:"required,longest=64"`
	}
	view struct {
		Name   string `json:"name,omitempty" de:"Ansicht" en:"View" lo:"heading,required,longest=100"`
		Kind   string `json:"kind,omitempty" de:"Register" en:"Register" lo:"required,index"`
		Shared *bool  `json:"shared,omitempty" de:"Für alle" en:"For everybody"`
		State  string `json:"state,omitempty" de:"Zustand" en:"State" lo:"longest=4000" help_de:"der Teil der Adresse hinter dem Fragezeichen" help_en:"the part of the address behind the question mark"`
	}
)

var (
	comments    = record.Kind[comment]{Name: "comment", Title: t("Der Kommentar", "The comment"), One: t("Kommentar", "Comment"), Many: t("Kommentare", "Comments"), Hidden: true}
	attachments = record.Kind[attachment]{Name: field.FileKind, Title: t("Die Datei", "The file"), One: t("Datei", "File"), Many: t("Dateien", "Files"), Hidden: true}
	views       = record.Kind[view]{Name: "view", Title: t("Die Ansicht", "The view"), One: t("Ansicht", "View"), Many: t("Ansichten", "Views"), Hidden: true}
)

func on[T any](d *record.Def, id string, kind record.Kind[T]) record.Query {
	return record.Query{Scope: record.Scope{All: true}, Limit: record.MaxPage, Sort: []record.Sort{{Field: "created_at"}}, Where: []record.Condition{
		{Field: "on_id", Op: "eq", Values: []string{id}}, {Field: "on_kind", Op: "eq", Values: []string{d.Name}}}}
}
