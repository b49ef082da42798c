package notice

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

// keepFor is how long a notice stays.
const keepFor = 400 * 24 * time.Hour

// shown is how many of a person's newest notices are looked at.
const shown = 500

type row struct {
	id, person, behalf string
	cause              Cause
	kind, record, mark string
	text               base.Text
	by                 string
	at                 time.Time
	read               bool
}

type tongues struct{ De, En string }

// insert keeps rows; one that is there already stays as it is.
func (s *Service) insert(ctx context.Context, rows []row) error {
	if len(rows) == 0 {
		return nil
	}
	return s.DB.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.Exec(`DELETE FROM notice WHERE at < ?`, database.Stamp(s.Clock().Add(-keepFor))); err != nil {
			return err
		}
		for _, r := range rows {
			detail, err := json.Marshal(tongues{r.text.De, r.text.En})
			if err != nil {
				return err
			}
			_, err = tx.Exec(`INSERT INTO notice(id, person, behalf, cause, kind, record, mark, detail, by, at) VALUES (?,?,?,?,?,?,?,?,?,?)
				ON CONFLICT (person, cause, kind, record, mark) DO NOTHING`,
				base.NewID(r.at), r.person, r.behalf, r.cause, r.kind, r.record, r.mark, string(detail), r.by, database.Stamp(r.at))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// rows lists the notices of a person about records that are still there, newest first.
func (s *Service) rows(ctx context.Context, person string, unread bool) ([]row, error) {
	list, err := s.DB.Read().QueryContext(ctx, `SELECT n.id, n.behalf, n.cause, n.kind, n.record, n.detail, n.by, n.at, n.read_at IS NOT NULL
		FROM notice n JOIN record r ON r.kind = n.kind AND r.id = n.record AND r.deleted = 0
		WHERE n.person = ? AND (n.read_at IS NULL OR NOT ?) ORDER BY n.rowid DESC LIMIT ?`, person, unread, shown)
	if err != nil {
		return nil, err
	}
	defer list.Close()
	var out []row
	for list.Next() {
		r := row{person: person}
		var detail, at string
		if err := list.Scan(&r.id, &r.behalf, &r.cause, &r.kind, &r.record, &detail, &r.by, &at, &r.read); err != nil {
			return nil, err
		}
		var t tongues
		if err := json.Unmarshal([]byte(detail), &t); err != nil {
			return nil, err
		}
		r.text, r.at = base.Text{De: t.De, En: t.En}, database.ParseStamp(at)
		out = append(out, r)
	}
	return out, list.Err()
}

// markRead notes that a person has read a notice, or with an empty id all of them.
func (s *Service) markRead(ctx context.Context, person, id string) error {
	return s.DB.Write(ctx, func(tx *sql.Tx) error {
		now := database.Stamp(s.Clock())
		if id == "" {
			_, err := tx.Exec(`UPDATE notice SET read_at = ? WHERE person = ? AND read_at IS NULL`, now, person)
			return err
		}
		done, err := tx.Exec(`UPDATE notice SET read_at = coalesce(read_at, ?) WHERE id = ? AND person = ?`, now, id, person)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return base.Fail(base.NotFound, "notice_not_found", base.T("Diesen Hinweis gibt es nicht.", "This notice does not exist.")).Because(err)
		}
		return nil
	})
}

// checked answers the newest day on which due dates were looked at, "" when there is none.
func (s *Service) checked(ctx context.Context) (day string, err error) {
	err = s.DB.Read().QueryRowContext(ctx, `SELECT day FROM notice_day`).Scan(&day)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return day, err
}

func (s *Service) noteChecked(ctx context.Context, day string) error {
	return s.DB.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO notice_day(id, day) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET day = excluded.day`, day)
		return err
	})
}

// concerned lists who owns a record or what it refers to, a team left out.
func (s *Service) concerned(ctx context.Context, kind, id string) ([]string, error) {
	rows, err := s.DB.Read().QueryContext(ctx, `SELECT to_id FROM record_link WHERE kind = ?1 AND id = ?2 AND tie = 'owner'
		UNION SELECT o.to_id FROM record_link l JOIN record_link o ON o.kind = l.to_kind AND o.id = l.to_id AND o.tie = 'owner'
		WHERE l.kind = ?1 AND l.id = ?2 AND l.tie = ''`, kind, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var person string
		if err := rows.Scan(&person); err != nil {
			return nil, err
		}
		out = append(out, person)
	}
	return out, rows.Err()
}
