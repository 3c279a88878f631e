// flips.mjs: bits that turned, and hands that wrote into the file: verify ends with 1 or 3, names
// the first broken event where it is one, and never falls over; a bit that verify does not mind is
// one that changes nothing of what the docket says.
import { closeSync, cpSync, mkdirSync, openSync, readSync, writeFileSync, writeSync }
    from 'node:fs';
import { join } from 'node:path';
import {
    act, bytes, chance, declare, does, events, folder, fresh, hashed, must, opened, pool, run, same,
    says, shencha, sql, started, test, whole, zero,
} from './kit.mjs';

const database = (docket) => join(docket, 'docket.db');
const MATTERS = 5;

/** A docket with events, keys, holds, due days, in one file. */
function model() {
    const docket = fresh();
    for (let i = 0; i < MATTERS; i++) {
        opened(docket, `of-${i}`);
        does(0, act(docket, `of-${i}`, i % 2 ? 'request_materials' : 'assess', 'office',
                    '2026-03-05',
                    ['--with', i % 2 ? `{"id":"r${i}"}` : '{}', '--key', `key-${i}`]));
        for (let j = 0; j < 3; j++) {
            does(0, act(docket, `of-${i}`, 'assess', 'office', '2026-03-06',
                        ['--with', JSON.stringify({ finding: `finding ${j} of ${i}` })]));
        }
    }
    return docket;
}
const docket = model();
const original = bytes(database(docket));
const said = (dir) => ['docket', 'export'].map((verb) =>
    shencha(verb === 'docket' ? ['docket', '--all', '--json', '--docket', dir, '--on', '2026-04-01']
                              : ['export', '-', '--docket', dir]).out).join('\n');
const all_said = said(docket);
const all_events = events(docket);

/** Writes a file with one bit turned and verifies it. */
async function turned(dir, at, bit) {
    const copy = Buffer.from(original);
    copy[at] ^= 1 << bit;
    mkdirSync(dir, { recursive: true });
    writeFileSync(database(dir), copy);
    const done = await started(['verify', '--docket', dir]);
    const what = `bit ${bit} of byte ${at}: exit ${done.status} ${done.signal}\n` +
        `${done.out}${done.err}`;
    must(!/Sanitizer|runtime error|Assert/.test(done.err) && [0, 1, 3].includes(done.status), what);
    if (done.status === 0) {
        same(said(dir), all_said, what);
    }
    return done;
}

test('400 turned bits all over the file: found, or without meaning', async () => {
    const random = chance(7), dirs = [folder(), folder()];
    let found = 0;
    await Promise.all(dirs.map(async (dir) => {
        for (let i = 0; i < 200; i++) {
            found += (await turned(dir, random(original.length), random(8))).status !== 0;
        }
    }));
    must(found > 40, `only ${found} of 400 were found`);
});

test('every bit that is turned in the file\'s head is found, or without meaning', async () => {
    const dirs = [folder(), folder()];
    await Promise.all(dirs.map(async (dir, half) => {
        for (let at = half; at < 108; at += 2) {
            await turned(dir, at, at % 8);
        }
    }));
});

/** Where the bytes of an event's body stand in the file. */
const place_of = (event) => original.indexOf(event.text);

test('a turned bit in a body is told with the number of its event', async () => {
    const random = chance(9), dirs = [folder(), folder()];
    const jobs = all_events.filter((event) => place_of(event) > 0).slice(1);
    must(jobs.length > 30, `only ${jobs.length} bodies lie in one piece`);
    await Promise.all(dirs.map(async (dir, half) => {
        for (let i = half; i < jobs.length; i += 2) {
            const event = jobs[i];
            const done = await turned(dir, place_of(event) + random(event.text.length), random(7));
            same(done.status, 1, event.text);
            says(done, `Broken at event ${event.n}`, 'hash');
        }
    }));
});

test('a turned bit in a hash is told with the number of its event', async () => {
    const dirs = [folder(), folder()];
    await Promise.all(dirs.map(async (dir, half) => {
        for (let i = half; i < all_events.length; i += 2) {
            const at = original.indexOf(Buffer.from(all_events[i].hash, 'hex'));
            must(at > 0, 'the hash was not found');
            const done = await turned(dir, at + (i % 32), i % 8);
            same(done.status, 1);
            says(done, `Broken at event ${all_events[i].n}`, 'hash');
        }
    }));
});

