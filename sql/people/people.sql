-- What is asked of people.db, by name.

-- name: change
SELECT n FROM change;

-- name: org_insert
INSERT INTO org (id, party, credit_code, name_zh, name_en, closed) VALUES ($1, $2, $3, $4, $5, $6);
-- name: org_update
UPDATE org SET party = $1, credit_code = $2, name_zh = $3, name_en = $4, closed = $5 WHERE id = $6;
-- name: orgs
SELECT id, party, credit_code, name_zh, name_en, closed FROM org ORDER BY closed, party, id;
-- name: org
SELECT id, party, credit_code, name_zh, name_en, closed FROM org WHERE id = $1;

-- name: person_insert
INSERT INTO person (login, mark, name, org, may, suspended, password, secret, onetime, last_step)
VALUES ($1, $2, $3, $4, $5, 0, '', x'', 0, 0);
-- name: people
SELECT * FROM person_told WHERE $1 = '' OR org = $1 ORDER BY suspended, login;
-- name: person
SELECT * FROM person_told WHERE id = $1;
-- name: person_by_login
SELECT * FROM person_told WHERE login = $1;
-- name: person_suspend
UPDATE person SET suspended = $1 WHERE id = $2;
-- name: person_may
UPDATE person SET may = $1 WHERE id = $2;
-- name: person_deputy
UPDATE person SET deputy = $1, deputy_from = $2, deputy_until = $3 WHERE id = $4;
-- name: person_password
UPDATE person SET password = $1 WHERE id = $2;
-- name: password_of
SELECT password FROM person WHERE id = $1;
-- name: stands_in_for
SELECT id, may FROM person
WHERE deputy = $1 AND deputy_from <= $2 AND deputy_until >= $2 AND NOT suspended ORDER BY id;

-- name: secret
SELECT secret, last_step FROM person WHERE id = $1;
-- name: secret_set
UPDATE person SET secret = $1, onetime = 0, last_step = 0 WHERE id = $2;
-- name: onetime_prove
UPDATE person SET onetime = 1, last_step = $1 WHERE id = $2;
-- name: onetime_used
UPDATE person SET last_step = $1 WHERE id = $2;

-- name: invitation_put
INSERT OR REPLACE INTO invitation (hash, person, until) VALUES ($1, $2, $3);
-- name: invitation
SELECT person FROM invitation WHERE hash = $1 AND until > $2;
-- name: invitation_end
DELETE FROM invitation WHERE person = $1;
-- name: invitations_old
DELETE FROM invitation WHERE until <= $1;

-- name: sign_in
SELECT person.id, password, suspended OR closed, onetime, secret, last_step
FROM person JOIN org ON org.id = person.org WHERE login = $1;
-- name: wrong
SELECT count, locked_until FROM wrong WHERE mark = $1;
-- name: wrong_put
INSERT OR REPLACE INTO wrong (mark, count, locked_until, last) VALUES ($1, $2, $3, $4);
-- name: wrong_end
DELETE FROM wrong WHERE mark = $1;
-- name: wrong_trim
DELETE FROM wrong WHERE mark IN (SELECT mark FROM wrong ORDER BY last DESC LIMIT -1 OFFSET $1)
                    AND mark NOT IN (SELECT mark FROM person);

-- name: session_insert
INSERT INTO session (hash, id, person, since, seen) VALUES ($1, $2, $3, $4, $4);
-- name: session
SELECT session.id, since, seen, person.id, login, person.name, person.org, may, onetime,
       deputy, deputy_from, deputy_until, party, credit_code, name_zh, name_en
FROM session JOIN person ON person.id = session.person JOIN org ON org.id = person.org
WHERE hash = $1 AND NOT suspended AND NOT closed;
-- name: session_seen
UPDATE session SET seen = $1 WHERE hash = $2 AND seen < $1;
-- name: sessions
SELECT id, person, since, seen FROM session
WHERE person = $1 AND since > $2 AND seen > $3 ORDER BY seen DESC, id;
-- name: session_end
DELETE FROM session WHERE person = $1 AND ($2 = '' OR id = $2);
-- name: sessions_of_org
DELETE FROM session WHERE person IN (SELECT id FROM person WHERE org = $1);
-- name: sessions_old
DELETE FROM session WHERE since <= $1 OR seen <= $2;
