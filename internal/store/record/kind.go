package record

import (
	"encoding/json"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record/field"
)

// Kind describes a register of values of T. Name is stable snake_case. A kind without One is kept with versions and
// history only; with One it is a register: its fields, read from the tags of T, carry forms, tables, search, import
// and references.
type Kind[T any] struct {
	Name      string
	Title     base.Text // with its article, for sentences: "Das Vorhaben"
	One, Many base.Text // "Vorhaben", "Vorhaben"
	Group     string    // where the register stands in the navigation
	Policy    string    // who may do what, by the table of package auth
	Approval  bool      // its records are proposed by one person and approved by another
	// FixedOnceApproved says that nothing changes or deletes a record any more once it was approved. What follows from a
	// new insight is another record that names the old one. Only with Approval.
	FixedOnceApproved bool
	ReadOnly          bool     // its records change by operations of their domain only
	Hidden            bool     // kept beside other records, such as a comment: no heading and no register of its own
	Apart             []string // fields whose values never add up: sums are answered for one value of each only
	Validate          func(v *T) []base.FieldError
	Compute           func(v *T) // fills the computed fields
}

// Def is a register without its Go type, as generic handlers use it.
type Def struct {
	Name      string
	Title     base.Text
	One, Many base.Text
	Group     string
	Policy    string
	Approval  bool
	ReadOnly  bool
	Hidden    bool

	FixedOnceApproved bool
	Apart             []string

	// Approving is asked when a version is to be approved, through whatever door: it refuses, or answers the managed
	// fields that the approval fills. It runs inside the transaction of the approval and may read only.
	Approving func(doc Doc, by string) (map[string]any, error)

	Fields []field.Field

	typed func(raw []byte) ([]byte, []base.FieldError, error)
}

// Def describes the kind for generic handlers. It panics when the struct has no proper fields, because that is a
// defect of the program.
func (k Kind[T]) Def() *Def {
	d := &Def{Name: k.Name, Title: k.Title, One: k.One, Many: k.Many, Group: k.Group, Policy: k.Policy, Approval: k.Approval, ReadOnly: k.ReadOnly, Hidden: k.Hidden,
		FixedOnceApproved: k.FixedOnceApproved, Apart: k.Apart}
	if k.One.IsZero() {
		return d
	}
	d.Fields = field.Of[T]()
	d.mustHold()
	d.typed = k.typed
	return d
}

func (d *Def) mustHold() {
	if d.FixedOnceApproved && !d.Approval {
		panic("record: " + d.Name + " is fixed once approved and nobody approves it")
	}
	headings := 0
	for _, f := range d.Fields {
		if f.Heading {
			headings++
		}
		if f.Heading && (f.Type != field.TypeText || !f.Required || f.Private) {
			panic("record: the heading of " + d.Name + " must be a required text that everybody sees")
		}
	}
	if headings != 1 && !(d.Hidden && headings == 0) {
		panic("record: " + d.Name + " needs exactly one heading")
	}
}

// typed runs the rules of the Go type over a document that passed the checks of its fields.
func (k Kind[T]) typed(raw []byte) ([]byte, []base.FieldError, error) {
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, nil, err
	}
	if k.Compute != nil {
		k.Compute(&v)
	}
	if k.Validate != nil {
		if fields := k.Validate(&v); len(fields) > 0 {
			return nil, fields, nil
		}
	}
	out, err := json.Marshal(v)
	return out, nil, err
}

// headingName is the name of the heading, "" when a hidden kind has none.
func (d *Def) headingName() string {
	if f := d.Heading(); f != nil {
		return f.Name
	}
	return ""
}

// Heading is the field that names a record, nil for a hidden kind without one.
func (d *Def) Heading() *field.Field {
	for i := range d.Fields {
		if d.Fields[i].Heading {
			return &d.Fields[i]
		}
	}
	return nil
}

// Check runs every rule of the kind over a document and returns it in canonical form with its computed fields. All
// errors come at once, as Refused/invalid_fields.
func (d *Def) Check(doc map[string]any) (map[string]any, []byte, error) {
	var e field.Errors
	clean := field.Check(d.Fields, doc, "", false, &e)
	if len(e.List()) > 0 {
		return nil, nil, invalid(e.List())
	}
	raw, err := field.Canonical(d.Fields, clean)
	if err != nil {
		return nil, nil, err
	}
	raw, fields, err := d.typed(raw)
	if err != nil {
		return nil, nil, err
	}
	if len(fields) > 0 {
		return nil, nil, invalid(fields)
	}
	return d.decode(raw)
}

func (d *Def) decode(raw []byte) (map[string]any, []byte, error) {
	doc, err := field.Decode(raw)
	if err != nil {
		return nil, nil, err
	}
	var e field.Errors
	doc = field.Check(d.Fields, doc, "", true, &e)
	if len(e.List()) > 0 {
		return nil, nil, invalid(e.List())
	}
	raw, err = field.Canonical(d.Fields, doc)
	return doc, raw, err
}

func invalid(fields []base.FieldError) error {
	e := base.Fail(base.Refused, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
	e.Fields = fields
	return e
}