// ---- by hand ----

const unguarded = `DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_removed;
DROP TRIGGER event_comes_last;`;
const guarded = `CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER event_comes_last BEFORE INSERT ON event
WHEN NEW.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM event)
  OR NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE matter = NEW.matter)
  OR EXISTS (SELECT 1 FROM event WHERE key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;`;
/** A copy of the docket on which SQL was run, the guards lifted for it. */
function by_hand(text) {
    const copy = folder();
    cpSync(docket, copy, { recursive: true });
    sql(database(copy), `${unguarded}\n${text}\n${guarded}`);
    return copy;
}
const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
/** SQL that puts new bodies in the place of old ones and makes the hashes right from there on. */
function rewritten(bodies) {
    let before = zero;
    return all_events.map((event) => {
        const text = bodies.get(event.n) ?? event.text;
        before = hashed(before, text);
        return before === event.hash ? ''
            : `UPDATE event SET body = ${quoted(text)}, hash = x'${before}' WHERE n = ${event.n};`;
    }).join('\n');
}
const broken = (copy, ...parts) => says(does(1, ['verify', '--docket', copy]), ...parts);
const nth = (matter, seq) =>
    all_events.find((event) => event.body.matter === matter && event.seq === seq);

test('the guards refuse a change and a removal; without them verify says so', () => {
    for (const text of ['UPDATE event SET seq = 9 WHERE n = 3;', 'DELETE FROM event WHERE n = 3;',
                        'DELETE FROM event;', "UPDATE event SET body = '';",
                        'REPLACE INTO event SELECT * FROM event WHERE n = 3;',
                        'INSERT OR REPLACE INTO event SELECT * FROM event WHERE n = 3;',
                        `REPLACE INTO event SELECT max(n) + 1, 1, 1, NULL, '', x'' FROM event;`,
                        `REPLACE INTO event SELECT max(n) + 1, 9, 1, 'key-1', '', x'' FROM event;`,
                        `INSERT INTO event SELECT max(n) + 2, 9, 1, NULL, '', x'' FROM event;`]) {
        const copy = folder();
        cpSync(docket, copy, { recursive: true });
        says({ err: sql(database(copy), text, 1), out: '' }, 'append-only');
        same(whole(copy).events, all_events.length);
    }
    const copy = folder();
    cpSync(docket, copy, { recursive: true });
    sql(database(copy), unguarded);
    broken(copy, 'triggers');
});

test('an event that was rewritten in place', () => {
    const event = nth('of-2', 5);
    const copy = by_hand(`UPDATE event SET body = replace(body, 'finding 0', 'finding 9')
                          WHERE n = ${event.n};`);
    broken(copy, `Broken at event ${event.n}`, 'of-2', 'hash');
});

test('an event that was rewritten with its own hash breaks at the one after it', () => {
    const event = nth('of-2', 5);
    const text = event.text.replace('finding 0', 'finding 9');
    const before = all_events[event.n - 2].hash;
    const copy = by_hand(`UPDATE event SET body = ${quoted(text)}, hash = x'${hashed(before, text)}'
                          WHERE n = ${event.n};`);
    broken(copy, `Broken at event ${event.n + 1}`, 'hash');
});

test('an event that was rewritten with all hashes after it: only a noted head tells', () => {
    const event = nth('of-2', 5), head = all_events.at(-1).hash;
    const copy = by_hand(rewritten(new Map([[event.n,
                                             event.text.replace('finding 0', 'finding 9')]])));
    const verified = whole(copy);
    must(verified.head !== head, 'the head must differ');
    whole(docket, ['--noted', head]);
    whole(docket, ['--noted', all_events[7].hash]);
    says(does(1, ['verify', '--docket', copy, '--noted', head]), 'noted earlier');
});

