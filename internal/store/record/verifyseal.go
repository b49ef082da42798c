package record

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"slices"

	"lotse.dev/lotse/internal/base"
)

// read answers what the seal's files say now, and what is wrong with them.
func (s *seal) read() (ledger, error) {
	err := s.readKey(false)
	if errors.Is(err, fs.ErrNotExist) {
		return ledger{}, sealBroken(base.T("Die Datei %s fehlt.", "The file %s is missing.", keyName), err)
	}
	if err != nil {
		return ledger{}, err
	}
	l, _, err := s.load()
	if errors.Is(err, fs.ErrNotExist) {
		err = sealBroken(base.T("Die Datei %s fehlt.", "The file %s is missing.", logName), err)
	}
	return l, err
}

// sums compares the signed sums with those in the database and with those of the heads that the chains showed.
func (v *verifier) sums(context.Context) error {
	if v.seq == 0 && v.ledger.lines == 0 && len(v.heads.sums) == 0 {
		return nil // nothing was ever sealed
	}
	if v.sealed != nil {
		return v.sealed
	}
	signed, ok := v.ledger.at(v.seq)
	switch l := v.ledger; {
	case l.back > 0:
		return sealBroken(base.T("Die Datenbank stand schon einmal weiter: sie kam auf %d zurück.", "The database once stood further: it came back to %d.", int(l.back)), nil)
	case l.gap > 0:
		return sealBroken(base.T("In %s fehlt Zeile %d.", "%s lacks the line %d.", logName, int(l.gap)), nil)
	case !ok:
		return sealBroken(base.T("Die Datenbank steht bei %d, unterschrieben ist %d.", "The database stands at %d, signed is %d.", int(v.seq), int(l.committed)), nil)
	}
	now := v.heads.totals()
	kinds := map[string]bool{}
	for _, m := range []map[string]kindTotal{signed, v.kept, now} {
		for kind := range m {
			kinds[kind] = true
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		if err := v.sum(kind, signed[kind], v.kept[kind], now[kind]); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifier) sum(kind string, signed, kept, now kindTotal) error {
	title := v.s.titleOf(kind)
	switch {
	case now.Count != signed.Count:
		return sealBroken(base.T("%s: %d Einträge statt %d.", "%s: %d records instead of %d.", title, now.Count, signed.Count), nil)
	case now.Sum != signed.Sum:
		return sealBroken(base.T("%s: die Einträge sind andere als versiegelt.", "%s: the records are others than sealed.", title), nil)
	case kept != signed:
		return sealBroken(base.T("%s: die Summe in der Datenbank ist nicht die unterschriebene.", "%s: the sum in the database is not the signed one.", title), nil)
	}
	return nil
}

func (s *Store) titleOf(kind string) base.Text {
	if d, ok := s.Def(kind); ok && !d.Many.IsZero() {
		return d.Many
	}
	return base.T(kind, kind)
}

func sealBroken(text base.Text, cause error) error {
	return base.Fail(base.Refused, "seal_broken", base.T("Das Siegel passt nicht. %s", "The seal does not fit. %s", text)).
		WithHint(base.T("Die Datenbank wurde außerhalb von Lotse geändert. Spielen Sie eine Sicherung ein.",
			"The database was changed outside of Lotse. Restore a backup.")).Because(cause)
}
