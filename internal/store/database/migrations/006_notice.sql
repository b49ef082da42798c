-- +goose Up
-- The record of kind person that is the owner of an account; '' until it is joined.
ALTER TABLE account ADD COLUMN person TEXT NOT NULL DEFAULT '';

-- Earlier e-mail addresses of an account: what was written under them was written by the same person.
CREATE TABLE account_former (
  email      TEXT PRIMARY KEY COLLATE NOCASE,
  account_id TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE
);

-- The secret address of a person's calendar feed; the table holds its fingerprint only.
CREATE TABLE calendar (
  account_id TEXT PRIMARY KEY REFERENCES account(id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  reach      TEXT NOT NULL CHECK (reach IN ('own', 'all')),
  created_at TEXT NOT NULL
);

-- What concerns a person. One row per person and cause; mark tells causes of the same record apart.
CREATE TABLE notice (
  id     TEXT PRIMARY KEY,
  person TEXT NOT NULL,            -- record of kind person who gets it
  behalf TEXT NOT NULL DEFAULT '', -- person for whom they deputise
  cause  TEXT NOT NULL CHECK (cause IN ('assigned', 'mentioned', 'due', 'decided', 'proposed', 'status')),
  kind   TEXT NOT NULL,
  record TEXT NOT NULL,
  mark   TEXT NOT NULL,
  detail TEXT NOT NULL,            -- JSON
  by     TEXT NOT NULL,
  at     TEXT NOT NULL,
  read_at TEXT,
  UNIQUE (person, cause, kind, record, mark)
);
CREATE INDEX notice_person ON notice(person);

-- The newest day on which due dates were looked at.
CREATE TABLE notice_day (id INTEGER PRIMARY KEY CHECK (id = 1), day TEXT NOT NULL);

-- +goose Down
DROP TABLE notice_day;
DROP TABLE notice;
DROP TABLE calendar;
DROP TABLE account_former;
ALTER TABLE account DROP COLUMN person;
