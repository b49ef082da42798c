package auth

import (
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
)

// Role is what a person is in the company's instance. Roles add up.
type Role string

// The roles. The others come with their work.
const (
	Admin   Role = "admin"   // keeps accounts and the instance; sees no facts
	Officer Role = "officer" // does the work: loads, measures, decides
	Viewer  Role = "viewer"  // reads
)

// Roles lists every role in the order of the user interface.
func Roles() []Role { return []Role{Admin, Officer, Viewer} }

// Title is the role's name for people.
func (r Role) Title() base.Text {
	switch r {
	case Admin:
		return base.T("Administration", "Administrator")
	case Officer:
		return base.T("Digital Officer", "Digital officer")
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
	RecordsWrite   operation.Permission = "records.write" // own metrics, findings, assumptions
	Self           operation.Permission = "self"          // own session, password, preferences
)

// table is the one place that says what a role may.
var table = map[Role][]operation.Permission{
	Admin:   {Self, SettingsRead, SettingsWrite, AccountManage, InstanceManage},
	Officer: {Self, SettingsRead, SettingsWrite, FactsRead, FactsWrite, RecordsWrite},
	Viewer:  {Self, SettingsRead, FactsRead},
}

// Permissions lists what a role may.
func Permissions(r Role) []operation.Permission { return slices.Clone(table[r]) }

// Known says whether at least one role holds a permission; an operation with any other could never be called.
func Known(p operation.Permission) bool {
	return slices.ContainsFunc(Roles(), func(r Role) bool { return slices.Contains(table[r], p) })
}

// allowing names the first role that holds a permission.
func allowing(p operation.Permission) base.Text {
	for _, r := range []Role{Viewer, Officer, Admin} {
		if slices.Contains(table[r], p) {
			return r.Title()
		}
	}
	return base.T("Administration", "Administrator")
}
