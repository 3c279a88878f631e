-- Lists: what each hat may know of, and what waits for it. One statement each, always with the same
-- parameters: $1 hat, $2 awaited only, $3 open only, $4 stage, $5 edition, $6 text, $7 and $8 first
-- and last due day, $9 and $10 the row after which to go on, $11 the limit. A due day of 2147483646
-- is none, 2147483647 of a matter that has ended: who asks for open ones alone gives a last day.
-- Statements on `all` are for those who see every matter.

-- name: part_put
INSERT INTO part (hat, matter, awaited, blocked, due, since) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (hat, matter) DO UPDATE SET awaited = $3, blocked = $4, due = $5, since = $6;
-- name: part_same
SELECT 1 FROM part
WHERE hat = $1 AND matter = $2 AND awaited = $3 AND blocked = $4 AND due = $5 AND since = $6;
-- name: matter_ended
SELECT final FROM matter WHERE id = $1;
-- name: parts_length
SELECT count(*) FROM part;

-- name: list_by_due
SELECT m.id, m.name, m.title, m.edition, m.stage, m.final,
       p.hat, p.awaited, p.blocked, p.due, p.since
FROM part AS p CROSS JOIN matter AS m ON m.id = p.matter
WHERE p.hat = $1 AND (NOT $2 OR p.awaited <> '') AND (NOT $3 OR NOT m.final)
  AND ($4 = '' OR m.stage = $4) AND ($5 = '' OR m.edition = $5)
  AND ($6 = '' OR instr(lower(m.name || ' ' || m.title), lower($6)) > 0)
  AND p.due BETWEEN $7 AND $8
  AND (p.due, p.matter) > ($9, $10)
ORDER BY p.due, p.matter LIMIT $11;
-- name: list_newest
SELECT m.id, m.name, m.title, m.edition, m.stage, m.final,
       p.hat, p.awaited, p.blocked, p.due, p.since
FROM part AS p CROSS JOIN matter AS m ON m.id = p.matter
WHERE p.hat = $1 AND (NOT $2 OR p.awaited <> '') AND (NOT $3 OR NOT m.final)
  AND ($4 = '' OR m.stage = $4) AND ($5 = '' OR m.edition = $5)
  AND ($6 = '' OR instr(lower(m.name || ' ' || m.title), lower($6)) > 0)
  AND p.due BETWEEN $7 AND $8
  AND $9 IS NOT NULL AND p.matter < $10
ORDER BY p.matter DESC LIMIT $11;
-- name: list_count
SELECT count(*) FROM (
SELECT 1 FROM part AS p CROSS JOIN matter AS m ON m.id = p.matter
WHERE p.hat = $1 AND (NOT $2 OR p.awaited <> '') AND (NOT $3 OR NOT m.final)
  AND ($4 = '' OR m.stage = $4) AND ($5 = '' OR m.edition = $5)
  AND ($6 = '' OR instr(lower(m.name || ' ' || m.title), lower($6)) > 0)
  AND p.due BETWEEN $7 AND $8
  AND $9 IS NOT NULL AND $10 IS NOT NULL LIMIT $11);
-- name: list_by_day
SELECT p.due, count(*)
FROM part AS p CROSS JOIN matter AS m ON m.id = p.matter
WHERE p.hat = $1 AND (NOT $2 OR p.awaited <> '') AND (NOT $3 OR NOT m.final)
  AND ($4 = '' OR m.stage = $4) AND ($5 = '' OR m.edition = $5)
  AND ($6 = '' OR instr(lower(m.name || ' ' || m.title), lower($6)) > 0)
  AND p.due BETWEEN $7 AND $8
  AND $9 IS NOT NULL AND $10 IS NOT NULL
GROUP BY p.due ORDER BY p.due LIMIT $11;
-- name: list_by_stage
SELECT m.edition, m.stage, count(*)
FROM part AS p CROSS JOIN matter AS m ON m.id = p.matter
WHERE p.hat = $1 AND (NOT $2 OR p.awaited <> '') AND (NOT $3 OR NOT m.final)
  AND ($4 = '' OR m.stage = $4) AND ($5 = '' OR m.edition = $5)
  AND ($6 = '' OR instr(lower(m.name || ' ' || m.title), lower($6)) > 0)
  AND p.due BETWEEN $7 AND $8
  AND $9 IS NOT NULL AND $10 IS NOT NULL
GROUP BY m.edition, m.stage ORDER BY m.edition, m.stage LIMIT $11;

