package intake_test

import (
	"strings"
	"testing"

	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/store/lake"
)

// However a name is typed, with composed or decomposed letters, with white space around or within, it is one process.
func TestOneNameMakesOneProcess(t *testing.T) {
	h := newHouse(t)
	first := write(t, "a.csv", "Vorgang;Schritt;Zeit\nV1;x;13.11.2025 08:00\n")
	second := write(t, "b.csv", "Vorgang;Schritt;Zeit\nV2;x;14.11.2025 08:00\n")
	composed, odd := "Gr\u00f6\u00dfe A", "  Gro\u0308\u00dfe\u00a0 A\t"
	h.mustLoad(first, events(composed))
	if out := h.mustLoad(second, events(odd)); out.Process != composed {
		t.Errorf("loaded into %q", out.Process)
	}
	if dry := h.dryRun(second, events(odd)); dry.Process != composed || !dry.SameMapping {
		t.Errorf("%q, same mapping %t", dry.Process, dry.SameMapping)
	}
	h.mustLoad(first, convert.Plan{Table: "Maschinen  Halle"})
	h.mustLoad(second, convert.Plan{Table: " Maschinen Halle "})
	list, err := h.in.Datasets(h.ctx)
	h.must(err)
	if len(list) != 2 || list[0].Loads != 2 || list[1].Loads != 2 {
		t.Errorf("%+v", list)
	}
	to, err := h.in.Rename(h.ctx, eventData(composed), " u\u0308ber  alles")
	if err != nil || *to != (lake.Dataset{Table: "events", Process: "über alles"}) {
		t.Errorf("renamed to %v: %v", to, err)
	}
	if _, err := h.lake.Dataset(h.ctx, *to); err != nil {
		t.Error(err)
	}
}

// The wizard proposes the name as it would be kept.
func TestProposedNameIsNormal(t *testing.T) {
	h := newHouse(t)
	content := "Vorgang;Schritt;Zeit\nV1;x;13.11.2025 08:00\nV1;y;14.11.2025 08:00\n"
	up, err := h.in.Receive(h.ctx, "Gro\u0308ße  1.csv", strings.NewReader(content))
	h.must(err)
	h.must(h.run("analysis", map[string]any{"upload": up.ID}, &struct{}{}))
	if a := h.analyse(up.ID); a.Plan.Process != "Größe 1" {
		t.Errorf("%q", a.Plan.Process)
	}
}
