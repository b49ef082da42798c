package record

import (
	"database/sql"
	"sync"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

// newest is the instant of the newest entry, read once and then kept.
type newest struct {
	mu   sync.Mutex
	read bool
	at   time.Time
}

// pass answers the newest instant before now and takes now for it when it is later.
func (n *newest) pass(tx *sql.Tx, now time.Time) (time.Time, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.read {
		var text sql.NullString
		if err := tx.QueryRow(`SELECT max(at) FROM record_history`).Scan(&text); err != nil {
			return time.Time{}, err
		}
		if n.read = true; text.Valid {
			n.at = database.ParseStamp(text.String)
		}
	}
	before := n.at
	if now.After(before) {
		n.at = now
	}
	return before, nil
}

// marked is the note of an entry. Where the clock stands before the newest entry it says so, because the instant of the
// entry cannot be right then; the chain of the history covers the note. An erasure is known by its note and keeps it.
func (b *Batch) marked(now time.Time, note string) (string, error) {
	known, err := b.s.newest.pass(b.tx, now)
	mark := base.SetBack(now, known)
	if err != nil || note == erasedNote || mark.De == "" {
		return note, err
	}
	if note != "" {
		note += " "
	}
	return note + "[" + mark.De + " / " + mark.En + "]", nil
}
