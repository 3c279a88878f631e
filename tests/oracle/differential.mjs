// Holds the program against the oracle: generates case scripts, lets the program replay them all,
// compares every position field by field, and shrinks what differs to a small script. Prints TAP.
//     SHENCHA=path node differential.mjs [--seed N] [--count N] [--show N]

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { generateFaulty } from './faults.mjs';
import { generate, Random } from './generate.mjs';
import { Fault, position } from './oracle.mjs';
import { shrink } from './shrink.mjs';
import { add, count, dayOf, isProvisional, textOf } from './workdays.mjs';

const program = process.env.SHENCHA
    ?? fileURLToPath(new URL('../../build/shencha', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'shencha-oracle-'));
const BATCH = 500;
let number = 0;
let failures = 0;

function option(name, preset) {
    const place = process.argv.indexOf(`--${name}`);
    return place < 0 ? preset : Number(process.argv[place + 1]);
}

function report(holds, name, ...remarks) {
    number += 1;
    failures += holds ? 0 : 1;
    console.log(`${holds ? 'ok' : 'not ok'} ${number} - ${name}`);
    for (const remark of holds ? [] : remarks) {
        console.log(String(remark).replace(/^/gm, '#   '));
    }
}

function run(...words) {
    const done = spawnSync(program, words, { encoding: 'utf8', maxBuffer: 1 << 28 });
    return { status: done.status ?? done.signal, out: done.stdout, err: done.stderr };
}

// Every other script is written as people write YAML, where the package `yaml` is installed.
const yaml = await import('yaml').catch(() => null);

function write({ script, stem }, place = 0) {
    const path = join(folder, `${stem}.yaml`);
    writeFileSync(path, yaml !== null && place % 2 === 1
        ? yaml.stringify(script, { version: '1.2' }) : JSON.stringify(script));
    return path;
}

function sortedNext(next) {
    return (next ?? [])
        .map((one) => JSON.stringify([one.act, one.clause, [...(one.by ?? [])].sort()]))
        .sort();
}

const CLOCK_FIELDS = ['clock', 'of', 'started', 'allowed', 'used', 'due', 'stopped', 'state',
    'provisional', 'clause'];

function clockOf(clock) {
    const told = Object.fromEntries(CLOCK_FIELDS.map((name) => [name, clock[name]]));
    told.assumed = clock.assumed === true;
    return told;
}

/** The differences between two positions, as lines; none where they agree. */
export function compare(found, expected) {
    const lines = [];
    const tell = (name, one, other) => {
        if (!isDeepStrictEqual(one, other)) {
            lines.push(`${name}: program ${JSON.stringify(one)}, oracle ${JSON.stringify(other)}`);
        }
    };
    for (const name of ['case', 'edition', 'on', 'stage', 'outcome', 'assumed']) {
        tell(name, found[name], expected[name]);
    }
    const refusal = (one) => ({ n: one.n, act: one.act, clause: one.clause });
    tell('refused', found.refused?.map(refusal), expected.refused.map(refusal));
    const clocks = found.clocks?.map(clockOf) ?? [];
    const others = expected.clocks.map(clockOf);
    tell('number of clocks', clocks.length, others.length);
    for (let place = 0; place < Math.min(clocks.length, others.length); place += 1) {
        for (const name of [...CLOCK_FIELDS, 'assumed']) {
            tell(`clocks[${place}].${name}`, clocks[place][name], others[place][name]);
        }
    }
    const next = sortedNext(found.next);
    const otherNext = sortedNext(expected.next);
    tell('next only in program', next.filter((one) => !otherNext.includes(one)), []);
    tell('next only in oracle', otherNext.filter((one) => !next.includes(one)), []);
    return lines;
}

function parseLines(text) {
    return text.split('\n').filter((line) => line !== '').map((line) => {
        try {
            return JSON.parse(line);
        } catch {
            return { unreadable: line };
        }
    });
}

function differencesOf(script, stem = 'shrunk') {
    const expected = position(script, { stem });
    const done = run('replay', '--json', write({ script, stem }));
    const [found] = parseLines(done.out);
    if (found === undefined || done.status !== 0) {
        return [`program: exit ${done.status} ${done.err.trim()}`];
    }
    return compare(found, expected);
}

// The kind of a difference, so that shrinking does not wander off to another one.
function kindOf(line) {
    return line.split(':')[0].replace(/\d+/g, '');
}

function explain(made, lines) {
    const kind = kindOf(lines[0]);
    const small = shrink(made.script, (script) => {
        try {
            return differencesOf(script).some((line) => kindOf(line) === kind);
        } catch (fault) {
            if (fault instanceof Fault) {
                return false;
            }
            throw fault;
        }
    });
    return [...differencesOf(small), JSON.stringify(small, null, 1)
        .replace(/\n {3,}/g, ' ').replace(/\n {2}([\]}])/g, ' $1')];
}

function differ(seed, total, show) {
    const failed = [];
    for (let first = 0; first < total; first += BATCH) {
        const batch = [];
        for (let place = first; place < Math.min(total, first + BATCH); place += 1) {
            batch.push(generate(seed, place));
        }
        const done = run('replay', '--json', ...batch.map(write));
        const found = parseLines(done.out);
        report(done.status === 0, `replay of ${batch.length} scripts exits 0`,
            `exit ${done.status}`, done.err.slice(0, 600));
        report(found.length === batch.length, 'one line for each script',
            `${found.length} lines`);
        if (found.length !== batch.length) {
            batch.forEach((made) => {
                const lines = differencesOf(made.script, made.stem);
                if (lines.length > 0) {
                    failed.push({ made, lines });
                }
            });
            continue;
        }
        batch.forEach((made, place) => {
            const lines = compare(found[place], position(made.script, { stem: made.stem }));
            if (lines.length > 0) {
                failed.push({ made, lines });
            }
        });
    }
    tellKinds(failed, show, total, seed);
}

