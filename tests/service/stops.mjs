// stops.mjs: the service is stopped or killed while 32 act: every act that was answered is in the
// record, none is there by half, and it starts again.
import net from 'node:net';

import { draft, filePart, papers, part, send } from './acts.mjs';
import { assess, events, fresh, must, name, same, serve, signIn, test, wait,
    whole } from './kit.mjs';

const clients = 32;

/** Each client acts on a matter of its own, one act after another, until the service is gone.
 *  Returns the keys that were answered with 303, and all that were sent. */
async function work(service, cookie) {
    const done = [], sent = [], odd = [];
    await Promise.all(Array.from({ length: clients }, async (_, i) => {
        for (let turn = 0; ; turn += 1) {
            const key = `${i}-${turn}`;
            try {
                sent.push(key);
                const reply = await assess(service, cookie, i, key, 3 + turn);
                if (reply.status !== 303) {
                    odd.push(`${key}: ${reply.status}`);
                    return;
                }
                done.push(key);
            } catch {
                return;          // the connection is gone: whether it was done is open
            }
        }
    }));
    return { done, sent, odd };
}

function holds(docket, { done, sent, odd }) {
    same(odd.filter((one) => !one.endsWith(' 503')), [], 'answers:');
    must(done.length >= clients, `${done.length} acts alone`);
    same(whole(docket).whole, true);
    const all = events(docket).filter((one) => one.key);
    const keys = new Set(all.map((one) => one.key));
    same(keys.size, all.length, 'twice in the record:');
    const lost = done.filter((one) => !keys.has(one));
    same(lost, [], 'answered and lost:');
    const known = new Set(sent);
    same([...keys].filter((one) => !known.has(one)), [], 'nobody sent:');
    for (let i = 0; i < clients; i += 1) {   // one behind another, none left out
        const own = all.filter((one) => one.body.matter === name(i)).map((one) => one.key);
        same(own, own.map((_, turn) => `${i}-${turn}`));
    }
}

export function stops() {
    const docket = fresh();
    for (const [what, signal] of [['stopped', 'SIGTERM'], ['interrupted', 'SIGINT'],
        ['killed', 'SIGKILL']]) {
        test(`${what} while 32 act: what was answered is in the record`, async () => {
            const own = fresh();
            const service = await serve(own);
            const cookie = await signIn(service, 'office');
            const working = work(service, cookie);
            await wait(900);
            const from = Date.now();
            const end = await service.stop(signal);
            const spent = Date.now() - from;
            holds(own, await working);
            if (signal !== 'SIGKILL') {
                same([end.status, end.signal], [0, null]);
                must(spent < 5000, `took ${spent} ms to stop`);
            }
            const again = await serve(own);
            const later = await signIn(again, 'office');
            const seen = events(own).filter((one) => one.body.matter === name(0)).length;
            same((await assess(again, later, 0, 'after', seen)).status, 303);
            same((await again.stop()).status, 0);
        });
    }
    test('killed while files come in: what was answered is there, the rest is swept', async () => {
        const own = fresh();
        const service = await serve(own);
        const cookie = await signIn(service, 'operator');
        const where = `/drafts/${await draft(service, cookie)}/papers`;
        const body = `${part('kind', 'analysis_report')}${filePart('a.pdf')}` +
            `${'b'.repeat(200000)}\r\n--x-x-x-x--\r\n`;
        same(await send(service, cookie, where, { body }), 303);
        const going = Array.from({ length: 6 }, (_, i) =>
            send(service, cookie, where, { body, length: body.length + 5000 + i }));
        await wait(300);
        must(papers(service).filter((one) => one.startsWith('part-')).length > 0, papers(service));
        await service.stop('SIGKILL');
        await Promise.all(going);
        must(papers(service).length > 1, papers(service));
        const again = await serve(own);
        same(papers(again), ['d1']);
        same((await again.stop()).status, 0);
    });
    test('a client that does not go on does not keep the service from stopping', async () => {
        const service = await serve(docket);
        const idle = Array.from({ length: 5 }, (_, i) => net.connect(service.port, '127.0.0.1',
            function connected() {
                this.write(i ? 'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n' : '');
            }).on('error', () => {}));
        await wait(300);
        const from = Date.now();
        const end = await service.stop();
        same(end.status, 0);
        must(Date.now() - from < 4000, `${Date.now() - from} ms`);
        idle.forEach((one) => one.destroy());
    });
}
