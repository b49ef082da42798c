package finding

import (
	"context"
	"time"

	"lotse.dev/lotse/internal/base"
)

// latest is the SQL of one row a request: of several the one updated last, without that column the one read last
// (contract.md, "Fact tables").
func (t table) latest() string {
	order := "_load DESC, _row DESC"
	if t.info.Schema.Has("updated_at") {
		order = "updated_at DESC NULLS LAST, " + order
	}
	return "latest AS (SELECT * FROM tickets QUALIFY row_number() OVER (PARTITION BY ticket_id ORDER BY " + order + ") = 1)"
}

// answerTime is what a request is given before it counts as not answered.
const answerTime = 7 * 24 * time.Hour

var ticketNoun = noun{base.T("Anfrage", "Request"), base.T("Anfragen", "requests")}

// detectResponse finds requests without a first response that were opened at least a week before the newest one.
func detectResponse(ctx context.Context, t table) ([]Draft, error) {
	if !t.info.Schema.Has("first_response_at") {
		return nil, nil
	}
	by := t.first("channel", "category", "priority", "team")
	group := "NULL::VARCHAR"
	if by != "" {
		group = by
	}
	d := Draft{Kind: KindResponse, Unit: CasesPerYear, Metric: "tickets_opened",
		Title: base.T("Anfragen ohne erste Antwort", "Requests without a first response"),
		NoEuros: base.T("Was eine unbeantwortete Anfrage kostet, sagen die Daten nicht.",
			"The data do not say what a request without an answer costs."),
	}
	var worst string
	var worstShare float64
	err := t.each(ctx, "WITH "+t.latest()+", edge AS (SELECT max(opened_at) AS last FROM latest)"+
		" SELECT "+group+" AS part, count(*), count(*) FILTER (WHERE first_response_at IS NULL), min(opened_at), max(last)"+
		" FROM latest, edge WHERE opened_at <= last - INTERVAL 7 DAY GROUP BY part ORDER BY part", nil, func(v []any) error {
		all, missing := int64(number(v[1])), int64(number(v[2]))
		d.Sample, d.Cases = d.Sample+all, d.Cases+missing
		d.Span.widen(instant(v[3]), instant(v[4]).Add(-answerTime))
		if share := float64(missing) / float64(all); all >= smallSample && share > worstShare {
			worst, worstShare = text(v[0]), share
		}
		return nil
	})
	if err != nil || !enough(d.Cases, d.Sample) {
		return nil, err
	}
	d.Size = d.perYear(float64(d.Cases))
	d.Sentence = base.T("%s von %s Anfragen (%s %%) haben nach mindestens sieben Tagen keine erste Antwort.",
		"%s of %s requests (%s %%) have no first response after at least seven days.", d.Cases, d.Sample,
		percent(float64(d.Cases)/float64(d.Sample)))
	if worst != "" {
		d.Sentence = base.T("%s Am höchsten ist der Anteil bei „%s“ mit %s %%.", "%s The share is highest for “%s”, %s %%.",
			d.Sentence, worst, percent(worstShare))
	}
	d.Formula = base.T("%s Anfragen ÷ %s = %s im Jahr", "%s requests ÷ %s = %s a year", d.Cases, d.overYear(), whole(d.Size))
	d.Rows = Rows{
		SQL: "WITH " + t.latest() + ", edge AS (SELECT max(opened_at) AS last FROM latest)" +
			" SELECT ticket_id AS case_id, 1 AS n, (epoch_us(last) - epoch_us(opened_at)) / 3.6e9 AS amount FROM latest, edge" +
			" WHERE first_response_at IS NULL AND opened_at <= last - INTERVAL 7 DAY ORDER BY amount DESC, case_id",
		Noun: ticketNoun, Amount: base.T("Std. seit Eröffnung", "h since it was opened"),
	}
	return []Draft{d}, nil
}

// widen lets the span hold both instants.
func (s *Span) widen(first, last time.Time) {
	if s.First.IsZero() || first.Before(s.First) {
		s.First = first
	}
	if last.After(s.Last) {
		s.Last = last
	}
}

// A part of the requests is slow when its median is at least this much above the median of all.
const slowFactor = 1.25

