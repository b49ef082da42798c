package catalogue

import (
	"context"
	"regexp"
	"strings"
	"unicode"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/engine/metric"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/record"
)

// Own is a metric that a person made of two activities of a process: the time from the first from to the last to.
type Own struct {
	Name      string `json:"name" maxLength:"60" doc:"stable snake_case name"`
	Title     string `json:"title" maxLength:"200"`
	Process   string `json:"process" maxLength:"200"`
	From      string `json:"from_activity" maxLength:"500"`
	To        string `json:"to_activity" maxLength:"500"`
	Statistic string `json:"statistic" enum:"median,p90"`
	CreatedBy string `json:"created_by,omitempty" readOnly:"true"`
	Version   int    `json:"version,omitempty" readOnly:"true" doc:"number of the last change"`
}

var ownKind = record.Kind[Own]{Name: "metric", Title: base.T("Die Kennzahl", "The metric"), Validate: checkOwn}

var namePattern = regexp.MustCompile(`^[a-z][a-z0-9_]{0,59}$`)

func checkOwn(o *Own) []base.FieldError {
	var errs []base.FieldError
	add := func(field string, text base.Text) { errs = append(errs, base.FieldError{Field: field, Text: text}) }
	o.Title, o.Process = strings.TrimSpace(o.Title), lake.Name(o.Process)
	if !namePattern.MatchString(o.Name) {
		add("name", base.T("Der Name besteht aus kleinen Buchstaben a–z, Ziffern und _ und beginnt mit einem Buchstaben.",
			"The name consists of lower case letters a–z, digits and _ and begins with a letter."))
	}
	if _, taken := metric.Find(o.Name); taken {
		add("name", base.T("Eine Kennzahl dieses Namens gehört schon zu Lotse.", "A metric of this name belongs to Lotse already."))
	}
	for _, f := range []struct{ name, value string }{{"title", o.Title}, {"process", o.Process}, {"from_activity", o.From}, {"to_activity", o.To}} {
		if f.value == "" || len(f.value) > 2000 || f.name == "title" && strings.ContainsFunc(f.value, unicode.IsControl) {
			add(f.name, base.T("Diese Angabe fehlt oder ist nicht lesbar.", "This is missing or not readable."))
		}
	}
	if o.Statistic != "median" && o.Statistic != "p90" {
		add("statistic", base.T("Möglich sind median und p90.", "Possible are median and p90."))
	}
	return errs
}

func ownEntry(r record.Record[Own], owners map[string]string) entry {
	own := r.Value
	own.Version = r.Version
	owner := own.CreatedBy
	if named, ok := owners[own.Name]; ok {
		owner = named
	}
	return entry{own: &own, owner: owner, Definition: metric.LeadTime{Name: own.Name, Version: r.Version, Title: base.T(own.Title, own.Title),
		Process: own.Process, From: own.From, To: own.To, Statistic: own.Statistic, Owner: owner}.Definition()}
}

// CreateInput makes an own metric.
type CreateInput struct {
	Body Own
}

// Create makes an own metric; it then behaves like any other.
func (s *Service) Create(ctx context.Context, in *CreateInput) (*Own, error) {
	return s.put(ctx, in.Body, record.New, auth.From(ctx).By())
}

// UpdateInput changes an own metric.
type UpdateInput struct {
	Name    string `path:"name" maxLength:"64"`
	IfMatch string `header:"If-Match" doc:"version that the change is based on"`
	Body    Own
}

// Update changes an own metric; its name stays, and so does who made it.
func (s *Service) Update(ctx context.Context, in *UpdateInput) (*Own, error) {
	r, err := record.Get(ctx, s.records, ownKind, in.Name)
	if err != nil {
		return nil, s.notOwn(in.Name, err)
	}
	version, err := setting.Version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	in.Body.Name = in.Name
	return s.put(ctx, in.Body, version, r.Value.CreatedBy)
}

func (s *Service) put(ctx context.Context, own Own, version int, createdBy string) (*Own, error) {
	own.CreatedBy, own.Version = createdBy, 0
	if errs := checkOwn(&own); len(errs) == 0 {
		if err := s.checkActivities(ctx, own); err != nil {
			return nil, err
		}
	}
	r, err := record.Put(ctx, s.records, ownKind, own.Name, version, own, auth.From(ctx).By())
	if err != nil {
		if version == record.New && base.IsKind(err, base.Conflict) {
			return nil, base.Fail(base.Conflict, "metric_exists", base.T("Eine Kennzahl „%s“ gibt es schon.", "There is a metric “%s” already.", own.Name)).
				WithHint(base.T("Wählen Sie einen anderen Namen.", "Choose another name."))
		}
		return nil, err
	}
	r.Value.Version = r.Version
	return &r.Value, nil
}

