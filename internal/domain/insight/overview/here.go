package overview

import (
	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
)

// here lists what a person who reads no figures can do in Lotse; the first is what they do best next.
func here(p auth.Principal, initiatives int) []Step {
	out := []Step{}
	add := func(may bool, code string, text base.Text, link string) {
		if may {
			out = append(out, Step{code, text, link})
		}
	}
	add(p.May(auth.AccountManage), "manage_accounts", base.T("Konten und Rollen: einladen, Rollen vergeben, sperren.", "Accounts and roles: invite, give roles, lock."), "/konten")
	add(p.May(auth.SettingsWrite), "keep_settings", base.T("Einstellungen: Firma, Zeitzone, Währung, Geschäftsjahr.", "Settings: company, time zone, currency, fiscal year."), "/einstellungen")
	add(initiatives > 0, "look_at_initiatives", base.N(initiatives, base.T("Ihr Vorhaben: Phase, Meilensteine und was als Nächstes fällig ist.", "Your initiative: stage, milestones and what is due next."),
		base.T("Ihre %s Vorhaben: Phase, Meilensteine und was als Nächstes fällig ist.", "Your %s initiatives: stage, milestones and what is due next.", initiatives)), "/vorhaben")
	add(initiatives > 0, "look_at_roadmap", base.T("Fahrplan: wann Ihre Vorhaben beginnen, in Betrieb gehen und worauf sie warten.", "Roadmap: when your initiatives begin, go live and what they wait for."), "/fahrplan")
	add(p.May(auth.RegisterRead), "read_notices", base.T("Hinweise: was Ihnen zugewiesen ist, wo Sie erwähnt sind, was fällig wird.", "Notices: what is assigned to you, where you are mentioned, what falls due."), "/hinweise")
	keeps := p.MayRecord(auth.PolicyCompany, auth.Create, auth.Relation{}) && p.May(auth.RegisterWrite)
	add(keeps, "keep_company", base.T("Unternehmen: Personen, Einheiten, Funktionen und Vertretungen pflegen.", "Company: keep people, units, functions and deputies."), "/register")
	add(!keeps && p.May(auth.RegisterRead), "look_at_registers", base.T("Register: nachsehen, wer im Unternehmen wofür zuständig ist.", "Registers: see who is in charge of what in the company."), "/register")
	add(p.May(auth.Self), "own_account", base.T("Eigenes Konto: Kennwort, Sprache und Kalender mit Ihren Terminen.", "Own account: password, language and a calendar of your dates."), "/einstellungen/konto")
	return out
}
