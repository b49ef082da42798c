-- +goose Up
-- By which rules of its kind the keys, links and words of each register were written.
CREATE TABLE record_shape (kind TEXT PRIMARY KEY, shape TEXT NOT NULL);

-- +goose Down
DROP TABLE record_shape;