test('events that were cut off at the end: only a noted head tells', () => {
    const event = nth('of-4', 7);
    same(event.n, all_events.length);
    const copy = by_hand(`DELETE FROM event WHERE n = ${event.n};`);
    broken(copy, 'of-4', 'rebuild');      // the row of its matter is one act ahead
    does(0, ['rebuild', '--docket', copy]);
    same(whole(copy).events, all_events.length - 1);
    says(does(1, ['verify', '--docket', copy, '--noted', event.hash]), 'cut off');
});

test('an event that was taken out in the middle', () => {
    const event = nth('of-1', 6);
    broken(by_hand(`DELETE FROM event WHERE n = ${event.n};`),
           `Broken at event ${event.n + 1}`, 'missing');
});

test('two events that changed their places', () => {
    const [a, b] = [nth('of-1', 6), nth('of-1', 7)];
    broken(by_hand(`UPDATE event SET seq = 100 WHERE n = ${a.n};
                    UPDATE event SET seq = 6 WHERE n = ${b.n};
                    UPDATE event SET seq = 7 WHERE n = ${a.n};`), `Broken at event ${a.n}`);
});

test('an event that was given to another matter, or another key', () => {
    const [a, b] = [nth('of-3', 7), nth('of-4', 7)];
    broken(by_hand(`UPDATE event SET matter = 0 - matter WHERE n IN (${a.n}, ${b.n});
                    UPDATE event SET matter = ${b.matter} WHERE n = ${a.n};
                    UPDATE event SET matter = ${a.matter} WHERE n = ${b.n};`),
           `Broken at event ${a.n}`);
    const keyed = nth('of-3', 4);
    broken(by_hand(`UPDATE event SET key = 'other' WHERE n = ${keyed.n};`),
           `Broken at event ${keyed.n}`);
    broken(by_hand(`UPDATE event SET key = NULL WHERE n = ${keyed.n};`),
           `Broken at event ${keyed.n}`);
    broken(by_hand(`UPDATE event SET key = 'new' WHERE n = ${a.n};`), `Broken at event ${a.n}`);
});

test('bodies that hash rightly but are no events of ours', () => {
    const event = nth('of-1', 6);
    const bodies = [
        ['{}', 'canonical'],
        ['not json', 'canonical'],
        [event.text.replace(':', ': '), 'canonical'],
        [event.text.replace('"assess"', '"dance"'), 'canonical'],
        [event.text.replace('"office"', '"nobody"'), 'canonical'],
        [event.text.replace('2026-03-06', '2026-02-30'), 'canonical'],
        [event.text.replace('2026-03-06', '2026-01-01'), 'law of its matter'],
        [event.text.replace('"assess"', '"approve"'), 'law of its matter'],
        [event.text.replace('"seq":6', '"seq":7'), 'sequence'],
        [event.text.replace('of-1', 'of-9'), 'matter'],
    ];
    for (const [text, why] of bodies) {
        must(text !== event.text, 'nothing was replaced');
        const made = by_hand(rewritten(new Map([[event.n, text]])));
        const done = shencha(['verify', '--docket', made]);
        same(done.status, 1, text + done.out + done.err);
        says(done, `Broken at event ${event.n}`);
        void why;
    }
});

test('stream 0 that hashes rightly but is no beginning of ours', () => {
    const [first, law] = all_events;
    for (const [event, from, to] of [
        [first, '"opened"', '"closed"'], [first, '"format":1', '"format":2'],
        [first, '"sm3"', '"md5"'], [law, '"edition"', '"Edition"'],
        [law, '"bodies":"', '"bodies":"# '],
        [law, '"law"', '"low"'], [law, 'act', 'Act'],
    ]) {
        const text = event.text.replace(from, to);
        must(text !== event.text, `nothing was replaced: ${from}`);
        const copy = by_hand(rewritten(new Map([[event.n, text]])));
        const done = shencha(['verify', '--docket', copy]);
        must(done.status === 1 || done.status === 3, `${from}: ${done.status} ${done.out}`);
        const shown = shencha(['show', 'of-1', '--docket', copy]);
        must(!/Sanitizer|runtime error/.test(shown.err), shown.err);
    }
});

