-- +goose Up
CREATE TABLE instance (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  demo       INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL
);

CREATE TABLE account (
  id            TEXT PRIMARY KEY,
  email         TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name          TEXT NOT NULL,
  roles         TEXT NOT NULL, -- comma separated
  password_hash TEXT NOT NULL, -- argon2id in PHC form, '' while none is set
  disabled      INTEGER NOT NULL DEFAULT 0,
  lang          TEXT NOT NULL DEFAULT 'de',
  scheme        TEXT NOT NULL DEFAULT 'auto',
  created_at    TEXT NOT NULL,
  last_seen_at  TEXT
);

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  csrf       TEXT NOT NULL,
  created_at TEXT NOT NULL,
  used_at    TEXT NOT NULL,
  expires_at TEXT NOT NULL
);
CREATE INDEX session_account ON session(account_id);

CREATE TABLE one_time (
  token_hash TEXT PRIMARY KEY,
  purpose    TEXT NOT NULL CHECK (purpose IN ('first', 'invite', 'reset')),
  email      TEXT NOT NULL,
  roles      TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
);

CREATE TABLE token (
  token_hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  used_at    TEXT
);

CREATE TABLE job (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  key        TEXT NOT NULL,
  title      TEXT NOT NULL, -- {"de","en"}
  state      TEXT NOT NULL,
  phase      TEXT NOT NULL, -- {"de","en"}
  done       INTEGER NOT NULL DEFAULT 0,
  total      INTEGER NOT NULL DEFAULT 0,
  input      TEXT NOT NULL,
  problem    TEXT,          -- both languages
  output_de  TEXT,
  output_en  TEXT,
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  started_at TEXT,
  ended_at   TEXT
);
CREATE INDEX job_state ON job(state);

CREATE TABLE record (
  kind       TEXT NOT NULL,
  id         TEXT NOT NULL,
  version    INTEGER NOT NULL,
  payload    TEXT NOT NULL,
  deleted    INTEGER NOT NULL DEFAULT 0,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;

CREATE TABLE record_history (
  kind         TEXT NOT NULL,
  id           TEXT NOT NULL,
  version      INTEGER NOT NULL,
  action       TEXT NOT NULL CHECK (action IN ('create', 'update', 'delete', 'restore')),
  at           TEXT NOT NULL,
  by           TEXT NOT NULL,
  salt         TEXT,          -- NULL after an erasure
  payload      TEXT,          -- NULL after an erasure
  payload_hash TEXT NOT NULL, -- H(salt ‖ payload), hex
  previous     TEXT NOT NULL, -- hash of the version before, '' for the first
  hash         TEXT NOT NULL,
  PRIMARY KEY (kind, id, version)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE record_history;
DROP TABLE record;
DROP TABLE job;
DROP TABLE token;
DROP TABLE one_time;
DROP TABLE session;
DROP TABLE account;
DROP TABLE instance;
