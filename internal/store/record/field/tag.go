package field

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/base"
)

var goTypes = map[reflect.Type]string{
	reflect.TypeFor[string]():    TypeText,
	reflect.TypeFor[Markdown]():  TypeLongText,
	reflect.TypeFor[*bool]():     TypeYesNo,
	reflect.TypeFor[*float64]():  TypeNumber,
	reflect.TypeFor[*Percent]():  TypePercent,
	reflect.TypeFor[*Duration](): TypeDuration,
	reflect.TypeFor[*Money]():    TypeMoney,
	reflect.TypeFor[Date]():      TypeDate,
	reflect.TypeFor[*Period]():   TypePeriod,
	reflect.TypeFor[Choice]():    TypeChoice,
	reflect.TypeFor[Choices]():   TypeChoices,
	reflect.TypeFor[Ref]():       TypeReference,
	reflect.TypeFor[Refs]():      TypeReferences,
	reflect.TypeFor[Person]():    TypePerson,
	reflect.TypeFor[Persons]():   TypePersons,
	reflect.TypeFor[*Range]():    TypeRange,
	reflect.TypeFor[Files]():     TypeFiles,
}

// Of describes the fields of a struct by the Go types and tags of its fields:
//
//	Due field.Date `json:"due,omitempty" de:"Termin" en:"Due" lo:"required,list,index"`
//
// de and en are the titles, help_de and help_en the sentence below the input. lo holds, parted by commas: required,
// private, computed, managed, versioned, unique, index, heading, owner, team, list, unit=…, min=…, max=…, longest=…,
// to=KIND, names=VOCABULARY, show=days; of a date due or starts, with done=FIELD and ended=FIELD:value|value.
// options holds an enumeration as "value=Deutsch|English|mark; …". Every json tag says omitempty: an unknown value is
// left out. A slice of structs is a table. Of panics on anything else, because that is a defect of the program.
func Of[T any]() []Field {
	out := ofStruct(reflect.TypeFor[T]())
	if err := checkDue(out); err != nil {
		panic(fmt.Sprintf("field: %s: %v", reflect.TypeFor[T](), err))
	}
	return out
}

func ofStruct(t reflect.Type) []Field {
	if t.Kind() != reflect.Struct {
		panic("field: " + t.String() + " is no struct")
	}
	var out []Field
	for i := range t.NumField() {
		sf := t.Field(i)
		if sf.Anonymous {
			out = append(out, ofStruct(sf.Type)...)
			continue
		}
		f, err := one(sf)
		if _, twice := Find(out, f.Name); err == nil && twice {
			err = fmt.Errorf("%s stands twice", f.Name)
		}
		if err != nil {
			panic(fmt.Sprintf("field: %s.%s: %v", t, sf.Name, err))
		}
		out = append(out, f)
	}
	return out
}

func one(sf reflect.StructField) (Field, error) {
	name, options, _ := strings.Cut(sf.Tag.Get("json"), ",")
	f := Field{Name: name, Type: goTypes[sf.Type], Title: base.Text{De: sf.Tag.Get("de"), En: sf.Tag.Get("en")},
		Help: base.Text{De: sf.Tag.Get("help_de"), En: sf.Tag.Get("help_en")}}
	if f.Type == "" && sf.Type.Kind() == reflect.Slice && sf.Type.Elem().Kind() == reflect.Struct {
		f.Type, f.Fields = TypeTable, ofStruct(sf.Type.Elem())
		if err := columns(f.Fields); err != nil {
			return f, err
		}
	}
	switch {
	case f.Type == "":
		return f, fmt.Errorf("type %s is no field", sf.Type)
	case !nameForm.MatchString(name) || options != "omitempty":
		return f, fmt.Errorf("json tag %q must be a name and omitempty", sf.Tag.Get("json"))
	case f.Title.De == "" || f.Title.En == "":
		return f, fmt.Errorf("needs the tags de and en")
	case f.Help.De == "" != (f.Help.En == ""):
		return f, fmt.Errorf("help is there in one language only")
	}
	if err := f.rules(sf.Tag.Get("lo")); err != nil {
		return f, err
	}
	return f, f.choose(sf.Tag.Get("options"))
}

var nameForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,47}$`)

// columns refuses what the rows of a table cannot be: a table again, or ruled by what counts for a whole record.
func columns(fields []Field) error {
	for _, f := range fields {
		if f.Type == TypeTable || f.Private || f.Computed || f.Managed || f.Unique || f.Heading || f.Owner || f.Team {
			return fmt.Errorf("the column %s of a table is a table, or private, computed, managed, unique, heading, owner or team", f.Name)
		}
	}
	return nil
}

func (f *Field) rules(tag string) error {
	flags := map[string]*bool{"required": &f.Required, "private": &f.Private, "computed": &f.Computed, "managed": &f.Managed, "versioned": &f.Versioned, "alone": &f.Alone, "machine": &f.Machine, "unique": &f.Unique,
		"index": &f.Indexed, "heading": &f.Heading, "owner": &f.Owner, "team": &f.Team, "list": &f.List}
	for part := range strings.SplitSeq(tag, ",") {
		key, value, has := strings.Cut(strings.TrimSpace(part), "=")
		if flag := flags[key]; flag != nil && !has {
			*flag = true
			continue
		}
		switch key {
		case "":
		case "unit":
			f.Unit = value
		case "to":
			f.To = value
		case "names":
			f.Names = value
		case "show":
			f.Show = value
		case "due", "starts", "done", "ended":
			f.falls(key, value)
		case "min", "max", "longest":
			n, err := strconv.ParseFloat(value, 64)
			if err != nil {
				return err
			}
			switch key {
			case "min":
				f.Min = &n
			case "max":
				f.Max = &n
			default:
				f.Longest = int(n)
			}
		default:
			return fmt.Errorf("unknown rule %q", part)
		}
	}
	if f.Due != nil && f.Type != TypeDate {
		return fmt.Errorf("only a date falls due")
	}
	if f.Versioned && !f.Managed {
		return fmt.Errorf("versioned says of a managed field that it comes back")
	}
	if f.Unique && f.Of().Class() == Many {
		return fmt.Errorf("several values are not unique")
	}
	if f.Target() == "" && (f.Type == TypeReference || f.Type == TypeReferences) {
		return fmt.Errorf("a reference needs to=KIND")
	}
	return nil
}

func (f *Field) choose(tag string) error {
	for part := range strings.SplitSeq(tag, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		value, titles, ok := strings.Cut(part, "=")
		names := strings.Split(titles, "|")
		if !ok || len(names) < 2 {
			return fmt.Errorf("option %q must be value=Deutsch|English", part)
		}
		if slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == value || o.Title.De == names[0] || o.Title.En == names[1] }) {
			return fmt.Errorf("option %q or its title stands twice", part)
		}
		o := Option{Value: value, Title: base.Text{De: names[0], En: names[1]}}
		if len(names) > 2 {
			o.Mark = names[2]
		}
		f.Options = append(f.Options, o)
	}
	if f.Type == TypeChoice && len(f.Options) == 0 {
		return fmt.Errorf("a choice needs options")
	}
	return nil
}
