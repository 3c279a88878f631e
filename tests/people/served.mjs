// People as the service has them: signing in, invitations, what managers see, sessions that end at
// once when another program ends them. Plain requests, no browser.
import { spawn, execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

const program = process.env.SHENCHA;
const scratch = mkdtempSync(path.join(tmpdir(), 'shencha-people-'));
const docket = path.join(scratch, 'docket');
const password = 'eleven and one words';
let number = 0;

function verdict(good, name, said = '') {
    number += 1;
    console.log(`${good ? 'ok' : 'not ok'} ${number} - ${name}`);
    if (!good) {
        console.log(`# ${String(said).slice(0, 600).replaceAll('\n', '\n# ')}`);
    }
}

function people(...words) {
    return execFileSync(program, ['people', ...words, '--docket', docket, '--lang', 'en'],
        { encoding: 'utf8', input: `${password}\n` });
}

function add(login, org, may = 'act') {
    people('invite', login, '--name', `${login}, by function`, '--org', org, '--may', may);
    people('password', login);
}

const env = { ...process.env, LC_ALL: 'C.UTF-8' };
execFileSync(program, ['init', docket]);
people('org', 'add', 'admin', '--party', 'admin', '--name-en', 'Administration');
people('org', 'add', 'office', '--party', 'office', '--name-en', 'Review Office', '--name-zh',
    '审查办公室');
people('org', 'add', 'mof', '--party', 'member/mof', '--name-en', 'Member body: finance');
add('admin', 'admin', 'manage');
add('manager', 'office', 'manage');
add('officer', 'office');
add('liaison', 'mof');
const server = spawn(program, ['serve', '--docket', docket, '--port', '0', '--lang', 'en', '--log',
    '-'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
const address = await new Promise((done) => {
    let said = '';
    server.stdout.on('data', (bytes) => {
        said += bytes;
        const found = /http:\/\/[0-9.]+:[0-9]+/.exec(said);
        if (found) {
            done(found[0]);
        }
    });
});

// One request; `form` makes it a POST. Cookies are the caller's.
function ask(where, cookie = '', form = undefined, headers = {}) {
    const body = form === undefined ? undefined : new URLSearchParams(form).toString();
    return new Promise((done, failed) => {
        const request = http.request(address + where, {
            method: body === undefined ? 'GET' : 'POST',
            headers: {
                'Accept-Language': 'en', ...(cookie ? { Cookie: cookie } : {}),
                ...(body === undefined ? {} : {
                    'Content-Type': 'application/x-www-form-urlencoded',
                    'Content-Length': Buffer.byteLength(body), 'Sec-Fetch-Site': 'same-origin',
                }), ...headers,
            },
        }, (reply) => {
            let text = '';
            reply.setEncoding('utf8');
            reply.on('data', (part) => { text += part; });
            reply.on('end', () => done({
                status: reply.statusCode, headers: reply.headers, text,
            }));
        });
        request.on('error', failed);
        request.end(body);
    });
}

async function signIn(login, secret = password, more = {}) {
    const reply = await ask('/sign-in', '', { login, password: secret, ...more });
    const cookie = (reply.headers['set-cookie'] ?? []).find((one) => one.startsWith('shencha='));
    return { reply, cookie: cookie?.split(';')[0] ?? '' };
}

// The six digits of now, by RFC 6238.
function code(secret, step) {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    const bits = [...secret].map((one) => letters.indexOf(one).toString(2).padStart(5, '0'))
        .join('');
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const moved = Buffer.alloc(8);
    moved.writeBigUInt64BE(BigInt(step));
    const mac = createHmac('sha1', key).update(moved).digest();
    const at = mac[19] & 15;
    return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

try {
    let reply = await ask('/people');
    verdict(reply.status === 303 && reply.headers.location.startsWith('/sign-in?back='),
        'nobody is asked to sign in and comes back', JSON.stringify(reply.headers));
    const admin = await signIn('admin');
    verdict(admin.reply.status === 303 && admin.cookie.length >= 40, 'the administrator signs in',
        admin.reply.text);
    verdict(/HttpOnly/.test(admin.reply.headers['set-cookie']) &&
        /SameSite=Strict/.test(admin.reply.headers['set-cookie']), 'by a strict cookie',
    admin.reply.headers['set-cookie']);
    reply = await ask('/people', admin.cookie);
    verdict(reply.status === 200 && reply.text.includes('Member body: finance'),
        'and sees every organisation', reply.text);
    verdict(reply.headers['cache-control'] === 'no-store', 'which no cache keeps');
    for (const where of ['/desk', '/matters', '/charts']) {
        reply = await ask(where, admin.cookie);
        verdict(reply.status === 404 || reply.headers.location === '/people',
            `but no matter: ${where}`, `${reply.status} ${reply.headers.location} ${reply.text}`);
    }
    const manager = await signIn('manager');
    reply = await ask('/people', manager.cookie);
    verdict(reply.status === 200 && reply.text.includes('officer') &&
        !reply.text.includes('finance'), 'a manager sees their own organisation alone', reply.text);
    reply = await ask('/people/org/mof', manager.cookie);
    verdict(reply.status === 404, 'and nothing of another');
    const officer = await signIn('officer');
    reply = await ask('/people', officer.cookie);
    verdict(reply.status === 404, 'who manages nobody finds nothing there', reply.status);
    reply = await ask('/people/new', officer.cookie, { id: 'x', party: 'office', name_en: 'X' });
    verdict(reply.status === 404, 'nor can add an organisation', reply.status);
    reply = await ask('/people/person/3/suspend', manager.cookie, {},
        { 'Sec-Fetch-Site': 'cross-site' });
    verdict(reply.status === 403, 'another site cannot make a manager suspend anybody',
        reply.status);

    // An invitation, taken up.
    reply = await ask('/people/org/office/invite', manager.cookie,
        { login: 'signer', name: '签发人 <i>', may: 'sign' });
    const link = /\/invitation\/[A-Za-z0-9_-]{32}/.exec(reply.text)?.[0];
    verdict(reply.status === 200 && link && reply.text.includes('签发人 &lt;i&gt;'),
        'an invitation is shown', reply.text);
    reply = await ask(link);
    verdict(reply.status === 200 && reply.text.includes('signer'), 'it opens', reply.text);
    reply = await ask(link, '', { password: 'short' });
    verdict(reply.status === 422, 'a short password is refused', reply.status);
    reply = await ask(link, '', { password });
    verdict(reply.status === 303, 'it is taken up', reply.text);
    reply = await ask(link);
    verdict(reply.status !== 200 || !reply.text.includes('new-password'), 'once', reply.text);
    const signer = await signIn('signer');
    verdict(signer.reply.status === 303, 'and the new person signs in', signer.reply.text);
    reply = await ask('/account', signer.cookie, undefined, { 'Accept-Language': 'zh' });
    verdict(reply.status === 200 && reply.text.includes('审查办公室'), 'in Chinese', reply.text);

    // What another program ends is over at once.
    reply = await ask('/account', officer.cookie);
    verdict(reply.status === 200, 'an officer is signed in');
    people('suspend', 'officer');
    reply = await ask('/account', officer.cookie);
    verdict(reply.status === 303, 'suspended on the command line: out at once', reply.status);
    reply = (await signIn('officer')).reply;
    const stranger = (await signIn('nobody.at.all')).reply;
    const theirs = reply.text.replaceAll('officer', 'nobody.at.all');
    verdict(reply.status === stranger.status && theirs === stranger.text,
        'the suspended and the unknown hear the same', reply.text);
    people('resume', 'officer');
    people('sessions', 'signer', '--end');
    reply = await ask('/account', signer.cookie);
    verdict(reply.status === 303, 'a session ended on the command line is over', reply.status);

    // Ten wrong in a row.
    let last;
    for (let i = 0; i < 10; i += 1) {
        last = (await signIn('liaison', 'not the right words')).reply;
    }
    verdict(last.text.includes('fifteen minutes'), 'ten wrong passwords lock', last.text);
    last = await signIn('liaison');
    verdict(last.reply.status !== 303 && !last.cookie, 'also for the right one',
        last.reply.status);
    verdict(people('list').includes('locked'), 'which the list shows', people('list'));
    people('unlock', 'liaison');
    const liaison = await signIn('liaison');
    verdict(liaison.reply.status === 303, 'until somebody unlocks');

    // One-time codes.
    reply = await ask('/account/codes', liaison.cookie, {});
    const secret = /name="secret" value="([A-Z2-7]{32})"/.exec(reply.text)?.[1];
    const step = Math.floor(Date.now() / 30000);
    reply = await ask('/account/codes/confirm', liaison.cookie,
        { secret, code: code(secret, step) });
    verdict(reply.status === 303, 'a code of an authenticator turns codes on', reply.text);
    reply = (await signIn('liaison')).reply;
    verdict(reply.status !== 303 && reply.text.includes('name="code"'),
        'then the password alone does not do', reply.text);
    reply = (await signIn('liaison', password, { code: code(secret, step) })).reply;
    verdict(reply.status !== 303, 'nor a code that was used', reply.status);
    reply = (await signIn('liaison', password, { code: code(secret, step + 1) })).reply;
    verdict(reply.status === 303, 'a fresh one does', reply.text);

    const disk = ['people.db', 'people.db-wal'].map((name) =>
        readFileSync(path.join(docket, name), 'latin1')).join('');
    verdict(!disk.includes(admin.cookie.split('=')[1]) && !disk.includes(password) &&
        !disk.includes(link.split('/')[2]), 'no secret lies on the disk');
} finally {
    server.kill('SIGTERM');
    const ended = await new Promise((done) => { server.on('exit', done); });
    verdict(ended === 0, 'the service ends quietly', ended);
    rmSync(scratch, { recursive: true, force: true });
    console.log(`1..${number}`);
}
