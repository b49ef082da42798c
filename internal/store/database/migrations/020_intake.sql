-- +goose Up
CREATE TABLE upload (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  size       INTEGER NOT NULL,
  sha256     TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
);

CREATE TABLE upload_analysis (
  upload_id TEXT NOT NULL REFERENCES upload(id) ON DELETE CASCADE,
  options   TEXT NOT NULL, -- canonical JSON of sheet, header row, delimiter, encoding, dates
  result    TEXT NOT NULL,
  PRIMARY KEY (upload_id, options)
) WITHOUT ROWID;

-- A load number is given out before the load; a load that came to nothing leaves a gap.
CREATE TABLE load_number (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  last INTEGER NOT NULL
);
INSERT INTO load_number(id, last) VALUES (1, 0);

CREATE TABLE load (
  id             INTEGER PRIMARY KEY,
  table_name     TEXT NOT NULL,
  process        TEXT NOT NULL, -- '' where the table has none
  file_name      TEXT NOT NULL,
  size           INTEGER NOT NULL,
  sha256         TEXT NOT NULL,
  source_key     TEXT NOT NULL,
  plan           TEXT NOT NULL, -- the settled plan
  learnt         TEXT NOT NULL, -- what the next file of the source takes over
  plan_hash      TEXT NOT NULL, -- of all of it that decides what the rows mean
  rows_read      INTEGER NOT NULL,
  rows_loaded    INTEGER NOT NULL,
  rows_refused   INTEGER NOT NULL,
  rows_left_out  INTEGER NOT NULL,
  overlapping    INTEGER NOT NULL,
  rows_replaced  INTEGER NOT NULL,
  replaces       INTEGER NOT NULL DEFAULT 0,
  remarks        TEXT NOT NULL, -- both languages
  refused_sample TEXT NOT NULL, -- both languages
  state          TEXT NOT NULL CHECK (state IN ('loaded', 'replaced', 'undone', 'deleted')),
  created_by     TEXT NOT NULL,
  created_at     TEXT NOT NULL,
  ended_by       TEXT NOT NULL DEFAULT '',
  ended_at       TEXT
);
CREATE INDEX load_dataset ON load(table_name, process);
CREATE INDEX load_sha256 ON load(sha256);

-- What was decided for the last file of a source, for the next one.
CREATE TABLE source_mapping (
  source_key TEXT PRIMARY KEY,
  table_name TEXT NOT NULL,
  process    TEXT NOT NULL,
  plan       TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  updated_at TEXT NOT NULL
) WITHOUT ROWID;

-- +goose Down
DROP TABLE source_mapping;
DROP TABLE load;
DROP TABLE load_number;
DROP TABLE upload_analysis;
DROP TABLE upload;
