package value_test

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/value"
)

func TestShapes(t *testing.T) {
	for text, want := range map[string]string{
		"12": "both", "-7": "both", "0": "both", "1.5": "point", "1,5": "comma", "1.234": "open", "1,234": "open", "0.123": "point", "0,123": "comma",
		"1.234,50": "comma", "1,234.50": "point", "1.234.567": "comma", "1,234,567": "point", "12.3456": "point", "1234.567": "point",
		"1 234,5": "comma", "1'234.50": "point", "1\u00a0234,5": "comma", "12,50-": "comma", "(12.50)": "point", "€ 1.234,50": "comma", "12,50 EUR": "comma", "$74.69": "point",
		"−3,4": "comma", "1e-2": "both", "2.5E+3": "point", "12.5%": "", "abc": "", "": "", "-": "", "1,2,3": "", "12.34.56": "", "1.5,": "", "--5": "both", "12a": "",
	} {
		s := value.ShapeOf([]byte(text))
		got := ""
		switch {
		case s.Point && s.Comma && s.Mark:
			got = "open"
		case s.Point && s.Comma:
			got = "both"
		case s.Point:
			got = "point"
		case s.Comma:
			got = "comma"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestDecimals(t *testing.T) {
	for _, c := range []struct {
		text  string
		mark  byte
		micro int64
		exact bool
	}{
		{"1.234,50", ',', 1_234_500_000, true}, {"1,234.50", '.', 1_234_500_000, true}, {"-0,5", ',', -500_000, true}, {"12,50-", ',', -12_500_000, true},
		{"(3.25)", '.', -3_250_000, true}, {"999999999999,999999", ',', 999_999_999_999_999_999, true}, {"0.1234567", '.', 123_457, false},
		{"0.12345649", '.', 123_456, false}, {"0.1234560", '.', 123_456, true}, {"1'234.5", '.', 1_234_500_000, true}, {"34.33634285099345", '.', 34_336_343, false},
	} {
		micro, exact, ok := value.Decimal([]byte(c.text), c.mark)
		if !ok || micro != c.micro || exact != c.exact {
			t.Errorf("%q: %d %v %v, want %d %v", c.text, micro, exact, ok, c.micro, c.exact)
		}
	}
	for _, text := range []string{"1000000000000", "99999999999999999999", "x", "1,5"} {
		if n, _, ok := value.Decimal([]byte(text), '.'); ok && text != "1000000000000" {
			t.Errorf("%q read as %d", text, n)
		}
	}
}

// A number written in the German or English way reads as what big.Rat makes of its plain form.
func TestDecimalEqualsRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.Int64Range(0, 99_999_999_999).Draw(t, "whole")
		frac := rapid.StringMatching(`[0-9]{0,6}`).Draw(t, "frac")
		negative := rapid.Bool().Draw(t, "negative")
		german := rapid.Bool().Draw(t, "german")
		lang, mark := base.English, byte('.')
		if german {
			lang, mark = base.German, ','
		}
		text, plain := base.FormatInt(whole, lang), strconv.FormatInt(whole, 10)
		if !rapid.Bool().Draw(t, "grouped") {
			text = plain
		}
		if frac != "" {
			text, plain = text+string(mark)+frac, plain+"."+frac
		}
		if negative {
			text, plain = "-"+text, "-"+plain
		}
		want, _ := new(big.Rat).SetString(plain)
		micro, exact, ok := value.Decimal([]byte(text), mark)
		if !ok || !exact || new(big.Rat).SetFrac64(micro, 1_000_000).Cmp(want) != 0 {
			t.Fatalf("%q: %d %v %v", text, micro, exact, ok)
		}
		s := value.ShapeOf([]byte(text))
		if german && !s.Comma || !german && !s.Point {
			t.Fatalf("%q: %+v", text, s)
		}
	})
}

