package xlsx_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/xlsx"
)

type cell struct {
	text string
	kind format.Kind
}

type table struct {
	columns []string
	rows    [][]cell
	header  int64
	notes   format.Notes
}

func read(t testing.TB, path string, o xlsx.Options) (table, error) {
	t.Helper()
	w, err := xlsx.Open(path)
	if err != nil {
		return table{}, err
	}
	d, err := xlsx.NewReader(w, o)
	if err != nil {
		return table{}, errors.Join(err, w.Close())
	}
	defer d.Close()
	out := table{header: d.HeaderRow()}
	for _, c := range d.Columns() {
		out.columns = append(out.columns, c.Name)
	}
	var row format.Row
	for {
		err := d.Next(&row)
		if errors.Is(err, io.EOF) {
			out.notes = d.Notes()
			return out, nil
		}
		if err != nil {
			return out, err
		}
		var cells []cell
		for i, c := range row.Cells {
			cells = append(cells, cell{string(c), row.Kinds[i]})
		}
		out.rows = append(out.rows, cells)
	}
}

type reference struct {
	DateSystem string `json:"date_system"`
	Sheets     []struct {
		Name     string `json:"name"`
		State    string `json:"state"`
		NonEmpty int    `json:"non_empty_rows"`
		Numbers  int    `json:"numbers"`
		Sum      string `json:"sum_of_numbers"`
		Texts    int    `json:"texts"`
		Dates    int    `json:"dates"`
		Formulas int    `json:"formulas"`
	} `json:"sheet_list"`
}

// Every sheet of every shared workbook, read without a header, has the rows, numbers, dates and sum that an independent
// reader counted.
func TestSharedWorkbooks(t *testing.T) {
	dir := basetest.SharedData(t, "spreadsheets")
	raw, err := os.ReadFile(filepath.Join(dir, "reference.json"))
	if err != nil {
		t.Fatal(err)
	}
	var ref map[string]reference
	if err := json.Unmarshal(raw, &ref); err != nil {
		t.Fatal(err)
	}
	for name, want := range ref {
		for _, sheet := range want.Sheets {
			if sheet.NonEmpty == 0 {
				continue
			}
			t.Run(name+"/"+sheet.Name, func(t *testing.T) {
				got, err := read(t, filepath.Join(dir, name), xlsx.Options{Sheet: sheet.Name, HeaderRow: -1})
				if err != nil {
					t.Fatal(err)
				}
				numbers, dates, sum := 0, 0, new(big.Rat)
				for _, row := range got.rows {
					for _, c := range row {
						switch c.kind {
						case format.Number:
							numbers++
							r, ok := new(big.Rat).SetString(c.text)
							if !ok {
								t.Fatalf("number %q", c.text)
							}
							sum.Add(sum, r)
						case format.Date, format.Time:
							dates++
						}
					}
				}
				rows := len(got.rows) + got.notes.Footer // rows of white space only are blank to us, not to the reference
				if rows > sheet.NonEmpty || rows+int(got.notes.Blank) < sheet.NonEmpty {
					t.Errorf("%d rows, want %d; %+v", rows, sheet.NonEmpty, got.notes)
				}
				if sheet.Formulas > 0 { // the reference leaves their results out
					return
				}
				if numbers != sheet.Numbers || dates != sheet.Dates {
					t.Errorf("numbers %d, want %d; dates %d, want %d", numbers, sheet.Numbers, dates, sheet.Dates)
				}
				want, _ := new(big.Rat).SetString(sheet.Sum)
				w, _ := want.Float64()
				if s, _ := sum.Float64(); math.Abs(s-w) > 1e-9*max(1, math.Abs(w)) {
					t.Errorf("sum %v, want %v", s, w)
				}
			})
		}
	}
}

