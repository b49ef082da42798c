package demo

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
)

// plan gives the company its goals, initiatives, effect plans, targets, risks, decisions and meetings, dated back from
// the last month of the data. Everything passes through the operations that people use: an officer proposes each gate,
// a leader decides on it, a controller signs.
func plan(ctx context.Context, c Client, config Config, h *history) error {
	p, err := newPlanner(ctx, c, config)
	if err != nil {
		return err
	}
	p.history = h
	c.Say(base.T("Ziele, Vorhaben und Entscheidungen der Musterfirma entstehen …", "Making goals, initiatives and decisions of the demo company …"), 0, 0)
	steps := []func(context.Context) error{p.goals, p.past, p.present, p.initiatives, p.dependencies, p.targets, p.committees, p.decisions,
		p.cases, p.workItems, p.roadmap, p.proofs}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// present returns from the first day with Lotse to today, with everything that was loaded since.
func (p *planner) present(ctx context.Context) error {
	p.operator.Travel(time.Time{})
	if err := p.history.recent(ctx); err != nil {
		return err
	}
	return assume(ctx, p.operator, p.config)
}

// planner writes as the officer and decides as the leader or the controller; what it made it knows by its key.
type planner struct {
	operator, officer, leader, controller, contributor Client

	config        Config
	until         Month
	history       *history
	self, sponsor string   // records of person of the officer and the leader
	department    string   // record of person of the contributor
	persons       []string // every record of person, by name
	ids           map[string]string
	entered       map[string]bool // initiatives that have begun
	passed        map[string]int  // gates of initiatives that are behind them
}

type item struct {
	ID      string         `json:"id"`
	Version int            `json:"version"`
	Value   map[string]any `json:"value"`
}

type items struct {
	Items []item `json:"items"`
}

type doc = map[string]any

func newPlanner(ctx context.Context, c Client, config Config) (*planner, error) {
	p := &planner{operator: c, config: config, until: config.Until, ids: map[string]string{}, entered: map[string]bool{}, passed: map[string]int{}}
	var accounts struct {
		Items []struct {
			Email string   `json:"email"`
			Roles []string `json:"roles"`
		} `json:"items"`
	}
	if err := c.Call(ctx, http.MethodGet, "/accounts", nil, &accounts); err != nil {
		return nil, err
	}
	emails := map[string]string{}
	for _, known := range Accounts() {
		for _, a := range accounts.Items {
			if a.Email == known.Email && emails[known.Roles[0]] == "" {
				emails[known.Roles[0]] = a.Email
			}
		}
	}
	for role, client := range map[string]*Client{"officer": &p.officer, "leader": &p.leader, "controller": &p.controller, "contributor": &p.contributor} {
		var err error
		if *client, err = c.As(ctx, emails[role]); err != nil {
			return nil, err
		}
	}
	var persons items
	if err := p.officer.Call(ctx, http.MethodGet, "/records/person?sort=name&limit=200", nil, &persons); err != nil {
		return nil, err
	}
	for _, r := range persons.Items {
		p.persons = append(p.persons, r.ID)
		switch r.Value["email"] {
		case emails["officer"]:
			p.self = r.ID
		case emails["leader"]:
			p.sponsor = r.ID
		case emails["contributor"]:
			p.department = r.ID
		}
	}
	return p, nil
}

// person spreads responsibility over the people of the company.
func (p *planner) person(n int) string {
	if len(p.persons) == 0 {
		return p.self
	}
	return p.persons[n%len(p.persons)]
}

// day is a day of the month so many months before the last one of the data; a negative number is a later month.
func (p *planner) day(ago, day int) string {
	m := p.until.plus(-ago)
	return time.Date(m.Year, time.Month(m.Month), day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// add creates a record and remembers it by its key.
func (p *planner) add(ctx context.Context, kind, key string, value doc) error {
	var made item
	if err := p.officer.Call(ctx, http.MethodPost, "/records/"+kind, value, &made); err != nil {
		return err
	}
	p.ids[key] = made.ID
	return nil
}

// finding is the id of the greatest finding of a kind in a process, "" when there is none.
func (p *planner) finding(ctx context.Context, kind, process string) (string, error) {
	var list struct {
		Items []struct {
			ID      string `json:"id"`
			Kind    string `json:"kind"`
			Process string `json:"process"`
		} `json:"items"`
	}
	if err := p.officer.Call(ctx, http.MethodGet, "/findings?kind="+url.QueryEscape(kind)+"&process="+url.QueryEscape(process), nil, &list); err != nil {
		return "", err
	}
	for _, f := range list.Items {
		if f.Kind == kind && f.Process == process {
			return f.ID, nil
		}
	}
	return "", nil
}

func (p *planner) list(keys ...string) []string {
	var out []string
	for _, k := range keys {
		if id := p.ids[k]; id != "" {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}
