// kit.mjs: what the parts of the store suite share: TAP, the program as a process, folders that go
// away, hashes, a small repeatable chance.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const program = process.env.SHENCHA;
export const root = process.env.SHENCHA_ROOT ?? process.cwd();
export const build = join(root, process.env.BUILD ?? 'build-asan');
export const scratch = mkdtempSync(join(tmpdir(), 'store-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const tests = [];
let folders = 0;

export const test = (name, run) => tests.push({ name, run });
export const skip = (name, why) => tests.push({ name, why });

export const folder = () => join(scratch, `docket-${++folders}`);
export const file = (name, text) => {
    const path = join(scratch, name);
    writeFileSync(path, text);
    return path;
};

export function must(holds, what) {
    if (!holds) {
        throw new Error(typeof what === 'string' ? what : JSON.stringify(what, null, 1));
    }
}
export function same(found, wanted, what = '') {
    const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
    must(a === b, `${what} found ${a?.slice(0, 2000)}\nwanted ${b?.slice(0, 2000)}`);
}

/** Runs the program to its end. */
export function shencha(args, { input, env, through = [] } = {}) {
    const [command, ...rest] = [...through, program, ...args];
    const done = spawnSync(command, rest, {
        input, encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 1 << 30,
    });
    return { status: done.status, signal: done.signal, out: done.stdout, err: done.stderr };
}
/** The same, while others run. `keep` gets the child: to kill it. */
export function started(args, keep = () => {}) {
    return new Promise((resolve) => {
        const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
        let out = '', err = '';
        keep(child);
        child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
        child.stderr.setEncoding('utf8').on('data', (text) => { err += text; });
        child.on('close', (status, signal) => resolve({ status, signal, out, err }));
    });
}
/** Runs to its end and wants this exit status. */
export function does(wanted, args, options) {
    const done = shencha(args, options);
    must(done.status === wanted && !/Sanitizer|runtime error/.test(done.err),
         `${args.join(' ').slice(0, 300)}\nexit ${done.status} ${done.signal ?? ''}, wanted ` +
         `${wanted}\n${done.out.slice(0, 1500)}\n${done.err.slice(0, 1500)}`);
    return done;
}
export const says = (done, ...parts) => {
    for (const part of parts) {
        must(done.err.includes(part) || done.out.includes(part),
             `not said: ${part}\nsaid: ${done.err}${done.out}`);
    }
};

export const materials = ['declaration', 'analysis_report', 'procurement_document'];
export const declared = JSON.stringify({ materials });
export const act = (docket, matter, what, by, on, more = []) =>
    ['act', matter, what, '--by', by, '--on', on, '--docket', docket, ...more];
export const declare = (docket, matter, on = '2026-03-02', more = []) =>
    act(docket, matter, 'declare', 'operator', on, ['--with', declared, ...more]);

/** A new docket; with a matter in the stage where assessments may be made any number of times. */
export function fresh(more = []) {
    const docket = folder();
    does(0, ['init', '--docket', docket, ...more]);
    return docket;
}
export function opened(docket, matter) {
    does(0, declare(docket, matter));
    does(0, act(docket, matter, 'accept_materials', 'center', '2026-03-03'));
    does(0, act(docket, matter, 'decide_need', 'office', '2026-03-04',
                ['--with', '{"need":true}']));
}

export function whole(docket, more = []) {
    return JSON.parse(does(0, ['verify', '--json', '--docket', docket, ...more]).out);
}
/** Every event of a docket, read from its export. */
export function events(docket) {
    const lines = does(0, ['export', '-', '--docket', docket]).out.split('\n').slice(1, -2);
    return lines.map((line) => {
        const [n, matter, seq, key, hash, body] = line.split('\t');
        return { n: +n, matter: +matter, seq: +seq, key, hash, text: body, body: JSON.parse(body) };
    });
}
/** Sequences of all matters without a gap, numbers too. */
export function unbroken(all) {
    const last = new Map();
    all.forEach((event, i) => {
        same(event.n, i + 1, 'number');
        same(event.seq, (last.get(event.matter) ?? 0) + 1, `sequence of event ${event.n}`);
        last.set(event.matter, event.seq);
    });
    return last;
}

export const hashed = (before, body, kind = 'sm3') =>
    createHash(kind).update(Buffer.from(before, 'hex')).update(body).digest('hex');
export const zero = '0'.repeat(64);

/** Runs SQL on a database file: `tests/store/sql.c`. Rows as lists of texts. */
export function sql(path, text, wanted = 0) {
    const done = spawnSync(join(build, 'tests', 'sql'), [path], {
        input: text, encoding: 'utf8', maxBuffer: 1 << 30 });
    must(done.status === wanted, `sql: ${done.status} ${done.stderr}\n${text.slice(0, 500)}`);
    return wanted ? done.stderr
                  : done.stdout.split('\n').slice(0, -1).map((line) => line.split('\t'));
}
export const bytes = (path) => readFileSync(path);

/** A chance that is the same in every run. */
export function chance(seed) {
    let state = seed >>> 0;
    return (below) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
    };
}
export const wait = (milliseconds) =>
    new Promise((resolve) => { setTimeout(resolve, milliseconds); });
/** Does jobs two at a time: there are two cores. */
export async function pool(jobs, many = 2) {
    const results = [];
    let next = 0;
    const worker = async () => {
        while (next < jobs.length) {
            const at = next++;
            results[at] = await jobs[at]();
        }
    };
    await Promise.all(Array.from({ length: many }, worker));
    return results;
}

/** Runs what was declared with test(), in order, as TAP. */
export async function run() {
    console.log(`1..${tests.length}`);
    for (const [i, { name, run: body, why }] of tests.entries()) {
        if (why) {
            console.log(`ok ${i + 1} - ${name} # SKIP ${why}`);
            continue;
        }
        try {
            await body();
            console.log(`ok ${i + 1} - ${name}`);
        } catch (error) {
            process.exitCode = 1;
            console.log(`not ok ${i + 1} - ${name}`);
            console.log(String(error.stack).replace(/^/gm, '# '));
        }
    }
}
