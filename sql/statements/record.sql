-- Statements of the record, by name. One statement each; tools/statements.c makes an enum of them.

-- name: begin
BEGIN IMMEDIATE;
-- name: begin_read
BEGIN;
-- name: commit
COMMIT;
-- name: rollback
ROLLBACK;
-- name: event_append
INSERT INTO event (n, matter, seq, key, body, hash) VALUES ($1, $2, $3, $4, $5, $6);
-- name: event_last
SELECT n, hash FROM event ORDER BY n DESC LIMIT 1;
-- name: event_count
SELECT count(*), coalesce(max(n), 0) FROM event;
-- name: events_all
SELECT n, matter, seq, key, body, hash FROM event WHERE n > $1 ORDER BY n;
-- name: events_of_matter
SELECT n, matter, seq, key, body, hash FROM event WHERE matter = $1 AND seq > $2 ORDER BY seq;
-- name: event_by_key
SELECT n, matter, seq, key, body, hash FROM event WHERE key = $1;
-- name: matter_last_id
SELECT coalesce(max(matter), 0) FROM event;
-- name: stream_length
SELECT coalesce(max(seq), 0) FROM event WHERE matter = $1;
-- name: projection_tables
SELECT count(*) FROM sqlite_schema
WHERE type = 'table' AND name IN ('projection', 'matter', 'part');
-- name: projection_get
SELECT value FROM projection WHERE name = $1;
-- name: projection_set
INSERT INTO projection (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2;
-- name: matter_insert
INSERT INTO matter (id, name, title, edition, stage, outcome, final, ended, opened,
                    last, seq, due, clock, held, provisional, clocks)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);
-- name: matter_update
UPDATE matter SET stage = $1, outcome = $2, final = $3, ended = $4, last = $5, seq = $6,
                  due = $7, clock = $8, held = $9, provisional = $10, clocks = $11
WHERE id = $12;
-- name: matter_by_name
SELECT id, name, edition, stage, outcome, final, opened,
       last, seq, due, clock, held, provisional, clocks, title, ended
FROM matter WHERE name = $1;
-- name: matters_by_due
SELECT id, name, edition, stage, outcome, final, opened,
       last, seq, due, clock, held, provisional, clocks, title, ended
FROM matter
WHERE ($1 = '' OR stage = $1) AND ($2 = '' OR edition = $2) AND (NOT $3 OR NOT final)
  AND (NOT $4 OR held) AND ($5 IS NULL OR due < $5)
ORDER BY due IS NULL, due, id LIMIT $6;
-- name: matters_all
SELECT id, name, edition, stage, outcome, final, opened,
       last, seq, due, clock, held, provisional, clocks, title, ended
FROM matter ORDER BY id;
-- name: matters_count
SELECT count(*) FROM matter;
-- name: data_version
PRAGMA data_version;
