package finance

import (
	"fmt"
	"reflect"
	"slices"

	"lotse.dev/lotse/internal/base"
)

// Comparison explains the difference of two versions change by change. The changes are made one after the other on the
// earlier version, in the order of Changes, and each explains what the net present value moves when it is made; the
// steps end at the later version, so that they add up to the difference exactly and nothing is left over. Another
// order would divide the effect of changes that act together (a price and its quantity) differently.
type Comparison struct {
	Currency   string   `json:"currency"`
	Decimals   int      `json:"decimals"`
	Before     Amount   `json:"npv_before"`
	After      Amount   `json:"npv_after"`
	Difference Amount   `json:"npv_difference"`
	Changes    []Change `json:"changes"`
}

// ChangeKind says what a change is about.
type ChangeKind string

// The kinds of change.
const (
	ChangedInput   ChangeKind = "input"    // an input has another value, range, distribution or origin
	ChangedSetting ChangeKind = "setting"  // a month, a rhythm, a role …
	Added          ChangeKind = "added"    // a line or role that the earlier version does not have
	Removed        ChangeKind = "removed"  // a line or role that the later version does not have
	Replaced       ChangeKind = "replaced" // a line of another kind or class
)

// Change is one difference of two versions with what it moves, each class by itself.
type Change struct {
	Kind          ChangeKind `json:"kind"`
	Key           string     `json:"key" doc:"of the input, setting, line or role"`
	Before        *Input     `json:"before,omitempty"`
	After         *Input     `json:"after,omitempty"`
	From          string     `json:"from,omitempty" doc:"setting before; for a replaced line its kind or class"`
	To            string     `json:"to,omitempty"`
	NPV           Amount     `json:"npv" doc:"what it moves in the net present value of cash"`
	AvoidedCost   Amount     `json:"avoided_cost" doc:"… in the present value of avoided cost"`
	ReleasedValue Amount     `json:"released_time_value" doc:"… in the present value of released time"`
	ReleasedHours float64    `json:"released_hours"`
}

// step is a change and how it is made.
type step struct {
	change Change
	apply  func(*Case)
}

// Compare explains what leads from one version to another. The order of changes is: the case as a whole, roles that
// are new or changed, lines that are gone, cost lines and benefit lines as the later version has them, roles that are
// gone. Lines and roles are recognised by id; names and scenarios are not compared.
func Compare(before, after Case) (Comparison, error) {
	for _, c := range []Case{before, after} {
		if err := Check(c); err != nil {
			return Comparison{}, err
		}
	}
	if before.Currency != after.Currency {
		return Comparison{}, base.Fail(base.Refused, "currencies_differ",
			base.T("Die beiden Fassungen rechnen in verschiedenen Währungen.", "The two versions have different currencies."))
	}
	r := roundingTo(Decimals(after.Currency))
	at := func(c Case) Change {
		w := newState(newModel(c)).worth()
		return Change{NPV: r.amount(w.net), AvoidedCost: r.amount(w.avoided), ReleasedValue: r.amount(w.released), ReleasedHours: w.hours}
	}
	work := before.clone()
	last := at(work)
	out := Comparison{Currency: after.Currency, Decimals: Decimals(after.Currency), Before: last.NPV, Changes: []Change{}}
	for _, s := range steps(before, after) {
		s.apply(&work)
		now := at(work)
		s.change.NPV, s.change.AvoidedCost = now.NPV-last.NPV, now.AvoidedCost-last.AvoidedCost
		s.change.ReleasedValue, s.change.ReleasedHours = now.ReleasedValue-last.ReleasedValue, now.ReleasedHours-last.ReleasedHours
		out.Changes = append(out.Changes, s.change)
		last = now
	}
	out.After = last.NPV
	out.Difference = out.After - out.Before
	return out, nil
}

