package convert

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/mapping"
)

// CheckTarget refuses a plan whose table, process or choices do not go together.
func CheckTarget(plan Plan) error {
	if !slices.Contains([]string{"", "dmy", "mdy", "ymd"}, plan.Dates) {
		return base.Fail(base.Usage, "dates_unknown", base.T("„%s“ ist keine Reihenfolge von Tag und Monat.", "“%s” is no order of day and month.", plan.Dates)).
			WithHint(base.T("Möglich sind dmy, mdy und ymd.", "Possible are dmy, mdy and ymd."))
	}
	if !slices.Contains([]string{"", "replace", "skip", "add"}, plan.Overlap) {
		return base.Fail(base.Usage, "overlap_unknown", base.T("„%s“ ist keine Antwort auf doppelte Zeilen.", "“%s” is no answer to overlapping rows.", plan.Overlap)).
			WithHint(base.T("Möglich sind replace, skip und add.", "Possible are replace, skip and add."))
	}
	if c := strings.TrimSpace(plan.Currency); c != "" && (len(c) != 3 || strings.ContainsFunc(c, noLetter)) {
		return base.Fail(base.Usage, "currency_unknown", base.T("„%s“ ist keine Währung.", "“%s” is no currency.", plan.Currency)).
			WithHint(base.T("Erwartet werden die drei Buchstaben nach ISO 4217, zum Beispiel EUR.", "Expected are the three letters of ISO 4217, for example EUR."))
	}
	switch plan.Table {
	case "":
		return base.Fail(base.Usage, "table_missing", base.T("Die Tabelle fehlt.", "The table is missing.")).
			WithHint(base.T("Nennen Sie sie: events, orders, tickets oder einen eigenen Namen (--table).", "Name it: events, orders, tickets or a name of your own (--table)."))
	case mapping.Events:
		if plan.Process == "" {
			return base.Fail(base.Usage, "process_missing", base.T("Der Name des Prozesses fehlt.", "The name of the process is missing.")).
				WithHint(base.T("Geben Sie ihn mit --process an.", "Give it with --process."))
		}
	case "cases":
		return base.Fail(base.Refused, "table_derived", base.T("Die Tabelle cases leitet Lotse selbst ab.", "Lotse derives the table cases itself.")).
			WithHint(base.T("Laden Sie Ereignisse (events) oder wählen Sie einen anderen Namen.", "Load events, or choose another name."))
	default:
		if plan.Process != "" {
			return base.Fail(base.Usage, "process_not_here", base.T("Einen Prozess haben nur Ereignisse.", "Only events have a process."))
		}
	}
	if plan.Table == mapping.Events {
		return CheckName(plan.Process)
	}
	return CheckName(plan.Table)
}

// CheckName refuses names of processes and tables that no address can carry (a single hyphen stands there for "no
// process", dots are steps between folders) or that cannot be told from others on a page.
func CheckName(name string) error {
	reason := base.Text{}
	switch {
	case slices.Contains([]string{"-", ".", ".."}, name):
		reason = base.T("er besteht nur aus Satzzeichen", "it is punctuation only")
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unsayable):
		reason = base.T("er enthält Zeichen, die man nicht sieht", "it holds characters that cannot be seen")
	default:
		return nil
	}
	return base.Fail(base.Usage, "name_not_allowed", base.T("Der Name „%s“ ist nicht möglich: %s.", "The name “%s” is not possible: %s.",
		strings.ToValidUTF8(strings.Map(visible, name), "�"), reason)).
		WithHint(base.T("Wählen Sie einen Namen aus Buchstaben und Ziffern.", "Choose a name of letters and digits."))
}

func noLetter(r rune) bool { return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') }

// unsayable are control characters, those that turn the direction of writing, and those without width that make no
// letter: a soft hyphen, a zero width space.
func unsayable(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d' // parts of words in some scripts
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != nonJoiner && r != joiner
}

func visible(r rune) rune {
	if unsayable(r) {
		return '�'
	}
	return r
}
