package record

import (
	"context"
	"database/sql"
	"fmt"
	"hash/maphash"
	"slices"

	"lotse.dev/lotse/internal/base"
)

// beside rebuilds the keys, links and words of every register from its payloads and compares them with what the database
// filters, follows and searches by.
func (v *verifier) beside(ctx context.Context) error {
	w, err := v.newWordCheck(ctx)
	if err != nil {
		return err
	}
	for _, d := range v.s.Defs() {
		if d.Fields == nil {
			continue
		}
		if err := v.besideKind(ctx, d, w); err != nil {
			return err
		}
	}
	return w.compare(ctx)
}

func indexBroken(kind, id string, what base.Text) error {
	return base.Fail(base.Refused, "index_broken", base.T("%s/%s: %s passt nicht zum Eintrag.", "%s/%s: %s does not fit the record.", kind, id, what)).
		WithHint(base.T("Die Datenbank wurde außerhalb von Lotse geändert. Spielen Sie eine Sicherung ein.",
			"The database was changed outside of Lotse. Restore a backup."))
}

func (v *verifier) besideKind(ctx context.Context, d *Def, w *wordCheck) error {
	rows, err := v.tx.QueryContext(ctx, `SELECT r.id, r.payload, r.keys, r.deleted, w.doc FROM record r
		LEFT JOIN record_words w ON w.kind = r.kind AND w.id = r.id WHERE r.kind = ? ORDER BY r.id`, d.Name)
	if err != nil {
		return err
	}
	defer rows.Close()
	links, err := v.tx.PrepareContext(ctx, `SELECT field, to_kind, to_id, tie FROM record_link WHERE kind = ? AND id = ?`)
	if err != nil {
		return err
	}
	defer links.Close()
	for rows.Next() {
		var id, payload, keys string
		var deleted bool
		var doc sql.NullInt64
		if err := rows.Scan(&id, &payload, &keys, &deleted, &doc); err != nil {
			return err
		}
		value, err := decodeObject([]byte(payload))
		if err != nil {
			return indexBroken(d.Name, id, base.T("der Inhalt", "the content"))
		}
		if want, err := d.keys(value); err != nil || want != keys {
			return indexBroken(d.Name, id, base.T("der Schlüssel für Filter und Sortierung", "the key for filter and sort"))
		}
		if err := sameLinks(ctx, links, d, id, deleted, value); err != nil {
			return err
		}
		if err := w.add(ctx, d, id, deleted, value, doc); err != nil {
			return err
		}
	}
	return rows.Err()
}

func sameLinks(ctx context.Context, links *sql.Stmt, d *Def, id string, deleted bool, value map[string]any) error {
	want := map[reference]bool{}
	if !deleted {
		for _, r := range references(d.Fields, value, "") {
			want[r] = true
		}
	}
	rows, err := links.QueryContext(ctx, d.Name, id)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var r reference
		if err := rows.Scan(&r.path, &r.kind, &r.id, &r.tie); err != nil {
			return err
		}
		if !want[r] {
			return indexBroken(d.Name, id, base.T("der Verweis im Feld %s", "the reference in the field %s", r.path))
		}
		delete(want, r)
	}
	for r := range want {
		return indexBroken(d.Name, id, base.T("der Verweis im Feld %s", "the reference in the field %s", r.path))
	}
	return rows.Err()
}

// wordCheck writes the words that must be there into a full-text table of its own, by the same tokenizer, and compares
// the terms of both, one hash a record.
type wordCheck struct {
	tx     *sql.Tx
	insert *sql.Stmt
	seed   maphash.Seed
	ids    map[int64][2]string
}

func (v *verifier) newWordCheck(ctx context.Context) (*wordCheck, error) {
	w := &wordCheck{tx: v.tx, seed: maphash.MakeSeed(), ids: map[int64][2]string{}}
	for _, text := range []string{
		`CREATE VIRTUAL TABLE temp.record_want USING fts5(heading, body, content = '', tokenize = 'unicode61')`,
		`CREATE VIRTUAL TABLE temp.record_want_terms USING fts5vocab('temp', 'record_want', 'instance')`,
		`CREATE VIRTUAL TABLE temp.record_have_terms USING fts5vocab('main', 'record_text', 'instance')`,
	} {
		if _, err := v.tx.ExecContext(ctx, text); err != nil {
			return nil, fmt.Errorf("compare words: %w", err)
		}
	}
	var err error
	w.insert, err = v.tx.PrepareContext(ctx, `INSERT INTO temp.record_want(rowid, heading, body) VALUES (?, ?, ?)`)
	return w, err
}

func (w *wordCheck) add(ctx context.Context, d *Def, id string, deleted bool, value map[string]any, doc sql.NullInt64) error {
	if doc.Valid == (deleted || d.Hidden) {
		return indexBroken(d.Name, id, base.T("der Eintrag im Verzeichnis der Wörter", "the entry in the index of words"))
	}
	if !doc.Valid {
		return nil
	}
	w.ids[doc.Int64] = [2]string{d.Name, id}
	heading, body := d.spelled(value)
	_, err := w.insert.ExecContext(ctx, doc.Int64, heading, body)
	return err
}

func (w *wordCheck) compare(ctx context.Context) error {
	want, err := w.terms(ctx, "record_want_terms")
	if err != nil {
		return err
	}
	have, err := w.terms(ctx, "record_have_terms")
	if err != nil {
		return err
	}
	var wrong []int64
	for doc, sum := range have {
		if want[doc] != sum {
			wrong = append(wrong, doc)
		}
	}
	for doc := range want {
		if _, there := have[doc]; !there {
			wrong = append(wrong, doc)
		}
	}
	if len(wrong) == 0 {
		return w.strays(ctx)
	}
	slices.Sort(wrong)
	at := w.ids[wrong[0]]
	return indexBroken(at[0], at[1], base.T("das Verzeichnis der Wörter", "the index of words"))
}

// strays finds words of a record that is not there.
func (w *wordCheck) strays(ctx context.Context) error {
	var kind, id string
	err := w.tx.QueryRowContext(ctx, `SELECT w.kind, w.id FROM record_words w WHERE NOT EXISTS (
		SELECT 1 FROM record r WHERE r.kind = w.kind AND r.id = w.id AND r.deleted = 0) LIMIT 1`).Scan(&kind, &id)
	if err == sql.ErrNoRows {
		return nil
	}
	if err != nil {
		return err
	}
	return indexBroken(kind, id, base.T("das Verzeichnis der Wörter", "the index of words"))
}

func (w *wordCheck) terms(ctx context.Context, table string) (map[int64]uint64, error) {
	rows, err := w.tx.QueryContext(ctx, `SELECT doc, term, col, offset FROM temp.`+table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]uint64{}
	for rows.Next() {
		var doc, offset int64
		var term, col string
		if err := rows.Scan(&doc, &term, &col, &offset); err != nil {
			return nil, err
		}
		out[doc] += maphash.Comparable(w.seed, struct {
			term, col string
			offset    int64
		}{term, col, offset})
	}
	return out, rows.Err()
}
