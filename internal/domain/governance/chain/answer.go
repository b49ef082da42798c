package chain

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance/closing"
)

// What a link of the chain is.
const (
	present  = "present"
	open     = "open"
	restated = "restated"
	broken   = "broken"
	void     = "void"
)

func plain(s string) base.Text { return base.T(s, s) }

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// answer writes all nine links; each link is the work of one of the steps.
func (s *Service) answer(ctx context.Context, in *Input, w *walk) (*Answer, error) {
	at := map[string]Node{}
	for _, kind := range Kinds {
		at[kind] = Node{Mark: open}
	}
	for _, step := range []func(context.Context, *walk, map[string]Node) error{s.measured, s.found, s.decided, s.planned, s.signed, s.contributed} {
		if err := step(ctx, w, at); err != nil {
			return nil, err
		}
	}
	out := &Answer{}
	for _, kind := range Kinds {
		n := at[kind]
		n.Kind, n.Here = kind, kind == in.Kind
		out.Items = append(out.Items, n)
	}
	return out, nil
}

// measured are rows and metric.
func (s *Service) measured(ctx context.Context, w *walk, at map[string]Node) error {
	if w.metric == "" {
		if w.finding != nil { // a finding of the facts themselves
			at["metric"] = Node{Mark: void, Why: base.T("Der Befund rechnet ohne Kennzahl.", "The finding needs no metric.")}
			at["rows"] = Node{Title: base.T("Zeilen", "Rows"), Mark: present, Link: "/befunde/" + url.PathEscape(w.finding.ID)}
		}
		return nil
	}
	m, err := s.metrics.Metric(ctx, w.metric, w.process)
	if err != nil {
		return err
	}
	query := ""
	if w.process != "" {
		query = "?process=" + url.QueryEscape(w.process)
	}
	link := "/kennzahlen/" + url.PathEscape(w.metric) + query
	if m == nil {
		gone := base.T("Die Kennzahl gibt es nicht mehr.", "The metric is no longer there.")
		at["metric"], at["rows"] = Node{ID: w.metric, Title: plain(w.metric), Mark: broken, Why: gone}, Node{ID: w.metric, Mark: broken, Why: gone}
		return nil
	}
	at["metric"] = Node{ID: w.metric, Title: m.Title, Link: link, Mark: present, Version: m.Version}
	rows := Node{ID: w.metric, Title: base.T("Zeilen", "Rows"), Link: link, Mark: open, At: instant(m.LoadedAt)}
	if m.Rows > 0 {
		rows.Rows, rows.Mark = &m.Rows, present
	} else if w.closing != nil || w.plan != nil && w.plan.Signed() {
		rows.Mark, rows.Why = broken, base.T("Die Zeilen dahinter gibt es nicht mehr.", "The rows behind it are no longer there.")
	}
	at["rows"] = rows
	return nil
}

// found is the finding. An initiative may begin without one.
func (s *Service) found(_ context.Context, w *walk, at map[string]Node) error {
	switch f := w.finding; {
	case f != nil:
		at["finding"] = Node{ID: f.ID, Title: f.Title, State: f.State, Link: "/befunde/" + url.PathEscape(f.ID), Mark: present, Number: f.Number, At: instant(f.FirstSeen)}
	case w.initiative != nil && len(w.initiative.Findings) > 0:
		at["finding"] = Node{Mark: broken, Why: base.T("Den Befund, aus dem das Vorhaben entstand, gibt es nicht mehr.", "The finding that the initiative began from is no longer there.")}
	default:
		at["finding"] = Node{Mark: void, Why: base.T("Kein Befund dahinter.", "No finding behind it.")}
	}
	return nil
}

// decided are initiative and business case; an approved case is there.
func (s *Service) decided(_ context.Context, w *walk, at map[string]Node) error {
	if i := w.initiative; i != nil {
		at["initiative"] = Node{ID: w.initiativeID, Title: plain(i.Title), State: i.Stage, Link: "/vorhaben/" + url.PathEscape(w.initiativeID), Mark: present}
	}
	if w.caseID == "" || w.caseTitle == "" {
		return nil
	}
	n := Node{ID: w.caseID, Title: plain(w.caseTitle), State: w.caseDoc.State, Link: "/business_case/" + url.PathEscape(w.caseID), Mark: open, Version: w.caseDoc.Version, Unit: "money"}
	if n.State == "approved" {
		n.Mark = present
	}
	if npv, ok := w.caseDoc.Value["npv"].(map[string]any); ok {
		amount, _ := npv["amount"].(string)
		if v, err := strconv.ParseFloat(amount, 64); err == nil {
			currency, _ := npv["currency"].(string)
			n.Value, n.Currency = &v, &currency
		}
	}
	at["business_case"] = n
	return nil
}

