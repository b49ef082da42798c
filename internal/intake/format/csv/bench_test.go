package csv_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/csv"
)

func content(t testing.TB, parts ...string) []byte {
	t.Helper()
	src, err := format.Find(basetest.SharedData(t, parts...), "file")
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

// BenchmarkScan measures cutting text into cells alone.
func BenchmarkScan(b *testing.B) {
	for name, parts := range map[string][]string{"retail": {"orders", "online_retail_part.csv.gz"}, "receipt": {"eventlogs", "receipt.csv.gz"}} {
		b.Run(name, func(b *testing.B) {
			text := content(b, parts...)
			for len(text) < 16<<20 {
				text = append(text, text[bytes.IndexByte(text, '\n')+1:]...)
			}
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				d, err := csv.Open(io.NopCloser(bytes.NewReader(text)), csv.Options{})
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
		})
	}
}
