package register

import (
	"context"
	"slices"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// ListInput asks for a page of a register.
type ListInput struct {
	AskInput
	After string `query:"after" maxLength:"4000" doc:"cursor of the page before"`
	Limit int    `query:"limit" default:"100" minimum:"1" maximum:"1000"`
}

// List is a page of a register.
type List struct {
	Items []Item `json:"items"`
	Names []Name `json:"names" doc:"headings of what the items point at"`
	Next  string `json:"next" doc:"cursor of the next page, empty when this is the last"`
	Total int    `json:"total" doc:"records of the query on all pages"`
}

func (s *Service) list(d *record.Def) func(context.Context, *ListInput) (*List, error) {
	return func(ctx context.Context, in *ListInput) (*List, error) {
		r, err := s.reader(ctx)
		if err != nil {
			return nil, err
		}
		q, err := s.query(r, d, in.AskInput)
		if err != nil {
			return nil, err
		}
		groups, err := s.records.Groups(ctx, d, q, "", nil)
		if err != nil {
			return nil, err
		}
		q.After, q.Limit = in.After, in.Limit
		page, err := s.records.Find(ctx, d, q)
		if err != nil {
			return nil, err
		}
		out := &List{Items: make([]Item, len(page.Items)), Next: page.Next}
		for _, g := range groups {
			out.Total += g.Count
		}
		for i, doc := range page.Items {
			out.Items[i] = r.item(d, doc)
		}
		out.Names, err = s.names(ctx, r, d, out.Items)
		return out, err
	}
}

// GroupInput asks for counts and sums by the values of a field.
type GroupInput struct {
	AskInput
	By  string   `query:"by" maxLength:"64" doc:"field; without it there is one group of all"`
	Sum []string `query:"sum,explode" maxItems:"10" doc:"number fields to add up"`
}

// GroupItem is one group.
type GroupItem struct {
	Value *string    `json:"value" doc:"key of the group, null for the records without one"`
	Title string     `json:"title" doc:"the key as people read it"`
	Count int        `json:"count"`
	Sums  []GroupSum `json:"sums"`
}

// GroupSum is the sum of a field over a group, null when no record has a value.
type GroupSum struct {
	Field string   `json:"field"`
	Value *float64 `json:"value"`
}

// GroupList is the groups of a query, a thousand at most.
type GroupList struct {
	Items   []GroupItem `json:"items"`
	Total   int         `json:"total" doc:"records of the query in all groups, those that are not listed included"`
	Remarks []base.Text `json:"remarks" doc:"what the list leaves out"`
}

func (s *Service) groups(d *record.Def) func(context.Context, *GroupInput) (*GroupList, error) {
	return func(ctx context.Context, in *GroupInput) (*GroupList, error) {
		r, err := s.reader(ctx)
		if err != nil {
			return nil, err
		}
		q, err := s.query(r, d, in.AskInput)
		if err != nil {
			return nil, err
		}
		if err := keptApart(d, q, in); err != nil {
			return nil, err
		}
		if err := s.oneCurrency(ctx, d, q, in.Sum); err != nil {
			return nil, err
		}
		groups, err := s.records.Groups(ctx, d, q, in.By, in.Sum)
		if err != nil {
			return nil, err
		}
		out, counted := &GroupList{Remarks: []base.Text{}}, groups
		if len(groups) > record.MostGroups {
			groups = groups[:record.MostGroups]
			out.Remarks = append(out.Remarks, base.T("Es gibt mehr als %s Gruppen. Die übrigen stehen nicht in der Liste; filtern Sie, um sie zu sehen.",
				"There are more than %s groups. The others are not listed; filter to see them.", record.MostGroups))
			if counted, err = s.records.Groups(ctx, d, q, "", nil); err != nil {
				return nil, err
			}
		}
		for _, g := range counted {
			out.Total += g.Count
		}
		w := s.words(ctx, r)
		out.Items = make([]GroupItem, len(groups))
		for i, g := range groups {
			out.Items[i] = groupItem(d, in.By, in.Sum, g, w)
		}
		return out, nil
	}
}

// keptApart refuses to add what never adds up, such as benefits of different classes.
func keptApart(d *record.Def, q record.Query, in *GroupInput) error {
	for _, name := range in.Sum {
		if f, ok := field.Find(d.Fields, name); ok && f.Alone {
			return base.Fail(base.Refused, "never_summed", base.T("„%s“ wird nicht addiert.", "“%s” is not added up.", f.Title))
		}
	}
	for _, name := range d.Apart {
		one := slices.ContainsFunc(q.Where, func(c record.Condition) bool { return c.Field == name && c.Op == "eq" && len(c.Values) == 1 })
		if len(in.Sum) > 0 && in.By != name && !one {
			f, _ := field.Find(d.Fields, name)
			return base.Fail(base.Refused, "never_summed", base.T("Über „%s“ hinweg wird nichts addiert.", "Nothing is added up across “%s”.", f.Title)).
				WithHint(base.T("Filtern Sie auf einen Wert oder gruppieren Sie danach.", "Filter by one value or group by it."))
		}
	}
	return nil
}

// oneCurrency refuses to add money of several currencies: no such sum is a number.
func (s *Service) oneCurrency(ctx context.Context, d *record.Def, q record.Query, sums []string) error {
	for _, name := range sums {
		f, ok := field.Find(d.Fields, name)
		if !ok || f.Type != field.TypeMoney {
			continue
		}
		currencies, err := s.records.Currencies(ctx, d, q, name)
		if err != nil {
			return err
		}
		if len(currencies) > 1 {
			return base.Fail(base.Refused, "several_currencies", base.T("%s steht in mehreren Währungen und wird nicht addiert.", "%s is in several currencies and is not added up.", f.Title))
		}
	}
	return nil
}

func groupItem(d *record.Def, by string, sums []string, g record.Group, w *words) GroupItem {
	out := GroupItem{Count: g.Count, Sums: []GroupSum{}}
	for _, name := range sums {
		out.Sums = append(out.Sums, GroupSum{name, g.Sums[name]})
	}
	if g.Value == nil {
		return out
	}
	text := keyText(g.Value)
	out.Value, out.Title = &text, text
	f, ok := field.Find(d.Fields, by)
	switch {
	case !ok:
	case f.Type == field.TypeYesNo:
		out.Title = f.Of().Text(f, text == "yes", w)
	case f.Names != "":
		out.Title = titled{w}.Title(f.Names, text)
	case f.Of().Class() == field.Plain && f.Type != field.TypePeriod:
		out.Title = f.Of().Text(f, text, w)
	}
	return out
}

// IDInput names a record.
type IDInput struct {
	ID string `path:"id" maxLength:"64"`
}

func (s *Service) read(d *record.Def) func(context.Context, *IDInput) (*One, error) {
	return func(ctx context.Context, in *IDInput) (*One, error) {
		r, doc, err := s.lookup(ctx, d, in.ID)
		if err != nil {
			return nil, err
		}
		return s.one(ctx, r, d, doc)
	}
}

// lookup finds a record that the reader may read. Deleted ones are found by those who may restore them.
func (s *Service) lookup(ctx context.Context, d *record.Def, id string) (reader, record.Doc, error) {
	r, err := s.reader(ctx)
	if err != nil {
		return r, record.Doc{}, err
	}
	doc, err := s.records.Lookup(ctx, d, id, r.scope(d))
	if err == nil && doc.Deleted && !r.may(d, auth.Delete, doc.Value) {
		_, err = s.records.Lookup(ctx, d, id, record.Scope{}) // not found, in the words of the kind
	}
	return r, doc, err
}

// LinkItem is a record that points at another or is pointed at.
type LinkItem struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Name  string `json:"name"`
	Field string `json:"field" doc:"field that holds the reference"`
	Title string `json:"title" doc:"title of that field"`
	Back  bool   `json:"back" doc:"the other one points here"`
}

