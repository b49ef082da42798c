-- +goose Up
-- The catalogue of the lake: the tables of the DuckLake specification 1.0 as its extension makes them on SQLite, so
-- that any reader of DuckLake opens a company's facts. Column types are the specification's.

CREATE TABLE ducklake_column (
  column_id BIGINT, begin_snapshot BIGINT, end_snapshot BIGINT, table_id BIGINT, column_order BIGINT,
  column_name VARCHAR, column_type VARCHAR, initial_default VARCHAR, default_value VARCHAR,
  nulls_allowed BIGINT, parent_column BIGINT, default_value_type VARCHAR, default_value_dialect VARCHAR
);
CREATE TABLE ducklake_column_mapping (
  mapping_id BIGINT, table_id BIGINT, "type" VARCHAR
);
CREATE TABLE ducklake_column_tag (
  table_id BIGINT, column_id BIGINT, begin_snapshot BIGINT, end_snapshot BIGINT, "key" VARCHAR, "value" VARCHAR
);
CREATE TABLE ducklake_data_file (
  data_file_id BIGINT PRIMARY KEY, table_id BIGINT, begin_snapshot BIGINT, end_snapshot BIGINT,
  file_order BIGINT, path VARCHAR, path_is_relative BIGINT, file_format VARCHAR, record_count BIGINT,
  file_size_bytes BIGINT, footer_size BIGINT, row_id_start BIGINT, partition_id BIGINT, encryption_key VARCHAR,
  mapping_id BIGINT, partial_max BIGINT
);
CREATE TABLE ducklake_delete_file (
  delete_file_id BIGINT PRIMARY KEY, table_id BIGINT, begin_snapshot BIGINT, end_snapshot BIGINT,
  data_file_id BIGINT, path VARCHAR, path_is_relative BIGINT, format VARCHAR, delete_count BIGINT,
  file_size_bytes BIGINT, footer_size BIGINT, encryption_key VARCHAR, partial_max BIGINT
);
CREATE TABLE ducklake_file_column_stats (
  data_file_id BIGINT, table_id BIGINT, column_id BIGINT, column_size_bytes BIGINT, value_count BIGINT,
  null_count BIGINT, min_value VARCHAR, max_value VARCHAR, contains_nan BIGINT, extra_stats VARCHAR
);
CREATE TABLE ducklake_file_partition_value (
  data_file_id BIGINT, table_id BIGINT, partition_key_index BIGINT, partition_value VARCHAR
);
CREATE TABLE ducklake_file_variant_stats (
  data_file_id BIGINT, table_id BIGINT, column_id BIGINT, variant_path VARCHAR, shredded_type VARCHAR,
  column_size_bytes BIGINT, value_count BIGINT, null_count BIGINT, min_value VARCHAR, max_value VARCHAR,
  contains_nan BIGINT, extra_stats VARCHAR
);
CREATE TABLE ducklake_files_scheduled_for_deletion (
  data_file_id BIGINT, path VARCHAR, path_is_relative BIGINT, schedule_start VARCHAR
);
CREATE TABLE ducklake_inlined_data_tables (
  table_id BIGINT, table_name VARCHAR, schema_version BIGINT
);
CREATE TABLE ducklake_macro (
  schema_id BIGINT, macro_id BIGINT, macro_name VARCHAR, begin_snapshot BIGINT, end_snapshot BIGINT
);
CREATE TABLE ducklake_macro_impl (
  macro_id BIGINT, impl_id BIGINT, dialect VARCHAR, "sql" VARCHAR, "type" VARCHAR
);
CREATE TABLE ducklake_macro_parameters (
  macro_id BIGINT, impl_id BIGINT, column_id BIGINT, parameter_name VARCHAR, parameter_type VARCHAR,
  default_value VARCHAR, default_value_type VARCHAR
);
CREATE TABLE ducklake_metadata (
  "key" VARCHAR NOT NULL, "value" VARCHAR NOT NULL, "scope" VARCHAR, scope_id BIGINT
);
CREATE TABLE ducklake_name_mapping (
  mapping_id BIGINT, column_id BIGINT, source_name VARCHAR, target_field_id BIGINT, parent_column BIGINT,
  is_partition BIGINT
);
CREATE TABLE ducklake_partition_column (
  partition_id BIGINT, table_id BIGINT, partition_key_index BIGINT, column_id BIGINT, "transform" VARCHAR
);
CREATE TABLE ducklake_partition_info (
  partition_id BIGINT, table_id BIGINT, begin_snapshot BIGINT, end_snapshot BIGINT
);
CREATE TABLE ducklake_schema (
  schema_id BIGINT PRIMARY KEY, schema_uuid VARCHAR, begin_snapshot BIGINT, end_snapshot BIGINT,
  schema_name VARCHAR, path VARCHAR, path_is_relative BIGINT
);
CREATE TABLE ducklake_schema_versions (
  begin_snapshot BIGINT, schema_version BIGINT, table_id BIGINT
);
CREATE TABLE ducklake_snapshot (
  snapshot_id BIGINT PRIMARY KEY, snapshot_time VARCHAR, schema_version BIGINT, next_catalog_id BIGINT,
  next_file_id BIGINT
);
CREATE TABLE ducklake_snapshot_changes (
  snapshot_id BIGINT PRIMARY KEY, changes_made VARCHAR, author VARCHAR, commit_message VARCHAR,
  commit_extra_info VARCHAR
);
CREATE TABLE ducklake_sort_expression (
  sort_id BIGINT, table_id BIGINT, sort_key_index BIGINT, expression VARCHAR, dialect VARCHAR,
  sort_direction VARCHAR, null_order VARCHAR
);
CREATE TABLE ducklake_sort_info (
  sort_id BIGINT, table_id BIGINT, begin_snapshot BIGINT, end_snapshot BIGINT
);
CREATE TABLE ducklake_table (
  table_id BIGINT, table_uuid VARCHAR, begin_snapshot BIGINT, end_snapshot BIGINT, schema_id BIGINT,
  table_name VARCHAR, path VARCHAR, path_is_relative BIGINT
);
CREATE TABLE ducklake_table_column_stats (
  table_id BIGINT, column_id BIGINT, contains_null BIGINT, contains_nan BIGINT, min_value VARCHAR,
  max_value VARCHAR, extra_stats VARCHAR
);
CREATE TABLE ducklake_table_stats (
  table_id BIGINT, record_count BIGINT, next_row_id BIGINT, file_size_bytes BIGINT
);
CREATE TABLE ducklake_tag (
  object_id BIGINT, begin_snapshot BIGINT, end_snapshot BIGINT, "key" VARCHAR, "value" VARCHAR
);
CREATE TABLE ducklake_view (
  view_id BIGINT, view_uuid VARCHAR, begin_snapshot BIGINT, end_snapshot BIGINT, schema_id BIGINT,
  view_name VARCHAR, dialect VARCHAR, "sql" VARCHAR, column_aliases VARCHAR
);

