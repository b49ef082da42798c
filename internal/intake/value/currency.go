package value

import "bytes"

// marks are the signs and letters that stand beside amounts, with the letters of ISO 4217 that they mean.
var marks = []struct{ mark, code []byte }{
	{[]byte("€"), []byte("EUR")}, {[]byte("$"), []byte("USD")}, {[]byte("£"), []byte("GBP")},
	{[]byte("EUR"), []byte("EUR")}, {[]byte("USD"), []byte("USD")}, {[]byte("CHF"), []byte("CHF")}, {[]byte("GBP"), []byte("GBP")},
}

// CurrencyOf returns the currency that stands in an amount, nil for an amount that names none.
func CurrencyOf(amount []byte) []byte {
	if bare(amount) {
		return nil
	}
	for _, m := range marks {
		if bytes.Contains(amount, m.mark) {
			return m.code
		}
	}
	return nil
}

// bare says whether an amount begins and ends with a digit but for its sign, as nearly all do.
func bare(b []byte) bool {
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		b = b[1:]
	}
	return len(b) == 0 || b[0] >= '0' && b[0] <= '9' && b[len(b)-1] >= '0' && b[len(b)-1] <= '9'
}

// Currency returns a value of a currency column as the three letters of ISO 4217 where it is a known sign or three
// letters in whatever case, otherwise as it is.
func Currency(v []byte) []byte {
	if len(v) == 3 && len(bytes.Trim(v, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) == 0 {
		return bytes.ToUpper(v)
	}
	for _, m := range marks {
		if bytes.Equal(v, m.mark) {
			return m.code
		}
	}
	return v
}

func uncurrency(b []byte) []byte {
	for _, m := range marks {
		if bytes.HasPrefix(b, m.mark) {
			return Trim(b[len(m.mark):])
		}
		if bytes.HasSuffix(b, m.mark) {
			return Trim(b[:len(b)-len(m.mark)])
		}
	}
	return b
}