// checkActivities refuses a process or an activity that no event has, so that no metric is empty by a slip of the pen.
func (s *Service) checkActivities(ctx context.Context, own Own) error {
	d := lake.Dataset{Table: metric.Events, Process: own.Process}
	rows, err := s.lake.Query(ctx, lake.Query{Tables: map[string]lake.Dataset{metric.Events: d}, Args: []any{own.From, own.To},
		SQL: "SELECT count(*) FILTER (WHERE activity = ?), count(*) FILTER (WHERE activity = ?) FROM events"})
	if err != nil {
		if base.IsKind(err, base.NotFound) {
			return fieldsFail(base.FieldError{Field: "process", Text: base.T("Den Prozess „%s“ gibt es nicht.", "There is no process “%s”.", own.Process)})
		}
		return err
	}
	defer rows.Close()
	var errs []base.FieldError
	for rows.Next() {
		for i, field := range []string{"from_activity", "to_activity"} {
			if n, _ := rows.Values()[i].(int64); n == 0 {
				name := []string{own.From, own.To}[i]
				errs = append(errs, base.FieldError{Field: field, Text: base.T("Die Aktivität „%s“ kommt nicht vor.", "The activity “%s” does not occur.", name)})
			}
		}
	}
	if rows.Err() != nil || len(errs) == 0 {
		return rows.Err()
	}
	return fieldsFail(errs...)
}

func fieldsFail(errs ...base.FieldError) error {
	e := base.Fail(base.Refused, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
	e.Fields = errs
	return e
}

// DeleteInput names an own metric and the version that was seen.
type DeleteInput struct {
	Name    string `path:"name" maxLength:"64"`
	IfMatch string `header:"If-Match" doc:"version that was seen; without it any"`
}

// Delete takes an own metric out of the catalogue; its history stays.
func (s *Service) Delete(ctx context.Context, in *DeleteInput) (*struct{}, error) {
	version := record.AnyVersion
	if in.IfMatch != "" {
		var err error
		if version, err = setting.Version(in.IfMatch); err != nil {
			return nil, err
		}
	}
	err := record.Delete(ctx, s.records, ownKind, in.Name, version, auth.From(ctx).By())
	if err != nil {
		return nil, s.notOwn(in.Name, err)
	}
	return &struct{}{}, nil
}

// notOwn explains why a metric of the library cannot be changed.
func (s *Service) notOwn(name string, err error) error {
	if _, library := metric.Find(name); library && base.IsKind(err, base.NotFound) {
		return base.Fail(base.Refused, "metric_of_lotse", base.T("„%s“ gehört zu Lotse und lässt sich nicht ändern oder löschen.",
			"“%s” belongs to Lotse and cannot be changed or deleted.", name))
	}
	return err
}

// HistoryList is every version of an own metric, newest first.
type HistoryList struct {
	Items []record.Entry[Own] `json:"items"`
	Total int                 `json:"total"`
}

// History answers every version of an own metric; one of the library has the single version that came with Lotse.
func (s *Service) History(ctx context.Context, in *ShowInput) (*HistoryList, error) {
	if _, library := metric.Find(in.Name); library {
		return &HistoryList{Items: []record.Entry[Own]{}}, nil
	}
	entries, err := record.History(ctx, s.records, ownKind, in.Name)
	if err != nil {
		return nil, err
	}
	out := &HistoryList{Items: make([]record.Entry[Own], 0, len(entries)), Total: len(entries)}
	for i := range entries {
		out.Items = append(out.Items, entries[len(entries)-1-i])
	}
	return out, nil
}

// RenameProcess lets the own metrics of a process follow its new name.
func (s *Service) RenameProcess(ctx context.Context, from, to, by string) error {
	own, err := record.List(ctx, s.records, ownKind)
	if err != nil {
		return err
	}
	for _, r := range own {
		if r.Value.Process != from {
			continue
		}
		r.Value.Process = to
		if _, err := record.Put(ctx, s.records, ownKind, r.ID, r.Version, r.Value, by); err != nil {
			return err
		}
	}
	return nil
}

// UsedBy names the own metrics that hang on a dataset, for whoever is about to rename or delete it.
func (s *Service) UsedBy(ctx context.Context, d lake.Dataset) ([]string, error) {
	own, err := record.List(ctx, s.records, ownKind)
	if err != nil {
		return nil, err
	}
	var titles []string
	for _, r := range own {
		if d.Table == metric.Events && r.Value.Process == d.Process {
			titles = append(titles, r.Value.Title)
		}
	}
	return titles, nil
}

// Reads says whether a metric of a process reads a dataset: directly, or by the cases that are derived from it. A metric that is
// gone reads nothing.
func (s *Service) Reads(ctx context.Context, name, process string, d lake.Dataset) (bool, error) {
	e, err := s.find(ctx, name)
	if base.IsKind(err, base.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if e.PerProcess() {
		return d.Table == metric.Events && process == d.Process, nil
	}
	return e.Table == d.Table, nil
}
