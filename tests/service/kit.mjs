// kit.mjs: what the parts share: cases, a docket of many matters, the service as a process,
// requests by hand and as a client makes them.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const program = process.env.SHENCHA;
export const scratch = mkdtempSync(path.join(tmpdir(), 'shencha-service-'));
export const password = 'eleven and one words';
export const matters = 80;
const tests = [], running = new Set();
let dockets = 0;

export const test = (name, run) => tests.push({ name, run });
export const wait = (milliseconds) =>
    new Promise((done) => { setTimeout(done, milliseconds); });

export function must(holds, said = '') {
    if (!holds) {
        throw new Error(typeof said === 'string' ? said : JSON.stringify(said, null, 1));
    }
}
export function same(found, wanted, what = '') {
    const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
    must(a === b, `${what} found ${a?.slice(0, 3000)}\nwanted ${b?.slice(0, 3000)}`);
}
export function has(text, ...parts) {
    for (const part of parts) {
        must(text.includes(part), `not there: ${part}\nin: ${text.slice(0, 3000)}`);
    }
}

/* ---- a docket ---- */

export function shencha(docket, words, input) {
    const done = spawnSync(program, [...words, '--docket', docket, '--lang', 'en'],
        { encoding: 'utf8', input, maxBuffer: 1 << 28 });
    must(!/Sanitizer|runtime error/.test(done.stderr), done.stderr);
    return { status: done.status, out: done.stdout, err: done.stderr };
}
export function does(docket, words, input) {
    const done = shencha(docket, words, input);
    must(done.status === 0, `${words.join(' ')}: exit ${done.status} ${done.err}`);
    return done.out;
}
export const name = (i) => `matter-${String(i).padStart(3, '0')}`;

function matter(i) {
    return `edition: "2022"
title: {zh: "测试案件", en: "A matter for tests"}
case: ${name(i)}
purchase: {title: "servers ${i}", operator_id: 91000000MADEM0A157, product: "servers",
    category: core_network, sector: telecoms, value: 1000, currency: CNY, signed: false}
on: 2026-03-05
acts:
  - {on: 2026-03-02, by: operator, act: declare,
     with: {materials: [declaration, analysis_report, procurement_document]}}
  - {on: 2026-03-03, by: center, act: accept_materials}
  - {on: 2026-03-04, by: office, act: decide_need, with: {need: true}}
`;
}

const organisations = [
    ['admin', 'admin', [], { admin: 'manage' }],
    ['office', 'office', [], { office: 'act', 'office-2': 'act', signer: 'act,sign' }],
    ['center', 'center', [], { center: 'act' }],
    ['mof', 'member/mof', [], { mof: 'act' }],
    ['91000000MADEM0A157', 'operator', ['--code', '91000000MADEM0A157'], { operator: 'act' }],
    ['91000000MADEM0B2X8', 'operator', ['--code', '91000000MADEM0B2X8'], { platform: 'act' }],
];

/** The docket that every part copies: matters that may be assessed any number of times, people. */
let first;
export function makeFirst() {
    first = path.join(scratch, 'first');
    does(first, ['init']);
    const files = path.join(scratch, 'cases');
    mkdirSync(files);
    const paths = [];
    for (let i = 0; i < matters; i += 1) {
        paths.push(path.join(files, `${i}.yaml`));
        writeFileSync(paths[i], matter(i));
    }
    does(first, ['import', ...paths]);
    for (const [org, party, more, people] of organisations) {
        does(first, ['people', 'org', 'add', org, '--party', party, ...more,
            '--name-en', `Organisation ${org}`, '--name-zh', '单位']);
        for (const [login, may] of Object.entries(people)) {
            does(first, ['people', 'invite', login, '--name', `${login}, by function`, '--org', org,
                '--may', may]);
            does(first, ['people', 'password', login], `${password}\n`);
        }
    }
}
export function fresh(folder = path.join(scratch, `docket-${dockets += 1}`)) {
    cpSync(first, folder, { recursive: true });
    return folder;
}
/** All events of a docket, as its export has them. */
export function events(docket) {
    return does(docket, ['export', '-']).split('\n').slice(1, -2).map((line) => {
        const cells = line.split('\t');
        return { n: +cells[0], seq: +cells[2], key: cells[3], body: JSON.parse(cells[5]) };
    });
}
export function whole(docket) {
    return JSON.parse(does(docket, ['verify', '--json']));
}

/* ---- the service ---- */

