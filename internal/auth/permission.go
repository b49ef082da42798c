package auth

import (
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
)

// Role is what a person is in the company's instance. Roles add up.
type Role string

// The roles. The guest comes with the questionnaires.
const (
	Leader      Role = "leader"      // leads the company: reads everything, decides
	Officer     Role = "officer"     // does the work: loads, measures, decides
	Controller  Role = "controller"  // challenges and approves figures and business cases
	Contributor Role = "contributor" // department or IT: sees the work, keeps what is theirs
	Member      Role = "member"      // employee: company, people, what changes
	Viewer      Role = "viewer"      // board, auditor, works council: reads
	Admin       Role = "admin"       // keeps accounts and the instance; sees no facts
)

// Roles lists every role in the order of the user interface.
func Roles() []Role { return []Role{Leader, Officer, Controller, Contributor, Member, Viewer, Admin} }

// Title is the role's name for people.
func (r Role) Title() base.Text {
	switch r {
	case Leader:
		return base.T("Geschäftsführung", "Leader")
	case Officer:
		return base.T("Digital Officer", "Digital officer")
	case Controller:
		return base.T("Controlling", "Controller")
	case Contributor:
		return base.T("Fachbereich und IT", "Contributor")
	case Member:
		return base.T("Mitarbeitende", "Member")
	case Admin:
		return base.T("Administration", "Administrator")
	case Viewer:
		return base.T("Lesend", "Viewer")
	}
	return base.T(string(r), string(r))
}

// The permissions that operations name.
const (
	AccountManage  operation.Permission = "account.manage"  // accounts, invitations, roles
	InstanceManage operation.Permission = "instance.manage" // empty the demo, look at the machine
	FactsRead      operation.Permission = "facts.read"      // processes, figures, findings, rows
	FactsWrite     operation.Permission = "facts.write"     // uploads, loads, undo, deletion
	SettingsRead   operation.Permission = "settings.read"
	SettingsWrite  operation.Permission = "settings.write"
	RecordsWrite   operation.Permission = "records.write"    // own metrics, findings, assumptions
	RegisterRead   operation.Permission = "register.read"    // registers; which records, the policies say
	RegisterWrite  operation.Permission = "register.write"   // registers; which records, the policies say
	RegisterDecide operation.Permission = "register.approve" // approve or refuse what another person proposed
	Self           operation.Permission = "self"             // own session, password, preferences
)

// table is the one place that says what a role may.
var table = map[Role][]operation.Permission{
	Leader:      {Self, SettingsRead, FactsRead, RegisterRead, RegisterWrite, RegisterDecide},
	Officer:     {Self, SettingsRead, SettingsWrite, FactsRead, FactsWrite, RecordsWrite, RegisterRead, RegisterWrite},
	Controller:  {Self, SettingsRead, FactsRead, RegisterRead, RegisterWrite, RegisterDecide},
	Contributor: {Self, SettingsRead, FactsRead, RegisterRead, RegisterWrite},
	Member:      {Self, SettingsRead, RegisterRead},
	Viewer:      {Self, SettingsRead, FactsRead, RegisterRead},
	Admin:       {Self, SettingsRead, SettingsWrite, AccountManage, InstanceManage, RegisterRead, RegisterWrite},
}

// Permissions lists what a role may.
func Permissions(r Role) []operation.Permission { return slices.Clone(table[r]) }

// Known says whether at least one role holds a permission; an operation with any other could never be called.
func Known(p operation.Permission) bool {
	return slices.ContainsFunc(Roles(), func(r Role) bool { return slices.Contains(table[r], p) })
}

// allowing names the first role that holds a permission.
func allowing(p operation.Permission) base.Text {
	for _, r := range []Role{Viewer, Officer, Controller, Leader, Admin} {
		if slices.Contains(table[r], p) {
			return r.Title()
		}
	}
	return base.T("Administration", "Administrator")
}
