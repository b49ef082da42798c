package setting

import (
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/currency"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/lake"
)

// check gathers every field error; it trims texts and fills absent lists.
func check(s *Settings) []base.FieldError {
	var c checks
	s.CompanyName = c.text("company_name", s.CompanyName, 200)
	s.Zone = strings.TrimSpace(s.Zone)
	if _, err := time.LoadLocation(s.Zone); err != nil || s.Zone == "" || s.Zone == "Local" {
		c.add("zone", base.T("Diese Zeitzone gibt es nicht. Beispiel: Europe/Berlin.", "There is no such time zone. Example: Europe/Berlin."))
	}
	s.Currency = strings.ToUpper(strings.TrimSpace(s.Currency))
	if _, err := currency.ParseISO(s.Currency); err != nil {
		c.add("currency", base.T("Bitte den dreistelligen Code der Währung angeben, zum Beispiel EUR.",
			"Please give the three-letter code of the currency, for example EUR."))
	}
	if s.FiscalStart < 1 || s.FiscalStart > 12 {
		c.add("fiscal_start", base.T("Der Monat liegt zwischen 1 und 12.", "The month lies between 1 and 12."))
	}
	if s.ClosingDays < 0 || s.ClosingDays > 250 {
		c.add("closing_days", base.T("Möglich sind 0 bis 250 Arbeitstage.", "Possible are 0 to 250 working days."))
	}
	s.DigitalChannels = c.names("digital_channels", s.DigitalChannels)
	c.automatic(s)
	c.ends(s)
	c.sections(s)
	c.purposes(s)
	return c.errors
}

// checks collects field errors.
type checks struct{ errors []base.FieldError }

func (c *checks) add(field string, text base.Text) {
	c.errors = append(c.errors, base.FieldError{Field: field, Text: text})
}

// text trims a text and refuses one that is too long or holds control characters.
func (c *checks) text(field, s string, longest int) string {
	s = strings.TrimSpace(s)
	if len([]rune(s)) > longest {
		c.add(field, base.T("Höchstens %d Zeichen.", "At most %d characters.", longest))
	}
	if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' }) {
		c.add(field, base.T("Steuerzeichen sind nicht erlaubt.", "Control characters are not allowed."))
	}
	return s
}

// needed is text that may not be empty.
func (c *checks) needed(field, s string, longest int) string {
	s = c.text(field, s, longest)
	if s == "" {
		c.add(field, base.T("Diese Angabe fehlt.", "This is missing."))
	}
	return s
}

// names refuses empty and repeated entries of a list.
func (c *checks) names(field string, list []string) []string {
	seen := make(map[string]bool, len(list))
	out := make([]string, 0, len(list))
	for i, name := range list {
		at := fmt.Sprintf("%s[%d]", field, i)
		name = c.needed(at, name, 500)
		if seen[name] {
			c.add(at, base.T("„%s“ steht doppelt in der Liste.", "“%s” is in the list twice.", name))
		}
		seen[name] = true
		out = append(out, name)
	}
	return out
}

func (c *checks) automatic(s *Settings) {
	seen := map[ProcessActivity]bool{}
	for i := range s.AutomaticActivities {
		a, at := &s.AutomaticActivities[i], fmt.Sprintf("automatic_activities[%d]", i)
		a.Process = c.needed(at+".process", lake.Name(a.Process), 200)
		a.Activity = c.needed(at+".activity", a.Activity, 500)
		if seen[*a] {
			c.add(at, base.T("„%s“ ist bereits als automatisch eingetragen.", "“%s” is already marked as automatic.", a.Activity))
		}
		seen[*a] = true
	}
	if s.AutomaticActivities == nil {
		s.AutomaticActivities = []ProcessActivity{}
	}
}

func (c *checks) ends(s *Settings) {
	seen := map[string]bool{}
	for i := range s.EndActivities {
		e, at := &s.EndActivities[i], fmt.Sprintf("end_activities[%d]", i)
		e.Process = c.needed(at+".process", lake.Name(e.Process), 200)
		e.Activities = c.names(at+".activities", e.Activities)
		if seen[e.Process] {
			c.add(at+".process", base.T("Der Prozess „%s“ steht doppelt in der Liste.", "The process “%s” is in the list twice.", e.Process))
		}
		seen[e.Process] = true
	}
	if s.EndActivities == nil {
		s.EndActivities = []ProcessEnds{}
	}
}

// sections lets an activity stand in one section of its process only, because it has one colour.
func (c *checks) sections(s *Settings) {
	home := map[ProcessActivity]string{}
	named := map[[2]string]bool{}
	for i := range s.Sections {
		x, at := &s.Sections[i], fmt.Sprintf("sections[%d]", i)
		x.Process = c.needed(at+".process", lake.Name(x.Process), 200)
		x.Section = c.needed(at+".section", x.Section, 200)
		x.Activities = c.names(at+".activities", x.Activities)
		if named[[2]string{x.Process, x.Section}] {
			c.add(at+".section", base.T("Den Abschnitt „%s“ gibt es schon.", "The section “%s” exists already.", x.Section))
		}
		named[[2]string{x.Process, x.Section}] = true
		for j, name := range x.Activities {
			key := ProcessActivity{x.Process, name}
			if other, ok := home[key]; ok && other != x.Section {
				c.add(fmt.Sprintf("%s.activities[%d]", at, j), base.T("„%s“ gehört schon zum Abschnitt „%s“.",
					"“%s” belongs to the section “%s” already.", name, other))
			}
			home[key] = x.Section
		}
	}
	if s.Sections == nil {
		s.Sections = []Section{}
	}
}

func (c *checks) purposes(s *Settings) {
	for i := range s.Purposes {
		p, at := &s.Purposes[i], fmt.Sprintf("purposes[%d]", i)
		p.Source = c.needed(at+".source", p.Source, 500)
		p.Purpose = c.needed(at+".purpose", p.Purpose, 1000)
	}
	if s.Purposes == nil {
		s.Purposes = []Purpose{}
	}
}
