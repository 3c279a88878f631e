// killed.mjs: programs killed in the middle of their work, many times: after each kill the docket
// is whole, every act that was acknowledged is there, and the next program goes on.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
    act, build, chance, declare, events, file, folder, fresh, must, opened, program, run, same,
    started, test, unbroken, wait, whole, does,
} from './kit.mjs';

/** Kills all of them once they have worked for so long; answers when they are gone. */
async function kill(children, milliseconds) {
    await wait(milliseconds);
    for (const child of children) {
        child.kill('SIGKILL');
    }
}

/** Names and sequences in the record. */
function places(all) {
    const names = new Map(), found = new Set();
    for (const event of all) {
        if (event.body.matter !== undefined && event.seq === 1) {
            names.set(event.matter, event.body.matter);
        }
        if (event.matter) {
            found.add(`${names.get(event.matter)}\t${event.seq}`);
        }
    }
    return found;
}

test('32 kills of a writer with eight threads: every acknowledged act is there', async () => {
    const docket = fresh(), random = chance(1), acknowledged = new Set();
    let killed = 0;
    for (let round = 0; round < 32; round++) {
        const child = spawn(join(build, 'tests', 'load'), [docket, '8', '100000', `${round}`]);
        let said = '';
        child.stdout.setEncoding('utf8').on('data', (text) => { said += text; });
        const gone = new Promise((resolve) => {
            child.on('close', (status, signal) => resolve(signal));
        });
        await new Promise((resolve) => { child.stdout.once('data', resolve); });
        await kill([child], random(60));
        killed += (await gone) === 'SIGKILL';
        said.split('\n').slice(0, -1).forEach((line) => acknowledged.add(line));
        whole(docket);
    }
    const all = events(docket), found = places(all);
    unbroken(all);
    same(killed, 32);
    must(acknowledged.size > 200, `only ${acknowledged.size} acts`);
    same([...acknowledged].filter((line) => !found.has(line)), []);
});

test('32 kills of four programs that act one by one: every acknowledged act is there', async () => {
    const docket = fresh(), random = chance(2), acknowledged = new Set();
    let interrupted = 0, next = 0;
    for (let who = 0; who < 4; who++) {
        opened(docket, `of-${who}`);
    }
    for (let round = 0; round < 32; round++) {
        const children = new Set();
        let going = true;
        const worker = async (who) => {
            while (going) {
                const key = `key-${next++}`;
                const args = who === 3 ? declare(docket, `new-${key}`, '2026-03-02', ['--key', key])
                    : act(docket, `of-${who}`, 'assess', 'office', '2026-03-05', ['--key', key]);
                let child;
                const done = await started(args, (made) => children.add(child = made));
                children.delete(child);
                if (done.status === 0) {
                    acknowledged.add(key);
                } else {
                    same(done.signal, 'SIGKILL', done.err);
                    interrupted++;
                }
            }
        };
        const workers = [0, 1, 2, 3].map(worker), before = acknowledged.size;
        while (acknowledged.size < before + 2) {
            await wait(5);
        }
        await wait(random(60));
        going = false;
        children.forEach((child) => child.kill('SIGKILL'));
        await Promise.all(workers);
        whole(docket);
    }
    const all = events(docket), keys = all.map((event) => event.key).filter(Boolean);
    unbroken(all);
    same(new Set(keys).size, keys.length, 'a key twice');
    must(interrupted > 60 && acknowledged.size >= 64, `${interrupted}, ${acknowledged.size}`);
    same([...acknowledged].filter((key) => !keys.includes(key)), []);
});

test('kills of an import of many scripts: a script is there whole or not at all', async () => {
    const docket = fresh(), random = chance(3);
    const acts = 12;
    const script = (name) => `edition: "2022"
case: ${name}
acts:
  - {on: 2026-03-02, by: operator, act: declare,
     with: {materials: [declaration, analysis_report, procurement_document]}}
  - {on: 2026-03-03, by: center, act: accept_materials}
  - {on: 2026-03-04, by: office, act: decide_need, with: {need: true}}
${'  - {on: 2026-03-05, by: office, act: assess}\n'.repeat(acts - 3)}`;
    const acknowledged = new Set();
    for (let round = 0; round < 12; round++) {
        const files = Array.from({ length: 60 }, (_, i) =>
            file(`import-${round}-${i}.yaml`, script(`script-${round}-${i}`)));
        const child = spawn(program, ['import', '--json', '--docket', docket, ...files]);
        let said = '';
        child.stdout.setEncoding('utf8').on('data', (text) => { said += text; });
        const gone = new Promise((resolve) => { child.on('close', resolve); });
        const spoke = new Promise((resolve) => { child.stdout.once('data', resolve); });
        await Promise.race([gone, spoke]);
        await kill([child], random(150));
        await gone;
        said.split('\n').slice(0, -1).forEach((line) => {
            acknowledged.add(JSON.parse(line).file.match(/import-(.*)\.yaml$/)[1]);
        });
        whole(docket);
    }
    const all = events(docket), last = unbroken(all);
    const names = all.filter((event) => event.matter && event.seq === 1)
        .map((event) => event.body.matter.replace('script-', ''));
    last.delete(0);
    same([...new Set(last.values())], [acts]);
    same([...acknowledged].filter((name) => !names.includes(name)), []);
    must(acknowledged.size > 0, 'none was acknowledged');
});

test('kills of init: a docket is there or can be made', async () => {
    const random = chance(4);
    for (let round = 0; round < 30; round++) {
        const docket = folder();
        const child = spawn(program, ['init', '--docket', docket]);
        const gone = new Promise((resolve) => { child.on('close', resolve); });
        await kill([child], random(40));
        await gone;
        const verified = await started(['verify', '--docket', docket]);
        if (verified.status !== 0) {
            does(0, ['init', '--docket', docket]);
        }
        does(0, declare(docket, 'one'));
        whole(docket);
    }
});

test('kills of rebuild and of backup: the docket is whole, a backup whole or not there',
     async () => {
    const docket = fresh(), random = chance(5);
    for (let i = 0; i < 12; i++) {
        opened(docket, `of-${i}`);
    }
    for (let round = 0; round < 16; round++) {
        const backup = folder(), path = `${backup}/docket.db`;
        mkdirSync(backup);
        const child = round % 2 ? spawn(program, ['rebuild', '--docket', docket])
                                : spawn(program, ['backup', path, '--docket', docket]);
        const gone = new Promise((resolve) => { child.on('close', resolve); });
        await kill([child], random(40));
        await gone;
        same(whole(docket).matters, 12);
        if (round % 2 === 0 && existsSync(path)) {
            same(whole(backup).matters, 12);
        }
    }
});

await run();
