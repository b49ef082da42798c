package xes_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/xes"
)

// read returns the events as maps from column to text.
func read(r io.Reader) ([]map[string]string, *xes.Reader, error) {
	d, err := xes.Open(io.NopCloser(r))
	if err != nil {
		return nil, nil, err
	}
	var out []map[string]string
	var row format.Row
	for {
		err := d.Next(&row)
		if errors.Is(err, io.EOF) {
			return out, d, nil
		}
		if err != nil {
			return out, d, err
		}
		m := map[string]string{}
		for i, c := range row.Cells {
			if c != nil {
				m[d.Columns()[i].Name] = string(c)
			}
		}
		m["#"] = strconv.FormatInt(row.Line, 10)
		out = append(out, m)
	}
}

func content(t testing.TB, name string) []byte {
	t.Helper()
	src, err := format.Find(basetest.SharedData(t, "eventlogs", name), name)
	if err != nil {
		t.Fatal(err)
	}
	r, err := src.Open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Cases, events and activities of every shared log equal the published statistics.
func TestSharedLogs(t *testing.T) {
	f, err := os.Open(basetest.SharedData(t, "eventlogs", "reference_statistics.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		if !strings.Contains(r[0], ".xes") {
			continue
		}
		t.Run(r[0], func(t *testing.T) {
			events, d, err := read(bytes.NewReader(content(t, r[0])))
			if err != nil {
				t.Fatal(err)
			}
			activities, cases := map[string]bool{}, map[string]bool{}
			for _, e := range events {
				activities[e["concept:name"]] = true
				cases[e["case:concept:name"]] = true
			}
			if got := []string{strconv.FormatInt(d.Traces(), 10), strconv.Itoa(len(events)), strconv.Itoa(len(activities))}; strings.Join(got, " ") != strings.Join(r[1:4], " ") {
				t.Errorf("cases, events, activities %v, want %v", got, r[1:4])
			}
			if strconv.Itoa(len(cases)) != r[1] {
				t.Errorf("%d case names", len(cases))
			}
		})
	}
}

const small = `<?xml version="1.0"?>
<log xmlns="http://www.xes-standard.org/">
 <global scope="event"><string key="lifecycle:transition" value="complete"/><string key="concept:name" value="x"/><date key="time:timestamp" value="1970-01-01T00:00:00Z"/></global>
 <classifier name="A" keys="concept:name lifecycle:transition"/>
 <float key="meta" value="1"><float key="deep" value="2"/></float>
 <trace>
  <string key="concept:name" value="A &amp; B &#228;&#x20AC;"/>
  <list key="tags"><values><string key="t" value="one"/><string key="t" value="two"/></values></list>
  <event>
   <string key="concept:name" value='say "hi"'><int key="weight" value="3"/></string>
   <date key="time:timestamp" value="2020-01-01T00:00:00Z"/>
  </event>
  <event><string key="lifecycle:transition" value="start"/><!-- <event/> --><![CDATA[ <event> ]]></event>
 </trace>
</log>`

func TestAttributes(t *testing.T) {
	events, d, err := read(strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	want := []map[string]string{
		{"#": "9", "case:concept:name": "A & B ä€", "case:tags/t": "two", "concept:name": `say "hi"`, "concept:name/weight": "3", "time:timestamp": "2020-01-01T00:00:00Z"},
		{"#": "13", "case:concept:name": "A & B ä€", "case:tags/t": "two", "lifecycle:transition": "start"},
	}
	for i, w := range want {
		for k, v := range w {
			if events[i][k] != v {
				t.Errorf("event %d: %s = %q, want %q", i, k, events[i][k], v)
			}
		}
	}
	if n := d.Notes(); len(n.Classifiers) != 1 || n.Classifiers[0] != "concept:name lifecycle:transition" {
		t.Errorf("classifiers %v", n.Classifiers)
	}
}

func TestRefused(t *testing.T) {
	deep := strings.Repeat(`<string key="a" value="b">`, 200)
	for name, c := range map[string]struct {
		in, code string
		line     int64
	}{
		"entity bomb":     {"<!DOCTYPE log [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<log>&b;</log>", "xml_dtd_refused", 1},
		"external entity": {"<?xml version=\"1.0\"?>\n<!DOCTYPE log SYSTEM \"file:///etc/passwd\"><log/>", "xml_dtd_refused", 2},
		"unknown entity":  {"<log>\n<trace><string key=\"a\" value=\"&x;\"/></trace></log>", "xml_damaged", 2},
		"cut off":         {"<log><trace>\n<event>", "xml_damaged", 2},
		"cut in a tag":    {"<log><trace>\n<event><string key=\"a", "xml_damaged", 2},
		"wrong end":       {"<log><trace>\n</log>", "xml_damaged", 2},
		"two roots":       {"<log/>\n<log/>", "xml_damaged", 2},
		"bare ampersand":  {"<log><string key=\"a\"\n value=\"R&D\"/></log>", "xml_damaged", 2},
		"control":         {"<log><string key=\"a\" value=\"\x01\"/></log>", "xml_damaged", 1},
		"doubled":         {"<log><string key=\"a\" key=\"b\"/></log>", "xml_damaged", 1},
		"unquoted":        {"<log><string key=a/></log>", "xml_damaged", 1},
		"too deep":        {"<log>" + deep + "</log>", "xml_too_deep", 1},
		"not XES":         {"<?xml version=\"1.0\"?><ocel:log2/>", "xml_not_xes", 1},
		"mixed":           {"<log><string key=\"ä\" value=\"\xe4\"/></log>", "mixed_encodings", 1},
		"no key":          {"<log><trace><string value=\"a\"/></trace></log>", "xes_key_missing", 1},
		"nothing":         {"<?xml version=\"1.0\"?>\n", "xml_damaged", 2},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := read(strings.NewReader(c.in))
			var e *base.Error
			if !errors.As(err, &e) || e.Kind != base.Refused || e.Code != c.code || e.Place.Line != c.line {
				t.Fatalf("got %v", err)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	latin := "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><log><trace><event><string key=\"concept:name\" value=\"Pr\xfcfung\"/></event></trace></log>"
	wide := "\xff\xfe"
	for _, r := range "<log><trace><event><string key=\"concept:name\" value=\"Prüfung\"/></event></trace></log>" {
		wide += string([]byte{byte(r), byte(r >> 8)})
	}
	for _, in := range []string{latin, wide} {
		events, _, err := read(strings.NewReader(in))
		if err != nil || len(events) != 1 || events[0]["concept:name"] != "Prüfung" {
			t.Errorf("got %v, %v", events, err)
		}
	}
}

// FuzzXES: no input may crash the reader or make it report a row that has more cells than columns.
func FuzzXES(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("<log><trace><event><string key=\"a\" value=\"b\"/></event></trace></log>"))
	f.Add([]byte("<!DOCTYPE log><log/>"))
	f.Add([]byte("\xff\xfe<\x00l\x00o\x00g\x00/\x00>\x00"))
	f.Fuzz(func(t *testing.T, in []byte) {
		d, err := xes.Open(io.NopCloser(bytes.NewReader(in)))
		if err != nil {
			return
		}
		var row format.Row
		for {
			if err := d.Next(&row); err != nil {
				return
			}
			if len(row.Cells) != len(d.Columns()) || len(row.Kinds) != len(row.Cells) {
				t.Fatalf("%d cells, %d kinds, %d columns", len(row.Cells), len(row.Kinds), len(d.Columns()))
			}
		}
	})
}

// BenchmarkRead measures events of a real log.
func BenchmarkRead(b *testing.B) {
	text := content(b, "bpic2012.xes.gz")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		d, err := xes.Open(io.NopCloser(bytes.NewReader(text)))
		if err != nil {
			b.Fatal(err)
		}
		var row format.Row
		for err == nil {
			err = d.Next(&row)
		}
		if !errors.Is(err, io.EOF) {
			b.Fatal(err)
		}
	}
}
