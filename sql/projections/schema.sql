-- What is folded from the record: dropped and folded anew whenever its version changes.
CREATE TABLE projection (
    name  TEXT PRIMARY KEY,       -- version, calendar
    value TEXT NOT NULL
) STRICT;
CREATE TABLE matter (
    id          INTEGER PRIMARY KEY,   -- event.matter
    name        TEXT NOT NULL UNIQUE,
    title       TEXT NOT NULL,         -- what it is about: a fact of the purchase, else the name
    edition     TEXT NOT NULL,
    stage       TEXT NOT NULL,
    outcome     TEXT NOT NULL,         -- empty while there is none
    final       INTEGER NOT NULL,      -- 1: the stage is an end
    opened      INTEGER NOT NULL,      -- days since 1970-01-01
    last        INTEGER NOT NULL,      -- day of the last act
    ended       INTEGER,               -- day on which the end was reached; null while open
    seq         INTEGER NOT NULL,      -- events so far
    due         INTEGER,               -- earliest due day of an open clock; null: none
    clock       TEXT NOT NULL,         -- which clock that is; empty: none
    held        INTEGER NOT NULL,      -- 1: a clock is held
    provisional INTEGER NOT NULL,      -- 1: that due day is provisional
    clocks      BLOB NOT NULL          -- open clocks, packed (app/docket.h)
) STRICT;
CREATE INDEX matter_by_due ON matter (due, id) WHERE due IS NOT NULL;
CREATE INDEX matter_by_opened ON matter (opened);
CREATE INDEX matter_by_ended ON matter (ended, opened) WHERE ended IS NOT NULL;
-- Who has a part in a matter, and what waits for whom: the rows from which lists are made. Who has
-- no row may not know that the matter is there (core/parts.h).
CREATE TABLE part (
    hat     TEXT NOT NULL,             -- office, member/mof, operator:ORGANISATION
    matter  INTEGER NOT NULL,
    awaited TEXT NOT NULL,             -- act that waits for it; empty: nothing does
    blocked INTEGER NOT NULL,          -- 1: others must answer first
    due     INTEGER NOT NULL,          -- earliest due day that it may see; 2147483646: none;
                                       -- 2147483647: none, for the matter has ended
    since   INTEGER NOT NULL,          -- day of the act from which it knows
    PRIMARY KEY (hat, matter)
) STRICT, WITHOUT ROWID;
CREATE INDEX part_by_due ON part (hat, due, matter, awaited);
