-- Statements of desks and papers, by name.

-- name: draft_insert
INSERT INTO draft (state, hat, org, person, drafter, matter, edition, act, typed, version, at, key)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11);
-- name: draft_update
UPDATE draft SET state = $1, drafter = $2, matter = $3, typed = $4, at = $5, version = version + 1
WHERE id = $6 AND version = $7;
-- name: draft_by_id
SELECT id, state, hat, org, person, drafter, matter, edition, act, typed, version, at, key
FROM draft WHERE id = $1;
-- name: drafts_of
SELECT id, state, hat, org, person, drafter, matter, edition, act, typed, version, at, key
FROM draft
WHERE hat = $1 AND org = $2 AND state <= 1 AND ($3 = '' OR matter = $3)
ORDER BY at DESC, id DESC LIMIT 500;
-- name: number_next
INSERT INTO number (year, last) VALUES ($1, 1)
ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last;
-- name: paper_insert
INSERT INTO paper (kind, name, size, hash, matter, draft, act, hat, org, person, at, filed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);
-- name: paper_by_id
SELECT id, kind, name, size, hash, matter, draft, act, hat, org, person, at, filed
FROM paper WHERE id = $1;
-- name: papers_of_matter
SELECT id, kind, name, size, hash, matter, draft, act, hat, org, person, at, filed
FROM paper WHERE matter = $1 AND matter <> '' ORDER BY id;
-- name: papers_of_draft
SELECT id, kind, name, size, hash, matter, draft, act, hat, org, person, at, filed
FROM paper WHERE draft = $1 AND draft <> 0 ORDER BY id;
-- name: papers_file
UPDATE paper SET matter = $1, act = $2, filed = 1, draft = 0 WHERE draft = $3 AND draft <> 0;
-- name: paper_delete
DELETE FROM paper WHERE id = $1 AND filed = 0;
