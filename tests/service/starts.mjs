// starts.mjs: how it begins, and what is said when it cannot; TLS; the log.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import tls from 'node:tls';

import { ask, fresh, has, must, name, password, program, same, scratch, serve, signIn, test,
    wait } from './kit.mjs';

/** It cannot start: exit status and words. */
async function fails(docket, options, status, ...said) {
    try {
        const service = await serve(docket, options);
        await service.stop();
    } catch (error) {
        same(error.status, status, error.message);
        has(error.message, ...said);
        must(!/Sanitizer|runtime error/.test(error.message), error.message);
        return;
    }
    throw new Error('it started');
}

function beginnings() {
    const docket = fresh();
    test('a port that is taken is named', async () => {
        const one = await serve(docket);
        await fails(fresh(), { words: ['--port', String(one.port)] }, 3,
            `127.0.0.1:${one.port} cannot be listened on: Address already in use`, '--port');
        same((await ask(one, '/health')).status, 200, 'the first goes on:');
        await one.stop();
    });
    test('two services on one docket, on two ports, see each other\'s acts', async () => {
        const [one, two] = [await serve(docket), await serve(docket)];
        const cookies = await Promise.all([one, two].map((each) => signIn(each, 'office')));
        same((await ask(two, `/matters/${name(0)}`, { cookie: cookies[1] })).status, 200);
        for (let i = 0; i < 6; i += 1) {
            const [here, there] = i % 2 ? [one, two] : [two, one];
            const reply = await ask(here, `/matters/${name(0)}/do/assess`, { cookie: cookies[0],
                form: { key: `both-${i}`, seen: 3 + i, 'with.factor': 'continuity',
                    'with.level': 'low', 'with.finding': `finding ${i}` } });
            same(reply.status, 303, reply.text);
            has((await ask(there, `/matters/${name(0)}`, { cookie: cookies[1] })).text,
                `finding ${i}`);
        }
        await one.stop();
        await two.stop();
    });
    test('a folder that is not there, or no docket, is named', async () => {
        const empty = path.join(scratch, 'empty'), other = path.join(scratch, 'other');
        mkdirSync(empty);
        mkdirSync(other);
        writeFileSync(path.join(other, 'docket.db'), 'this is no database at all, but long\n');
        await fails(path.join(scratch, 'none'), {}, 3, 'There is no docket in');
        await fails(empty, {}, 3, 'There is no docket in');
        await fails(other, {}, 3, other);
        same([readdirSync(empty), readdirSync(other)], [[], ['docket.db']], 'made beside it:');
    });
    for (const [what, words, status, said] of [
        ['an address that is none', ['--listen', 'here'], 2, 'no address to listen on'],
        ['an address of another machine', ['--listen', '203.0.113.7'], 3, 'cannot be listened on'],
        ['a port that is none', ['--port', '65536'], 2, '--port 0-65535'],
        ['a port that is a word', ['--port', 'http'], 2, '"http" is not a whole number'],
        ['a word too many', ['now'], 2, 'no other arguments'],
        ['a certificate without its key', ['--cert', 'x.pem'], 2, 'come together'],
        ['a log that cannot be written', ['--log', '/nowhere/log'], 3, '/nowhere/log']]) {
        test(`${what} is said`, () => fails(docket, { words }, status, said));
    }
    test('it listens on this machine alone unless told, and on IPv6 when told', async () => {
        const service = await serve(docket, { words: ['--listen', '::1'] }).catch((error) => error);
        if (service instanceof Error) {
            return /not supported|Cannot assign/.test(service.message) ? 'no IPv6 here' : service;
        }
        has(service.said, 'http://[::1]:');
        service.origin = `http://[::1]:${service.port}`;
        same((await ask(service, '/health')).status, 200);
        await service.stop();
        return undefined;
    });
    test('other machines are let in only with a word of warning', async () => {
        const service = await serve(docket, { words: ['--listen', '0.0.0.0'] });
        await wait(100);
        has(service.said, 'Other machines hear this address');
        await service.stop();
        const near = await serve(docket);
        await wait(100);
        must(!near.said.includes('Other machines'), near.said);
        await near.stop();
    });
    test('few open files are enough to begin and to answer', async () => {
        const service = await serve(docket, { through: ['prlimit', '--nofile=64:64', '--'] });
        const replies = await Promise.all(Array.from({ length: 60 }, () => ask(service, '/law')));
        must(replies.every((one) => one.status === 200), replies.map((one) => one.status));
        const cookie = await signIn(service, 'office');
        same((await ask(service, '/desk', { cookie })).status, 200);
        await service.stop();
    });
}

/* ---- the log ---- */

