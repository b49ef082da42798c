package register

import (
	"context"
	"net/http"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// KindInfo describes a register to programs and to the web app, which draws table and form from it.
type KindInfo struct {
	Name     string        `json:"name"`
	One      base.Text     `json:"one"`
	Many     base.Text     `json:"many"`
	Group    string        `json:"group"`
	Approval bool          `json:"approval"`
	Fixed    bool          `json:"fixed" doc:"nothing changes or deletes its records once they are approved"`
	ReadOnly bool          `json:"read_only" doc:"changes by steps of its own only"`
	Heading  string        `json:"heading" doc:"field that names a record"`
	Fields   []FieldInfo   `json:"fields"`
	May      []auth.Action `json:"may" doc:"what the reader's roles allow on any record"`
	Count    int           `json:"count" doc:"records that the reader may read"`
}

// FieldInfo describes a field.
type FieldInfo struct {
	Name      string       `json:"name"`
	Type      string       `json:"type" enum:"text,longtext,yesno,number,percent,duration,money,date,period,choice,choices,reference,references,person,persons,range,table,files"`
	Title     base.Text    `json:"title"`
	Help      base.Text    `json:"help"`
	Required  bool         `json:"required"`
	Private   bool         `json:"private"`
	Computed  bool         `json:"computed"`
	Managed   bool         `json:"managed" doc:"changes by a step of its own only"`
	List      bool         `json:"list" doc:"a column of the table until the person chooses others"`
	Alone     bool         `json:"alone" doc:"a number that is not added up over records"`
	Unit      string       `json:"unit"`
	Min       *float64     `json:"min"`
	Max       *float64     `json:"max"`
	Longest   int          `json:"longest"`
	Options   []OptionInfo `json:"options"`
	To        string       `json:"to" doc:"kind that a reference names"`
	Names     string       `json:"names" doc:"what the text or the words name outside of the records, such as metric; empty for free words"`
	Show      string       `json:"show"`
	Fields    []FieldInfo  `json:"fields" doc:"columns of a table"`
	Operators []string     `json:"operators" doc:"what a filter may ask"`
}

// OptionInfo is one value of an enumeration.
type OptionInfo struct {
	Value string    `json:"value"`
	Title base.Text `json:"title"`
	Mark  string    `json:"mark"`
}

// KindList is every register that the reader may open.
type KindList struct {
	Items []KindInfo `json:"items"`
	Self  string     `json:"self" doc:"the reader's own record of kind person, empty when there is none"`
}

func describe(fields []field.Field) []FieldInfo {
	out := make([]FieldInfo, 0, len(fields))
	for i := range fields {
		f := &fields[i]
		if f.Machine {
			continue
		}
		info := FieldInfo{Name: f.Name, Type: f.Type, Title: f.Title, Help: f.Help, Required: f.Required, Private: f.Private, Computed: f.Computed, Managed: f.Managed,
			List: f.List || f.Heading, Alone: f.Alone, Unit: f.Unit, Min: f.Min, Max: f.Max, Longest: f.Longest, To: f.Target(), Names: f.Names, Show: f.Show,
			Fields: describe(f.Fields), Operators: record.Operators(f), Options: []OptionInfo{}}
		for _, o := range f.Options {
			info.Options = append(info.Options, OptionInfo(o))
		}
		out = append(out, info)
	}
	return out
}

func (s *Service) kinds(ctx context.Context, _ *struct{}) (*KindList, error) {
	r, err := s.reader(ctx)
	if err != nil {
		return nil, err
	}
	out := &KindList{Items: []KindInfo{}, Self: r.acting.Self}
	for _, d := range s.defs {
		info := KindInfo{Name: d.Name, One: d.One, Many: d.Many, Group: d.Group, Approval: d.Approval, Fixed: d.FixedOnceApproved, ReadOnly: d.ReadOnly, Heading: d.Heading().Name,
			Fields: describe(d.Fields), May: []auth.Action{}}
		for _, a := range auth.Actions() {
			if r.MayRecord(d.Policy, a, auth.Relation{}) {
				info.May = append(info.May, a)
			}
		}
		groups, err := s.records.Groups(ctx, d, record.Query{Scope: r.scope(d)}, "", nil)
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			info.Count += g.Count
		}
		if r.MayRecord(d.Policy, auth.Read, auth.Relation{}) || info.Count > 0 {
			out.Items = append(out.Items, info)
		}
	}
	return out, nil
}

// SearchInput is a question for the full text.
type SearchInput struct {
	Q     string `query:"q" required:"true" minLength:"1" maxLength:"200"`
	Limit int    `query:"limit" default:"20" minimum:"1" maximum:"100"`
}

// SearchHit is a record that was found.
type SearchHit struct {
	Kind  string    `json:"kind"`
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	Title base.Text `json:"title" doc:"name of the kind"`
}

// SearchList is what was found, best first.
type SearchList struct {
	Items []SearchHit `json:"items"`
}

func (s *Service) search(ctx context.Context, in *SearchInput) (*SearchList, error) {
	r, err := s.reader(ctx)
	if err != nil {
		return nil, err
	}
	scopes := map[string]record.Scope{}
	for _, d := range s.defs {
		scopes[d.Name] = r.scope(d)
	}
	hits, err := s.records.Search(ctx, in.Q, scopes, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &SearchList{Items: []SearchHit{}}
	for _, h := range hits {
		d, _ := s.records.Def(h.Kind)
		out.Items = append(out.Items, SearchHit{h.Kind, h.ID, h.Heading, d.One})
	}
	return out, nil
}

func (s *Service) common() []operation.Operation {
	return []operation.Operation{
		operation.New(operation.Def{ID: "register_kinds", Kind: operation.Query, Method: http.MethodGet, Path: "/records", Tag: "register",
			Permission: auth.RegisterRead, Summary: base.T("Register auflisten", "List registers")}, s.kinds),
		operation.New(operation.Def{ID: "register_search", Kind: operation.Query, Method: http.MethodGet, Path: "/records/search", Tag: "register",
			Permission: auth.RegisterRead, Summary: base.T("In allen Registern suchen", "Search all registers")}, s.search),
		operation.NewStream(operation.Def{ID: "file_read", Kind: operation.Stream, Method: http.MethodGet, Path: "/files/{id}", Tag: "register",
			Permission: auth.RegisterRead, Summary: base.T("Datei herunterladen", "Download a file")}, s.download),
		operation.New(operation.Def{ID: "view_list", Kind: operation.Query, Method: http.MethodGet, Path: "/views", Tag: "register",
			Permission: auth.RegisterRead, Summary: base.T("Ansichten auflisten", "List views")}, s.views),
		operation.New(operation.Def{ID: "view_create", Kind: operation.Command, Method: http.MethodPost, Path: "/views", Tag: "register", Status: http.StatusCreated,
			Permission: auth.RegisterRead, Summary: base.T("Ansicht sichern", "Save a view")}, s.createView),
		operation.New(operation.Def{ID: "view_change", Kind: operation.Command, Method: http.MethodPut, Path: "/views/{id}", Tag: "register",
			Permission: auth.RegisterRead, Summary: base.T("Ansicht ändern", "Change a view")}, s.changeView),
		operation.New(operation.Def{ID: "view_delete", Kind: operation.Command, Method: http.MethodDelete, Path: "/views/{id}", Tag: "register",
			Permission: auth.RegisterRead, Summary: base.T("Ansicht löschen", "Delete a view")}, s.deleteView),
	}
}
