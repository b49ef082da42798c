package demo

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
)

// post is a unit of the company with who leads it.
type post struct {
	id, name, sort, parent, site string
	heads                        float64
	lead                         string // id of a colleague
}

var posts = []post{
	{"gf", "Geschäftsführung", "division", "", "kappeln", 3, "henrik"},
	{"vertrieb", "Vertrieb", "department", "gf", "kappeln", 24, "birgit"},
	{"einkauf", "Einkauf", "department", "gf", "kappeln", 9, "heike"},
	{"auftrag", "Auftragsabwicklung", "department", "vertrieb", "kappeln", 12, "mehmet"},
	{"logistik", "Logistik", "department", "gf", "flensburg", 31, "ines"},
	{"produktion", "Produktion", "works", "gf", "kappeln", 58, "ralf"},
	{"kundendienst", "Kundendienst", "department", "vertrieb", "flensburg", 17, "tanja"},
	{"it", "IT", "department", "gf", "kappeln", 6, "jonas"},
	{"controlling", "Controlling", "team", "gf", "kappeln", 4, "maike"},
}

// role is a function in the company: internal cost of a day in euros as a range, and days free for initiatives in a
// quarter.
type role struct {
	id, name, unit    string
	low, likely, high float64
	days              float64
}

var companyRoles = []role{
	{"officer", "Digital Officer", "gf", 620, 700, 780, 45},
	{"developer", "Anwendungsentwicklung", "it", 480, 540, 620, 60},
	{"admin", "Systembetreuung", "it", 420, 470, 530, 30},
	{"process", "Prozessverantwortung", "auftrag", 400, 450, 520, 36},
	{"product", "Produktdatenpflege", "einkauf", 330, 370, 420, 40},
	{"service", "Serviceleitung", "kundendienst", 410, 460, 520, 24},
	{"controller", "Controlling", "controlling", 450, 500, 560, 18},
}

// colleague is a person of the company, with or without an account.
type colleague struct{ id, name, email, role, unit string }

var colleagues = []colleague{
	{"anna", "Anna Lindner", "anna.officer", "officer", "gf"},
	{"henrik", "Henrik Thomsen", "henrik.leader", "", "gf"},
	{"maike", "Maike Petersen", "maike.controller", "controller", "controlling"},
	{"ines", "Ines Möller", "ines.contributor", "process", "logistik"},
	{"timo", "Timo Brandt", "timo.member", "", "vertrieb"},
	{"jonas", "Jonas Albers", "jonas.admin", "admin", "it"},
	{"karin", "Karin Brandt", "karin.viewer", "", "gf"},
	{"birgit", "Birgit Hansen", "birgit.hansen", "", "vertrieb"},
	{"heike", "Heike Storm", "heike.storm", "product", "einkauf"},
	{"mehmet", "Mehmet Aydin", "mehmet.aydin", "process", "auftrag"},
	{"ralf", "Ralf Stüwe", "ralf.stuewe", "", "produktion"},
	{"tanja", "Tanja Vogt", "tanja.vogt", "service", "kundendienst"},
	{"svenja", "Svenja Ott", "svenja.ott", "developer", "it"},
}

// organise says who the company is: profile, sites, units, functions and people. People who have an account already
// keep their record.
func organise(ctx context.Context, c Client) error {
	profile := map[string]any{"name": Company, "legal_form": "gmbh", "sector": "trade", "employees": 164, "federal_state": "sh", "works_council": true,
		"turnover": map[string]string{"amount": "31500000.00", "currency": "EUR"}, "discount_rate": .07,
		"about": "Ausrüstung und Sonderanfertigungen für Schifffahrt, Werften und Häfen. Alle Angaben sind simuliert."}
	if err := keep(ctx, c, "company", "nordhafen", profile); err != nil {
		return err
	}
	for _, s := range [][3]string{{"kappeln", "Stammhaus Kappeln", "Kappeln"}, {"flensburg", "Lager Flensburg", "Flensburg"}} {
		site := map[string]any{"name": s[1], "city": s[2], "federal_state": "sh", "country": "Deutschland"}
		if err := keep(ctx, c, "site", s[0], site); err != nil {
			return err
		}
	}
	for _, p := range posts {
		if err := keep(ctx, c, "unit", p.id, p.value("")); err != nil {
			return err
		}
	}
	for _, r := range companyRoles {
		value := map[string]any{"name": r.name, "unit": r.unit, "day_rate": map[string]float64{"min": r.low, "likely": r.likely, "max": r.high}, "capacity_days": r.days}
		if err := keep(ctx, c, "function", r.id, value); err != nil {
			return err
		}
	}
	people := map[string]string{}
	for _, p := range colleagues {
		id, err := employ(ctx, c, p)
		if err != nil {
			return err
		}
		people[p.id] = id
	}
	for _, p := range posts {
		if err := c.Replace(ctx, "/records/unit/"+p.id, 1, p.value(people[p.lead])); err != nil {
			return err
		}
	}
	return nil
}

func (p post) value(lead string) map[string]any {
	out := map[string]any{"name": p.name, "sort": p.sort, "site": p.site, "heads": p.heads}
	if p.parent != "" {
		out["parent"] = p.parent
	}
	if lead != "" {
		out["lead"] = lead
	}
	return out
}

func keep(ctx context.Context, c Client, kind, id string, value map[string]any) error {
	return c.Call(ctx, http.MethodPost, fmt.Sprintf("/records/%s?id=%s", kind, url.QueryEscape(id)), value, nil)
}

// address is an e-mail address at the company.
func address(name string) string { return name + "@nordhafen-technik.example" }

// employ writes the record of a person, over the one that their account brought along, and answers its id.
func employ(ctx context.Context, c Client, p colleague) (string, error) {
	value := map[string]any{"name": p.name, "email": address(p.email), "units": []string{p.unit}}
	if p.role != "" {
		value["function"] = p.role
	}
	var have struct {
		Items []struct {
			ID      string `json:"id"`
			Version int    `json:"version"`
		} `json:"items"`
	}
	if err := c.Call(ctx, http.MethodGet, "/records/person?filter="+url.QueryEscape("email:eq:"+address(p.email)), nil, &have); err != nil {
		return "", err
	}
	if len(have.Items) == 0 {
		return p.id, keep(ctx, c, "person", p.id, value)
	}
	return have.Items[0].ID, c.Replace(ctx, "/records/person/"+have.Items[0].ID, have.Items[0].Version, value)
}