test('rows that were changed, removed or made up; rebuild makes them right', () => {
    const before = said(docket);
    for (const text of [
        "UPDATE matter SET stage = 'concluded' WHERE id = 3;", 'UPDATE matter SET due = due + 1;',
        "UPDATE matter SET name = 'other' WHERE id = 2;", "UPDATE matter SET clocks = x'00';",
        `UPDATE matter SET clocks = x'${'ff'.repeat(16)}' WHERE id = 1;`,
        'DELETE FROM matter WHERE id = 4;', 'DELETE FROM matter;',
        `INSERT INTO matter SELECT 99, 'made up', title, edition, stage, outcome, final, opened,
         last, ended, seq, due, clock, held, provisional, clocks FROM matter WHERE id = 1;`,
        "UPDATE matter SET title = 'something else' WHERE id = 3;",
        'UPDATE matter SET ended = opened WHERE id = 1;',
        "UPDATE part SET awaited = 'conclude' WHERE hat = 'center';",
        "UPDATE part SET hat = 'operator:somebody' WHERE hat = 'center' AND matter = 1;",
        "INSERT INTO part VALUES ('operator:somebody', 1, '', 0, 2147483646, 20000);",
        "DELETE FROM part WHERE hat = 'office' AND matter = 2;", 'DROP TABLE part;',
        'DROP TABLE matter;', 'DROP TABLE projection;', 'DROP TABLE matter; DROP TABLE projection;',
        "UPDATE projection SET value = '0' WHERE name = 'version';",
        "UPDATE projection SET value = 'x' WHERE name = 'version';",
    ]) {
        const copy = folder();
        cpSync(docket, copy, { recursive: true });
        sql(database(copy), text);
        says(does(1, ['verify', '--docket', copy]), 'rebuild');
        does(0, ['rebuild', '--docket', copy]);
        whole(copy);
        same(said(copy), before, text);
    }
});

test('columns of another kind', () => {
    const event = nth('of-1', 6);
    // STRICT tables refuse it: the file itself is changed, a text becomes bytes of the same length.
    const copy = folder();
    mkdirSync(copy);
    const file = Buffer.from(original), at = place_of(event);
    let header = -1;
    for (let back = 1; back < 40 && header < 0; back++) {
        const size = 13 + 2 * event.text.length;
        const high = 0x80 | (size >> 7), low = size & 0x7f;
        if (file[at - back] === high && file[at - back + 1] === low) {
            header = at - back + 1;
        }
    }
    must(header > 0, 'the kind of the column was not found');
    file[header] ^= 1;
    writeFileSync(database(copy), file);
    broken(copy, `Broken at event ${event.n}`, 'column');
});

test('indices that tell another story than their table', async () => {
    const roots = new Map(sql(database(docket),
        "SELECT name, rootpage FROM sqlite_schema WHERE type = 'index';"));
    const random = chance(11), jobs = [];
    for (const [name, page] of roots) {
        const start = (page - 1) * 4096;
        const cells = original.readUInt16BE(start + 3);
        for (let i = 0; i < 8 && cells; i++) {   // its cells stand at the end of the page
            const at = start + 4095 - random(20);
            jobs.push(async () => {
                const done = await turned(folder(), at, random(8));
                must(done.status !== 0, `${name}: bit of byte ${at} was not found`);
            });
        }
    }
    await pool(jobs);
});

test('what is damaged tells how far it is whole', () => {
    const copy = folder();
    cpSync(docket, copy, { recursive: true });
    const at = place_of(all_events.at(-1));
    const page = Math.floor(at / 4096) * 4096;
    const file = openSync(database(copy), 'r+'), head = Buffer.alloc(1);
    readSync(file, head, 0, 1, page);
    writeSync(file, Buffer.from([0x77]), 0, 1, page);   // no kind of page
    closeSync(file);
    const done = shencha(['verify', '--docket', copy]);
    same(done.status, 3, done.out + done.err);
    says(done, 'is damaged', 'could be read and their hashes are right');
});

test('nothing is written to a docket whose stream 0 is broken', () => {
    const copy = by_hand(`UPDATE event SET body = '{' WHERE n = 2;`);
    says(does(3, declare(copy, 'new')), 'broken at event 2');
    same(sql(database(copy), 'SELECT count(*) FROM event;'), [[`${all_events.length}`]]);
});

await run();