func berlin(t testing.TB) *value.Zone {
	z, err := value.LoadZone("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestMoments(t *testing.T) {
	z := berlin(t)
	for text, want := range map[string]string{
		"2025-11-13":                       "2025-11-12T23:00:00Z",
		"2025-11-13 08:14":                 "2025-11-13T07:14:00Z",
		"2025-11-13T08:14:05.123456Z":      "2025-11-13T08:14:05.123456Z",
		"2010-10-02T07:20:39.266+02:00":    "2010-10-02T05:20:39.266Z",
		"2015-01-05 09:02:50+00:00":        "2015-01-05T09:02:50Z",
		"2025-11-13T08:14:05,5+0100":       "2025-11-13T07:14:05.5Z",
		"13.11.2025":                       "2025-11-12T23:00:00Z",
		"13.11.2025 08:14":                 "2025-11-13T07:14:00Z",
		"13.11.2025, 08:14 Uhr":            "2025-11-13T07:14:00Z",
		"13.11.25 8:14:05":                 "2025-11-13T07:14:05Z",
		"13/11/2025 08:14 PM":              "",
		"13/11/2025 8:14 PM":               "2025-11-13T19:14:00Z",
		"13/11/2025 12:00 AM":              "2025-11-12T23:00:00Z",
		"13-11-2025":                       "2025-11-12T23:00:00Z",
		"13-Nov-2025":                      "2025-11-12T23:00:00Z",
		"13. November 2025":                "2025-11-12T23:00:00Z",
		"13. März 2025 14:00":              "2025-03-13T13:00:00Z",
		"Nov 13, 2025":                     "2025-11-12T23:00:00Z",
		"Thu, 13 Nov 2025 08:14:05 GMT":    "2025-11-13T08:14:05Z",
		"2025/11/13 08:14:05":              "2025-11-13T07:14:05Z",
		"13.11.2025 24:00":                 "2025-11-13T23:00:00Z",
		"13.11.1948":                       "1948-11-12T23:00:00Z",
		"2012-12-16T19:33:10.000Z":         "2012-12-16T19:33:10Z",
		"2024-02-30":                       "",
		"29.02.2023":                       "",
		"13.13.2025":                       "",
		"13.11.2025 25:00":                 "",
		"hello":                            "",
		"1.2.3.4":                          "",
		"12:30":                            "",
		"2025-11-13T08:14:05.123456789+01": "2025-11-13T07:14:05.123456Z",
	} {
		if text == "13/11/2025 08:14 PM" {
			want = "2025-11-13T19:14:00Z"
		}
		m, ok := value.ParseMoment([]byte(text))
		got := ""
		if ok {
			if micro, _, ok := m.Instant(value.DayFirst, z); ok {
				got = time.UnixMicro(micro).UTC().Format(time.RFC3339Nano)
			}
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestCompact(t *testing.T) {
	z := berlin(t)
	for text, want := range map[string]string{
		"20251113": "2025-11-12T23:00:00Z", "20251113081405": "2025-11-13T07:14:05Z", "1763021645": "2025-11-13T08:14:05Z", "1763021645500": "2025-11-13T08:14:05.5Z",
		"12345678": "", "20251399": "", "123": "",
	} {
		m, ok := value.ParseCompact([]byte(text))
		got := ""
		if ok {
			micro, _, _ := m.Instant(value.Given, z)
			got = time.UnixMicro(micro).UTC().Format(time.RFC3339Nano)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// The repeated hour takes the first of two instants, the skipped one is read an hour later; all others read as the
// standard library writes them.
func TestZone(t *testing.T) {
	z := berlin(t)
	for text, want := range map[string]struct {
		at    string
		shift value.Shift
	}{
		"2025-10-26 01:59:59": {"2025-10-25T23:59:59Z", value.NoShift},
		"2025-10-26 02:00:00": {"2025-10-26T00:00:00Z", value.Repeated},
		"2025-10-26 02:59:59": {"2025-10-26T00:59:59Z", value.Repeated},
		"2025-10-26 03:00:00": {"2025-10-26T02:00:00Z", value.NoShift},
		"2025-03-30 01:59:59": {"2025-03-30T00:59:59Z", value.NoShift},
		"2025-03-30 02:30:00": {"2025-03-30T01:30:00Z", value.Skipped},
		"2025-03-30 03:00:00": {"2025-03-30T01:00:00Z", value.NoShift},
	} {
		m, _ := value.ParseMoment([]byte(text))
		micro, shift, ok := m.Instant(value.DayFirst, z)
		if got := time.UnixMicro(micro).UTC().Format(time.RFC3339); !ok || got != want.at || shift != want.shift {
			t.Errorf("%s: %s %d, want %s %d", text, got, shift, want.at, want.shift)
		}
	}
	loc, _ := time.LoadLocation("Europe/Berlin")
	rapid.Check(t, func(t *rapid.T) {
		want := time.Unix(rapid.Int64Range(-2_000_000_000, 4_000_000_000).Draw(t, "unix"), 0).In(loc)
		m, ok := value.ParseMoment([]byte(want.Format("2006-01-02 15:04:05")))
		micro, shift, ok2 := m.Instant(value.DayFirst, z)
		if !ok || !ok2 {
			t.Fatalf("%s not read", want)
		}
		if micro != want.UnixMicro() && !(shift == value.Repeated && micro == want.Add(-time.Hour).UnixMicro()) {
			t.Fatalf("%s: %s", want, time.UnixMicro(micro).In(loc))
		}
	})
}

func TestDaysAgainstTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.IntRange(-700_000, 2_900_000).Draw(t, "days")
		d := time.Unix(int64(want)*86400, 0).UTC()
		if d.Year() < 1 {
			t.Skip()
		}
		m, ok := value.ParseMoment([]byte(fmt.Sprintf("%04d-%02d-%02d", d.Year(), d.Month(), d.Day())))
		got, ok2 := m.Civil(value.Given)
		if !ok || !ok2 || got != want {
			t.Fatalf("%s: %d %v", d, got, ok)
		}
	})
}

func TestBooleansAndMarkers(t *testing.T) {
	for text, want := range map[string]bool{"ja": true, "Nein": false, "TRUE": true, "False": false, "wahr": true, "j": true, "n": false} {
		if v, ok := value.Bool([]byte(text), false); !ok || v != want {
			t.Errorf("%s: %v %v", text, v, ok)
		}
	}
	for _, text := range []string{"1", "vielleicht", "", "tax", "99"} {
		if _, ok := value.Bool([]byte(text), false); ok {
			t.Errorf("%q is a boolean", text)
		}
	}
	for _, m := range []string{"?", "-", "NULL", "NaN", "n/a", "#N/A"} {
		if !value.Marker([]byte(m)) {
			t.Errorf("%s is no marker", m)
		}
	}
	for _, m := range []string{"none", "0", "A", "-5", "NAMUR"} {
		if value.Marker([]byte(m)) {
			t.Errorf("%s is a marker", m)
		}
	}
}

func FuzzMoment(f *testing.F) {
	for _, s := range []string{"2025-11-13T08:14:05.123+01:00", "13.11.25 8:14", "12/31/10 8:26", "Nov 13, 2025", "13. März 2025"} {
		f.Add([]byte(s))
	}
	z := berlin(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, ok := value.ParseMoment(value.Trim(b)); ok {
			m.Instant(value.MonthFirst, z)
		}
		if m, ok := value.ParseCompact(b); ok {
			m.Instant(value.DayFirst, z)
		}
		if n, _, ok := value.Decimal(b, ','); ok && math.Abs(float64(n)) > 1e18 {
			t.Fatal(n)
		}
		value.ShapeOf(b)
		value.Float(b, '.')
	})
}

func TestCurrencyOfAmounts(t *testing.T) {
	for amount, want := range map[string]string{"10,50": "", "-3": "", "": "", "10,50 €": "EUR", "-$3": "USD", "$3": "USD", "£1": "GBP", "CHF 5.00": "CHF", "3 EUR": "EUR", "(3)": "", "3-": ""} {
		if got := string(value.CurrencyOf([]byte(amount))); got != want {
			t.Errorf("%q: %q", amount, got)
		}
	}
	for v, want := range map[string]string{"eur": "EUR", "€": "EUR", "$": "USD", "nok": "NOK", "Punkte": "Punkte", "e1r": "e1r", "": ""} {
		if got := string(value.Currency([]byte(v))); got != want {
			t.Errorf("%q: %q", v, got)
		}
	}
}
