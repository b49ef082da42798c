package certificate

import (
	"math"

	"lotse.dev/lotse/internal/base"
)

// plot maps periods and values to millimetres.
type plot struct {
	x, y, w, h float64
	n          int
	low, high  float64
}

func (f plot) at(i int, v float64) (x, y float64) {
	return f.x + f.w*(float64(i)+0.5)/float64(f.n), f.y + f.h*(f.high-v)/(f.high-f.low)
}

// chart draws the series, what was expected without the initiative with its band, and the start.
func (p *page) chart() {
	c := p.c.Chart
	low, high, any := spread(c.Points)
	if !any {
		return
	}
	y := p.title(margin, p.y, inner, c.Title)
	f := plot{x: margin + 14, y: y + 5*p.k, w: inner - 14, h: 36 * p.k, n: len(c.Points), low: low, high: high}
	p.grid(f)
	p.ribbon(f, c)
	p.curve(f, c, func(q Point) *float64 { return q.Expected }, second, true)
	p.curve(f, c, func(q Point) *float64 { return q.Value }, blue, false)
	p.start(f, c)
	p.font(7, "")
	p.ink(second)
	step := max(1, (f.n+7)/8)
	for i := 0; i < f.n; i += step {
		x, _ := f.at(i, low)
		p.put(x-10, f.y+f.h+0.6, 20, "C", c.Points[i].Label)
	}
	p.y = f.y + f.h + 7*p.k
}

// spread is the range of the axis.
func spread(points []Point) (low, high float64, any bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, q := range points {
		for _, v := range []*float64{q.Value, q.Expected, q.Low, q.High} {
			if v != nil {
				low, high, any = min(low, *v), max(high, *v), true
			}
		}
	}
	if low == high {
		low, high = low-1, high+1
	}
	room := (high - low) * 0.06
	return low - room, high + room, any
}

func (p *page) grid(f plot) {
	step := niceStep((f.high - f.low) / 4)
	decimals := max(0, int(-math.Floor(math.Log10(step))))
	p.font(7, "")
	p.ink(second)
	p.pen(band, 0.15)
	for v := math.Ceil(f.low/step) * step; v <= f.high; v += step {
		_, y := f.at(0, v)
		p.Line(f.x, y, f.x+f.w, y)
		p.put(margin, y-p.line()/2, 12, "R", base.FormatFloat(v+0, decimals, p.lang))
	}
}

// niceStep rounds up to 1, 2 or 5 times a power of ten.
func niceStep(s float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(s)))
	for _, k := range []float64{1, 2, 5} {
		if s <= k*unit {
			return k * unit
		}
	}
	return 10 * unit
}

// ribbon fills the interval of the expectation, period by period.
func (p *page) ribbon(f plot, c Chart) {
	p.fill(band)
	for i := 1; i < len(c.Points); i++ {
		a, b := c.Points[i-1], c.Points[i]
		if a.Low == nil || a.High == nil || b.Low == nil || b.High == nil {
			continue
		}
		p.MoveTo(f.at(i-1, *a.Low))
		p.LineTo(f.at(i, *b.Low))
		p.LineTo(f.at(i, *b.High))
		p.LineTo(f.at(i-1, *a.High))
		p.ClosePath()
		p.DrawPath("F")
	}
}

// curve joins neighbouring values; a gap breaks it.
func (p *page) curve(f plot, c Chart, of func(Point) *float64, paint colour, dashed bool) {
	p.pen(paint, 0.45)
	if dashed {
		p.pen(paint, 0.35)
		p.SetDashPattern([]float64{1.2, 0.9}, 0)
	}
	for i := 1; i < len(c.Points); i++ {
		a, b := of(c.Points[i-1]), of(c.Points[i])
		if a != nil && b != nil {
			x, y := f.at(i-1, *a)
			u, v := f.at(i, *b)
			p.Line(x, y, u, v)
		}
	}
	p.SetDashPattern(nil, 0)
}

func (p *page) start(f plot, c Chart) {
	if c.From <= 0 || c.From >= f.n {
		return
	}
	a, _ := f.at(c.From-1, f.low)
	b, _ := f.at(c.From, f.low)
	x := (a + b) / 2
	p.pen(signal, 0.6)
	p.Line(x, f.y-3.5*p.k, x, f.y+f.h)
	p.font(7.5, "M")
	p.ink(signal)
	p.put(x-62, f.y-4.2*p.k, 60, "R", p.say(c.Start))
}
