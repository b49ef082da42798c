-- +goose Up
ALTER TABLE record ADD COLUMN keys TEXT NOT NULL DEFAULT '{}'; -- what the database filters and sorts by, as JSON
ALTER TABLE record ADD COLUMN state TEXT NOT NULL DEFAULT ''; -- of the approval: '', proposed, approved, refused
ALTER TABLE record ADD COLUMN approved_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE record ADD COLUMN created_at TEXT NOT NULL DEFAULT '';
ALTER TABLE record ADD COLUMN created_by TEXT NOT NULL DEFAULT '';
UPDATE record SET created_at = coalesce((SELECT at FROM record_history h WHERE h.kind = record.kind AND h.id = record.id AND h.version = 1), updated_at),
  created_by = coalesce((SELECT by FROM record_history h WHERE h.kind = record.kind AND h.id = record.id AND h.version = 1), updated_by);

-- The actions of approval join the history; SQLite changes a check only with a new table.
CREATE TABLE record_history_new (
  kind         TEXT NOT NULL,
  id           TEXT NOT NULL,
  version      INTEGER NOT NULL,
  action       TEXT NOT NULL CHECK (action IN ('create', 'update', 'delete', 'restore', 'propose', 'approve', 'refuse', 'withdraw')),
  at           TEXT NOT NULL,
  by           TEXT NOT NULL,
  note         TEXT NOT NULL DEFAULT '', -- the reason that a person gave
  salt         TEXT,                     -- NULL after an erasure
  payload      TEXT,                     -- NULL after an erasure
  payload_hash TEXT NOT NULL,
  previous     TEXT NOT NULL,
  hash         TEXT NOT NULL,
  PRIMARY KEY (kind, id, version)
) WITHOUT ROWID;
INSERT INTO record_history_new(kind, id, version, action, at, by, salt, payload, payload_hash, previous, hash)
  SELECT kind, id, version, action, at, by, salt, payload, payload_hash, previous, hash FROM record_history;
DROP TABLE record_history;
ALTER TABLE record_history_new RENAME TO record_history;

-- Where a live record points. tie says what the reference means for rights: owner, team or nothing.
CREATE TABLE record_link (
  kind    TEXT NOT NULL,
  id      TEXT NOT NULL,
  field   TEXT NOT NULL,
  to_kind TEXT NOT NULL,
  to_id   TEXT NOT NULL,
  tie     TEXT NOT NULL DEFAULT '' CHECK (tie IN ('', 'owner', 'team')),
  PRIMARY KEY (kind, id, field, to_kind, to_id)
) WITHOUT ROWID;
CREATE INDEX record_link_back ON record_link(to_kind, to_id);

-- Full text: words and their stems of each live record of a register.
CREATE TABLE record_words (doc INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, UNIQUE (kind, id));
CREATE VIRTUAL TABLE record_text USING fts5(heading, body, content = '', contentless_delete = 1, tokenize = 'unicode61');

-- Sum of the keyed hashes of all chain heads of a kind; its counterpart is signed in a file outside the database.
CREATE TABLE record_seal (kind TEXT PRIMARY KEY, count INTEGER NOT NULL, sum TEXT NOT NULL, seq INTEGER NOT NULL);

-- +goose Down
DROP TABLE record_seal;
DROP TABLE record_text;
DROP TABLE record_words;
DROP TABLE record_link;
