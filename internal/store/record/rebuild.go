package record

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"

	"lotse.dev/lotse/internal/store/record/field"
)

// shapeRules counts how this program itself writes keys, links and words; a change of that is a change of every shape.
const shapeRules = 1

// shapeOf is what decides the keys, links and words of a kind: the parts of its fields that they are made of.
func (d *Def) shapeOf() (string, error) {
	raw, err := json.Marshal(map[string]any{"rules": shapeRules, "hidden": d.Hidden, "fields": shapeFields(d.Fields)})
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), err
}

func shapeFields(fields []field.Field) []map[string]any {
	out := make([]map[string]any, len(fields))
	for i := range fields {
		f := &fields[i]
		out[i] = map[string]any{"name": f.Name, "type": f.Type, "to": f.Target(), "private": f.Private, "heading": f.Heading, "owner": f.Owner, "team": f.Team,
			"options": f.Options, "fields": shapeFields(f.Fields)}
	}
	return out
}

// rebuild writes keys, links and words anew for the kinds whose fields have changed since they were written: a field
// became private, another tells the owner. Otherwise people would see by the old rules.
func (s *Store) rebuild(ctx context.Context, defs []*Def) error {
	for _, d := range defs {
		if d.Fields == nil {
			continue
		}
		want, err := d.shapeOf()
		if err != nil {
			return err
		}
		var have string
		err = s.db.Read().QueryRowContext(ctx, `SELECT shape FROM record_shape WHERE kind = ?`, d.Name).Scan(&have)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if have == want {
			continue
		}
		if err := s.db.Write(ctx, func(tx *sql.Tx) error { return s.rebuildKind(ctx, tx, d, want) }); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) rebuildKind(ctx context.Context, tx *sql.Tx, d *Def, shape string) error {
	b := &Batch{s: s, tx: tx}
	for after, more := "", true; more; {
		part, err := nextPayloads(ctx, tx, d.Name, after)
		if err != nil {
			return err
		}
		for _, p := range part {
			if err := b.rebuildOne(d, p); err != nil {
				return err
			}
			after = p.id
		}
		more = len(part) == rebuildStep
	}
	_, err := tx.Exec(`INSERT INTO record_shape(kind, shape) VALUES (?, ?) ON CONFLICT(kind) DO UPDATE SET shape = excluded.shape`, d.Name, shape)
	return err
}

type payloadOf struct {
	id, payload string
	deleted     bool
}

// rebuildStep is how many records are held at once.
const rebuildStep = 500

func nextPayloads(ctx context.Context, tx *sql.Tx, kind, after string) ([]payloadOf, error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, payload, deleted FROM record WHERE kind = ? AND id > ? ORDER BY id LIMIT ?`, kind, after, rebuildStep)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []payloadOf
	for rows.Next() {
		var p payloadOf
		if err := rows.Scan(&p.id, &p.payload, &p.deleted); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

// rebuildOne writes what stands beside a record. What it points at is not asked again: a record that was good stays.
func (b *Batch) rebuildOne(d *Def, p payloadOf) error {
	doc, err := decodeObject([]byte(p.payload))
	if err != nil {
		return err
	}
	keys, err := d.keys(doc)
	if err != nil {
		return err
	}
	if _, err := b.tx.Exec(`UPDATE record SET keys = ? WHERE kind = ? AND id = ? AND keys <> ?`, keys, d.Name, p.id, keys); err != nil {
		return err
	}
	if _, err := b.tx.Exec(`DELETE FROM record_link WHERE kind = ? AND id = ?`, d.Name, p.id); err != nil {
		return err
	}
	if !p.deleted {
		for _, r := range references(d.Fields, doc, "") {
			if err := b.insertLink(d, p.id, r); err != nil {
				return err
			}
		}
	}
	return b.spell(d, p.id, p.deleted, doc)
}
