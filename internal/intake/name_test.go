package intake

import "testing"

// A process keeps its name when the next month's file comes.
func TestProposedProcessLeavesOutDatesAndVersions(t *testing.T) {
	for file, want := range map[string]string{
		"auftrag_bis_zahlung.csv.gz":         "auftrag_bis_zahlung",
		"auftrag_bis_zahlung_2026-10.csv":    "auftrag_bis_zahlung",
		"Rechnungen 2026-10-31.xlsx":         "Rechnungen",
		"20261031_rechnungen_v2.csv":         "rechnungen",
		"Rechnungen 31.10.2026 (1).csv":      "Rechnungen",
		"bedarf-20261031T0614-final.csv":     "bedarf",
		"rechnungen_v1.3_kopie.xlsx":         "rechnungen",
		"bpic2012.xes.gz":                    "bpic2012",
		"receipt.csv":                        "receipt",
		"2026-10.csv":                        "2026-10",
		"Neukunden.csv":                      "Neukunden",
		"bpic2013_closed_problems.xes.gz":    "bpic2013_closed_problems",
		"production_start_end.csv.gz":        "production_start_end",
		"werk 1200 versand.csv":              "werk 1200 versand",
		"/tmp/export/tickets_2026_10_31.csv": "tickets",
	} {
		if got := proposedProcess(file); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
}
