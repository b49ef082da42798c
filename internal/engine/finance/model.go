package finance

// model is a case made ready for computing: inputs by number, lines as products of inputs with a profile. It does not
// change afterwards and may be shared.
type model struct {
	months    int
	timing    Timing
	places    []Place
	rules     []rule
	index     map[string]int // input by key
	likely    []float64
	shapes    [][]int // by input: the profiles that it shapes, being a rate or part of a ramp
	rate      int
	inflation int
	profiles  []profile
	lines     []line
	fundings  []funding
}

// line is what a line of the case brings: sign × a × b for each unit of its profile.
type line struct {
	id, name string
	cost     CostKind // empty for benefits
	class    Class    // empty for costs
	unit     string
	a, b     int // inputs, or none
	profile  int
	quantity int // for ReleasedTime and Other: the profile of the bare quantity
}

// funding is a line whose size follows other lines.
type funding struct {
	id, name           string
	amount, share, cap int
	eligible           []int // lines
	profile            int
}

// newModel compiles a case. It also takes a case that breaks rules between lines (a comparison passes through such
// ones): what is missing counts as nothing.
func newModel(c Case) *model {
	m := &model{months: c.Months, timing: c.Timing, index: map[string]int{}}
	for _, s := range slots(&c) {
		if s.in.Absent() || !s.rule.allowed {
			continue
		}
		m.index[s.key] = len(m.places)
		m.places = append(m.places, Place{s.key, s.path, *s.in})
		m.rules = append(m.rules, s.rule)
		m.likely = append(m.likely, s.rule.held(s.in.Likely()))
	}
	m.rate, m.inflation = m.input(KeyDiscountRate), m.input(KeyInflation)
	for i := range c.Costs {
		m.addCost(&c.Costs[i])
	}
	for i := range c.Costs {
		m.addFunding(&c.Costs[i])
	}
	for i := range c.Benefits {
		m.addBenefit(&c.Benefits[i])
	}
	m.shapes = make([][]int, len(m.places))
	for i := range m.profiles {
		m.settle(i)
	}
	return m
}

func (m *model) input(key string) int {
	if i, ok := m.index[key]; ok {
		return i
	}
	return none
}

func (m *model) uncertain(input int) bool { return input != none && m.places[input].Input.Uncertain() }

func (m *model) addCost(c *Cost) {
	l := line{id: c.ID, name: c.Name, cost: c.Kind, b: none}
	p := m.spread(c.From, c.To)
	p.prices = !c.FixedPrice
	switch c.Kind {
	case OneOff:
		l.a = m.input(c.ID + ".amount")
		p = at1(c.Month)
	case Running:
		l.a = m.input(c.ID + ".amount")
		if c.Every == Yearly {
			p.every = 12
		}
	case Internal:
		l.a, l.b = m.input(c.ID+".days"), m.input(roleKey(c.Role))
		if l.b == none {
			return
		}
		p.scale = 1 / float64(p.last-p.first+1)
	case Licences:
		l.a, l.b = m.input(c.ID+".price"), m.input(c.ID+".users")
		m.ramp(&p, c.ID, c.Ramp.Shape)
	default:
		return
	}
	l.profile = m.add(p)
	m.lines = append(m.lines, l)
}

func (m *model) addFunding(c *Cost) {
	if c.Kind != Funding {
		return
	}
	f := funding{
		id: c.ID, name: c.Name, profile: m.add(at1(c.Month)),
		amount: m.input(c.ID + ".amount"), share: m.input(c.ID + ".share"), cap: m.input(c.ID + ".cap"),
	}
	for _, id := range c.Eligible {
		for i, l := range m.lines {
			if l.id == id {
				f.eligible = append(f.eligible, i)
			}
		}
	}
	m.fundings = append(m.fundings, f)
}

func (m *model) addBenefit(b *Benefit) {
	p := m.spread(b.From, b.To)
	m.ramp(&p, b.ID, b.Ramp.Shape)
	l := line{
		id: b.ID, name: b.Name, class: b.Class, unit: b.Unit,
		a: m.input(b.ID + ".quantity"), b: m.input(b.ID + ".price"), quantity: none,
	}
	if b.Class == ReleasedTime || b.Class == Other {
		l.quantity = m.add(p)
	}
	p.prices = !b.FixedPrice
	l.profile = m.add(p)
	m.lines = append(m.lines, l)
}

// spread is the profile of every month from one to another, 0 for the ends of the horizon.
func (m *model) spread(from, to int) profile {
	if from == 0 {
		from = 1
	}
	if to == 0 {
		to = m.months
	}
	return profile{first: from - 1, last: max(from, to) - 1, every: 1, scale: 1, months: none, delay: none}
}

// at1 is the profile of a single month.
func at1(month int) profile {
	return profile{first: month - 1, last: month - 1, every: 1, scale: 1, months: none, delay: none}
}

func (m *model) ramp(p *profile, id string, shape Shape) {
	p.months, p.delay, p.curve = m.input(id+".ramp.months"), m.input(id+".ramp.delay"), shape == SCurve
}

// add keeps a profile once.
func (m *model) add(p profile) int {
	for i, q := range m.profiles {
		if q.first == p.first && q.last == p.last && q.every == p.every && q.scale == p.scale && q.prices == p.prices &&
			q.months == p.months && q.delay == p.delay && q.curve == p.curve {
			return i
		}
	}
	m.profiles = append(m.profiles, p)
	return len(m.profiles) - 1
}

// settle says which inputs shape a profile and what of it changes from draw to draw.
func (m *model) settle(i int) {
	p := &m.profiles[i]
	for _, input := range []int{m.rate, m.inflation, p.months, p.delay} {
		if input != none {
			m.shapes[input] = append(m.shapes[input], i)
		}
	}
	p.growing = m.uncertain(p.months) || m.uncertain(p.delay)
	p.varying = p.growing || m.uncertain(m.rate) || p.prices && m.uncertain(m.inflation)
}
