-- The record: what endures. Events are added and never changed; the triggers refuse the rest.
-- matter 0 is the docket itself. docs/ledger-format.md tells the form of body and hash.
CREATE TABLE event (
    n      INTEGER PRIMARY KEY,   -- 1, 2, 3 … without a gap
    matter INTEGER NOT NULL,
    seq    INTEGER NOT NULL,      -- 1, 2, 3 … within the matter
    key    TEXT,                  -- makes a repeated act harmless
    body   TEXT NOT NULL,         -- canonical JSON, one line
    hash   BLOB NOT NULL          -- of the previous hash and this body
) STRICT;
CREATE UNIQUE INDEX event_of_matter ON event (matter, seq);
CREATE UNIQUE INDEX event_by_key ON event (key) WHERE key IS NOT NULL;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
-- An event comes after the last one, or not at all: REPLACE would remove without a word.
CREATE TRIGGER event_comes_last BEFORE INSERT ON event
WHEN NEW.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM event)
  OR NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE matter = NEW.matter)
  OR EXISTS (SELECT 1 FROM event WHERE key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