// book writes a workbook of the given parts around a sheet.
func book(t testing.TB, sheet string, parts map[string]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "book.xlsx")
	if err := os.WriteFile(path, packed(t, sheet, parts), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func packed(t testing.TB, sheet string, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		"xl/workbook.xml":            `<workbook><sheets><sheet name="S" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="s.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheet,
		"xl/s.xml":                   `<sst><si><t>Text</t></si><si><r><t>zwei </t></r><r><t>Teile</t></r><rPh><t>x</t></rPh></si></sst>`,
		"xl/styles.xml":              `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd.mm.yyyy\ hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="46"/><xf numFmtId="20"/></cellXfs></styleSheet>`,
	}
	for k, v := range parts {
		all[k] = v
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, k := range slices.Sorted(maps.Keys(all)) { // in order, so that fuzzing sees one path
		v := all[k]
		f, err := z.CreateHeader(&zip.FileHeader{Name: k, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, v)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCells(t *testing.T) {
	sheet := `<worksheet><dimension ref="A1:H3"/><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>Titel</t></is></c></row>
<row r="3"><c t="s" r="A3"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="str"><v>Zahl</v></c><c r="D3" t="str"><v>Tag</v></c><c r="E3" t="str"><v>Zeit</v></c></row>
<row r="4"><c r="A4" t="b"><v>1</v></c><c r="B4"><v>2.5499999999999998</v></c><c r="C4"><v>1E-2</v></c><c r="D4" s="1"><v>43831</v></c><c r="E4" s="2"><v>43831.25</v></c></row>
<row r="5"><c r="A5" t="e"><v>#N/A</v></c><c r="C5"><f>1+1</f><v>2</v></c><c r="D5" s="3"><v>1.5</v></c><c r="E5" s="4"><v>0.5</v></c></row>
</sheetData></worksheet>`
	got, err := read(t, book(t, sheet, nil), xlsx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got.header != 3 || len(got.columns) != 5 || got.columns[1] != "zwei Teile" {
		t.Fatalf("header %d %v", got.header, got.columns)
	}
	want := [][]cell{
		{{"true", format.Boolean}, {"2.55", format.Number}, {"0.01", format.Number}, {"2020-01-01", format.Date}, {"2020-01-01 06:00:00", format.Time}},
		{{"#N/A", format.Fault}, {"", format.Text}, {"2", format.Number}, {"36:00:00", format.Text}, {"12:00:00", format.Text}},
	}
	for i := range want {
		for j := range want[i] {
			if got.rows[i][j] != want[i][j] {
				t.Errorf("row %d column %d: %v, want %v", i, j, got.rows[i][j], want[i][j])
			}
		}
	}
}

func TestDamaged(t *testing.T) {
	row := `<worksheet><sheetData><row r="1"><c t="str"><v>a</v></c></row><row r="2">`
	for name, path := range map[string]string{
		"cut off":        book(t, row, nil),
		"dtd":            book(t, `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet/>`, nil),
		"missing string": book(t, `<worksheet><sheetData><row><c t="s"><v>99</v></c></row></sheetData></worksheet>`, nil),
		"no sheet part":  book(t, "", map[string]string{"xl/_rels/workbook.xml.rels": `<Relationships/>`}),
		"empty":          book(t, `<worksheet><sheetData/></worksheet>`, nil),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := read(t, path, xlsx.Options{}); !base.IsKind(err, base.Refused) {
				t.Fatalf("got %v", err)
			}
		})
	}
	cut := filepath.Join(t.TempDir(), "cut.xlsx")
	whole, err := os.ReadFile(book(t, `<worksheet/>`, nil))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(cut, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := read(t, cut, xlsx.Options{}); !base.IsKind(err, base.Refused) {
		t.Fatalf("got %v", err)
	}
}

// FuzzXLSX: no sheet may crash the reader.
func FuzzXLSX(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row><c s="1"><v>43831</v></c></row></sheetData></worksheet>`))
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="ZZZ1" t="inlineStr"><is><t>a</t></is></c></row></sheetData></worksheet>`))
	path := filepath.Join(f.TempDir(), "book.xlsx")
	f.Fuzz(func(t *testing.T, sheet []byte) {
		if err := os.WriteFile(path, packed(t, string(sheet), nil), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := read(t, path, xlsx.Options{})
		if err == nil && len(got.columns) == 0 {
			t.Fatal("no columns and no error")
		}
	})
}

// What another program writes is read back: numbers, dates, texts of a large sheet.
func TestReadsWhatOthersWrite(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 22})
	if err != nil {
		t.Fatal(err)
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2010, 12, 1, 8, 26, 0, 0, time.UTC)
	const rows = 20_000
	w.SetRow("A1", []any{"InvoiceNo", "Description", "InvoiceDate", "UnitPrice"})
	for i := range rows {
		cell, _ := excelize.CoordinatesToCellName(1, i+2)
		if err := w.SetRow(cell, []any{536365 + i, "Text <" + strconv.Itoa(i) + "> & mehr", excelize.Cell{StyleID: style, Value: at.Add(time.Duration(i) * time.Minute)}, float64(i) / 100}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "book.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	got, err := read(t, path, xlsx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.rows) != rows || got.header != 1 || got.columns[2] != "InvoiceDate" {
		t.Fatalf("%d rows, header %d, %v", len(got.rows), got.header, got.columns)
	}
	for i, r := range got.rows {
		want := []cell{{strconv.Itoa(536365 + i), format.Number}, {"Text <" + strconv.Itoa(i) + "> & mehr", format.Text},
			{at.Add(time.Duration(i) * time.Minute).Format("2006-01-02 15:04:05"), format.Time}, {strconv.FormatFloat(float64(i)/100, 'f', -1, 64), format.Number}}
		for j := range want {
			if r[j] != want[j] {
				t.Fatalf("row %d column %d: %v, want %v", i, j, r[j], want[j])
			}
		}
	}
}
