package auth

import "slices"

// Action is what a person does with a record of a register.
type Action string

// The actions. Private is reading the fields that a kind marks as private.
const (
	Read    Action = "read"
	Create  Action = "create"
	Update  Action = "update"
	Delete  Action = "delete" // and restore
	Comment Action = "comment"
	Approve Action = "approve" // and refuse
	Private Action = "private"
)

// Actions lists every action.
func Actions() []Action { return []Action{Read, Create, Update, Delete, Comment, Approve, Private} }

// Grant says who may: the roles, and whoever owns the record or works in its team, whatever their role.
type Grant struct {
	Roles []Role
	Owner bool
	Team  bool
}

// Relation is how a person stands to a record.
type Relation struct{ Owner, Team bool }

// The policies that kinds name.
const (
	PolicyCompany   = "company"   // organisation and people: everybody reads, officer and administrator keep
	PolicyPlan      = "plan"      // goals, targets, initiatives, risks: read by all who work with Lotse, kept by owners
	PolicyFinance   = "finance"   // business cases and budgets: not for every contributor, approved by a controller
	PolicyCommittee = "committee" // meetings and decisions of the steering committee
	PolicyProof     = "proof"     // effect plans, closings and the ledger: signed by a controller
)

// policies is the one table from policy and action to who may. What is missing is allowed to nobody.
var policies = map[string]map[Action]Grant{
	PolicyCompany: {
		Read:    {Roles: []Role{Leader, Officer, Controller, Contributor, Member, Viewer, Admin}},
		Create:  {Roles: []Role{Officer, Admin}},
		Update:  {Roles: []Role{Officer, Admin}, Owner: true},
		Delete:  {Roles: []Role{Officer, Admin}},
		Comment: {Roles: []Role{Leader, Officer, Controller, Contributor, Admin}},
		Private: {Roles: []Role{Officer, Admin}, Owner: true},
	},
	PolicyPlan: {
		Read:    {Roles: []Role{Leader, Officer, Controller, Contributor, Viewer}, Owner: true, Team: true},
		Create:  {Roles: []Role{Leader, Officer, Contributor}},
		Update:  {Roles: []Role{Officer}, Owner: true, Team: true},
		Delete:  {Roles: []Role{Officer}, Owner: true},
		Comment: {Roles: []Role{Leader, Officer, Controller, Contributor}, Owner: true, Team: true},
		Approve: {Roles: []Role{Leader, Controller}},
		Private: {Roles: []Role{Leader, Officer}, Owner: true},
	},
	PolicyFinance: {
		Read:    {Roles: []Role{Leader, Officer, Controller, Viewer}, Owner: true, Team: true},
		Create:  {Roles: []Role{Officer, Controller}},
		Update:  {Roles: []Role{Officer, Controller}, Owner: true},
		Delete:  {Roles: []Role{Officer}},
		Comment: {Roles: []Role{Leader, Officer, Controller}, Owner: true, Team: true},
		Approve: {Roles: []Role{Controller}},
		Private: {Roles: []Role{Leader, Officer, Controller}, Owner: true},
	},
	PolicyCommittee: {
		Read:    {Roles: []Role{Leader, Officer, Controller, Viewer}, Owner: true, Team: true},
		Create:  {Roles: []Role{Leader, Officer}},
		Update:  {Roles: []Role{Leader, Officer}, Owner: true},
		Delete:  {Roles: []Role{Officer}},
		Comment: {Roles: []Role{Leader, Officer, Controller}, Owner: true, Team: true},
		Approve: {Roles: []Role{Leader}},
		Private: {Roles: []Role{Leader, Officer}, Owner: true},
	},
	PolicyProof: {
		Read:    {Roles: []Role{Leader, Officer, Controller, Viewer}, Owner: true, Team: true},
		Create:  {Roles: []Role{Officer, Controller}},
		Update:  {Roles: []Role{Officer, Controller}, Owner: true},
		Delete:  {Roles: []Role{Officer}},
		Comment: {Roles: []Role{Leader, Officer, Controller}, Owner: true, Team: true},
		Approve: {Roles: []Role{Controller}},
		Private: {Roles: []Role{Leader, Officer, Controller}, Owner: true},
	},
}

// Policies lists the names of the policies.
func Policies() []string {
	return []string{PolicyCompany, PolicyPlan, PolicyFinance, PolicyCommittee, PolicyProof}
}

// GrantOf is who may do something under a policy.
func GrantOf(policy string, action Action) Grant { return policies[policy][action] }

// MayRecord says whether a person may do something with a record of a policy to which they stand in a relation. The
// operator at the machine approves nothing, and who only reads changes nothing even of their own.
func (p Principal) MayRecord(policy string, action Action, rel Relation) bool {
	g := policies[policy][action]
	if p.ID == "" || p.CLI && action == Approve {
		return false
	}
	if (action == Update || action == Delete) && !p.May(RegisterWrite) {
		return false
	}
	return slices.ContainsFunc(g.Roles, p.Has) || g.Owner && rel.Owner || g.Team && rel.Team
}
