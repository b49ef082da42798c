// Package setting keeps what the company tells Lotse about itself: name, time zone, currency, fiscal year, which sales
// channels are digital, which activities run automatically or end a process, how activities group into sections, and
// for which purpose people may be named. It is one record with history; what follows from a setting belongs to the
// packages that read it.
package setting

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
)

// Settings is the one record of an instance.
type Settings struct {
	CompanyName         string            `json:"company_name" maxLength:"200"`
	Zone                string            `json:"zone" doc:"IANA time zone, such as Europe/Berlin" maxLength:"64"`
	Currency            string            `json:"currency" doc:"ISO 4217 code" maxLength:"3"`
	FiscalStart         int               `json:"fiscal_start" minimum:"1" maximum:"12" doc:"month in which the fiscal year starts"`
	DigitalChannels     []string          `json:"digital_channels" maxItems:"200"`
	AutomaticActivities []ProcessActivity `json:"automatic_activities" maxItems:"2000" doc:"activities that run without a person"`
	EndActivities       []ProcessEnds     `json:"end_activities" maxItems:"500" doc:"activities whose occurrence as last one completes a case"`
	Sections            []Section         `json:"sections" maxItems:"500" doc:"groups of activities that colour the variants"`
	Purposes            []Purpose         `json:"purposes" maxItems:"500" doc:"recorded purposes for which people of a source are named"`
	ClosingDepartment   bool              `json:"closing_department,omitempty" doc:"a closing is confirmed by the department before a controller signs it"`
	ClosingDays         int               `json:"closing_days,omitempty" minimum:"0" maximum:"250" doc:"working days after the end of a period until its closing is due, 0 for 10"`
}

// usualClosingDays is when a closing is due while nobody said otherwise.
const usualClosingDays = 10

// DaysToClose are the working days after the end of a period until its closing is due.
func (s Settings) DaysToClose() int {
	if s.ClosingDays == 0 {
		return usualClosingDays
	}
	return s.ClosingDays
}

// ProcessActivity names an activity of a process.
type ProcessActivity struct {
	Process  string `json:"process" maxLength:"200"`
	Activity string `json:"activity" maxLength:"500"`
}

// ProcessEnds are the activities that end a process.
type ProcessEnds struct {
	Process    string   `json:"process" maxLength:"200"`
	Activities []string `json:"activities" maxItems:"1000"`
}

// Section is a named group of activities of a process.
type Section struct {
	Process    string   `json:"process" maxLength:"200"`
	Section    string   `json:"section" maxLength:"200"`
	Activities []string `json:"activities" maxItems:"1000"`
}

// Purpose says why the people of a source may be named (contract.md, "How a load behaves").
type Purpose struct {
	Source  string `json:"source" maxLength:"500"`
	Purpose string `json:"purpose" maxLength:"1000"`
}

// Default is what holds before anything is set.
func Default() Settings {
	return Settings{
		Zone: "Europe/Berlin", Currency: "EUR", FiscalStart: 1,
		DigitalChannels: []string{}, AutomaticActivities: []ProcessActivity{}, EndActivities: []ProcessEnds{},
		Sections: []Section{}, Purposes: []Purpose{},
	}
}

// Automatic lists the activities of a process that run automatically; set is false while none is marked.
func (s Settings) Automatic(process string) (activities []string, set bool) {
	for _, a := range s.AutomaticActivities {
		if a.Process == process {
			activities = append(activities, a.Activity)
		}
	}
	return activities, len(activities) > 0
}

// Ends lists the activities that end a process; set is false while none is marked.
func (s Settings) Ends(process string) (activities []string, set bool) {
	for _, e := range s.EndActivities {
		if e.Process == process {
			activities = append(activities, e.Activities...)
		}
	}
	return activities, len(activities) > 0
}

// SectionsOf lists the sections of a process in their order.
func (s Settings) SectionsOf(process string) []Section {
	out := []Section{}
	for _, x := range s.Sections {
		if x.Process == process {
			out = append(out, x)
		}
	}
	return out
}

// Rules names the rules from which the cases of a process are derived: the same rules have the same name, in whatever
// order they were given and whatever the process is called.
func (s Settings) Rules(process string) string {
	automatic, _ := s.Automatic(process)
	ends, _ := s.Ends(process)
	h := sha256.New()
	for _, set := range [][]string{automatic, ends} {
		set = slices.Compact(slices.Sorted(slices.Values(set)))
		fmt.Fprintf(h, "%d of", len(set))
		for _, name := range set {
			fmt.Fprintf(h, " %d:%s", len(name), name) // the length keeps neighbours from running into each other
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:10])
}

// RulesDiffer says whether the rules from which the cases of a process are derived differ between two settings.
func RulesDiffer(a, b Settings, process string) bool { return a.Rules(process) != b.Rules(process) }

// rename gives a process another name and says whether it occurred.
func (s *Settings) rename(from, to string) (changed bool) {
	follow := func(name *string) {
		if *name == from {
			*name, changed = to, true
		}
	}
	for i := range s.AutomaticActivities {
		follow(&s.AutomaticActivities[i].Process)
	}
	for i := range s.EndActivities {
		follow(&s.EndActivities[i].Process)
	}
	for i := range s.Sections {
		follow(&s.Sections[i].Process)
	}
	return changed
}
