package base

// CurrencySign is how a sentence writes a currency: by its sign where everybody knows it, otherwise by its code. Files
// and columns keep the code.
func CurrencySign(code string) string {
	switch code {
	case "EUR":
		return "€"
	case "USD":
		return "$"
	case "GBP":
		return "£"
	}
	return code
}
