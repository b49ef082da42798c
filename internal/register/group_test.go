package register_test

import (
	"fmt"
	"testing"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
)

// A thousand groups are listed; that there are more is said, and the total counts all records.
func TestMoreGroupsThanAreListed(t *testing.T) {
	h := openHouse(t)
	put := func(from, to int) {
		err := h.records.Write(t.Context(), func(b *record.Batch) error {
			for n := from; n < to; n++ {
				if _, err := b.Put(h.samples, fmt.Sprintf("s%d", n), record.New, map[string]any{"name": fmt.Sprintf("Nr. %04d", n)}, "test"); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	groups := h.ops["sample_groups"].(operation.Typed[register.GroupInput, register.GroupList])
	ask := func() *register.GroupList {
		out, err := groups.Run(base.WithLang(auth.With(t.Context(), officer), base.German), &register.GroupInput{By: "name"})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	put(0, 1000)
	if out := ask(); len(out.Items) != 1000 || out.Total != 1000 || len(out.Remarks) != 0 {
		t.Fatal(len(out.Items), out.Total, out.Remarks)
	}
	put(1000, 1203)
	if out := ask(); len(out.Items) != 1000 || out.Total != 1203 || len(out.Remarks) != 1 || out.Remarks[0].De != "Es gibt mehr als 1.000 Gruppen. Die übrigen stehen nicht in der Liste; filtern Sie, um sie zu sehen." {
		t.Fatal(len(out.Items), out.Total, out.Remarks)
	}
}