function tellKinds(failed, show, total, seed) {
    report(failed.length === 0, `${total} scripts of seed ${seed}: program and oracle agree`,
        `${failed.length} scripts differ`);
    const kinds = new Map();
    for (const one of failed) {
        const kind = kindOf(one.lines[0]);
        kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
    }
    for (const [kind, list] of kinds) {
        for (const { made, lines } of list.slice(0, show)) {
            report(false, `${made.stem}: ${kind} (${list.length} such)`, ...explain(made, lines));
        }
    }
}

function faults(seed, total) {
    const wrong = [];
    const mixed = [];
    for (let place = 0; place < total; place += 1) {
        const made = generateFaulty(seed, place);
        let isFault = false;
        try {
            position(made.script, { stem: made.stem });
        } catch (fault) {
            isFault = fault instanceof Fault;
        }
        const path = write(made);
        mixed.push(path);
        const done = run('replay', '--json', path);
        if (!isFault || done.status !== 2 || done.out !== '' || done.err.trim() === '') {
            wrong.push(`kind ${place}: fault ${isFault}, exit ${done.status}, prints `
                + `${done.out.length} bytes\n${JSON.stringify(made.script).slice(0, 400)}`);
        }
    }
    report(wrong.length === 0, `${total} faulty files: exit 2, nothing printed`,
        ...wrong.slice(0, 8));
    const good = generate(seed, total);
    const done = run('replay', '--json', mixed[0], write(good), mixed[1]);
    const told = parseLines(done.out);
    report(done.status === 2 && told.length === 1
        && compare(told[0], position(good.script, { stem: good.stem })).length === 0,
    'a good file among faulty ones is told all the same', `exit ${done.status}`, done.out);
}

/** --on for all files at once, whatever day the scripts name. */
function overrides(seed, total) {
    const wrong = [];
    for (const on of ['2019-06-15', '2021-01-04', '2023-01-03', '2026-11-23', '2027-02-09']) {
        const batch = [];
        for (let place = 0; place < total; place += 1) {
            batch.push(generate(seed, place));
        }
        const told = parseLines(run('replay', '--json', '--on', on, ...batch.map(write)).out);
        batch.forEach(({ script, stem }, place) => {
            const lines = compare(told[place] ?? {}, position(script, { stem, on }));
            if (lines.length > 0) {
                wrong.push(`${stem} --on ${on}: ${lines[0]}`);
            }
        });
    }
    report(wrong.length === 0, `${total} scripts on five other days`, ...wrong.slice(0, 8));
}

// Facts, section 6: two notices were changed in mid-year.
function changedNotices() {
    const vectors = [
        ['2019-04-25', 5, '2019-03-01', '2019-05-03'],
        ['2019-04-25', 5, '2019-04-01', '2019-05-05'],
        ['2019-04-22', 10, '2019-03-01', '2019-05-07'],
        ['2020-01-17', 10, '2020-01-20', '2020-02-05'],
        ['2020-01-17', 10, '2020-02-01', '2020-02-07'],
    ];
    const wrong = [];
    for (const [from, n, known, due] of vectors) {
        const done = run('calendar', 'add', from, String(n), '--known-on', known);
        if (done.out !== `${due}\n`) {
            wrong.push(`add ${from} ${n} known on ${known}: ${done.out.trim()}, not ${due}`);
        }
    }
    report(wrong.length === 0, 'the two changed notices, before and after', ...wrong);
}

function calendar(seed, total) {
    const random = new Random(seed, 1 << 20);
    const wrong = [];
    for (let place = 0; place < total; place += 1) {
        const from = dayOf('2016-06-01') + random.below(4300);
        const n = 1 + random.below(random.chance(30) ? 300 : 60);
        const due = add(from, n);
        const line = textOf(due) + (isProvisional(due) ? ' provisional' : '');
        const added = run('calendar', 'add', textOf(from), String(n));
        if (added.status !== 0 || added.out !== `${line}\n`) {
            wrong.push(`add ${textOf(from)} ${n}: ${added.out.trim()}, oracle ${line}`);
        }
        const to = from + random.below(400);
        const counted = run('calendar', 'count', textOf(from), textOf(to));
        if (counted.status !== 0 || counted.out.trim().split(/\s/)[0] !== `${count(from, to)}`) {
            wrong.push(`count ${textOf(from)} ${textOf(to)}: ${counted.out.trim()}, `
                + `oracle ${count(from, to)}`);
        }
    }
    report(wrong.length === 0, `${total} sums of the calendar, ${total} counts`,
        ...wrong.slice(0, 8));
}

if (!existsSync(program)) {
    console.log(`Bail out! no program at ${program}: build it or set SHENCHA`);
    process.exit(2);
}
const seed = option('seed', 1);
try {
    differ(seed, option('count', 2000), option('show', 2));
    faults(seed, 104);
    overrides(seed, 100);
    calendar(seed, 60);
    changedNotices();
} finally {
    rmSync(folder, { recursive: true, force: true });
}
console.log(`1..${number}`);
process.exitCode = failures > 0 ? 1 : 0;
