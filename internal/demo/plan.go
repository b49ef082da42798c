package demo

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
)

// Plan gives the company its goals, targets, initiatives, risks, decisions and meetings, dated back from the last month
// of the data. Everything passes through the operations that people use: an officer proposes each gate, a leader
// decides on it.
func Plan(ctx context.Context, c Client, config Config) error {
	p, err := newPlanner(ctx, c, config)
	if err != nil {
		return err
	}
	c.Say(base.T("Ziele, Vorhaben und Entscheidungen der Musterfirma entstehen …", "Making goals, initiatives and decisions of the demo company …"), 0, 0)
	for _, step := range []func(context.Context) error{p.goals, p.initiatives, p.dependencies, p.targets, p.committees, p.decisions, p.cases, p.workItems, p.roadmap} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// planner writes as the officer and decides as the leader or the controller; what it made it knows by its key.
type planner struct {
	operator, officer, leader, controller Client
	until                                 Month
	self, sponsor                         string   // records of person of the officer and the leader
	persons                               []string // every record of person, by name
	ids                                   map[string]string
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
	p := &planner{operator: c, until: config.Until, ids: map[string]string{}}
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
	var err error
	if p.officer, err = c.As(ctx, emails["officer"]); err != nil {
		return nil, err
	}
	if p.leader, err = c.As(ctx, emails["leader"]); err != nil {
		return nil, err
	}
	if p.controller, err = c.As(ctx, emails["controller"]); err != nil {
		return nil, err
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
