-- Organisations, people, sessions: people.db. Knows no matter. Of passwords only Argon2id hashes,
-- of the secrets of sessions and invitations only SHA-256 hashes. Times are milliseconds since
-- 1970, days are days since 1970-01-01.
CREATE TABLE org (
    id          TEXT PRIMARY KEY,
    party       TEXT NOT NULL,      -- office, member/mof, operator …
    credit_code TEXT NOT NULL,      -- '' none
    name_zh     TEXT NOT NULL,
    name_en     TEXT NOT NULL,
    closed      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX org_by_code ON org (credit_code, party) WHERE credit_code <> '';

CREATE TABLE person (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used twice: the record names it
    login        TEXT NOT NULL UNIQUE,
    mark         BLOB NOT NULL,     -- SHA-256 of the login: its row in wrong
    name         TEXT NOT NULL,
    org          TEXT NOT NULL REFERENCES org (id),
    may          INTEGER NOT NULL,  -- mask: 1 act, 2 sign, 4 manage
    suspended    INTEGER NOT NULL,
    password     TEXT NOT NULL,     -- PHC string; '' none yet
    secret       BLOB NOT NULL,     -- of one-time codes; empty: none
    onetime      INTEGER NOT NULL,  -- a code has proved the secret: it counts
    last_step    INTEGER NOT NULL,  -- a code counts once
    deputy       INTEGER REFERENCES person (id),
    deputy_from  INTEGER,
    deputy_until INTEGER
) STRICT;
CREATE INDEX person_of_org ON person (org, login);
CREATE INDEX person_by_deputy ON person (deputy) WHERE deputy IS NOT NULL;

-- Wrong passwords in a row, of known and of unknown names alike.
CREATE TABLE wrong (
    mark         BLOB PRIMARY KEY,
    count        INTEGER NOT NULL,
    locked_until INTEGER NOT NULL,
    last         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX wrong_by_last ON wrong (last);

CREATE TABLE invitation (
    hash   BLOB PRIMARY KEY,
    person INTEGER NOT NULL UNIQUE REFERENCES person (id),
    until  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    hash   BLOB PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE,
    person INTEGER NOT NULL REFERENCES person (id),
    since  INTEGER NOT NULL,
    seen   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_of_person ON session (person);

CREATE VIEW person_told AS
SELECT person.id, login, name, org, may, suspended, onetime, password = '' AS invited,
       coalesce(locked_until, 0) AS locked_until, deputy, deputy_from, deputy_until
FROM person LEFT JOIN wrong ON wrong.mark = person.mark;

-- Counts changes, but for times of use and wrong passwords.
CREATE TABLE change (n INTEGER NOT NULL) STRICT;
INSERT INTO change VALUES (1);
CREATE TRIGGER org_made AFTER INSERT ON org BEGIN UPDATE change SET n = n + 1; END;
CREATE TRIGGER org_changed AFTER UPDATE ON org BEGIN UPDATE change SET n = n + 1; END;
CREATE TRIGGER person_made AFTER INSERT ON person BEGIN UPDATE change SET n = n + 1; END;
CREATE TRIGGER person_changed
AFTER UPDATE OF name, org, may, suspended, password, onetime, deputy, deputy_from, deputy_until
ON person BEGIN UPDATE change SET n = n + 1; END;
CREATE TRIGGER session_made AFTER INSERT ON session BEGIN UPDATE change SET n = n + 1; END;
CREATE TRIGGER session_ended AFTER DELETE ON session BEGIN UPDATE change SET n = n + 1; END;
