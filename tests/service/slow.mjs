// slow.mjs: clients that send or take a byte now and then, many of them, do not hold others up, and
// are ended. They begin with the suite and are looked at last.
import net from 'node:net';

import { ask, has, metric, must, name, same, signIn, test, wait } from './kit.mjs';

const many = 200;

/** Sends `first`, then one of `rest` each `pace` milliseconds; `closed` is when it ended. */
function drip(service, first, rest, pace, { reads = true } = {}) {
    const socket = net.connect({ port: service.port, host: '127.0.0.1' });
    const slow = { socket, text: '', began: Date.now(), closed: undefined };
    let at = 0;
    const timer = setInterval(() => {
        if (socket.writable) {
            socket.write(rest[at % rest.length]);
            at += 1;
        }
    }, pace);
    socket.on('connect', () => socket.write(first));
    socket.on('error', () => {});
    socket.on('data', (bytes) => { slow.text += bytes; });
    socket.on('close', () => {
        clearInterval(timer);
        slow.closed = (Date.now() - slow.began) / 1000;
    });
    if (!reads) {
        socket.pause();
    }
    return slow;
}

export function slow(service) {
    const head = 'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n';
    const kinds = {
        'headers that never end': (i) => drip(service, head, [...`X-${i}: y\r\n`], 1000),
        'a first line that never ends': () => drip(service, 'GET /', ['a'], 1000),
        'silence': () => drip(service, '', [''], 100000),
        'headers that stop': () => drip(service, head, [''], 100000),
        'a body that stops': () => drip(service, 'POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n' +
            'Origin: http://127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n' +
            'Content-Length: 100\r\n\r\nlogin=', [''], 100000),
    };
    const all = Object.fromEntries(Object.entries(kinds).map(([what, make], k) =>
        [what, Array.from({ length: k === 0 ? many : 10 }, (_, i) => make(i))]));

    test('200 slow clients do not hold others up', async () => {
        const open = all['headers that never end'].filter((one) => one.closed === undefined);
        must(open.length > many / 2, `${open.length} are left`);
        const from = Date.now();
        const replies = [];
        for (let i = 0; i < 50; i += 1) {
            replies.push(await ask(service, i % 2 ? '/law' : '/'));
        }
        must(replies.every((one) => one.status === 200), 'refused');
        must(Date.now() - from < 8000, `${Date.now() - from} ms for 50 pages`);
    });
    test('clients that do not read their reply do not hold others up', async () => {
        const cookie = await signIn(service, 'office');
        const page = `GET /matters/${name(7)} HTTP/1.1\r\nHost: 127.0.0.1\r\n` +
            `Cookie: ${cookie}\r\n\r\n`;
        const deaf = Array.from({ length: 50 }, () =>
            drip(service, page.repeat(40), [''], 100000, { reads: false }));
        await wait(500);
        const from = Date.now();
        for (let i = 0; i < 20; i += 1) {
            same((await ask(service, '/desk', { cookie })).status, 200);
        }
        must(Date.now() - from < 5000, `${Date.now() - from} ms for 20 pages`);
        for (const one of deaf) {
            one.socket.destroy();
        }
    });
    test('more connections than one address may have are refused, others stay', async () => {
        const cookie = await signIn(service, 'office');
        const crowd = [];
        for (let i = 0; i < 500; i += 1) {
            crowd.push(drip(service, head, [''], 100000));
        }
        await wait(1500);
        const refused = crowd.filter((one) => one.closed !== undefined).length;
        for (const one of crowd) {
            one.socket.destroy();
        }
        await wait(500);
        must(refused >= 90 && refused < 500, `${refused} of 500 refused`);
        same((await ask(service, '/desk', { cookie })).status, 200);
    });
    return () => test('slow and silent clients are ended', async () => {
        const most = { 'headers that never end': 26, 'a first line that never ends': 26,
            silence: 22, 'headers that stop': 22, 'a body that stops': 22 };
        for (const [what, clients] of Object.entries(all)) {
            for (const one of clients) {
                while (one.closed === undefined && Date.now() - one.began < 40000) {
                    await wait(100);
                }
                must(one.closed !== undefined && one.closed < most[what] && one.closed > 5,
                    `${what}: ended after ${one.closed} s`);
                must(!/ 200 /.test(one.text.slice(0, 20)), one.text);
            }
        }
        const open = await metric(service, 'shencha_requests_open');
        same(open, 1, 'requests under way:');
        has((await ask(service, '/health')).text, 'ok');
    });
}
