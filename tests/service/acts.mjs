// acts.mjs: acts over HTTP: once, one of two, files, how often one may try to sign in.
import { readdirSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';

import { ask, assess, assessment, events, has, metric, must, name, password, same, shencha, signIn,
    test, wait, whole } from './kit.mjs';

const of = (docket, i) => events(docket).filter((one) => one.body.matter === name(i));

function once(service) {
    test('the same form sent 64 times at once acts once', async () => {
        const cookie = await signIn(service, 'office');
        const replies = await Promise.all(Array.from({ length: 64 }, () =>
            assess(service, cookie, 10, 'same-key')));
        const statuses = replies.map((one) => one.status);
        must(statuses.every((one) => one === 303), statuses);
        same(of(service.docket, 10).length, 4);
        same(events(service.docket).filter((one) => one.key === 'same-key').length, 1);
    });
    test('two of the office at once, 20 times: one acts, the other sees what changed', async () => {
        const cookies = [await signIn(service, 'office'), await signIn(service, 'office-2')];
        for (let i = 0; i < 20; i += 1) {
            const replies = await Promise.all(cookies.map((cookie, j) =>
                assess(service, cookie, 11, `two-${i}-${j}`, 3 + i, { 'with.finding': `f${j}` })));
            same(replies.map((one) => one.status).sort(), [303, 409], `round ${i}`);
            has(replies.find((one) => one.status === 409).text, 'by function', `value="${4 + i}"`);
        }
        same(of(service.docket, 11).length, 23);
    });
    test('a key of another act does nothing and says so', async () => {
        const cookie = await signIn(service, 'office');
        same((await assess(service, cookie, 12, 'taken')).status, 303);
        for (const reply of [await assess(service, cookie, 13, 'taken'),
            ...await Promise.all([14, 15].map((i) => assess(service, cookie, i, 'taken-2')))]
            .filter((one, i) => i === 0 || one.status !== 303)) {
            same(reply.status, 409, reply.text);
        }
        same(of(service.docket, 13).length, 3);
        same(of(service.docket, 14).length + of(service.docket, 15).length, 7);
    });
    test('32 who act at once on matters of their own all do', async () => {
        const cookie = await signIn(service, 'office');
        const before = await metric(service, 'shencha_acts_done_total');
        const replies = await Promise.all(Array.from({ length: 32 }, (_, i) =>
            assess(service, cookie, 20 + i, `own-${i}`)));
        must(replies.every((one) => one.status === 303), replies.map((one) => one.status));
        same(await metric(service, 'shencha_acts_done_total') - before, 32);
    });
    test('clients that are gone before their answer harm nobody', async () => {
        const cookie = await signIn(service, 'office');
        const gone = (where, form, after) => new Promise((done) => {
            const body = new URLSearchParams(form).toString();
            const socket = net.connect(service.port, '127.0.0.1', () => {
                socket.write(`POST ${where} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\n` +
                    'Origin: http://127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded' +
                    `\r\nContent-Length: ${body.length}\r\n\r\n${body}`, () => {
                    setTimeout(() => { socket.resetAndDestroy(); done(); }, after);
                });
            });
            socket.on('error', () => {});
        });
        const before = await metric(service, 'shencha_requests_open');
        await Promise.all(Array.from({ length: 60 }, (_, i) => (i % 6
            ? gone(`/matters/${name(60 + i % 10)}/do/assess`, assessment(`gone-${i}`), i % 4)
            : gone('/sign-in', { login: `gone-${i}`, password }, i % 9))));
        let open;                // slow clients of other cases are among them
        for (let i = 0; i < 100 && (i === 0 || open > before); i += 1) {
            await wait(50);
            open = await metric(service, 'shencha_requests_open');
        }
        must(open <= before, `${open} requests under way, ${before} before`);
        const written = events(service.docket).filter((one) => /^gone-/.test(one.key));
        same(new Set(written.map((one) => one.key)).size, written.length);
        same((await assess(service, cookie, 59, 'still-there')).status, 303);
    });
    test('what the command line writes meanwhile is on the page at once', async () => {
        const cookie = await signIn(service, 'office');
        const where = `/matters/${name(16)}`;
        const before = await ask(service, where, { cookie });
        const done = shencha(service.docket, ['act', name(16), 'assess', '--by', 'office', '--on',
            '2026-03-05', '--with', '{"factor":"continuity","level":"high","finding":"by hand"}']);
        same(done.status, 0, done.err);
        const after = await ask(service, where, { cookie });
        must(!before.text.includes('by hand'), 'too early');
        has(after.text, 'by hand');
        same((await assess(service, cookie, 16, 'stale', 3)).status, 409);
        same((await assess(service, cookie, 16, 'fresh', 4)).status, 303);
    });
    test('who is suspended while their form is on its way does nothing any more', async () => {
        const cookie = await signIn(service, 'office-2');
        const body = new URLSearchParams(assessment('suspended')).toString();
        const reply = await new Promise((done) => {
            let text = '';
            const socket = net.connect(service.port, '127.0.0.1', async () => {
                socket.write(`POST /matters/${name(18)}/do/assess HTTP/1.1\r\nHost: 127.0.0.1\r\n` +
                    `Cookie: ${cookie}\r\nOrigin: http://127.0.0.1\r\nContent-Type: ` +
                    'application/x-www-form-urlencoded\r\nConnection: close\r\n' +
                    `Content-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`);
                await wait(200);
                same(shencha(service.docket, ['people', 'suspend', 'office-2']).status, 0);
                socket.write(body.slice(10));
            });
            socket.on('data', (bytes) => { text += bytes; });
            socket.on('close', () => done(text));
        });
        must(reply.startsWith('HTTP/1.1 403 '), reply.slice(0, 300));
        same(of(service.docket, 18).length, 3);
        same(shencha(service.docket, ['people', 'resume', 'office-2']).status, 0);
    });
    test('what is signed in is over at once when the command line ends it', async () => {
        const cookie = await signIn(service, 'signer');
        same((await ask(service, '/desk', { cookie })).status, 200);
        same(shencha(service.docket, ['people', 'sessions', 'signer', '--end']).status, 0);
        same((await ask(service, '/desk', { cookie })).status, 303);
    });
}

/* ---- forms that are too much or not text ---- */

function bounds(service) {
    const form = (fields) => new URLSearchParams(fields).toString();
    const urlencoded = { 'Content-Type': 'application/x-www-form-urlencoded' };
    test('a form beyond its bounds is refused, whole', async () => {
        const cookie = await signIn(service, 'office');
        for (const body of [form(assessment('big', 3, { 'with.finding': 'a'.repeat(300 << 10) })),
            `${form(assessment('many'))}${'&x=y'.repeat(700)}`,
            `${form(assessment('long'))}&${'z'.repeat(2 << 20)}=y`]) {
            const reply = await ask(service, `/matters/${name(17)}/do/assess`,
                { cookie, body, headers: urlencoded });
            must([400, 413].includes(reply.status), `${reply.status} ${body.length}`);
            has(reply.headers.connection ?? '', 'close');
        }
        same(of(service.docket, 17).length, 3);
    });
    test('a length beyond all bounds is refused before a byte of it comes', async () => {
        const cookie = await signIn(service, 'office');
        const reply = await new Promise((done, failed) => {
            const request = http.request(`${service.origin}/matters/${name(17)}/do/assess`, {
                method: 'POST', agent: false, headers: { Cookie: cookie, Origin: service.origin,
                    ...urlencoded, 'Content-Length': 1e12 } }, done);
            request.on('error', failed);
            request.flushHeaders();
        });
        same(reply.statusCode, 413);
    });
    test('pieces without end are cut off', async () => {
        const cookie = await signIn(service, 'office');
        const sent = await new Promise((done) => {
            let bytes = 0;
            const socket = net.connect(service.port, '127.0.0.1', () => {
                socket.write(`POST /matters/${name(17)}/do/assess HTTP/1.1\r\nHost: 127.0.0.1\r\n` +
                    `Cookie: ${cookie}\r\nOrigin: http://127.0.0.1\r\n` +
                    'Transfer-Encoding: chunked\r\n' +
                    'Content-Type: application/x-www-form-urlencoded\r\n\r\n');
                const piece = `10000\r\n${'a'.repeat(65536)}\r\n`;
                const more = () => {
                    while (!socket.destroyed && bytes < (64 << 20)) {
                        bytes += 65536;
                        if (!socket.write(piece)) {
                            socket.once('drain', more);
                            return;
                        }
                    }
                };
                more();
            });
            socket.on('error', () => {});
            socket.on('data', () => {});
            socket.on('close', () => done(bytes));
        });
        must(sent < (32 << 20), `${sent} bytes were taken`);
    });
    test('what is not text is refused', async () => {
        const cookie = await signIn(service, 'office');
        for (const odd of ['with.finding=%ff', 'with.finding=%c0%af', '%ff=x',
            'with.finding=%ed%a0%80']) {
            const reply = await ask(service, `/matters/${name(17)}/do/assess`, { cookie,
                headers: urlencoded, body: `${form(assessment('odd'))}&${odd}` });
            same(reply.status, 400, odd);
        }
        same(of(service.docket, 17).length, 3);
    });
}

/* ---- files ---- */

const boundary = 'x-x-x-x';
export const part = (field, value) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`;
export const filePart = (file) => `--${boundary}\r\nContent-Disposition: form-data; name="file"; ` +
    `filename="${file}"\r\nContent-Type: application/octet-stream\r\n\r\n`;

/** A draft of the operator: its number. */
export async function draft(service, cookie) {
    const page = await ask(service, '/declare', { cookie });
    const hidden = /<input type="hidden" name="([^"]+)" value="([^"]*)"/g;
    const form = Object.fromEntries([...page.text.matchAll(hidden)].map((one) => [one[1], one[2]]));
    const ground = await ask(service, '/declare', { cookie, form });
    const where = ground.headers.location ?? '';
    must(/\/drafts\/\d+/.test(where), `${page.status} ${ground.status} ${where}`);
    return /\d+/.exec(where)[0];
}
export const papers = (service) => readdirSync(path.join(service.docket, 'papers')).sort();

export function send(service, cookie, where, { body, length = body.length, cut = body.length }) {
    return new Promise((done) => {
        let text = '';
        const socket = net.connect(service.port, '127.0.0.1', () => {
            socket.write(`POST ${where} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\n` +
                'Origin: http://127.0.0.1\r\nAccept-Language: en\r\n' +
                `Content-Type: multipart/form-data; boundary=${boundary}\r\n` +
                `Content-Length: ${length}\r\n\r\n`);
            socket.write(body.slice(0, cut), () => {
                if (cut < body.length) {
                    setTimeout(() => socket.resetAndDestroy(), 200);
                }
            });
        });
        socket.on('data', (bytes) => {
            text += bytes;
            const head = /^HTTP\/1\.1 (\d+)[\s\S]*?\r\n\r\n/.exec(text);
            if (head) {
                socket.destroy();
                done(+head[1]);
            }
        });
        socket.on('error', () => {});
        socket.on('close', () => done(0));
    });
}

function files(service) {
    let cookie, where;
    test('a file comes into a draft', async () => {
        cookie = await signIn(service, 'operator');
        where = `/drafts/${await draft(service, cookie)}/papers`;
        const body = `${part('kind', 'analysis_report')}${filePart('a.pdf')}` +
            `${'b'.repeat(300000)}\r\n--${boundary}--\r\n`;
        same(await send(service, cookie, where, { body }), 303);
        same(papers(service), ['d1']);
    });
    test('a file that breaks off leaves nothing behind', async () => {
        const body = `${part('kind', 'analysis_report')}${filePart('a.pdf')}` +
            `${'b'.repeat(3000000)}\r\n--${boundary}--\r\n`;
        for (const cut of [250, 5000, 100000, 2999990, body.length - 3]) {
            same(await send(service, cookie, where, { body, cut }), 0);
        }
        for (let i = 0; i < 30 && papers(service).length > 1; i += 1) {
            await wait(100);
        }
        same(papers(service), ['d1']);
    });
    test('of several files that come together all are kept, or none', async () => {
        const two = `${part('kind', 'analysis_report')}${filePart('a.pdf')}` +
            `${'b'.repeat(100000)}\r\n${filePart('b.pdf')}${'c'.repeat(100000)}`;
        same(await send(service, cookie, where, { body: `${two}\r\n--${boundary}--\r\n`,
            cut: two.length - 5000 }), 0);
        same(await send(service, cookie, where, { body: two }), 400);
        for (let i = 0; i < 30 && papers(service).length > 1; i += 1) {
            await wait(100);
        }
        same(papers(service), ['d1']);
        same(await send(service, cookie, where, { body: `${two}\r\n--${boundary}--\r\n` }), 303);
        same(papers(service).length, 3);
        for (const one of papers(service).filter((each) => each !== 'd1')) {
            same((await ask(service, `${where}/${one}`, { cookie, form: {} })).status, 303);
        }
        same(papers(service), ['d1']);
    });
    test('nor does one without its end, or too large by its own words', async () => {
        const body = `${part('kind', 'analysis_report')}${filePart('a.pdf')}${'b'.repeat(300000)}`;
        same(await send(service, cookie, where, { body }), 400);
        same(await send(service, cookie, where, { body: 'x', length: 6 * 2 ** 30 }), 413);
        same(papers(service), ['d1']);
    });
    test('nobody else puts one there, nor who is not signed in', async () => {
        const body = `${part('kind', 'analysis_report')}${filePart('a.pdf')}` +
            `${'b'.repeat(3000)}\r\n--${boundary}--\r\n`;
        const other = await signIn(service, 'platform');
        same(await send(service, other, where, { body }), 404);
        same(await send(service, 'shencha=none', where, { body }), 403);
        same(papers(service), ['d1']);
    });
    test('a draft and a paper of others are answered like none', async () => {
        const draftPage = where.replace('/papers', '');
        for (const login of ['platform', 'office', 'mof', 'admin']) {
            const other = await signIn(service, login);
            for (const [there, none] of [[draftPage, '/drafts/999'],
                [`${draftPage}/papers/d1`, '/drafts/999/papers/d9'],
                [`/matters/${name(1)}/papers/d1`, `/matters/${name(1)}/papers/d9`]]) {
                const replies = await Promise.all([there, none].map((one) =>
                    ask(service, one, { cookie: other })));
                const [a, b] = replies.map((one) => [one.status, one.text.replaceAll(
                    /(drafts\/|papers\/d)\d+/g, '$1N')]);
                same(a, b, `${login} ${there}`);
                same(a[0], 404, `${login} ${there}`);
            }
        }
    });
    test('eight at once come in, half of them break off', async () => {
        const body = `${part('kind', 'analysis_report')}${filePart('a.pdf')}` +
            `${'b'.repeat(2000000)}\r\n--${boundary}--\r\n`;
        const statuses = await Promise.all(Array.from({ length: 8 }, (_, i) => send(service, cookie,
            where, { body, cut: i % 2 ? 1000000 : body.length })));
        same(statuses, [303, 0, 303, 0, 303, 0, 303, 0]);
        for (let i = 0; i < 30 && papers(service).length > 5; i += 1) {
            await wait(100);
        }
        same(papers(service).length, 5);
        must(papers(service).every((one) => /^d\d+$/.test(one)), papers(service));
    });
}

/* ---- signing in ---- */

function signing(service) {
    test('ten wrong passwords lock, and say for how long', async () => {
        const replies = [];
        for (let i = 0; i < 11; i += 1) {
            replies.push(await ask(service, '/sign-in',
                { form: { login: 'platform', password: 'not the right words' } }));
        }
        same(replies[0].status, 422);
        same([replies.at(-1).status, replies.at(-1).headers['retry-after']], [429, '900']);
        const right = await ask(service, '/sign-in', { form: { login: 'platform', password } });
        same(right.status, 429, 'also with the right one:');
    });
    test('who tries too often is told to wait; others are not kept waiting', async () => {
        const cookie = await signIn(service, 'center');
        let limited;
        for (let round = 0; round < 12 && !limited; round += 1) {
            const replies = await Promise.all(Array.from({ length: 10 }, (_, i) =>
                ask(service, '/sign-in', { form: { login: `nobody-${round}-${i}`, password } })));
            limited = replies.find((one) => one.status === 429);
        }
        must(limited, 'never limited');
        must(+limited.headers['retry-after'] > 0, limited.headers);
        has(limited.text, 'Too many attempts');
        must(await metric(service, 'shencha_limited_total') > 0, 'not counted');
        const others = await Promise.all(Array.from({ length: 20 }, () =>
            ask(service, '/sign-in', { form: { login: 'office', password } })));
        must(others.some((one) => one.status === 429), 'the name is limited, not the address');
        await signIn(service, 'office');         // from elsewhere
        same((await ask(service, '/desk', { cookie })).status, 200);
    });
}

export function acts(service) {
    once(service);
    bounds(service);
    files(service);
    signing(service);
    test('the docket is whole after all this', () => {
        same(whole(service.docket).whole ?? whole(service.docket).ok ?? true, true);
    });
}
