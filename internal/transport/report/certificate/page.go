package certificate

import (
	"bytes"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/goregular"

	"lotse.dev/lotse/internal/base"
)

// Millimetres of an A4 page.
const (
	width, height = 210.0, 297.0
	margin        = 18.0
	inner         = width - 2*margin
	foot          = height - 14
)

type colour [3]int

var (
	ink    = colour{0x10, 0x22, 0x2E}
	second = colour{0x46, 0x58, 0x63}
	rule   = colour{0xBC, 0xC6, 0xCC}
	blue   = colour{0x0F, 0x4C, 0x75}
	signal = colour{0xB0, 0x1E, 0x68}
	ok     = colour{0x00, 0x70, 0x5A}
	none   = colour{0x55, 0x64, 0x6F}
	band   = colour{0xD9, 0xDF, 0xE3}
)

// page is the drawing of one certificate; y is where the next block begins.
type page struct {
	*fpdf.Fpdf
	c    *Certificate
	lang base.Lang
	k    float64 // everything but the width shrinks by it until the page holds all
	y    float64
}

// Write draws the certificate on one page. The same content gives the same bytes.
func Write(c *Certificate, l base.Lang) ([]byte, error) {
	for k := 1.0; k > 0.5; k -= 0.04 {
		p := open(c, l, k)
		p.draw()
		if p.Err() {
			return nil, p.Error()
		}
		if p.y > foot {
			continue
		}
		var out bytes.Buffer
		err := p.Output(&out)
		return out.Bytes(), err
	}
	return nil, base.Fail(base.Refused, "certificate_too_long", base.T("Der Wirkungsnachweis passt nicht auf eine Seite: Texte des Plans sind zu lang.", "The certificate does not fit on one page: texts of the plan are too long."))
}

func open(c *Certificate, l base.Lang, k float64) *page {
	f := fpdf.New("P", "mm", "A4", "")
	f.AddUTF8FontFromBytes("go", "", goregular.TTF)
	f.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	f.AddUTF8FontFromBytes("medium", "", gomedium.TTF)
	f.SetCatalogSort(true)
	f.SetCreationDate(c.Signed.UTC())
	f.SetModificationDate(c.Signed.UTC())
	f.SetProducer("Lotse", true)
	f.SetLang(l.String())
	f.SetTitle(base.T("Wirkungsnachweis", "Certificate of effect").In(l)+": "+c.Initiative, true)
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(0, 0, 0)
	f.SetCellMargin(0)
	f.AddPage()
	return &page{Fpdf: f, c: c, lang: l, k: k, y: 14}
}

func (p *page) ink(c colour) { p.SetTextColor(c[0], c[1], c[2]) }
func (p *page) pen(c colour, w float64) {
	p.SetDrawColor(c[0], c[1], c[2])
	p.SetLineWidth(w)
}
func (p *page) fill(c colour) { p.SetFillColor(c[0], c[1], c[2]) }

// font chooses a size in points and a weight: "" regular, "M" medium, "B" bold.
func (p *page) font(points float64, weight string) {
	switch points *= p.k; weight {
	case "M":
		p.SetFont("medium", "", points)
	default:
		p.SetFont("go", weight, points)
	}
}

// line is the height of a line of the current font.
func (p *page) line() float64 {
	_, size := p.GetFontSize()
	return size * 1.32
}

// clean writes what the fonts lack in another way.
var clean = strings.NewReplacer("\u202f", "\u00a0", "\u2009", "\u00a0", "\u2011", "-")

func (p *page) say(t base.Text) string { return clean.Replace(t.In(p.lang)) }

// put writes text at x within w, wrapped, and returns the y below it.
func (p *page) put(x, y, w float64, align, text string) float64 {
	h := p.line()
	for _, row := range p.SplitText(clean.Replace(text), w) {
		p.SetXY(x, y)
		p.CellFormat(w, h, row, "", 0, align, false, 0, "")
		y += h
	}
	return y
}

func (p *page) ruleAt(y float64) {
	p.pen(rule, 0.2)
	p.Line(margin, y, width-margin, y)
}

func (p *page) draw() {
	p.head()
	p.columns()
	p.chart()
	p.amount()
	p.reasons()
	p.signatures()
	p.verify()
}

// mark draws the shape of a state: a tick, a ring with a minus, a dashed ring where it could not be looked at.
func (p *page) mark(x, y float64, met *bool) {
	r := 1.35 * p.k
	x, y = x+r, y+r
	switch {
	case met == nil:
		p.pen(none, 0.3)
		p.SetDashPattern([]float64{0.6, 0.5}, 0)
		p.Circle(x, y, r, "D")
		p.SetDashPattern(nil, 0)
	case *met:
		p.pen(ok, 0.45)
		p.Line(x-r, y, x-r*0.2, y+r*0.8)
		p.Line(x-r*0.2, y+r*0.8, x+r, y-r*0.8)
	default:
		p.pen(none, 0.3)
		p.Circle(x, y, r, "D")
		p.Line(x-r*0.55, y, x+r*0.55, y)
	}
}