CREATE INDEX ducklake_data_file_table ON ducklake_data_file(table_id, end_snapshot);
CREATE INDEX ducklake_column_table ON ducklake_column(table_id, end_snapshot);
CREATE INDEX ducklake_file_column_stats_file ON ducklake_file_column_stats(data_file_id);

INSERT INTO ducklake_metadata VALUES ('version', '1.0', NULL, NULL), ('created_by', 'Lotse', NULL, NULL),
  ('data_path', 'lake/', NULL, NULL), ('encrypted', 'false', NULL, NULL);
INSERT INTO ducklake_schema VALUES (0, '8f6f2c1e-6d0b-4c58-9a54-3b1f0f4f7c10', 0, NULL, 'main', '', 1);
INSERT INTO ducklake_snapshot VALUES (0, strftime('%Y-%m-%d %H:%M:%f', 'now') || '+00', 0, 1, 0);
INSERT INTO ducklake_snapshot_changes VALUES (0, 'created_schema:"main"', NULL, NULL, NULL);

-- Names of columns to field ids, over all tables: a name keeps its id for ever, so that files of undone loads stay
-- readable. Below 10 are the columns that Lotse adds to each row.
CREATE TABLE lotse_field (
  field_id INTEGER PRIMARY KEY AUTOINCREMENT,
  name     TEXT NOT NULL UNIQUE COLLATE NOCASE
);
INSERT INTO lotse_field VALUES (1, '_load'), (2, '_row'), (3, '_hash'), (4, '_case_key'), (5, '_activity_no'), (9, '_');