// LinkList is what a record is linked with.
type LinkList struct {
	Items []LinkItem `json:"items"`
}

func (s *Service) links(d *record.Def) func(context.Context, *IDInput) (*LinkList, error) {
	return func(ctx context.Context, in *IDInput) (*LinkList, error) {
		r, doc, err := s.lookup(ctx, d, in.ID)
		if err != nil {
			return nil, err
		}
		back, err := s.records.Backlinks(ctx, d.Name, doc.ID)
		if err != nil {
			return nil, err
		}
		out := &LinkList{Items: []LinkItem{}}
		for _, l := range back {
			item, visible, err := s.backlink(ctx, r, l)
			if err != nil {
				return nil, err
			}
			if visible {
				out.Items = append(out.Items, item)
			}
		}
		return out, nil
	}
}

func (s *Service) backlink(ctx context.Context, r reader, l record.Backlink) (LinkItem, bool, error) {
	from, ok := s.records.Def(l.Kind)
	if !ok {
		return LinkItem{}, false, nil
	}
	doc, err := s.records.Lookup(ctx, from, l.ID, r.scope(from))
	if base.IsKind(err, base.NotFound) {
		return LinkItem{}, false, nil // the reader may not know of it
	}
	if err != nil {
		return LinkItem{}, false, err
	}
	item := LinkItem{Kind: l.Kind, ID: l.ID, Field: l.Field, Back: true}
	item.Name, _ = doc.Value[from.Heading().Name].(string)
	name, _, _ := cutPath(l.Field)
	f, ok := field.Find(from.Fields, name)
	if !ok || f.Private && !slices.Contains(r.item(from, doc).May, auth.Private) {
		return item, false, nil
	}
	item.Title = f.Title.In(base.LangOf(ctx))
	return item, true, nil
}
