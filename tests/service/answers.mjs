// answers.mjs: what every answer says besides its page: headers of safety, methods, names of the
// service, cookies, validators, the log and the counts.
import { gunzipSync } from 'node:zlib';
import http from 'node:http';

import { ask, has, metric, must, name, password, raw, same, signIn, test } from './kit.mjs';

const safety = {
    'content-security-policy':
        /default-src 'none'; script-src 'self'; style-src 'self'; .*frame-ancestors 'none'/,
    'x-content-type-options': /^nosniff$/,
    'referrer-policy': /^same-origin$/,
    'x-frame-options': /^DENY$/,
    'cross-origin-opener-policy': /^same-origin$/,
    'cross-origin-resource-policy': /^same-origin$/,
};

function safe(reply, what) {
    for (const [header, wanted] of Object.entries(safety)) {
        must(wanted.test(reply.headers[header] ?? ''), `${what}: ${header} is ` +
            `${reply.headers[header]}`);
    }
    must(!/unsafe|https?:|\*/.test(reply.headers['content-security-policy']), what);
    must(!reply.headers['strict-transport-security'], `${what}: TLS is promised without TLS`);
}

// Name, asked how, the status that comes.
function kinds(service, cookie) {
    const post = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return [
        ['the start page', '/', {}, 200],
        ['a page that is kept', '/law', {}, 200],
        ['a page of one\'s own', '/desk', { cookie }, 200],
        ['a case', `/matters/${name(1)}`, { cookie }, 200],
        ['to sign in', '/desk', {}, 303],
        ['nothing', '/nowhere', {}, 404],
        ['a wrong method', '/desk', { method: 'DELETE', cookie }, 405],
        ['a malformed address', '/health?%', {}, 400],
        ['another name', '/', { headers: { Host: 'evil.example' } }, 421],
        ['another site', '/sign-in', { form: {}, headers: { Origin: 'http://evil.example' } }, 403],
        ['a form that is none', '/sign-in', { body: 'x', headers: { 'Content-Type': 'text/x' } },
            400],
        ['too much', '/sign-in', { body: 'a'.repeat(2 << 20), headers: post }, 413],
        ['wrong password', '/sign-in', { form: { login: 'x', password: 'y' } }, 422],
        ['health', '/health', {}, 200],
        ['counts', '/metrics', {}, 200],
    ];
}

function safeHeaders(service) {
    let cookie;
    test('somebody of the office is signed in', async () => {
        cookie = await signIn(service, 'office');
    });
    for (const [what, where, how, status] of kinds(service)) {
        test(`headers of safety on: ${what}`, async () => {
            const reply = await ask(service, where,
                { ...how, ...('cookie' in how ? { cookie } : {}) });
            same(reply.status, status, reply.text);
            safe(reply, what);
            must(/no-store|private, no-cache/.test(reply.headers['cache-control']),
                reply.headers['cache-control']);
        });
    }
    test('no page has a script, a style or a handler inside', async () => {
        for (const where of ['/', '/law', '/desk', `/matters/${name(1)}`, '/matters', '/month',
            '/charts', '/account', `/matters/${name(1)}/do/assess`]) {
            const { text, status } = await ask(service, where, { cookie });
            must(status === 200 || where === '/', `${where}: ${status}`);
            must(!/<style|<script(?![^>]* src=)| style=| on[a-z]+=|javascript:/i.test(text), where);
        }
    });
}

function methods(service) {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
        test(`${method} is not answered`, async () => {
            for (const [where, allow] of [['/desk', 'GET, HEAD'], ['/sign-in', 'GET, HEAD, POST'],
                ['/sign-out', 'POST'], [`/matters/${name(0)}/do/assess`, 'GET, HEAD, POST']]) {
                const reply = await ask(service, where, { method });
                same(reply.status, 405, where);
                same(reply.headers.allow, allow, where);
            }
            same((await ask(service, '/nowhere', { method })).status, 404);
        });
    }
    test('methods are written in capitals', async () => {
        for (const method of ['get', 'Get', 'post']) {
            const { text } = await raw(service,
                `${method} /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n`);
            must(text.startsWith('HTTP/1.1 405 '), text.slice(0, 200));
        }
    });
    test('what is only sent cannot be read, what is only read cannot be sent', async () => {
        let reply = await ask(service, '/sign-out');
        same([reply.status, reply.headers.allow], [405, 'POST']);
        reply = await ask(service, '/desk', { form: {} });
        same([reply.status, reply.headers.allow], [405, 'GET, HEAD']);
    });
    test('HEAD says what GET says, without a body', async () => {
        const cookie = await signIn(service, 'center');
        const asset = /\/assets\/style-[0-9a-f]+\.css/.exec((await ask(service, '/')).text)[0];
        for (const where of ['/', '/law', '/desk', '/matters', `/matters/${name(2)}`, '/health',
            '/nowhere', asset, '/sign-in']) {
            const get = await ask(service, where, { cookie });
            const head = await ask(service, where, { cookie, method: 'HEAD' });
            same(head.bytes.length, 0, where);
            const [a, b] = [get, head].map((reply) => ({ ...reply.headers, date: '' }));
            same([head.status, b], [get.status, a], where);
        }
    });
    test('a connection is used again, for pages and for assets', async () => {
        const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
        const asset = /\/assets\/style-[0-9a-f]+\.css/.exec((await ask(service, '/')).text)[0];
        for (const where of ['/', asset, '/nowhere', '/sign-in', asset, '/health']) {
            const reply = await ask(service, where, { agent });
            must(reply.headers.connection !== 'close', `${where} closes`);
        }
        agent.destroy();
    });
}