// detectSlow finds the categories (else priorities, teams, channels) whose requests take clearly longer than all, and
// takes what their requests need beyond the median of all. When none stands out, all requests are one finding.
func detectSlow(ctx context.Context, t table) ([]Draft, error) {
	if !t.info.Schema.Has("resolved_at") {
		return nil, nil
	}
	by := t.first("category", "priority", "team", "channel")
	group := "NULL::VARCHAR"
	if by != "" {
		group = by
	}
	var out, all []Draft
	err := t.each(ctx, "WITH "+t.latest()+", solved AS (SELECT *, "+group+" AS part,"+
		" (epoch_us(resolved_at) - epoch_us(opened_at)) / 3.6e9 AS length FROM latest WHERE resolved_at >= opened_at),"+
		" whole AS (SELECT median(length) AS middle, count(*) AS everything FROM solved)"+
		" SELECT part, count(*), count(*) FILTER (WHERE length > middle), median(length), sum(greatest(length - middle, 0)),"+
		" max(middle), max(everything), min(opened_at), max(resolved_at) FROM solved, whole"+
		" GROUP BY GROUPING SETS ((part), ()) ORDER BY grouping(part), part", nil, func(v []any) error {
		s := slowPart{by: by, part: text(v[0]), n: int64(number(v[1])), over: int64(number(v[2])), median: number(v[3]),
			hours: number(v[4]), middle: number(v[5]), all: int64(number(v[6]))}
		s.span.widen(instant(v[7]), instant(v[8]))
		switch {
		case s.n == s.all:
			s.part = ""
			all = append(all, t.slow(s))
		case s.part != "" && s.n >= smallSample && enough(s.over, s.all) && s.median >= slowFactor*s.middle:
			out = append(out, t.slow(s))
		}
		return nil
	})
	if err != nil || len(out) > 0 {
		return out, err
	}
	if len(all) > 0 && all[len(all)-1].Sample >= smallSample {
		return all[len(all)-1:], nil
	}
	return nil, nil
}

// slowPart is the requests of one value of a column, or all.
type slowPart struct {
	by, part       string
	n, over, all   int64
	median, middle float64 // hours, of the part and of all
	hours          float64 // beyond the median of all
	span           Span
}

func (t table) slow(s slowPart) Draft {
	d := Draft{Kind: KindSlow, Cases: s.over, Sample: s.n, Unit: LeadTimeHours, Span: s.span, Metric: "ticket_resolution_median",
		Title: base.T("Anfragen mit langer Lösungszeit", "Requests that take long to resolve"),
		NoEuros: base.T("Lösungszeit ist keine Arbeitszeit und wird nicht in Euro umgerechnet.",
			"Time to resolution is not work and is not turned into euros."),
	}
	where, args := "", []any{s.middle, s.middle}
	if s.part != "" {
		d.Subject = []string{s.by, s.part}
		d.Title = base.T("Lange Lösungszeit bei „%s“", "Long resolution of “%s”", s.part)
		where, args = " AND "+s.by+" = ?", append(args, s.part)
	}
	d.Sentence = base.T("%s gelöste Anfragen, Median %s (alle %s Anfragen: %s).",
		"%s resolved requests, median %s (all %s requests: %s).", s.n, duration(s.median), s.all, duration(s.middle))
	d.Size = d.perYear(s.hours)
	over := base.N(s.over, base.T("einer Anfrage", "one request"), base.T("%s Anfragen", "%s requests", s.over))
	d.Formula = base.T("%s Std. über dem Median aller (%s), in %s ÷ %s = %s Std. Durchlaufzeit im Jahr",
		"%s h beyond the median of all (%s), in %s ÷ %s = %s h of lead time a year",
		whole(s.hours), duration(s.middle), over, d.overYear(), whole(d.Size))
	d.Rows = Rows{
		SQL: "WITH " + t.latest() + " SELECT ticket_id AS case_id, 1 AS n," +
			" (epoch_us(resolved_at) - epoch_us(opened_at)) / 3.6e9 - ? AS amount FROM latest" +
			" WHERE resolved_at >= opened_at AND (epoch_us(resolved_at) - epoch_us(opened_at)) / 3.6e9 > ?" + where +
			" ORDER BY amount DESC, case_id",
		Args: args, Noun: ticketNoun, Amount: base.T("Std. über dem Median aller", "h beyond the median of all"),
	}
	return d
}
