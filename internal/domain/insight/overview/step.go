package overview

import (
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/store/lake"
)

// Step is what a person does best next.
type Step struct {
	Code string    `json:"code" enum:"load_data,set_ends,set_digital,enter_assumptions,look_at_finding,look_at_metrics,manage_accounts,keep_settings,look_at_initiatives,look_at_roadmap,read_notices,keep_company,look_at_registers,own_account"`
	Text base.Text `json:"text"`
	Link string    `json:"link"`
}

// situation is what the next step depends on.
type situation struct {
	datasets  []lake.Info
	processes []process.Item
	settings  setting.Settings
	assumed   bool // there is a handling time or a rate
	findings  []finding.Finding
}

// steps in the order in which they are asked; the first that applies is next. Each is one question.
var steps = []func(situation) *Step{loadData, setEnds, setDigital, enterAssumptions, lookAtFinding, lookAtMetrics}

// next is the first step that applies.
func (s situation) next() *Step {
	for _, ask := range steps {
		if step := ask(s); step != nil {
			return step
		}
	}
	return nil
}

func loadData(s situation) *Step {
	if len(s.datasets) > 0 {
		return nil
	}
	return &Step{"load_data", base.T("Laden Sie ein Ereignisprotokoll, Aufträge oder Kundenanfragen. Eine CSV-Datei genügt.",
		"Load an event log, orders or tickets. A CSV file is enough."), "/daten/einlesen"}
}

func setEnds(s situation) *Step {
	for _, p := range s.processes {
		if _, set := s.settings.Ends(p.Name); !set {
			return &Step{"set_ends", base.T("Legen Sie fest, womit „%s“ endet. Erst dann ist bekannt, welche Vorgänge abgeschlossen sind.",
				"Set what ends “%s”. Only then is it known which cases are completed.", p.Title), "/einstellungen/prozesse"}
		}
	}
	return nil
}

func setDigital(s situation) *Step {
	for _, d := range s.datasets {
		if d.Table == "orders" && d.Schema.Has("channel") && len(s.settings.DigitalChannels) == 0 {
			return &Step{"set_digital", base.T("Legen Sie fest, welche Kanäle digital sind. Dann kennt Lotse den digitalen Umsatzanteil.",
				"Set which channels are digital. Then Lotse knows the digital share of revenue."), "/einstellungen"}
		}
	}
	return nil
}

func enterAssumptions(s situation) *Step {
	if s.assumed || len(s.processes) == 0 {
		return nil
	}
	return &Step{"enter_assumptions", base.T("Tragen Sie Bearbeitungszeiten und einen Stundensatz ein. Dann stehen Befunde in Arbeitsstunden und Euro.",
		"Enter handling times and an hourly rate. Then findings are in working hours and euros."), "/einstellungen/annahmen"}
}

func lookAtFinding(s situation) *Step {
	for _, f := range s.findings {
		if f.State == finding.StateNew {
			return &Step{"look_at_finding", base.T("Sehen Sie sich %s an: %s", "Look at %s: %s", f.Number, f.Title), "/befunde/" + f.ID}
		}
	}
	return nil
}

func lookAtMetrics(situation) *Step {
	return &Step{"look_at_metrics", base.T("Alle Befunde sind gesichtet. Sehen Sie nach, wie sich Ihre Kennzahlen entwickeln.",
		"All findings are reviewed. See how your metrics develop."), "/kennzahlen"}
}
