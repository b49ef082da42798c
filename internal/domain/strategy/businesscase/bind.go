package businesscase

import (
	"context"
	"slices"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// BindInput binds an input to a measurement. The server takes the value; nobody sends one.
type BindInput struct {
	ID      string `path:"id" maxLength:"64"`
	IfMatch string `header:"If-Match" maxLength:"40"`
	Body    BindBody
}

// BindBody names the input and the measurement: a metric or a finding.
type BindBody struct {
	Key     string  `json:"key" maxLength:"140"`
	Metric  string  `json:"metric,omitempty" maxLength:"64"`
	Process string  `json:"process,omitempty" maxLength:"200"`
	By      string  `json:"by,omitempty" enum:"month,quarter,year" doc:"length of the period of a metric; month without it"`
	From    string  `json:"from,omitempty" maxLength:"10" doc:"first day of a fixed period; absent: the latest complete one, whichever that is"`
	Finding string  `json:"finding,omitempty" maxLength:"64"`
	Part    string  `json:"part,omitempty" enum:"size,money" doc:"of a finding; size without it"`
	Factor  float64 `json:"factor,omitempty" minimum:"0" maximum:"1000000" doc:"the input is the measurement times this, such as 1/12 from a year to a month; 1 without it"`
}

func (s *Service) bind(ctx context.Context, in *BindInput) (*register.One, error) {
	n, err := register.Version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	doc, b, err := s.need(ctx, in.ID, auth.Update)
	if err != nil {
		return nil, err
	}
	if n == record.AnyVersion {
		n = doc.Version // what is joined is what was read
	}
	bound, err := s.measure(ctx, in.Body)
	if err != nil {
		return nil, err
	}
	b.attach(bound)
	value, err := document(b)
	if err != nil {
		return nil, err
	}
	d, _ := s.records.Def(Cases.Name)
	by := auth.From(ctx)
	var kept record.Doc
	err = s.records.Write(ctx, func(batch *record.Batch) error {
		kept, err = batch.Put(d, doc.ID, n, value, by.By())
		return err
	})
	if err != nil {
		return nil, err
	}
	s.registers.Tell(ctx, register.Event{Def: d, Before: &doc, After: kept, Action: "update", By: by})
	return s.registers.Show(ctx, d, kept)
}

// measure asks the facts and makes the binding of today.
func (s *Service) measure(ctx context.Context, in BindBody) (Binding, error) {
	if (in.Metric == "") == (in.Finding == "") {
		return Binding{}, invalid([]base.FieldError{{Field: "metric", Text: base.T("Entweder eine Kennzahl oder ein Befund wird gebraucht.", "Either a metric or a finding is needed.")}})
	}
	if in.Factor == 0 {
		in.Factor = 1
	}
	if in.Metric != "" && in.By == "" {
		in.By = "month"
	}
	if in.Finding != "" && in.Part == "" {
		in.Part = "size"
	}
	b := Binding{Key: in.Key, Metric: in.Metric, Process: in.Process, Finding: in.Finding, Factor: &in.Factor}
	if in.Metric != "" {
		fixed := in.From != ""
		b.By, b.Fixed = field.Choice(in.By), &fixed
	} else {
		b.Part = field.Choice(in.Part)
	}
	m, err := s.measures.Measure(ctx, Source{Metric: in.Metric, Process: in.Process, By: in.By, From: in.From, Finding: in.Finding, Part: in.Part})
	if err != nil {
		return b, err
	}
	if m.Value == nil {
		return b, base.Fail(base.Refused, "measurement_unknown", base.T("Dieser Messwert ist unbekannt.", "This measurement is unknown.")).
			WithHint(base.T("Wählen Sie einen Zeitraum mit Daten oder schätzen Sie die Annahme.", "Choose a period with data, or estimate the input."))
	}
	count := float64(m.Count)
	b.Title, b.Value, b.Low, b.High, b.Unit, b.Count = m.Title, m.Value, m.Low, m.High, m.Unit, &count
	b.From, b.Before, b.Day = field.Date(m.From), field.Date(m.Before), field.Date(s.clock().Format("2006-01-02"))
	return b, nil
}

// attach puts a binding in the place of the old one and makes its input measured.
func (b *BusinessCase) attach(m Binding) {
	b.Bindings = append(slices.DeleteFunc(b.Bindings, func(o Binding) bool { return o.Key == m.Key }), m)
	for i := range b.Inputs {
		if b.Inputs[i].Key == m.Key {
			b.Inputs[i] = Input{Key: m.Key, Origin: measured, Driver: b.Inputs[i].Driver}
			return
		}
	}
	b.Inputs = append(b.Inputs, Input{Key: m.Key, Origin: measured})
}

// source is where a binding is measured again. A period that is not fixed is the latest complete one.
func (m *Binding) source() Source {
	s := Source{Metric: m.Metric, Process: m.Process, By: string(m.By), Finding: m.Finding, Part: string(m.Part)}
	if yes(m.Fixed) {
		s.From = string(m.From)
	}
	return s
}
