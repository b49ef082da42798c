package certificate

import (
	"strconv"
	"time"

	"lotse.dev/lotse/internal/base"
)

func (p *page) head() {
	c := p.c
	p.font(9, "M")
	p.ink(blue)
	p.put(margin, p.y, inner, "L", base.T("Wirkungsnachweis", "Certificate of effect").In(p.lang))
	p.font(9, "")
	p.ink(second)
	p.y = p.put(margin, p.y, inner, "R", c.Company)
	if c.Simulated {
		p.font(8, "")
		p.y = p.put(margin, p.y, inner, "R", base.T("Musterfirma, alle Daten sind simuliert", "Demo company, all data are simulated").In(p.lang))
	}
	p.ruleAt(p.y + 1.5)
	p.y += 5 * p.k
	p.font(17, "B")
	p.ink(ink)
	p.y = p.put(margin, p.y, inner, "L", p.say(c.Sentence))
	p.font(11, "M")
	p.ink(none)
	if c.Proven {
		p.ink(ok)
	}
	p.y = p.put(margin, p.y+1, inner, "L", base.T("Urteil: %s", "Verdict: %s", c.Verdict).In(p.lang))
	p.font(9, "")
	p.ink(second)
	p.y = p.put(margin, p.y+0.5, inner, "L", c.Initiative+" · "+p.say(c.Class)) + 4*p.k
}

// columns sets promise, plan and measurement side by side.
func (p *page) columns() {
	const gap = 6.0
	w := (inner - 2*gap) / 3
	below := p.y
	for i, part := range []struct {
		title base.Text
		lines []Line
	}{
		{base.T("Versprochen", "Promised"), p.c.Promise}, {base.T("Geplant", "Planned"), p.c.Plan}, {base.T("Gemessen", "Measured"), p.c.Measured},
	} {
		x := margin + float64(i)*(w+gap)
		y := p.title(x, p.y, w, part.title)
		if len(part.lines) == 0 {
			p.font(8.5, "")
			p.ink(second)
			y = p.put(x, y, w, "L", base.T("kein Eintrag", "no entry").In(p.lang))
		}
		below = max(below, p.lines(x, y, w, part.lines))
	}
	p.y = below + 4*p.k
}

func (p *page) title(x, y, w float64, t base.Text) float64 {
	p.pen(rule, 0.2)
	p.Line(x, y, x+w, y)
	p.font(10, "B")
	p.ink(ink)
	return p.put(x, y+1.2*p.k, w, "L", p.say(t)) + 1*p.k
}

func (p *page) lines(x, y, w float64, lines []Line) float64 {
	for _, l := range lines {
		p.font(8, "")
		p.ink(second)
		y = p.put(x, y, w, "L", p.say(l.Label))
		p.font(9.5, "M")
		p.ink(ink)
		y = p.put(x, y, w, "L", p.say(l.Value))
		if !l.Note.IsZero() {
			p.font(7.5, "")
			p.ink(second)
			y = p.put(x, y, w, "L", p.say(l.Note))
		}
		y += 1.1 * p.k
	}
	return y
}

func (p *page) amount() {
	a := p.c.Amount
	if a == nil {
		return
	}
	y := p.title(margin, p.y, inner, a.Title)
	w := inner / 3
	below := y
	for i, part := range []struct {
		value, word base.Text
		points      float64
	}{
		{a.Low, base.T("niedrig", "low"), 11}, {a.Middle, base.T("mittel", "middle"), 15}, {a.High, base.T("hoch", "high"), 11},
	} {
		x := margin + float64(i)*w
		p.font(part.points, "B")
		p.ink(ink)
		bottom := p.put(x, y+(15-part.points)*0.35*p.k, w, "L", p.say(part.value))
		p.font(8, "")
		p.ink(second)
		below = max(below, p.put(x, bottom, w, "L", p.say(part.word)))
	}
	p.font(7.5, "")
	p.ink(second)
	p.y = p.put(margin, below, inner, "L", p.say(a.Note)) + 3.5*p.k
}

// reasons sets the conditions of the verdict beside what was tried to refute the effect.
func (p *page) reasons() {
	const gap = 8.0
	w := (inner - gap) / 2
	y := p.title(margin, p.y, w, base.T("Worauf das Urteil beruht", "What the verdict rests on"))
	const indent = 4.5
	for _, r := range p.c.Reasons {
		p.mark(margin, y+0.9*p.k, r.Met)
		p.font(8.5, "")
		p.ink(ink)
		y = p.put(margin+indent, y, w-indent, "L", p.say(r.Text))
		if !r.Note.IsZero() {
			p.font(7.5, "")
			p.ink(second)
			y = p.put(margin+indent, y, w-indent, "L", p.say(r.Note))
		}
		y += 0.8 * p.k
	}
	x := margin + w + gap
	right := p.lines(x, p.title(x, p.y, w, base.T("Was versucht wurde, um es zu widerlegen", "What was tried to refute it")), w, p.c.Tried)
	p.y = max(y, right) + 3*p.k
}

func (p *page) signatures() {
	y := p.title(margin, p.y, inner, base.T("Unterschriften", "Signatures"))
	n := float64(max(1, len(p.c.Signatures)))
	below := y
	for i, s := range p.c.Signatures {
		x := margin + float64(i)*inner/n
		p.font(9, "M")
		p.ink(ink)
		bottom := p.put(x, y, inner/n-2, "L", s.Name)
		p.font(8, "")
		p.ink(second)
		bottom = p.put(x, bottom, inner/n-2, "L", p.say(s.Step))
		below = max(below, p.put(x, bottom, inner/n-2, "L", p.instant(s.At)))
	}
	p.y = below + 3*p.k
}

func (p *page) instant(t time.Time) string {
	zone := p.c.Zone
	if zone == nil {
		zone = time.UTC
	}
	if p.lang == base.English {
		return t.In(zone).Format("2 January 2006, 15:04")
	}
	return t.In(zone).Format("02.01.2006, 15:04")
}

func (p *page) verify() {
	c := p.c
	p.ruleAt(p.y)
	p.font(7.5, "")
	p.ink(second)
	y := p.put(margin, p.y+1.2*p.k, inner, "L", base.T("Abschluss %s · Datenstand %s · Prüfsumme (SHA-256)", "Closing %s · data snapshot %s · hash (SHA-256)", c.Closing, strconv.FormatInt(c.Snapshot, 10)).In(p.lang))
	p.font(7.5, "M")
	p.ink(ink)
	y = p.put(margin, y, inner, "L", c.Hash)
	p.font(7.5, "")
	p.ink(second)
	p.y = p.put(margin, y, inner, "L", base.T("So prüfen Sie diesen Nachweis: Öffnen Sie %s und geben Sie diese Datei oder die Prüfsumme an. Lotse rechnet das unterschriebene Ergebnis aus seinem Datenstand nach und sagt, ob die Datei unverändert ist. Jedes veränderte Byte wird gefunden.",
		"How to verify this certificate: open %s and give this file or the hash. Lotse computes the signed result from its snapshot again and says whether the file is unchanged. Every changed byte is found.", c.Verify).In(p.lang))
}
