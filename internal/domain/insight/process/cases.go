package process

import (
	"context"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
)

// CaseFacts is what is known of a case beside its events. Unknown is null.
type CaseFacts struct {
	CaseID        string         `json:"case_id"`
	Variant       string         `json:"variant"`
	Activities    int64          `json:"activities"`
	FirstTime     *time.Time     `json:"first_time"`
	LastTime      *time.Time     `json:"last_time"`
	Duration      *float64       `json:"duration_seconds"`
	Rework        bool           `json:"rework"`
	ManualSteps   *int64         `json:"manual_steps" doc:"null when it is unknown which steps run automatically"`
	FirstActivity string         `json:"first_activity"`
	LastActivity  string         `json:"last_activity"`
	Completed     *bool          `json:"completed" doc:"null while no end activities are set"`
	Attributes    map[string]any `json:"attributes"`
}

// Case is one case as lists show it.
type Case struct {
	CaseFacts
	Events int64 `json:"events"`
}

// CasePage is a page of cases. Fields are the names of the attributes, in order.
type CasePage struct {
	Items   []Case       `json:"items"`
	Total   int64        `json:"total"`
	Fields  []string     `json:"fields"`
	Remarks base.Remarks `json:"remarks"`
}

// CaseOrder says which part of the cases is wanted and in which order.
type CaseOrder struct {
	Sort   string `query:"sort" maxLength:"200" default:"-duration_seconds" doc:"column, with - before it descending"`
	Search string `query:"search" maxLength:"200" doc:"part of the case id"`
	Limit  int    `query:"limit" minimum:"1" maximum:"10000" default:"50"`
	Offset int    `query:"offset" minimum:"0" maximum:"100000000"`
}

// caseSelect lists the columns of cases in the order in which scanCase reads them.
const caseSelect = `case_id, variant, events, activities, first_time, last_time, duration_seconds, rework, manual_steps,
	first_activity, last_activity`

const caseSelected = 11

// Cases answers a page of the filtered cases.
func (s *Service) Cases(ctx context.Context, process string, f Filter, o CaseOrder) (*CasePage, error) {
	v, err := s.derivedView(ctx, process)
	if err != nil {
		return nil, err
	}
	where, err := f.where(v)
	if err != nil {
		return nil, err
	}
	if o.Search != "" {
		where.add("search", base.T("Suche", "search"), "contains(lower(case_id), lower(?))", o.Search)
	}
	order, err := v.orderBy(o.Sort)
	if err != nil {
		return nil, err
	}
	out := &CasePage{Items: []Case{}, Fields: v.attributeNames(), Remarks: base.Remarks{}}
	err = s.query(ctx, v, "SELECT count(*) FROM cases"+where.clause(), where.args, func(row []any) error {
		out.Total = whole(row[0])
		return nil
	})
	if err != nil {
		return nil, err
	}
	rest := where.clause() + order + " LIMIT ? OFFSET ?"
	err = s.eachCase(ctx, v, rest, append(slices.Clip(where.args), o.Limit, o.Offset), func(c Case) { out.Items = append(out.Items, c) })
	v.addRules(&out.Remarks)
	v.addStale(&out.Remarks)
	return out, err
}

// attributeNames lists the columns that cases copied from the log.
func (v *view) attributeNames() []string {
	names := []string{}
	for _, c := range v.attributes() {
		names = append(names, c.Name)
	}
	return names
}

// eachCase reads the cases that the rest of a SELECT finds.
func (s *Service) eachCase(ctx context.Context, v *view, rest string, args []any, each func(Case)) error {
	fields := v.attributeNames()
	var columns strings.Builder
	columns.WriteString(caseSelect)
	for _, name := range fields {
		columns.WriteString(", " + quote(name))
	}
	return s.query(ctx, v, "SELECT "+columns.String()+" FROM cases"+rest, args, func(row []any) error {
		each(v.scanCase(row, fields))
		return nil
	})
}

// scanCase reads a case. Whether it is completed follows the rules that hold now, not those that it was derived by;
// manual steps by other rules are unknown.
func (v *view) scanCase(row []any, fields []string) Case {
	c := Case{Events: whole(row[2]), CaseFacts: CaseFacts{
		CaseID: text(row[0]), Variant: text(row[1]), Activities: whole(row[3]), FirstTime: timePtr(row[4]), LastTime: timePtr(row[5]),
		Duration: floatPtr(row[6]), Rework: truth(row[7]), FirstActivity: text(row[9]), LastActivity: text(row[10]),
		Attributes: map[string]any{},
	}}
	if !v.otherRules {
		c.ManualSteps = wholePtr(row[8])
	}
	if ends, set := v.settings.Ends(v.process); set {
		completed := slices.Contains(ends, c.LastActivity)
		c.Completed = &completed
	}
	for i, name := range fields {
		if value := shown(row[caseSelected+i]); value != nil {
			c.Attributes[name] = value
		}
	}
	return c
}

// orderBy makes a total order of a column's name, so that pages never overlap.
func (v *view) orderBy(sort string) (string, error) {
	column, descending := strings.CutPrefix(sort, "-")
	if column == "" {
		column, descending = "duration_seconds", true
	}
	if !v.cases.Schema.Has(column) || column == "activity_set" || column == "rules" {
		e := base.Fail(base.Usage, "bad_sort", base.T("Nach „%s“ lässt sich nicht sortieren.", "“%s” is no column to sort by.", column))
		return "", e
	}
	direction := " ASC NULLS LAST"
	if descending {
		direction = " DESC NULLS LAST"
	}
	return " ORDER BY " + quote(column) + direction + ", case_id", nil
}
