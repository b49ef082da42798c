-- +goose Up
-- The latest instant of the facts that were ever loaded into a table, withdrawn loads included: files expire, what was
-- seen does not become unseen.
CREATE TABLE lotse_known (
  name      TEXT NOT NULL,
  process   TEXT NOT NULL,
  last_time INTEGER NOT NULL, -- microseconds since 1970 UTC
  PRIMARY KEY (name, process)
) WITHOUT ROWID;
INSERT INTO lotse_known SELECT d.name, d.process, max(f.last_time) FROM lotse_file f JOIN lotse_dataset d ON d.table_id = f.table_id
  WHERE d.derived = 0 AND f.last_time IS NOT NULL GROUP BY d.name, d.process;

-- +goose Down
DROP TABLE lotse_known;