func steps(before, after Case) []step {
	whole := func(c *Case) reflect.Value { return reflect.ValueOf(c).Elem() }
	out := differences(whole(&before), whole(&after), "", whole)
	roles := list[Role]{func(c *Case) *[]Role { return &c.Roles }, func(r Role) string { return r.ID }, func(Role) string { return "" }, "role:"}
	costs := list[Cost]{func(c *Case) *[]Cost { return &c.Costs }, func(l Cost) string { return l.ID }, func(l Cost) string { return string(l.Kind) }, ""}
	benefits := list[Benefit]{func(c *Case) *[]Benefit { return &c.Benefits }, func(l Benefit) string { return l.ID }, func(l Benefit) string { return string(l.Class) }, ""}
	out = append(out, roles.changed(&before, &after)...)
	out = append(out, costs.gone(&before, &after)...)
	out = append(out, benefits.gone(&before, &after)...)
	out = append(out, costs.changed(&before, &after)...)
	out = append(out, benefits.changed(&before, &after)...)
	return append(out, roles.gone(&before, &after)...)
}

// list is one of the lists of a case: where it is, and what identifies and sorts its entries.
type list[T any] struct {
	of     func(*Case) *[]T
	id     func(T) string
	sort   func(T) string
	prefix string
}

func (l list[T]) find(c *Case, id string) *T {
	all := *l.of(c)
	for i := range all {
		if l.id(all[i]) == id {
			return &all[i]
		}
	}
	return nil
}

// changed lists what is new or other in the later version.
func (l list[T]) changed(before, after *Case) []step {
	var out []step
	for _, now := range *l.of(after) {
		id := l.id(now)
		was := l.find(before, id)
		switch {
		case was == nil:
			add := func(c *Case) { *l.of(c) = append(*l.of(c), now) }
			out = append(out, step{Change{Kind: Added, Key: l.prefix + id}, add})
		case l.sort(*was) != l.sort(now):
			replace := func(c *Case) { *l.find(c, id) = now }
			out = append(out, step{Change{Kind: Replaced, Key: l.prefix + id, From: l.sort(*was), To: l.sort(now)}, replace})
		default:
			here := func(c *Case) reflect.Value { return reflect.ValueOf(l.find(c, id)).Elem() }
			out = append(out, differences(here(before), here(after), l.prefix+id+".", here)...)
		}
	}
	return out
}

// gone lists what the later version does not have.
func (l list[T]) gone(before, after *Case) []step {
	var out []step
	for _, was := range *l.of(before) {
		id := l.id(was)
		if l.find(after, id) != nil {
			continue
		}
		remove := func(c *Case) {
			*l.of(c) = slices.DeleteFunc(*l.of(c), func(t T) bool { return l.id(t) == id })
		}
		out = append(out, step{Change{Kind: Removed, Key: l.prefix + id}, remove})
	}
	return out
}

var (
	inputType = reflect.TypeFor[Input]()
	rampType  = reflect.TypeFor[Ramp]()
)

// uncompared are fields that are lists of their own or say nothing of the value.
var uncompared = []string{"id", "name", "roles", "costs", "benefits", "scenarios"}

// differences lists the fields in which two values of one struct differ; here finds the struct in the case to change.
func differences(before, after reflect.Value, key string, here func(*Case) reflect.Value) []step {
	var out []step
	for i := range before.NumField() {
		name := jsonName(before.Type().Field(i))
		was, now := before.Field(i), after.Field(i)
		if slices.Contains(uncompared, name) || reflect.DeepEqual(was.Interface(), now.Interface()) {
			continue
		}
		set := func(c *Case) { here(c).Field(i).Set(now) }
		switch was.Type() {
		case rampType:
			inside := func(c *Case) reflect.Value { return here(c).Field(i) }
			out = append(out, differences(was, now, key+name+".", inside)...)
		case inputType:
			out = append(out, step{Change{Kind: ChangedInput, Key: key + name, Before: present(was), After: present(now)}, set})
		default:
			out = append(out, step{Change{Kind: ChangedSetting, Key: key + name, From: fmt.Sprint(was), To: fmt.Sprint(now)}, set})
		}
	}
	return out
}

// present is a copy of an input, nil where it is absent.
func present(v reflect.Value) *Input {
	in := v.Interface().(Input)
	if in.Absent() {
		return nil
	}
	return &in
}
