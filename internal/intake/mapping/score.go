package mapping

import (
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/intake/profile"
)

// nameScore says how well a column name means a field: 3 by its very name, 2 by a name that may mean it or holds one
// that does, 1 by one word, 0 not at all.
func nameScore(name string, f Field) int {
	if technical(name) {
		return 0
	}
	folded := Fold(name)
	switch {
	case slices.Contains(f.strong, folded):
		return 3
	case strings.HasPrefix(name, "case:") && f.Name != "case_id":
		return 0
	case slices.Contains(f.weak, folded):
		return 2
	}
	ws := words(name)
	best := 0
	for _, s := range f.strong {
		switch {
		case len(s) >= 7 && strings.Contains(folded, s):
			best = max(best, 2)
		case len(s) >= 4 && slices.Contains(ws, s):
			best = max(best, 1)
		case len(s) >= 5 && joined(ws, s):
			best = max(best, 2)
		}
	}
	return best
}

// technical says whether a column is one that a system exports for its own re-import.
func technical(name string) bool {
	low := strings.ToLower(name)
	return strings.HasPrefix(low, "(do not modify)") || strings.HasPrefix(low, "(nicht ändern)") || strings.HasPrefix(low, "(nicht bearbeiten)")
}

// joined says whether two neighbouring words together are s.
func joined(ws []string, s string) bool {
	for i := 0; i+1 < len(ws); i++ {
		if ws[i]+ws[i+1] == s {
			return true
		}
	}
	return false
}

// fits says whether the contents of a column allow a field at all.
func fits(c *profile.Column, f Field, rows int64) bool {
	filled := c.Filled()
	if filled == 0 {
		return false
	}
	switch f.Type {
	case fact.Time, fact.Date:
		return c.Dated() || c.Serial() && serialName(c.Name, f) || c.Dates.Compact*10 >= filled*9 && compactLikely(c, f)
	case fact.Decimal, fact.Double, fact.Integer:
		return c.Numeric() || f.Name == "reopened" && c.Words == filled
	case fact.Boolean:
		return (c.Words+c.Bits)*10 >= filled*9
	}
	if c.Dated() && f.Name != "line" || f.Name == "line" && c.Counter(rows) {
		return false
	}
	switch f.Name {
	case "case_id", "ticket_id", "order_id":
		return c.Distinct > 1 && c.Distinct*200 >= rows || rows < 50
	case "activity":
		return c.Longest > 1 && c.Distinct < max(2, rows) && c.Distinct <= 5000 && (c.Numbers.OnlyPoint+c.Numbers.OnlyComma) == 0
	case "currency":
		return c.Longest <= 14
	case "channel", "priority", "category", "team", "product_group", "role", "lifecycle":
		return c.Distinct <= max(50, rows/2)
	}
	return true
}

// compactLikely tells 20201231 in a column of dates from eight-digit numbers: all values are dates and the name says so.
func compactLikely(c *profile.Column, f Field) bool {
	return c.Dates.Compact == c.Filled() && nameScore(c.Name, f) > 0
}

// serialName tells the days of a spreadsheet from other numbers: only a name that says so makes them dates.
func serialName(name string, f Field) bool {
	n := nameScore(name, f)
	return n == 3 || n > 0 && DateName(name)
}

// DateName says whether a name says that the column holds dates.
func DateName(name string) bool {
	f := Fold(name)
	if strings.Contains(f, "datum") || strings.Contains(f, "date") || strings.Contains(f, "timestamp") || strings.HasSuffix(f, "dat") {
		return true
	}
	ws := words(name)
	last := ""
	if len(ws) > 1 {
		last = ws[len(ws)-1]
	}
	return last == "am" || last == "at" || last == "time" || last == "zeit" || last == "on"
}
