package format

import (
	"bytes"
	"encoding/binary"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// Type is the format of a file.
type Type string

// The formats that can be read.
const (
	CSV  Type = "csv"
	XLSX Type = "xlsx"
	XES  Type = "xes"
)

// Recognise tells the format from the first bytes of the (unpacked) content and refuses what is no table.
func Recognise(head []byte) (Type, error) {
	if len(head) == 0 {
		return "", base.Fail(base.Refused, "empty_file", base.T("Die Datei ist leer.", "The file is empty.")).
			WithHint(base.T("Geben Sie die Daten noch einmal aus dem Quellsystem aus.", "Export the data again from its system."))
	}
	for _, b := range binaries {
		if bytes.HasPrefix(head, b.magic) {
			return "", unsupported(b.what, b.hint)
		}
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return XLSX, nil
	}
	text := strings.ToLower(strings.TrimLeft(asText(head), " \t\r\n\ufeff"))
	switch {
	case text == "":
		if len(bytes.TrimRight(head, "\x00")) == 0 {
			return CSV, nil // the CSV reader names the place of the NUL byte
		}
		return "", base.Fail(base.Refused, "empty_file", base.T("Die Datei enthält nur Leerraum.", "The file holds white space only.")).
			WithHint(base.T("Geben Sie die Daten noch einmal aus dem Quellsystem aus.", "Export the data again from its system."))
	case strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<html"), strings.HasPrefix(text, "<table"), strings.HasPrefix(text, "<body"):
		return "", unsupported(base.T("eine HTML-Seite", "an HTML page"),
			base.T("Vermutlich wurde statt der Daten eine Seite (etwa die Anmeldung) gespeichert. Geben Sie die Daten als CSV aus.",
				"Probably a page (such as the sign-in) was saved instead of the data. Export the data as CSV."))
	case strings.HasPrefix(text, "<?xml"), strings.HasPrefix(text, "<log"), strings.HasPrefix(text, "<!--"), strings.HasPrefix(text, "<!doctype"):
		return XES, nil
	case strings.HasPrefix(text, "{\"") || strings.HasPrefix(text, "{ ") || strings.HasPrefix(text, "{\n") || strings.HasPrefix(text, "[{"):
		return "", unsupported(base.T("JSON", "JSON"), base.Text{})
	}
	return CSV, nil
}

var binaries = []struct {
	magic      []byte
	what, hint base.Text
}{
	{[]byte("\xd0\xcf\x11\xe0"), base.T("eine alte oder verschlüsselte Office-Datei (.xls)", "an old or encrypted Office file (.xls)"),
		base.T("Speichern Sie sie in Excel als .xlsx ohne Kennwort.", "Save it in Excel as .xlsx without a password.")},
	{[]byte("%PDF"), base.T("ein PDF", "a PDF"), base.Text{}},
	{[]byte("PAR1"), base.T("eine Parquet-Datei", "a Parquet file"), base.Text{}},
	{[]byte("SQLite format 3\x00"), base.T("eine SQLite-Datenbank", "an SQLite database"), base.Text{}},
	{[]byte("\x89PNG"), base.T("ein Bild", "an image"), base.Text{}},
	{[]byte("\xff\xd8\xff"), base.T("ein Bild", "an image"), base.Text{}},
	{[]byte("\x7fELF"), base.T("ein Programm", "a program"), base.Text{}},
	{[]byte("BZh"), base.T("mit bzip2 gepackt", "packed with bzip2"), base.Text{}},
	{[]byte("\xfd7zXZ\x00"), base.T("mit xz gepackt", "packed with xz"), base.Text{}},
	{[]byte("7z\xbc\xaf"), base.T("ein 7z-Archiv", "a 7z archive"), base.Text{}},
	{[]byte("\x28\xb5\x2f\xfd"), base.T("mit zstd gepackt", "packed with zstd"), base.Text{}},
}

func unsupported(what, hint base.Text) error {
	if hint.IsZero() {
		hint = base.T("Lesbar sind CSV, XLSX und XES, auch als .gz.", "CSV, XLSX and XES can be read, also as .gz.")
	}
	return base.Fail(base.Refused, "format_unsupported", base.T("Die Datei ist dem Inhalt nach %s, keine Tabelle, die Lotse lesen kann.",
		"By its content the file is %s, not a table that Lotse can read.", what)).WithHint(hint)
}

// asText makes the head readable for recognition when it is UTF-16.
func asText(head []byte) string {
	order := binary.ByteOrder(nil)
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		order = binary.LittleEndian
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	default:
		return string(head)
	}
	var b strings.Builder
	for i := 2; i+1 < len(head) && i < 2048; i += 2 {
		b.WriteRune(rune(order.Uint16(head[i:])))
	}
	return b.String()
}
