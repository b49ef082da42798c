package finance

import "context"

// Assessment is everything that this package says of one case, as the command `lotse case evaluate FILE` prints it.
type Assessment struct {
	Result     Result       `json:"result"`
	Scenarios  []Outcome    `json:"scenarios"`
	Tornado    TornadoChart `json:"tornado"`
	BreakEvens []BreakEven  `json:"break_evens"`
	Simulation Simulation   `json:"simulation"`
}

// Assess evaluates a case in every way.
func Assess(ctx context.Context, c Case, o Options) (a Assessment, err error) {
	for _, part := range []func() error{
		func() (err error) { a.Result, err = Evaluate(c); return },
		func() (err error) { a.Scenarios, err = Scenarios(c); return },
		func() (err error) { a.Tornado, err = Tornado(c); return },
		func() (err error) { a.BreakEvens, err = BreakEvens(c); return },
		func() (err error) { a.Simulation, err = Simulate(ctx, c, o); return },
	} {
		if err := part(); err != nil {
			return Assessment{}, err
		}
	}
	return a, nil
}
