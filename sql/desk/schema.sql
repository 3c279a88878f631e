-- DIR/desk.db: what lies on desks and is not yet law. Format 1.
CREATE TABLE draft (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    state INTEGER NOT NULL,              -- DraftState
    hat TEXT NOT NULL,
    org TEXT NOT NULL,
    person INTEGER NOT NULL,
    drafter INTEGER NOT NULL,
    matter TEXT NOT NULL,
    edition TEXT NOT NULL,
    act TEXT NOT NULL,
    typed TEXT NOT NULL,                 -- JSON: ["name","value","name","value"]
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    key TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX draft_whose ON draft (hat, org, state);

CREATE TABLE paper (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- of "d17" and of the file DIR/papers/d17
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    hash BLOB NOT NULL,
    matter TEXT NOT NULL,
    draft INTEGER NOT NULL,
    act TEXT NOT NULL,
    hat TEXT NOT NULL,
    org TEXT NOT NULL,
    person INTEGER NOT NULL,
    at INTEGER NOT NULL,
    filed INTEGER NOT NULL
) STRICT;
CREATE INDEX paper_matter ON paper (matter, id) WHERE matter <> '';
CREATE INDEX paper_draft ON paper (draft, id) WHERE draft <> 0;

CREATE TABLE number (                    -- the last one given in a year
    year INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;
