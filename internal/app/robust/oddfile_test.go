package robust

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"unicode/utf16"
)

// maker writes a file.
type maker = func(t testing.TB, path string)

func text(s string) maker {
	return func(t testing.TB, path string) { write(t, path, s) }
}

func aFolder(t testing.TB, path string) {
	if err := os.Mkdir(path, 0o755); err != nil {
		t.Fatal(err)
	}
}

// cut leaves the first n bytes of a file.
func cut(whole maker, n int64) maker {
	return func(t testing.TB, path string) {
		whole(t, path)
		if err := os.Truncate(path, n); err != nil {
			t.Fatal(err)
		}
	}
}

func gz(s string) maker { return bombOf(int64(len(s)), s, "") }

func bomb(n int64, b byte) maker {
	return bombOf(n, "", strings.Repeat(string([]byte{b}), 1<<20))
}

// bombOf packs n bytes: first once, then part again and again.
func bombOf(n int64, first, part string) maker {
	return func(t testing.TB, path string) {
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		w, err := gzip.NewWriterLevel(f, gzip.BestSpeed)
		if err != nil {
			t.Fatal(err)
		}
		if part != "" {
			part = strings.Repeat(part, max(1, 1<<20/len(part)))
		}
		next := first
		for n > 0 {
			if int64(len(next)) > n {
				next = next[:n]
			}
			if _, err := io.WriteString(w, next); err != nil {
				t.Fatal(err)
			}
			n -= int64(len(next))
			next = part
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// rows makes n good rows of a log whose days go beyond 12.
func rows(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "V%d;Schritt %d;%02d.11.2025 08:%02d:00\n", i/3, i%3, i%28+1, i%60)
	}
	return b.String()
}

func manySteps(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "V%d;Schritt %d;%02d.11.2025 08:%02d:00\n", i/3, i, i%28+1, i%60)
	}
	return b.String()
}

func utf16le(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

// workbook is a small XLSX file with the cells of each row separated by semicolons.
func workbook(lines ...string) maker {
	var sheet strings.Builder
	sheet.WriteString("<worksheet><sheetData>")
	for _, l := range lines {
		sheet.WriteString("<row>")
		for c := range strings.SplitSeq(l, ";") {
			sheet.WriteString(`<c t="str"><v>` + c + `</v></c>`)
		}
		sheet.WriteString("</row>")
	}
	sheet.WriteString("</sheetData></worksheet>")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"xl/workbook.xml", `<workbook><sheets><sheet name="Daten" r:id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="sheet1.xml"/></Relationships>`},
		{"xl/sheet1.xml", sheet.String()},
	} {
		w, err := z.Create(part[0])
		if err != nil {
			panic(err)
		}
		io.WriteString(w, part[1])
	}
	z.Close()
	return text(b.String())
}

// entityBomb would become 2·10³⁰ bytes.
var entityBomb = func() string {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\"?>\n<!DOCTYPE log [<!ENTITY a0 \"ha\">")
	for i := range 30 {
		fmt.Fprintf(&b, `<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 10))
	}
	return b.String() + "]>\n<log><trace>&a30;</trace></log>"
}()

func event(name, at string) string {
	s := "<event>"
	if name != "" {
		s += `<string key="concept:name" value="` + name + `"/>`
	}
	if at != "" {
		s += `<date key="time:timestamp" value="` + at + `"/>`
	}
	return s + "</event>\n"
}

// xes is a log of one trace whose events begin in line 3.
func xes(events ...string) maker {
	return text(`<?xml version="1.0" encoding="UTF-8"?>` + "\n<log><trace><string key=\"concept:name\" value=\"A\"/>\n" +
		strings.Join(events, "") + "</trace></log>")
}