function logs() {
    test('the log: a line of JSON for each request, nothing of persons or cases', async () => {
        const file = path.join(scratch, 'requests.log');
        const service = await serve(fresh(), { words: ['--log', file] });
        const cookie = await signIn(service, 'office');
        await ask(service, `/matters/${name(1)}?on=2026-03-04&secret=query-content`, { cookie });
        await ask(service, `/matters/${name(1)}/do/assess`, { cookie, form: { key: 'log-key',
            seen: 3, 'with.factor': 'continuity', 'with.level': 'low',
            'with.finding': 'typed-text' } });
        await ask(service, '/nowhere/at-all');
        await ask(service, '/health', { method: 'HEAD' });
        await ask(service, '/desk', { method: 'DELETE' });
        await ask(service, '/health?%');
        await ask(service, '/sign-in', { form: { login: 'somebody.else', password: 'not this' } });
        await service.stop();
        const text = readFileSync(file, 'utf8');
        const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line));
        same(lines.map((one) => [one.method, one.status]), [['POST', 303], ['GET', 200],
            ['POST', 303], ['GET', 404], ['HEAD', 200], ['DELETE', 405], ['GET', 400],
            ['POST', 422]].map(([method, status]) => [method === 'DELETE' ? '-' : method, status]));
        for (const one of lines) {
            same(Object.keys(one), ['at', 'method', 'route', 'status', 'bytes', 'ms']);
            must(Math.abs(one.at - Date.now()) < 60000 && one.ms >= 0, one);
        }
        for (const secret of ['office', 'somebody', 'matter-001', 'query-content', 'typed-text',
            'log-key', password, cookie.split('=')[1], 'at-all', '127.0.0.1', 'by function']) {
            must(!text.includes(secret), `${secret} in the log`);
        }
    });
}

/* ---- TLS ---- */

function certificate(what, ...more) {
    const [key, cert] = [path.join(scratch, `${what}.key`), path.join(scratch, `${what}.crt`)];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key,
        '-out', cert, '-days', '2', '-subj', '/CN=review.example', '-addext',
        'subjectAltName=DNS:review.example,IP:127.0.0.1', ...more], { stdio: 'ignore' });
    return { key, cert };
}

function secure(service, where, options = {}) {
    return new Promise((done, failed) => {
        const request = https.request({ host: '127.0.0.1', port: service.port, path: where,
            agent: false, rejectUnauthorized: false, ...options,
            headers: { 'Accept-Language': 'en', ...options.headers } }, (reply) => {
            let text = '';
            const version = reply.socket.getProtocol();
            reply.on('data', (part) => { text += part; });
            reply.on('end', () => done({ status: reply.statusCode, headers: reply.headers, text,
                version }));
        });
        request.on('error', failed);
        request.end(options.body);
    });
}

function encrypted() {
    test('TLS: strict cookies, strict transport, 1.2 and 1.3 alone', async () => {
        const { key, cert } = certificate('good');
        const service = await serve(fresh(), { words: ['--cert', cert, '--key', key] });
        has(service.said, 'https://127.0.0.1:');
        for (const version of ['TLSv1.2', 'TLSv1.3']) {
            const reply = await secure(service, '/law',
                { minVersion: version, maxVersion: version });
            same([reply.status, reply.version], [200, version]);
            has(reply.headers['strict-transport-security'], 'max-age=31536000');
        }
        for (const version of ['-tls1', '-tls1_1', ['-tls1_2', '-cipher', 'AES128-SHA@SECLEVEL=0'],
            ['-tls1_2', '-cipher', 'AES128-GCM-SHA256']].map((one) => [].concat(one))) {
            const tried = spawnSync('openssl', ['s_client', '-connect', `127.0.0.1:${service.port}`,
                ...version, ...(version.length === 1 ? ['-cipher', 'ALL@SECLEVEL=0'] : [])],
            { input: '', encoding: 'utf8', timeout: 10000 });
            must(/Cipher is \(NONE\)|Cipher *: 0000/.test(tried.stdout), `${version} goes:\n` +
                tried.stdout);
        }
        const form = new URLSearchParams({ login: 'office', password }).toString();
        const post = (origin) => secure(service, '/sign-in', { method: 'POST', body: form,
            headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: origin,
                'Content-Length': form.length } });
        same((await post(`http://127.0.0.1:${service.port}`)).status, 403, 'from http:');
        const signed = await post(`https://127.0.0.1:${service.port}`);
        same(signed.status, 303, signed.text);
        const cookie = signed.headers['set-cookie'].find((one) => one.includes('shencha='));
        has(cookie, '__Host-shencha=', 'Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/');
        const desk = await secure(service, '/desk', { headers: { Cookie: cookie.split(';')[0] } });
        same(desk.status, 200);
        const bare = await secure(service, '/desk',
            { headers: { Cookie: cookie.split(';')[0].replace('__Host-', '') } });
        same(bare.status, 303, 'a cookie without its prefix:');
        const plain = await ask({ origin: `http://127.0.0.1:${service.port}` }, '/health')
            .catch(() => 'refused');
        same(plain, 'refused', 'without TLS:');
        const idle = tls.connect({ port: service.port, host: '127.0.0.1',
            rejectUnauthorized: false }).on('error', () => {});
        await wait(200);
        same((await service.stop()).status, 0);
        idle.destroy();
    });
    test('a certificate that does not fit is said', async () => {
        const [good, other] = [certificate('one'), certificate('two')];
        const words = (cert, key) => ({ words: ['--cert', cert, '--key', key] });
        const docket = fresh();
        const junk = path.join(scratch, 'junk.pem');
        writeFileSync(junk, 'no certificate\n');
        await fails(docket, words(good.cert, other.key), 2, 'cannot be used', good.cert, other.key);
        await fails(docket, words(junk, good.key), 2, 'cannot be used');
        await fails(docket, words(good.cert, junk), 2, 'cannot be used');
        await fails(docket, words('/nowhere.pem', good.key), 2, '/nowhere.pem');
    });
}

export function starts() {
    beginnings();
    logs();
    encrypted();
    test('help says what it takes', () => {
        const said = spawnSync(program, ['serve', '--help', '--lang', 'en'], { encoding: 'utf8' });
        has(said.stdout, '--port', '--listen', '--cert', '--host', '--log', '--days-ahead');
    });
}