// planned are plan and effect; a signed plan is there, and an effect of which something was measured.
func (s *Service) planned(ctx context.Context, w *walk, at map[string]Node) error {
	p := w.plan
	if p == nil {
		return nil
	}
	link := "/wirkung/" + url.PathEscape(p.Doc.ID)
	n := Node{ID: p.Doc.ID, Title: plain(p.Title), State: p.Doc.State, Link: link, Mark: open, Version: p.Doc.Version}
	if p.Signed() {
		n.Mark, n.Class, n.At = present, string(p.Class), p.SignedAt
		n.State = n.Class
	}
	at["effect_plan"] = n
	effect := Node{ID: p.Doc.ID, Title: plain(p.Title), Link: link, Mark: open}
	var err error
	if c := w.closing; c != nil && c.Verdict != "" {
		effect.State, effect.Value, effect.Unit, effect.Mark = string(c.Verdict), c.Value, c.Unit, present
		if c.Currency != "" {
			effect.Currency = &c.Currency
		}
	} else {
		err = s.estimated(ctx, w, &effect)
	}
	at["effect"] = effect
	return err
}

// estimated is the effect by the facts of now.
func (s *Service) estimated(ctx context.Context, w *walk, n *Node) error {
	m, err := s.plans.Measure(ctx, w.plan)
	if base.IsKind(err, base.NotFound) || base.IsKind(err, base.Usage) || base.IsKind(err, base.Refused) {
		return nil
	}
	if err != nil || m.After == 0 {
		return err
	}
	n.State, n.Value, n.Unit, n.Mark = string(m.Effect.Verdict), m.Effect.Estimate, m.Series.Unit, present
	if m.Series.Currency != "" {
		n.Currency = &m.Series.Currency
	}
	return nil
}

// signed is the closing with what the facts say of it today. Whoever stands at a metric sees the signature of its last
// period where there is one.
func (s *Service) signed(ctx context.Context, w *walk, at map[string]Node) error {
	c := w.closing
	if w.figure != nil {
		c = w.figure
	}
	if c == nil {
		return nil
	}
	v, err := s.closings.Whole(ctx, c)
	if err != nil {
		return err
	}
	n := Node{ID: v.ID, Title: plain(v.Title), State: v.Status, Link: "/abschluesse/" + url.PathEscape(v.ID), Mark: open, Class: v.Subject, Version: v.Version, Value: v.Value, Unit: v.Unit, Currency: v.Currency}
	if last := lastStep(v); last != nil {
		n.By, n.At = last.Name, instant(last.At)
	}
	switch {
	case v.Status == "signed" && v.Restatement != nil && v.Restatement.Changed:
		n.Mark, n.Today = restated, v.Restatement.Value
	case v.Status == "signed":
		n.Mark = present
	case v.Status == "reopened":
		n.Mark, n.Why = broken, base.T("Der Abschluss wurde wieder geöffnet.", "The closing was reopened.")
	}
	at["closing"] = n
	return nil
}

func lastStep(v *closing.View) *closing.StepView {
	if len(v.Steps) == 0 {
		return nil
	}
	return &v.Steps[len(v.Steps)-1]
}

// contributed is the ledger entry. Effects that are not proven, that were looked for afterwards or that are of a metric's
// period have none.
func (s *Service) contributed(_ context.Context, w *walk, at map[string]Node) error {
	c := w.closing
	switch e := w.entry; {
	case e != nil:
		n := Node{ID: e.Doc.ID, Title: plain(e.Title), State: string(e.Sort), Link: "/beitrag#" + url.PathEscape(e.Doc.ID), Mark: present, Value: e.Middle, Unit: e.Unit, Class: string(e.Benefit), At: e.SignedAt}
		if e.Sort == "takeback" {
			n.Mark, n.Why = broken, base.T("Der Beitrag wurde zurückgenommen.", "The contribution was taken back.")
		}
		at["ledger_entry"] = n
	case c != nil && c.Subject == "metric":
		at["ledger_entry"] = Node{Mark: void, Why: base.T("Der Abschluss einer Kennzahl ist kein Beitrag.", "The closing of a metric is no contribution.")}
	case w.plan != nil && w.plan.Class == "exploratory":
		at["ledger_entry"] = Node{Mark: void, Why: base.T("Explorative Wirkungen werden kein Beitrag.", "Exploratory effects are no contribution.")}
	case c != nil && c.Status == "signed" && c.Verdict != "belegt":
		at["ledger_entry"] = Node{Mark: void, Why: base.T("Nur belegte Wirkungen werden ein Beitrag.", "Only proven effects are a contribution.")}
	}
	return nil
}
