// together.mjs: several programs at the same docket at the same time: nothing lost, nothing twice,
// no gap; who comes second decides on what stands; who must wait waits.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
    act, build, declare, does, events, folder, fresh, must, opened, run, same, says, started, test,
    unbroken, wait, whole,
} from './kit.mjs';

const assess = (docket, matter, who, i) =>
    act(docket, matter, 'assess', 'office', '2026-03-05',
        ['--with', JSON.stringify({ finding: `${who}/${i}` })]);

/** `writers` loops at once, each doing `many` acts; all must be done. */
async function race(docket, writers, many, matter) {
    await Promise.all(Array.from({ length: writers }, async (_, who) => {
        for (let i = 0; i < many; i++) {
            const done = await started(assess(docket, matter(who), who, i));
            must(done.status === 0, done);
        }
    }));
}
function every_finding_once(docket, writers, many) {
    const all = events(docket);
    const found = all.map((event) => event.body.with?.finding).filter(Boolean);
    unbroken(all);
    same(found.length, writers * many);
    same(new Set(found).size, writers * many);
    for (let who = 0; who < writers; who++) {   // in the order in which each did them
        same(found.filter((text) => text.startsWith(`${who}/`)),
             Array.from({ length: many }, (_, i) => `${who}/${i}`));
    }
}

for (const writers of [2, 4]) {
    test(`${writers} programs write to one matter: nothing lost, no gap`, async () => {
        const docket = fresh();
        opened(docket, 'one');
        await race(docket, writers, 25, () => 'one');
        every_finding_once(docket, writers, 25);
        same(whole(docket).matters, 1);
    });
    test(`${writers} programs write to matters of their own: nothing lost, no gap`, async () => {
        const docket = fresh();
        for (let who = 0; who < writers; who++) {
            opened(docket, `of-${who}`);
        }
        await race(docket, writers, 25, (who) => `of-${who}`);
        every_finding_once(docket, writers, 25);
        same(whole(docket).matters, writers);
    });
}

test('eight programs open the first matters of an empty docket at once', async () => {
    for (let round = 0; round < 4; round++) {
        const docket = fresh();
        const all = await Promise.all(Array.from({ length: 8 }, (_, i) =>
            started(declare(docket, `first-${i}`))));
        all.forEach((done) => same(done.status, 0, done.err));
        same(events(docket).filter((event) => event.body.kind === 'opened').length, 1);
        same(events(docket).filter((event) => event.body.kind === 'law').length, 1);
        same(whole(docket).matters, 8);
    }
});

test('two programs open a matter of the same name: one does, the law refuses the other',
     async () => {
    const docket = fresh();
    for (let i = 0; i < 8; i++) {
        const all = await Promise.all([0, 1].map(() => started(declare(docket, `same-${i}`))));
        same(all.map((done) => done.status).sort(), [0, 1]);
        says(all.find((done) => done.status === 1), 'Refused');
    }
    same(whole(docket).matters, 8);
});

test('the second decides on what stands: one decision is made, the other refused in words',
     async () => {
    const docket = fresh();
    for (let i = 0; i < 10; i++) {
        const matter = `two-minds-${i}`;
        does(0, declare(docket, matter));
        does(0, act(docket, matter, 'accept_materials', 'center', '2026-03-03'));
        const all = await Promise.all([true, false].map((need) =>
            started(act(docket, matter, 'decide_need', 'office', '2026-03-04',
                        ['--with', JSON.stringify({ need })]))));
        same(all.map((done) => done.status).sort(), [0, 1]);
        says(all.find((done) => done.status === 1), 'clause');
    }
    unbroken(events(docket));
    same(whole(docket).events, 2 + 30);
});

test('verify, show, export and backup while others write: always one whole state', async () => {
    const docket = fresh();
    opened(docket, 'busy');
    let writing = true;
    const written = (async () => {
        for (let i = 0; writing; i++) {
            const done = await started(i % 5 ? assess(docket, 'busy', 0, i)
                                             : declare(docket, `new-${i}`));
            must(done.status === 0, done);
        }
    })();
    for (let i = 0; i < 20; i++) {
        const all = await Promise.all([
            started(['verify', '--docket', docket]),
            started(['show', 'busy', '--docket', docket, '--json']),
            started(['docket', '--docket', docket]),
        ]);
        all.forEach((done) => same(done.status, 0, done.out + done.err));
    }
    for (let i = 0; i < 4; i++) {
        const copy = fresh(), backup = folder();
        const exported = (await started(['export', '-', '--docket', docket])).out;
        does(0, ['import', '-', '--docket', copy], { input: exported });
        whole(copy);
        mkdirSync(backup);
        const done = await started(['backup', join(backup, 'docket.db'), '--docket', docket]);
        same(done.status, 0, done.err);
        whole(backup);
    }
    writing = false;
    await written;
    whole(docket);
});

/** Holds the lock of a docket for a while; answers when it has it, with what waits for its end. */
async function hold(docket, milliseconds) {
    const child = spawn(join(build, 'tests', 'sql'), [join(docket, 'docket.db')]);
    const released = new Promise((resolve) => { child.on('close', resolve); });
    child.stdin.end(`BEGIN IMMEDIATE;\n-- said held\n-- wait ${milliseconds}\nCOMMIT;\n`);
    await new Promise((resolve) => { child.stdout.once('data', resolve); });
    return { released };
}

test('who finds the docket busy waits for his turn', async () => {
    const docket = fresh();
    opened(docket, 'busy');
    const { released } = await hold(docket, 1200);
    const from = Date.now();
    const [done] = await Promise.all([started(assess(docket, 'busy', 0, 0)), released]);
    same(done.status, 0, done.err);
    must(Date.now() - from >= 1000, 'it did not wait');
    does(0, ['show', 'busy', '--docket', docket]);
});

test('who waits ten seconds in vain is told so; reading goes on all the while', async () => {
    const docket = fresh();
    opened(docket, 'busy');
    const { released } = await hold(docket, 11500);
    const writing = started(assess(docket, 'busy', 0, 0));
    for (let i = 0; i < 5; i++) {
        does(0, ['show', 'busy', '--docket', docket]);
        await wait(300);
    }
    const done = await writing;
    same(done.status, 3, done.out + done.err);
    says(done, 'written by another program');
    same(events(docket).length, 5);
    await released;
    does(0, assess(docket, 'busy', 0, 0));
    same(whole(docket).events, 6);
});

await run();