/** Starts it; `through` are words before the program. Rejects with what it said when it ends. */
export function serve(docket, { words = [], through = [], env = {} } = {}) {
    const line = [...through, program, 'serve', '--docket', docket, '--port', '0', '--lang', 'en',
        ...(words.includes('--log') ? [] : ['--log', '-']), ...words];
    return new Promise((done, failed) => {
        const child = spawn(line[0], line.slice(1),
            { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
        const service = { child, said: '', err: '', docket };
        running.add(child);
        service.ended = new Promise((ended) => {
            child.on('close', (status, signal) => {
                running.delete(child);
                ended({ status, signal, err: service.err });
                failed(Object.assign(new Error(service.err), { status }));
            });
        });
        service.stop = async (signal = 'SIGTERM') => {
            child.kill(signal);
            const end = await service.ended;
            must(!/Sanitizer|runtime error/.test(end.err), end.err);
            return end;
        };
        child.stderr.on('data', (bytes) => { service.err += bytes; });
        child.stdout.on('data', (bytes) => {
            service.said += bytes;
            const found = /(https?):\/\/(\S+?):(\d+) /.exec(service.said);
            if (found) {
                service.port = +found[3];
                service.origin = `${found[1]}://127.0.0.1:${found[3]}`;
                done(service);
            }
        });
    });
}

/* ---- requests ---- */

/** Sends bytes and gathers what comes until the other side closes, or nothing came for a while.
 *  `bytes` may be a list: parts are sent one after another. */
export function raw(service, bytes, { quiet = 4000 } = {}) {
    return new Promise((done) => {
        const socket = net.connect(service.port, '127.0.0.1');
        let text = '', timer;
        const finish = (closed) => {
            clearTimeout(timer);
            socket.destroy();
            done({ text, closed });
        };
        const again = () => {
            clearTimeout(timer);
            timer = setTimeout(() => finish(false), quiet);
        };
        socket.setNoDelay(true);
        socket.on('data', (more) => { text += more.toString('latin1'); again(); });
        socket.on('end', () => finish(true));
        socket.on('close', () => finish(true));
        socket.on('error', () => finish(true));
        socket.on('connect', async () => {
            again();
            for (const part of [].concat(bytes)) {
                socket.write(Buffer.from(part, 'latin1'));
                await wait(Array.isArray(bytes) ? 5 : 0);
            }
        });
    });
}

/** One request as a client makes it. `form` (an object) or `body` makes it a POST. */
export function ask(service, where, { cookie, form, body, method, headers = {}, agent,
    localAddress } = {}) {
    const sent = form ? new URLSearchParams(form).toString() : body;
    return new Promise((done, failed) => {
        const request = http.request(service.origin + where, {
            agent: agent ?? false, localAddress,
            method: method ?? (sent === undefined ? 'GET' : 'POST'),
            headers: {
                'Accept-Language': 'en', ...(cookie ? { Cookie: cookie } : {}),
                ...(sent === undefined ? {} : {
                    'Content-Type': 'application/x-www-form-urlencoded', Origin: service.origin,
                    'Content-Length': Buffer.byteLength(sent),
                }), ...headers,
            },
        }, (reply) => {
            const parts = [];
            reply.on('data', (part) => parts.push(part));
            reply.on('error', failed);
            reply.on('end', () => {
                const bytes = Buffer.concat(parts);
                done({ status: reply.statusCode, headers: reply.headers, bytes,
                    raw: reply.rawHeaders, text: bytes.toString('utf8') });
            });
        });
        request.on('error', failed);
        request.end(sent);
    });
}

let signedIn = 0;

/** From an address of its own each time: one address may not try too often. */
export async function signIn(service, login) {
    signedIn += 1;
    const localAddress = `127.0.${1 + (signedIn >> 7)}.${1 + signedIn % 128}`;
    const reply = await ask(service, '/sign-in', { form: { login, password },
        ...(service.origin.includes('[') ? {} : { localAddress }) });
    const cookie = (reply.headers['set-cookie'] ?? []).find((one) => /shencha=/.test(one));
    must(reply.status === 303 && cookie, `${login}: ${reply.status} ${reply.text}`);
    return cookie.split(';')[0];
}

/** What the office sends to assess a factor. */
export const assessment = (key, seen = 3, more = {}) =>
    ({ key, seen, 'with.factor': 'supply_chain', 'with.level': 'low', ...more });
export const assess = (service, cookie, i, key, seen = 3, more = {}) =>
    ask(service, `/matters/${name(i)}/do/assess`, { cookie, form: assessment(key, seen, more) });

/** A number of the metrics. */
export async function metric(service, line) {
    const { text } = await ask(service, '/metrics');
    const found = text.split('\n').find((one) => one.startsWith(`${line} `));
    return found ? +found.split(' ').at(-1) : undefined;
}

/* ---- all of them ---- */

export async function run(words) {
    const chosen = tests.filter((one) =>
        words.length === 0 || words.some((word) => one.name.includes(word)));
    console.log(`1..${chosen.length}`);
    for (const [i, one] of chosen.entries()) {
        const from = Date.now();
        try {
            const skipped = await one.run();
            const spent = Date.now() - from;
            console.log(`ok ${i + 1} - ${one.name}${skipped ? ` # SKIP ${skipped}` : ''}` +
                `${spent > 2000 ? ` (${spent} ms)` : ''}`);
        } catch (error) {
            process.exitCode = 1;
            console.log(`not ok ${i + 1} - ${one.name}`);
            console.log(String(error.stack).slice(0, 5000).replace(/^/gm, '# '));
        }
    }
    for (const child of running) {
        child.kill('SIGKILL');
    }
    rmSync(scratch, { recursive: true, force: true });
}
