package finding

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
)

// State is what people decided about a finding.
type State string

// The states. A dismissed finding stays dismissed when it is found again.
const (
	StateNew       State = "new"
	StateOpen      State = "open"
	StateDismissed State = "dismissed"
)

// Kept is what is kept of a finding beyond the facts: its number and what people said.
type Kept struct {
	Number  int      `json:"number"`
	Kind    string   `json:"kind"`
	Process string   `json:"process"`
	Subject []string `json:"subject"`
	State   State    `json:"state"`
	Reason  string   `json:"reason"`
	Note    string   `json:"note"`

	FirstSeen time.Time `json:"first_seen"`
}

const longestText = 2000

var keptKind = record.Kind[Kept]{Name: "finding", Title: base.T("Der Befund", "The finding"), Validate: checkKept}

func checkKept(k *Kept) (errs []base.FieldError) {
	k.Reason, k.Note = strings.TrimSpace(k.Reason), strings.TrimSpace(k.Note)
	add := func(field, de, en string) { errs = append(errs, base.FieldError{Field: field, Text: base.T(de, en)}) }
	if !slices.Contains([]State{StateNew, StateOpen, StateDismissed}, k.State) {
		add("state", "Möglich sind new, open und dismissed.", "Possible are new, open and dismissed.")
	}
	if k.State == StateDismissed && k.Reason == "" {
		add("reason", "Bitte sagen Sie, warum der Befund verworfen wird.", "Please say why the finding is dismissed.")
	}
	if k.State != StateDismissed {
		k.Reason = ""
	}
	if len([]rune(k.Reason)) > longestText {
		add("reason", "Höchstens 2.000 Zeichen.", "At most 2,000 characters.")
	}
	if len([]rune(k.Note)) > longestText {
		add("note", "Höchstens 2.000 Zeichen.", "At most 2,000 characters.")
	}
	return errs
}

// systemName is who numbers new findings in the history.
const systemName = "lotse"

// keep returns what is kept of each draft, numbering those that are seen for the first time in the order given.
func (s *Service) keep(ctx context.Context, drafts []priced, now time.Time) (map[string]record.Record[Kept], error) {
	all, err := record.List(ctx, s.records, keptKind)
	if err != nil {
		return nil, err
	}
	have := make(map[string]record.Record[Kept], len(all))
	highest := 0
	for _, r := range all {
		have[r.ID] = r
		highest = max(highest, r.Value.Number)
	}
	for _, d := range drafts {
		id := d.id()
		if _, ok := have[id]; ok {
			continue
		}
		highest++
		r, err := record.Put(ctx, s.records, keptKind, id, record.New,
			Kept{Number: highest, Kind: d.Kind, Process: d.Process, Subject: d.Subject, State: StateNew, FirstSeen: now}, systemName)
		if err != nil {
			return nil, err
		}
		have[id] = r
	}
	return have, nil
}

func numberText(n int) string { return fmt.Sprintf("B-%03d", n) }

// bySize orders drafts so that within a process and kind the first numbers go to the largest.
func bySize(drafts []priced) {
	slices.SortStableFunc(drafts, func(a, b priced) int {
		return cmp.Or(cmp.Compare(a.Process, b.Process), cmp.Compare(a.Kind, b.Kind), cmp.Compare(b.Size, a.Size))
	})
}