function names(service) {
    for (const [host, status] of [['evil.example', 421], ['evil.example:80', 421],
        ['localhost.evil.example', 421], ['127.0.0.1.evil.example', 421], ['localhost:1', 200],
        ['LOCALHOST', 200], ['127.0.0.1', 200], ['10.1.2.3:8080', 200], ['[::1]:80', 200],
        ['[fe80::1%25lo]', 421], ['review.example', 200], ['Review.Example:8443', 200],
        ['other.example', 200], ['review.example,other.example', 421], ['review.examp', 421],
        ['127.1', 421], ['2130706433', 421], ['a'.repeat(3000), 421], ['localhost:x', 421]]) {
        test(`called ${host.slice(0, 40)}: ${status}`, async () => {
            const reply = await ask(service, '/law', { headers: { Host: host } });
            same(reply.status, status, reply.text);
        });
    }
    test('under another name nobody signs in', async () => {
        const reply = await ask(service, '/sign-in', { form: { login: 'office', password },
            headers: { Host: 'evil.example', Origin: 'http://evil.example' } });
        same([reply.status, reply.headers['set-cookie']], [421, undefined]);
    });
}

function otherSites(service) {
    const own = (extra) => ({ Origin: undefined, ...extra });
    const from = [
        ['nothing that says where it comes from', {}, 403],
        ['another origin', { Origin: 'http://evil.example' }, 403],
        ['another port', { Origin: 'http://127.0.0.1:1' }, 403],
        ['an origin that begins alike', { Origin: `${service.origin}.evil.example` }, 403],
        ['a hidden origin', { Origin: 'null' }, 403],
        ['cross-site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
        ['same-site', { 'Sec-Fetch-Site': 'same-site' }, 403],
        ['our origin but cross-site', { Origin: service.origin, 'Sec-Fetch-Site': 'cross-site' },
            403],
        ['another origin but same-origin', { Origin: 'http://evil.example',
            'Sec-Fetch-Site': 'same-origin' }, 403],
        ['another page', { Referer: 'http://evil.example/' }, 403],
        ['our origin', { Origin: service.origin }, 303],
        ['same-origin', { 'Sec-Fetch-Site': 'same-origin' }, 303],
        ['a hidden origin of ours', { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' }, 303],
        ['a page of ours', { Referer: `${service.origin}/desk` }, 303],
    ];
    for (const [what, headers, status] of from) {
        test(`a form from ${what}: ${status}`, async () => {
            const cookie = await signIn(service, 'mof');
            const sent = Object.fromEntries(Object.entries({
                'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': 0,
                Cookie: cookie, ...own(headers) }).filter(([, value]) => value !== undefined));
            const reply = await new Promise((done) => {
                http.request(`${service.origin}/sign-out`, { method: 'POST', agent: false,
                    headers: sent }, done).end();
            });
            same(reply.statusCode, status);
            const still = await ask(service, '/account', { cookie });
            same(still.status, status === 303 ? 303 : 200, 'signed in afterwards:');
        });
    }
    test('reading does nothing, whatever is in the address', async () => {
        const cookie = await signIn(service, 'office');
        const before = await metric(service, 'shencha_acts_done_total');
        const reply = await ask(service, `/matters/${name(3)}/do/assess?key=k&seen=3&` +
            'with.factor=supply_chain&with.level=low', { cookie });
        same(reply.status, 200);
        same((await ask(service, '/sign-out?x=y', { cookie })).status, 405);
        same((await ask(service, '/account', { cookie })).status, 200);
        same(await metric(service, 'shencha_acts_done_total'), before);
    });
}

function keeping(service) {
    test('assets may be kept for ever, and are packed for who can unpack', async () => {
        const page = (await ask(service, '/')).text;
        const assets = [...page.matchAll(/\/assets\/[\w.-]+/g)].map((found) => found[0]);
        must(assets.length >= 3, assets);
        for (const where of assets) {
            const plain = await ask(service, where);
            const takes = (coding) => ({ headers: { 'Accept-Encoding': coding } });
            const packed = await ask(service, where, takes('br, gzip'));
            has(plain.headers['cache-control'], 'immutable', 'max-age=31536000');
            has(plain.headers.vary, 'Accept-Encoding');
            safe(plain, where);
            if (packed.headers['content-encoding']) {
                must(gunzipSync(packed.bytes).equals(plain.bytes), where);
            }
            const again = await ask(service, where,
                { headers: { 'If-None-Match': `"x", ${plain.headers.etag}` } });
            same([again.status, again.bytes.length, again.headers.etag],
                [304, 0, plain.headers.etag]);
            for (const refused of ['gzip;q=0', 'gzip;q=0.000', 'xgzip', 'identity']) {
                const reply = await ask(service, where, takes(refused));
                same(reply.headers['content-encoding'], undefined, refused);
            }
            same((await ask(service, where.replace(/-[0-9a-f]+\./, '-000000000000.'))).status, 404);
        }
    });
    test('a page comes again only when something changed', async () => {
        const cookie = await signIn(service, 'office');
        const where = `/matters/${name(4)}`;
        const one = await ask(service, where, { cookie });
        must(one.headers.etag, 'no validator');
        same(one.headers['cache-control'], 'private, no-cache');
        has(one.headers.vary, 'Cookie', 'Accept-Language', 'Accept-Encoding');
        const seen = { 'If-None-Match': one.headers.etag };
        const two = await ask(service, where, { cookie, headers: seen });
        same([two.status, two.bytes.length, two.headers.etag], [304, 0, one.headers.etag]);
        safe(two, '304');
        const packed = await ask(service, where,
            { cookie, headers: { 'Accept-Encoding': 'gzip' } });
        same(gunzipSync(packed.bytes).toString(), one.text);
        const done = await ask(service, `${where}/do/assess`, { cookie, form: {
            key: 'etag-1', seen: 3, 'with.factor': 'supply_chain', 'with.level': 'low' } });
        same(done.status, 303, done.text);
        const three = await ask(service, where, { cookie, headers: seen });
        same(three.status, 200);
        must(three.text !== one.text && three.headers.etag !== one.headers.etag, 'unchanged');
    });
    test('kept pages never go to another person, role or language', async () => {
        const logins = ['office', 'office-2', 'center', 'mof', 'operator', 'platform'];
        const cookies = await Promise.all(logins.map((login) => signIn(service, login)));
        const where = [`/matters/${name(5)}`, '/matters', '/desk', '/month', '/charts'];
        const asked = (cookie, path, language) => ask(service, path,
            { cookie, headers: { 'Accept-Language': language } });
        for (const path of where) {
            const before = new Map();
            for (let round = 0; round < 2; round += 1) {
                for (const [i, cookie] of [...cookies, undefined].entries()) {
                    for (const language of ['en', 'zh']) {
                        const reply = await asked(cookie, path, language);
                        const key = `${i} ${language}`;
                        same(reply.text, before.get(key) ?? reply.text, `${path} ${key}`);
                        before.set(key, reply.text);
                        if (reply.status === 200) {
                            has(reply.text, `${logins[i]}, by function`,
                                language === 'en' ? 'lang="en"' : 'lang="zh');
                        }
                    }
                }
            }
            must(new Set(before.values()).size >= 8, `${path}: pages are alike`);
        }
        const platform = await asked(cookies[5], where[0], 'en');
        same(platform.status, 404, 'a case of another operator:');
    });
    test('what is secret is answered like what is not there', async () => {
        const cookies = [undefined, await signIn(service, 'platform'),
            await signIn(service, 'mof'), await signIn(service, 'admin')];
        for (const cookie of cookies) {
            for (const rest of ['', '/do/assess', '/notices/1', '/events', '?on=2026-03-04']) {
                for (const method of ['GET', 'HEAD']) {
                    const [secret, nothing] = await Promise.all([name(6), 'matter-999'].map((one) =>
                        ask(service, `/matters/${one}${rest}`, { cookie, method })));
                    const plain = (reply) => JSON.stringify([reply.status, reply.raw, reply.text])
                        .replaceAll(/matter-\d+/g, 'MATTER').replace(/"Date","[^"]*"/, '');
                    same(plain(secret), plain(nothing), `${cookie} ${rest}`);
                }
            }
        }
        for (const cookie of cookies) {          // acts, too, whatever is typed
            const [secret, nothing] = await Promise.all([name(6), 'matter-999'].map((one) =>
                ask(service, `/matters/${one}/do/assess`, { cookie, form: { key: 'secret', seen: 3,
                    'with.factor': 'continuity', 'with.level': 'low' } })));
            const plain = (reply) => [reply.status, reply.text.replaceAll(/matter-\d+/g, 'MATTER')];
            same(plain(secret), plain(nothing));
        }
        const office = await ask(service, `/matters/${name(6)}`, { cookie: await
            signIn(service, 'office') });
        same(office.status, 200);
        for (const cookie of cookies.slice(1)) {   /* an address of no kind is not told apart */
            const [secret, nothing] = await Promise.all([`/matters/${name(6)}`, '/no/such/page']
                .map((where) => ask(service, where, { cookie })));
            const plain = (reply) => [reply.status, reply.text.replaceAll(
                /\/(matters\/matter-\d+|no\/such\/page)/g, 'WHERE')];
            same(plain(secret), plain(nothing));
        }
    });
}

function counted(service) {
    test('cookies are strict and for pages alone', async () => {
        const form = { login: 'office', password };
        const reply = await ask(service, '/sign-in?lang=zh', { form });
        same(reply.status, 303);
        for (const cookie of reply.headers['set-cookie']) {
            has(cookie, 'HttpOnly', 'SameSite=Strict', 'Path=/');
            must(!/Secure|Domain/.test(cookie), cookie);
        }
    });
    test('who signs out leaves no page behind in the browser', async () => {
        const cookie = await signIn(service, 'mof');
        const reply = await ask(service, '/sign-out', { cookie, form: {} });
        same([reply.status, reply.headers['clear-site-data']], [303, '"cache"']);
        has(reply.headers['set-cookie'][0], 'shencha=;', 'Max-Age=0');
    });
    test('a slash too many at the end leads nowhere, in words', async () => {
        const reply = await ask(service, '/law/');
        same(reply.status, 404);
        has(reply.text, 'There is nothing here');
    });
    test('counts are Prometheus text, each line once', async () => {
        const reply = await ask(service, '/metrics');
        has(reply.headers['content-type'], 'text/plain; version=0.0.4');
        must(reply.text.endsWith('\n'), 'no line end');
        const seen = new Set(), types = new Map(), helps = new Set();
        for (const line of reply.text.trimEnd().split('\n')) {
            const head = /^# (HELP|TYPE) ([a-z_]+) (.+)$/.exec(line);
            const sample = /^([a-z_]+)(\{(?:[a-z]+="[^"\\\n]*",?)+\})? ([0-9.e+-]+)$/.exec(line);
            must(head || sample, line);
            if (head) {
                (head[1] === 'HELP' ? helps : types).add?.(head[2]);
                if (head[1] === 'TYPE') {
                    must(!types.has(head[2]), line);
                    types.set(head[2], head[3]);
                }
                continue;
            }
            const family = sample[1].replace(/_(bucket|sum|count)$/, '');
            must(types.has(sample[1]) || types.get(family) === 'histogram', line);
            must(helps.has(sample[1]) || helps.has(family), line);
            must(!seen.has(sample[1] + sample[2]), `twice: ${line}`);
            seen.add(sample[1] + sample[2]);
            must(!/_total$/.test(sample[1]) || types.get(sample[1]) === 'counter', line);
        }
        const buckets = [...reply.text.matchAll(/_bucket\{le="[^"]+"\} (\d+)/g)]
            .map((one) => +one[1]);
        must(buckets.length > 5 && buckets.every((one, i) => i === 0 || one >= buckets[i - 1]),
            buckets);
        same(+/_count (\d+)/.exec(reply.text)[1], buckets.at(-1));
    });
    test('counts rise', async () => {
        const lines = ['shencha_requests_total{method="GET",route="/health",status="2xx"}',
            'shencha_malformed_total', 'shencha_request_seconds_count'];
        const before = await Promise.all(lines.map((line) => metric(service, line)));
        for (let i = 0; i < 5; i += 1) {
            await ask(service, '/health');
            await ask(service, '/health?%');
        }
        const after = await Promise.all(lines.map((line) => metric(service, line)));
        must(after[0] === before[0] + 5 && after[1] === before[1] + 5 && after[2] >= before[2] + 10,
            [before, after]);
    });
    test('counts are for this machine, not for who comes through a proxy', async () => {
        const headers = { 'X-Forwarded-For': '10.0.0.1' };
        same((await ask(service, '/metrics', { headers })).status, 404);
        same((await ask(service, '/health', { headers })).text, '{"status":"ok"}\n');
    });
}

export function answers(service) {
    safeHeaders(service);
    methods(service);
    names(service);
    otherSites(service);
    keeping(service);
    counted(service);
}
