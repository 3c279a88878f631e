// faults.mjs: the disk is full. A small file system of its own where that may be mounted, and, with
// or without that right, a bound on the size of files, laid upon the running process and lifted.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { ask, assess, events, fresh, has, must, name, same, scratch, serve, signIn, test,
    whole } from './kit.mjs';

const long = 'f'.repeat(60000);

/** Fills what is left, byte by byte at the end. */
function fill(folder) {
    for (const size of [1 << 20, 1 << 16, 4096, 1]) {
        for (let i = 0; ; i += 1) {
            try {
                writeFileSync(path.join(folder, `filler-${size}-${i}`), Buffer.alloc(size));
            } catch {
                break;
            }
        }
    }
}

async function reads(service, cookie) {
    for (const where of ['/', '/law', '/desk', `/matters/${name(1)}`, '/matters', '/health']) {
        const reply = await ask(service, where, { cookie });
        must(reply.status === 200 || (where === '/' && reply.status === 303),
            `${where}: ${reply.status}`);
    }
}

/** Full, then room again, without a start between. */
async function through(docket, full, room) {
    const service = await serve(docket);
    const cookie = await signIn(service, 'office');
    const done = [];
    for (let i = 0; i < 3; i += 1) {
        same((await assess(service, cookie, i, `before-${i}`)).status, 303);
        done.push(`before-${i}`);
    }
    await full(service);
    const refused = [];
    for (let round = 0; round < 12; round += 1) {
        const keys = Array.from({ length: 8 }, (_, i) => `full-${round}-${i}`);
        const replies = await Promise.all(keys.map((key, i) => assess(service, cookie, 10 + i, key,
            3 + done.filter((one) => one.endsWith(`-${i}`) && one.startsWith('full')).length,
            { 'with.finding': long })));
        for (const [i, reply] of replies.entries()) {
            if (reply.status === 303) {
                done.push(keys[i]);
            } else {
                same(reply.status, 503, reply.text);
                has(reply.text, 'full', 'Nothing was');
                must(+reply.headers['retry-after'] > 0, 'no word when to try again');
                refused.push(keys[i]);
            }
        }
        await reads(service, cookie);
    }
    must(refused.length >= 8, `${refused.length} acts refused: the disk was not full`);
    const before = events(docket).filter((one) => one.key);
    same(before.map((one) => one.key).sort(), done.sort(), 'in the record while it is full:');
    await room(service);
    same((await assess(service, cookie, 5, 'after')).status, 303, 'with room again:');
    same((await ask(service, '/sign-in', { form: { login: 'center',
        password: 'eleven and one words' } })).status, 303);
    same((await service.stop()).status, 0);
    same(whole(docket).whole, true);
    same(events(docket).filter((one) => one.key).map((one) => one.key).sort(),
        [...done, 'after'].sort());
}

export function faults() {
    test('a full disk: pages go on, acts are refused with words, nothing is lost', async () => {
        const place = path.join(scratch, 'small');
        mkdirSync(place);
        const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', place]);
        if (mounted.status !== 0) {
            return 'no right to mount a small file system';
        }
        try {
            const docket = fresh(path.join(place, 'docket'));
            await through(docket, () => fill(place), () => {
                for (const file of readdirSync(place).filter((one) => one.startsWith('filler'))) {
                    rmSync(path.join(place, file));
                }
            });
        } finally {
            spawnSync('umount', ['-l', place]);
        }
        return undefined;
    });
    test('files that may not grow: the same', async () => {
        const bound = (service, bytes) => {
            const done = spawnSync('prlimit', ['--pid', String(service.child.pid),
                `--fsize=${bytes}:unlimited`], { encoding: 'utf8' });
            same(done.status, 0, done.stderr);
        };
        await through(fresh(), (service) => bound(service, 150000),
            (service) => bound(service, 'unlimited'));
    });
}