-- One fact table: which table of the catalogue it is.
CREATE TABLE lotse_dataset (
  table_id         INTEGER PRIMARY KEY, -- of ducklake_table
  name             TEXT NOT NULL,       -- events, cases, orders, tickets or a free table
  process          TEXT NOT NULL,       -- '' for tables without process
  path             TEXT NOT NULL,       -- folder below lake/, with slash
  derived          INTEGER NOT NULL,    -- 1: computed by Lotse, has no loads
  created_snapshot INTEGER NOT NULL,
  dropped_snapshot INTEGER
);
CREATE UNIQUE INDEX lotse_dataset_name ON lotse_dataset(name, process) WHERE dropped_snapshot IS NULL;

-- One Parquet file that belongs to the lake, visible or not. Files on disk that are not here are remains of a crash.
CREATE TABLE lotse_file (
  file_id    INTEGER PRIMARY KEY AUTOINCREMENT,
  table_id   INTEGER NOT NULL,
  path       TEXT NOT NULL UNIQUE, -- below lake/
  rows       INTEGER NOT NULL,
  bytes      INTEGER NOT NULL,
  footer     INTEGER NOT NULL,
  first_time INTEGER,              -- of the column that makes the time of the table, microseconds since 1970 UTC
  last_time  INTEGER,
  untimed    INTEGER NOT NULL,     -- rows without a time
  columns    TEXT NOT NULL,        -- JSON list of field, type and statistics of each column
  created_at TEXT NOT NULL
);

-- One load: its immutable file of origin and what it does to the loads before it.
CREATE TABLE lotse_load_file (
  load_id         INTEGER PRIMARY KEY,
  table_id        INTEGER NOT NULL,
  position        INTEGER NOT NULL,  -- order of the loads of a table
  overlap         TEXT NOT NULL,
  time_column     TEXT NOT NULL,     -- '' when the load has none
  window_from     INTEGER,           -- of overlap replace: first instant of its first day and of the day after its last
  window_to       INTEGER,
  replaces        INTEGER NOT NULL,  -- load that it replaces as a whole, 0 for none
  file_id         INTEGER REFERENCES lotse_file(file_id), -- NULL when it was undone and its file has expired
  columns         TEXT NOT NULL,     -- JSON list of the columns as loaded
  snapshot        INTEGER NOT NULL,
  undone_snapshot INTEGER,
  loaded_at       TEXT NOT NULL
);
CREATE INDEX lotse_load_file_table ON lotse_load_file(table_id, position);

-- How the rows of each active load are visible now: in which file (several loads share one after compaction), and by
-- which plan that file was made. Load 0 is the content of a derived table.
CREATE TABLE lotse_visible (
  table_id     INTEGER NOT NULL,
  load_id      INTEGER NOT NULL,
  file_id      INTEGER,             -- NULL when nothing of the load is visible
  data_file_id INTEGER,             -- of ducklake_data_file
  plan         TEXT NOT NULL,
  rows         INTEGER NOT NULL,
  PRIMARY KEY (table_id, load_id)
);

-- +goose Down
DROP TABLE ducklake_column;
DROP TABLE ducklake_column_mapping;
DROP TABLE ducklake_column_tag;
DROP TABLE ducklake_data_file;
DROP TABLE ducklake_delete_file;
DROP TABLE ducklake_file_column_stats;
DROP TABLE ducklake_file_partition_value;
DROP TABLE ducklake_file_variant_stats;
DROP TABLE ducklake_files_scheduled_for_deletion;
DROP TABLE ducklake_inlined_data_tables;
DROP TABLE ducklake_macro;
DROP TABLE ducklake_macro_impl;
DROP TABLE ducklake_macro_parameters;
DROP TABLE ducklake_metadata;
DROP TABLE ducklake_name_mapping;
DROP TABLE ducklake_partition_column;
DROP TABLE ducklake_partition_info;
DROP TABLE ducklake_schema;
DROP TABLE ducklake_schema_versions;
DROP TABLE ducklake_snapshot;
DROP TABLE ducklake_snapshot_changes;
DROP TABLE ducklake_sort_expression;
DROP TABLE ducklake_sort_info;
DROP TABLE ducklake_table;
DROP TABLE ducklake_table_column_stats;
DROP TABLE ducklake_table_stats;
DROP TABLE ducklake_tag;
DROP TABLE ducklake_view;
DROP TABLE lotse_visible;
DROP TABLE lotse_load_file;
DROP TABLE lotse_file;
DROP TABLE lotse_dataset;
DROP TABLE lotse_field;