-- Where nothing of the matter itself is asked, the index of parts says it all.
-- name: part_count
SELECT count(*) FROM (
SELECT 1 FROM part AS p
WHERE p.hat = $1 AND (NOT $2 OR p.awaited <> '') AND $3 IS NOT NULL AND $4 = '' AND $5 = ''
  AND $6 = '' AND p.due BETWEEN $7 AND $8 AND $9 IS NOT NULL AND $10 IS NOT NULL LIMIT $11);
-- name: part_by_day
SELECT p.due, count(*) FROM part AS p
WHERE p.hat = $1 AND (NOT $2 OR p.awaited <> '') AND $3 IS NOT NULL AND $4 = '' AND $5 = ''
  AND $6 = '' AND p.due BETWEEN $7 AND $8 AND $9 IS NOT NULL AND $10 IS NOT NULL
GROUP BY p.due ORDER BY p.due LIMIT $11;

-- name: all_by_due
SELECT m.id, m.name, m.title, m.edition, m.stage, m.final,
       $1, '', 0, coalesce(m.due, 2147483646 + m.final), m.opened
FROM matter AS m
WHERE m.id > 0 AND NOT $2 AND (NOT $3 OR NOT m.final)
  AND ($4 = '' OR m.stage = $4) AND ($5 = '' OR m.edition = $5)
  AND ($6 = '' OR instr(lower(m.name || ' ' || m.title), lower($6)) > 0)
  AND coalesce(m.due, 2147483646 + m.final) BETWEEN $7 AND $8
  AND (coalesce(m.due, 2147483646 + m.final), m.id) > ($9, $10)
ORDER BY coalesce(m.due, 2147483646 + m.final), m.id LIMIT $11;
-- name: all_newest
SELECT m.id, m.name, m.title, m.edition, m.stage, m.final,
       $1, '', 0, coalesce(m.due, 2147483646 + m.final), m.opened
FROM matter AS m
WHERE m.id > 0 AND NOT $2 AND (NOT $3 OR NOT m.final)
  AND ($4 = '' OR m.stage = $4) AND ($5 = '' OR m.edition = $5)
  AND ($6 = '' OR instr(lower(m.name || ' ' || m.title), lower($6)) > 0)
  AND coalesce(m.due, 2147483646 + m.final) BETWEEN $7 AND $8
  AND $9 IS NOT NULL AND m.id < $10
ORDER BY m.id DESC LIMIT $11;
-- name: all_count
SELECT count(*) FROM (
SELECT 1 FROM matter AS m
WHERE $1 <> '' AND NOT $2 AND (NOT $3 OR NOT m.final)
  AND ($4 = '' OR m.stage = $4) AND ($5 = '' OR m.edition = $5)
  AND ($6 = '' OR instr(lower(m.name || ' ' || m.title), lower($6)) > 0)
  AND coalesce(m.due, 2147483646 + m.final) BETWEEN $7 AND $8
  AND $9 IS NOT NULL AND $10 IS NOT NULL LIMIT $11);
-- name: all_by_day
SELECT m.due, count(*) FROM matter AS m
WHERE $1 <> '' AND NOT $2 AND (NOT $3 OR NOT m.final)
  AND ($4 = '' OR m.stage = $4) AND ($5 = '' OR m.edition = $5)
  AND ($6 = '' OR instr(lower(m.name || ' ' || m.title), lower($6)) > 0)
  AND coalesce(m.due, 2147483646 + m.final) BETWEEN $7 AND $8
  AND $9 IS NOT NULL AND $10 IS NOT NULL AND m.due IS NOT NULL
GROUP BY m.due ORDER BY m.due LIMIT $11;
-- name: all_by_stage
SELECT m.edition, m.stage, count(*) FROM matter AS m
WHERE $1 <> '' AND NOT $2 AND (NOT $3 OR NOT m.final)
  AND ($4 = '' OR m.stage = $4) AND ($5 = '' OR m.edition = $5)
  AND ($6 = '' OR instr(lower(m.name || ' ' || m.title), lower($6)) > 0)
  AND coalesce(m.due, 2147483646 + m.final) BETWEEN $7 AND $8
  AND $9 IS NOT NULL AND $10 IS NOT NULL
GROUP BY m.edition, m.stage ORDER BY m.edition, m.stage LIMIT $11;

-- Day 0 was a Thursday: Monday of a day is (day + 3) / 7 * 7 - 3.
-- name: weeks
SELECT monday, sum(opened), sum(ended), sum(lasted) FROM (
    SELECT (opened + 3) / 7 * 7 - 3 AS monday, 1 AS opened, 0 AS ended, 0 AS lasted
    FROM matter WHERE opened BETWEEN $1 AND $2
    UNION ALL
    SELECT (ended + 3) / 7 * 7 - 3, 0, 1, ended - opened
    FROM matter WHERE ended BETWEEN $1 AND $2)
GROUP BY monday ORDER BY monday;
