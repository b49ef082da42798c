package finding_test

import (
	"math"
	"testing"

	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/job"
)

// noJobs takes registrations and runs nothing.
type noJobs struct{ job.Manager }

func (noJobs) Register(string, job.Func) {}

// The rows of rare variants are found in the derived cases as in the events.
func TestRareVariantsFromDerivedCases(t *testing.T) {
	i := open(t)
	i.loadReceipt()
	rows := func() *finding.CaseList {
		f := i.one(finding.KindVariants)
		return call[finding.CasesInput, finding.CaseList](t, i, "finding_cases", &finding.CasesInput{ID: f.ID, Limit: 1000})
	}
	before := rows()
	if _, err := process.New(i.lake, i.settings, noJobs{}, nil).Derive(t.Context(), "receipt", nil); err != nil {
		t.Fatal(err)
	}
	after := rows()
	if before.Total == 0 || after.Total != before.Total || math.Abs(after.Sum-before.Sum) > 1e-6*before.Sum || after.Items[0] != before.Items[0] {
		t.Errorf("%d rows of %v before, %d of %v after", before.Total, before.Sum, after.Total, after.Sum)
	}
}
