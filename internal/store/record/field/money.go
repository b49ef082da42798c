package field

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/currency"

	"lotse.dev/lotse/internal/base"
)

// money is an amount with its currency, kept as decimal text so that no cent is lost.
type money struct{}

var amountForm = regexp.MustCompile(`^-?\d{1,13}(\.\d{1,2})?$`)

func (money) Class() Class { return Numeric }

func (money) Check(f *Field, v any, at string, e *Errors) any {
	m, ok := v.(map[string]any)
	if !ok {
		return wrong(e, at, "Ein Betrag mit Währung wird erwartet.", "An amount with its currency is expected.")
	}
	parts(m, []string{"amount", "currency"}, at, e)
	amount, _ := m["amount"].(string)
	code, _ := m["currency"].(string)
	amount, code = strings.TrimSpace(amount), strings.ToUpper(strings.TrimSpace(code))
	if amount == "" && (m["amount"] == nil || m["amount"] == "") {
		return nil
	}
	if !amountForm.MatchString(amount) {
		e.Add(at+".amount", base.T("Bitte einen Betrag wie 1234.50 angeben.", "Please give an amount such as 1234.50."))
		return nil
	}
	if _, err := currency.ParseISO(code); err != nil {
		e.Add(at+".currency", base.T("Bitte den dreistelligen Code der Währung angeben, zum Beispiel EUR.",
			"Please give the three-letter code of the currency, for example EUR."))
		return nil
	}
	minor := Minor(amount)
	if f.Min != nil && float64(minor) < *f.Min*100 {
		e.Add(at+".amount", base.T("Mindestens %s.", "At least %s.", *f.Min))
		return nil
	}
	if f.Max != nil && float64(minor) > *f.Max*100 {
		e.Add(at+".amount", base.T("Höchstens %s.", "At most %s.", *f.Max))
		return nil
	}
	return map[string]any{"amount": FormatMinor(minor), "currency": code}
}

// Minor is an amount in hundredths; the text must have the form that Check demands.
func Minor(amount string) int64 {
	r, ok := new(big.Rat).SetString(amount)
	if !ok {
		return 0
	}
	n := new(big.Int).Div(new(big.Int).Mul(r.Num(), big.NewInt(100)), r.Denom())
	return n.Int64()
}

// FormatMinor writes hundredths as an amount with two decimals.
func FormatMinor(minor int64) string {
	sign := ""
	if minor < 0 {
		sign, minor = "-", -minor
	}
	return sign + strconv.FormatInt(minor/100, 10) + "." + strconv.Itoa(int(minor%100/10)) + strconv.Itoa(int(minor%10))
}

func (money) Key(_ *Field, v any) any {
	m, ok := v.(map[string]any)
	if !ok {
		return nil
	}
	amount, _ := m["amount"].(string)
	return float64(Minor(amount)) / 100 // exact to 2^53 hundredths
}

func (money) Text(_ *Field, v any, w Words) string {
	m := v.(map[string]any)
	amount, _ := m["amount"].(string)
	code, _ := m["currency"].(string)
	return withUnit(formatDecimal(amount, w.Lang()), code)
}

func (money) Parse(_ *Field, s string, w Words) (any, error) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
	code := w.Currency()
	if strings.Contains(s, "€") {
		code = "EUR"
	}
	if i := strings.LastIndexByte(s, ' '); i > 0 && len(s)-i == 4 && s[i+1:] == strings.ToUpper(s[i+1:]) {
		if _, err := currency.ParseISO(s[i+1:]); err == nil {
			s, code = s[:i], s[i+1:]
		}
	}
	amount, err := parseDecimal(strings.TrimSpace(strings.Trim(s, "€")), w.Lang())
	if err != nil {
		return nil, err
	}
	if whole, frac, has := strings.Cut(amount, "."); has { // zeros beyond the cents say nothing
		amount = whole + "." + frac[:min(len(frac), 2)] + strings.TrimRight(frac[min(len(frac), 2):], "0")
	}
	if !amountForm.MatchString(amount) {
		return nil, base.Fail(base.Refused, "no_amount", base.T("„%s“ ist kein Betrag mit höchstens zwei Nachkommastellen und 13 Stellen davor.",
			"“%s” is no amount of at most two decimals and 13 digits before them.", s))
	}
	return map[string]any{"amount": FormatMinor(Minor(amount)), "currency": code}, nil
}

func (money) Schema(*Field) map[string]any {
	return map[string]any{"type": "object", "required": []string{"amount", "currency"}, "additionalProperties": false,
		"properties": map[string]any{
			"amount":   map[string]any{"type": "string", "pattern": `^-?\d{1,13}(\.\d{1,2})?$`},
			"currency": map[string]any{"type": "string", "pattern": `^[A-Z]{3}$`},
		}}
}
