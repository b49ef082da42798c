package overview

import (
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
)

// Stage is a part of the route with the initiatives in it.
type Stage struct {
	Stage string    `json:"stage"`
	Title base.Text `json:"title"`
	Count int       `json:"count"`
	Marks []Mark    `json:"marks" nullable:"false"`
}

// Mark is one initiative on the route.
type Mark struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Status string `json:"status" enum:"your_turn,at_risk,open" doc:"your_turn: a decision is due, at_risk: a date has passed, open: no verdict yet"`
	Link   string `json:"link"`
}

// route names the stages in their order.
var route = []struct {
	stage string
	title base.Text
}{
	{"idea", base.T("Idee", "Idea")}, {"case", base.T("Bewertung", "Case")}, {"mvp", base.T("MVP", "MVP")}, {"pilot", base.T("Pilot", "Pilot")},
	{"scale", base.T("Ausbau", "Scale")}, {"live", base.T("Betrieb", "Live")}, {"closed", base.T("Abgeschlossen", "Closed")}, {"stopped", base.T("Gestoppt", "Stopped")},
}

func stageTitle(stage string) base.Text {
	for _, r := range route {
		if r.stage == stage {
			return r.title
		}
	}
	return base.T("%s", "%s", stage)
}

func initiativeLink(id string) string { return "/vorhaben/" + escape(id) }

// stagesOf puts initiatives onto the route; turn names those with a decision that is due.
func stagesOf(list []kept[initiative], turn map[string]bool, today string) []Stage {
	out := []Stage{}
	for _, r := range route {
		s := Stage{Stage: r.stage, Title: r.title, Marks: []Mark{}}
		for _, i := range list {
			if i.V.Stage != r.stage {
				continue
			}
			mark := Mark{ID: i.ID, Title: i.V.Title, Status: "open", Link: initiativeLink(i.ID)}
			switch {
			case turn[i.ID]:
				mark.Status = "your_turn"
			case late(i.V, today):
				mark.Status = "at_risk"
			}
			s.Marks = append(s.Marks, mark)
		}
		s.Count = len(s.Marks)
		out = append(out, s)
	}
	return out
}

// late says whether a date of an initiative that still goes has passed.
func late(i initiative, today string) bool {
	if i.Stage == "closed" || i.Stage == "stopped" {
		return false
	}
	if i.GoLive != "" && i.GoLive < today && i.Stage != "live" {
		return true
	}
	for _, m := range i.Milestones {
		if m.Due != "" && m.Done == "" && m.Due < today {
			return true
		}
	}
	return false
}

// byTitle is the order in which initiatives are read.
var byTitle = record.Query{Sort: []record.Sort{{Field: "title"}}}
