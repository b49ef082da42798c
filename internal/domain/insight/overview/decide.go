package overview

import (
	"cmp"
	"context"
	"slices"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
)

// Decision is what waits for somebody's yes or no.
type Decision struct {
	Kind       string    `json:"kind" enum:"decision,gate"`
	ID         string    `json:"id"`
	Title      base.Text `json:"title"`
	Detail     base.Text `json:"detail" doc:"what it is about"`
	Initiative string    `json:"initiative" doc:"id, empty for none"`
	Due        string    `json:"due" doc:"day, empty for none"`
	Overdue    bool      `json:"overdue"`
	Mine       bool      `json:"mine" doc:"the one who asks decides it"`
	Link       string    `json:"link"`
}

// dueDays is how long before its day a decision counts as due.
const dueDays = 14

// decisions lists the open decisions and the gates that wait, the most pressing first. A gate has no day of its own: it
// waits since it was proposed and is due at once.
func (s *Service) decisions(ctx context.Context, initiatives map[string]initiative, today time.Time) ([]Decision, error) {
	out := []Decision{}
	me, day := auth.From(ctx), today.Format(time.DateOnly)
	open, err := readAll[decision](ctx, s.registers, "decision", record.Query{})
	if err != nil {
		return nil, err
	}
	for _, d := range open {
		if d.V.Outcome == "accepted" || d.V.Outcome == "rejected" {
			continue
		}
		out = append(out, Decision{Kind: "decision", ID: d.ID, Title: base.T("%s", "%s", d.V.Title), Detail: textOf(initiatives[d.V.Initiative].Title),
			Initiative: d.V.Initiative, Due: d.V.Due, Overdue: d.V.Due != "" && d.V.Due < day,
			Mine: d.V.Owner != "" && d.V.Owner == me.Person || d.V.Owner == "" && me.Has(auth.Leader), Link: "/register/decision/" + escape(d.ID)})
	}
	waiting, err := readAll[gate](ctx, s.registers, "gate", record.Query{Where: []record.Condition{{Field: "state", Op: "eq", Values: []string{record.Proposed}}}})
	if err != nil {
		return nil, err
	}
	for _, g := range waiting {
		i := initiatives[g.V.Initiative]
		title := i.Title
		if title == "" {
			title = g.V.Title
		}
		to := stageTitle(g.V.To)
		out = append(out, Decision{Kind: "gate", ID: g.ID, Title: base.Text{De: title + ": " + to.De + " freigeben?", En: title + ": approve " + to.En + "?"},
			Detail:     base.T("Tor, vorgelegt am %s", "Gate, proposed on %s", dayText(g.UpdatedAt)),
			Initiative: g.V.Initiative, Mine: me.MayRecord(auth.PolicyPlan, auth.Approve, auth.Relation{}) && g.CreatedBy != me.By(), Link: initiativeLink(g.V.Initiative)})
	}
	slices.SortStableFunc(out, func(a, b Decision) int {
		return cmp.Or(cmp.Compare(b2i(!a.Mine), b2i(!b.Mine)), cmp.Compare(a.when(day), b.when(day)), cmp.Compare(a.Title.De, b.Title.De))
	})
	return out, nil
}

// when orders decisions: gates wait since they were proposed, what has no day comes last.
func (d Decision) when(today string) string {
	switch {
	case d.Kind == "gate":
		return today
	case d.Due == "":
		return "9999"
	}
	return d.Due
}

// pressing says whether a decision is due now.
func (d Decision) pressing(today time.Time) bool {
	return d.Kind == "gate" || d.Due != "" && d.Due <= today.AddDate(0, 0, dueDays).Format(time.DateOnly)
}

// turnOf are the initiatives about which something is to be decided now.
func turnOf(list []Decision, today time.Time) map[string]bool {
	turn := map[string]bool{}
	for _, d := range list {
		if d.Initiative != "" && d.pressing(today) {
			turn[d.Initiative] = true
		}
	}
	return turn
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// textOf is a text that people wrote, the same in every language.
func textOf(s string) base.Text { return base.Text{De: s, En: s} }

func dayText(t time.Time) base.Text {
	return base.Text{De: t.Format("02.01.2006"), En: t.Format("2 January 2006")}
}
