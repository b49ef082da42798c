-- +goose Up
-- When a person last looked at the leader's page, and at the visit before: changes are told since that one. There is no
-- history of it on purpose: when people work is nobody's business.
CREATE TABLE visit (
  account TEXT PRIMARY KEY,
  seen    TEXT NOT NULL,
  before  TEXT NOT NULL
);

-- +goose Down
DROP TABLE visit;
