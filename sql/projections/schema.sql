-- What is folded from the record: dropped and folded anew whenever its version changes.
CREATE TABLE projection (
    name  TEXT PRIMARY KEY,       -- version, calendar
    value TEXT NOT NULL
) STRICT;
CREATE TABLE matter (
    id          INTEGER PRIMARY KEY,   -- event.matter
    name        TEXT NOT NULL UNIQUE,
    edition     TEXT NOT NULL,
    stage       TEXT NOT NULL,
    outcome     TEXT NOT NULL,         -- empty while there is none
    final       INTEGER NOT NULL,      -- 1: the stage is an end
    opened      INTEGER NOT NULL,      -- days since 1970-01-01
    last        INTEGER NOT NULL,      -- day of the last act
    seq         INTEGER NOT NULL,      -- events so far
    due         INTEGER,               -- earliest due day of an open clock; null: none
    clock       TEXT NOT NULL,         -- which clock that is; empty: none
    held        INTEGER NOT NULL,      -- 1: a clock is held
    provisional INTEGER NOT NULL,      -- 1: that due day is provisional
    clocks      BLOB NOT NULL          -- open clocks, packed (app/docket.h)
) STRICT;
CREATE INDEX matter_by_due ON matter (due, id) WHERE due IS NOT NULL;
