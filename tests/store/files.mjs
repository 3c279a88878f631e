// files.mjs: what stands where a docket should be, and disks that are full or read-only: a clear
// sentence, exit status 3, nothing half-done, every act that was acknowledged still there.
import { spawnSync } from 'node:child_process';
import {
    chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync,
    truncateSync, writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
    act, bytes, declare, does, events, folder, fresh, must, opened, run, same, says, shencha, skip,
    sql, test, unbroken, whole,
} from './kit.mjs';

const database = (docket) => join(docket, 'docket.db');
const reading = (docket) => [['verify', '--docket', docket], ['show', 'one', '--docket', docket],
                             ['docket', '--docket', docket], ['export', '-', '--docket', docket]];
const writing = (docket) => [declare(docket, 'new'), ['rebuild', '--docket', docket]];

/** Every verb says this and ends with 3; the file stays as it was. */
function refuses(docket, ...parts) {
    const before = existsSync(database(docket)) && statSync(database(docket)).isFile()
        ? bytes(database(docket)) : null;
    for (const args of [...reading(docket), ...writing(docket)]) {
        const done = shencha(args);
        same(done.status, 3, args.join(' ') + done.out + done.err);
        says(done, ...parts);
        must(/^shencha: .*\.$/m.test(done.err), `no sentence: ${done.err}`);
    }
    if (before) {
        must(before.equals(bytes(database(docket))), 'the file was changed');
    }
}

test('no docket: says how to make one', () => {
    refuses(folder(), 'There is no docket in', 'shencha init');
    const empty = folder();
    mkdirSync(empty);
    refuses(empty, 'There is no docket in');
});

test('a text, an empty file, a short file, a folder, a pipe are no dockets', () => {
    const contents = ['# my notes\n'.repeat(500), '', 'SQLite format 3\0', 'x', '\0'.repeat(4096)];
    for (const text of contents) {
        const docket = folder();
        mkdirSync(docket);
        writeFileSync(database(docket), text);
        refuses(docket, 'is not a docket of this program');
    }
    const docket = folder();
    mkdirSync(docket);
    mkdirSync(database(docket));
    refuses(docket, 'is not a docket of this program');
    rmSync(database(docket), { recursive: true });
    spawnSync('mkfifo', [database(docket)]);
    refuses(docket, 'is not a docket of this program');
});

test('an SQLite file of others is no docket, and is left alone', () => {
    const docket = folder();
    mkdirSync(docket);
    sql(database(docket), 'CREATE TABLE event (a); INSERT INTO event VALUES (1);');
    refuses(docket, 'is not a docket of this program');
});

test('a docket of a newer version says so', () => {
    const docket = fresh();
    sql(database(docket), 'PRAGMA user_version = 7;');
    refuses(docket, 'newer version (format 7)');
});

test('a second init changes nothing', () => {
    const docket = fresh();
    opened(docket, 'one');
    const before = bytes(database(docket));
    const done = does(2, ['init', '--docket', docket]);
    says(done, 'already');
    must(before.equals(bytes(database(docket))), 'changed');
    same(readdirSync(docket), ['docket.db']);
});

test('a docket that init made is its owner\'s alone', () => {
    same(statSync(fresh()).mode & 0o777, 0o700);
});

test('a file that was cut short is told as damaged, never half-read', () => {
    const docket = fresh();
    for (let i = 0; i < 4; i++) {
        opened(docket, i ? `of-${i}` : 'one');
    }
    const size = statSync(database(docket)).size;
    for (const length of [100, 511, 512, 4095, 4096, 8192, size >> 1, size - 4096, size - 1]) {
        const cut = folder();
        cpSync(docket, cut, { recursive: true });
        truncateSync(database(cut), length);
        const done = shencha(['verify', '--docket', cut]);
        must(done.status === 3 || (done.status === 1 && /Broken at event/.test(done.out)),
             `cut to ${length}: ${done.status} ${done.out}${done.err}`);
    }
});

test('what a kill left in the log beside the file is read and kept', () => {
    const docket = fresh(), copy = folder();
    opened(docket, 'one');
    // A connection that stays open keeps the log from being folded into the file.
    sql(database(docket), 'SELECT count(*) FROM event;');
    const script = `SELECT count(*) FROM event;\n-- said\n-- wait 1500\n`;
    const holder = spawnSync('bash', ['-c', `
        printf '%s' "$SCRIPT" | "$SQL" "$DB" >/dev/null & sleep 0.3
        "$SHENCHA" act one assess --by office --on 2026-03-05 --docket "$DOCKET" \\
            >/dev/null || exit 1
        mkdir "$COPY" && cp "$DOCKET"/* "$COPY"/; wait`], {
        encoding: 'utf8',
        env: { ...process.env, SCRIPT: script, DB: database(docket), DOCKET: docket, COPY: copy,
               SQL: join(process.env.SHENCHA_ROOT, process.env.BUILD, 'tests/sql') },
    });
    same(holder.status, 0, holder.stderr);
    must(statSync(`${database(copy)}-wal`).size > 0, 'no log was left');
    same(whole(copy).events, 6);
    does(0, act(copy, 'one', 'assess', 'office', '2026-03-06'));
    same(whole(copy).events, 7);
});

// ---- a full disk ----

/** Acts until the disk is full; what was acknowledged must be there when there is room again. */
function fill(docket, through = []) {
    const finding = 'x'.repeat(20000);
    let acknowledged = 0, done;
    for (let i = 0; i < 500; i++) {
        done = shencha(act(docket, 'one', 'assess', 'office', '2026-03-05',
                           ['--with', JSON.stringify({ finding })]), { through });
        if (done.status !== 0) {
            break;
        }
        acknowledged++;
    }
    same(done.status, 3, done.out + done.err);
    says(done, 'The disk that holds', 'is full', 'Nothing was written');
    must(acknowledged > 3, `only ${acknowledged}`);
    return acknowledged;
}

test('a file that may not grow: the act is refused in words, all others are there', () => {
    const docket = fresh();
    opened(docket, 'one');
    const acknowledged = fill(docket, ['bash', '-c', 'ulimit -f 700; exec "$0" "$@"']);
    same(whole(docket).events, 5 + acknowledged);
    unbroken(events(docket));
    does(0, act(docket, 'one', 'assess', 'office', '2026-03-06'));
    same(whole(docket).events, 6 + acknowledged);
});

const mounted = () => {
    const place = folder();
    mkdirSync(place);
    const done = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]);
    return done.status === 0 ? place : null;
};
const unmount = (place) => spawnSync('umount', ['-l', place]);
const can_mount = (() => {
    const place = mounted();
    return place && unmount(place).status === 0;
})();
const on_disk = (name, body) => (can_mount ? test(name, () => {
    const place = mounted();
    try {
        body(place, join(place, 'docket'));
    } finally {
        unmount(place);
    }
}) : skip(name, 'nothing can be mounted here'));

on_disk('a full disk: exit 3, nothing half-done, reading goes on', (place, docket) => {
    does(0, ['init', '--docket', docket]);
    opened(docket, 'one');
    const acknowledged = fill(docket);
    spawnSync('bash', ['-c', 'cat /dev/zero >"$0/filler" 2>/dev/null', place]);
    does(0, ['show', 'one', '--docket', docket]);
    does(0, ['docket', '--docket', docket]);
    same(whole(docket).events, 5 + acknowledged);
    for (const args of writing(docket)) {
        says(does(3, args), 'is full');
    }
    says(does(3, ['backup', join(place, 'copy.db'), '--docket', docket]), 'is full');
    says(does(3, ['init', '--docket', join(place, 'another')]), 'is full');
    same(readdirSync(place).filter((name) => name !== 'another').sort(), ['docket', 'filler']);
    rmSync(join(place, 'filler'));
    rmSync(join(place, 'another'), { recursive: true, force: true });
    same(whole(docket).events, 5 + acknowledged);
});

on_disk('a full disk while a script comes in: none of it is there', (place, docket) => {
    does(0, ['init', '--docket', docket]);
    opened(docket, 'one');
    const script = `${place}/many.yaml`;
    writeFileSync(script, `edition: "2022"\ncase: many\nacts:\n` +
        `  - {on: 2026-03-02, by: operator, act: declare,\n     with: {materials: [declaration, ` +
        `analysis_report, procurement_document]}}\n` +
        `  - {on: 2026-03-03, by: center, act: accept_materials}\n` +
        `  - {on: 2026-03-04, by: office, act: decide_need, with: {need: true}}\n` +
        `  - {on: 2026-03-05, by: office, act: assess, with: {finding: "${'y'.repeat(60000)}"}}\n`
            .repeat(8));
    says(does(3, ['import', script, '--docket', docket]), 'is full');
    same(whole(docket).matters, 1);
    does(2, ['show', 'many', '--docket', docket]);
});

on_disk('a read-only disk: reading goes on, writing is refused in words', (place, docket) => {
    does(0, ['init', '--docket', docket]);
    opened(docket, 'one');
    spawnSync('mount', ['-o', 'remount,ro', place]);
    for (const args of reading(docket)) {
        does(0, args);
    }
    for (const args of writing(docket)) {
        says(does(3, args), 'read-only');
    }
    says(does(3, ['init', '--docket', join(place, 'another')]), 'cannot be opened');
    spawnSync('mount', ['-o', 'remount,rw', place]);
    same(whole(docket).events, 5);
});

on_disk('a log left on a read-only disk is read, or said to be unread', (place, docket) => {
    does(0, ['init', '--docket', docket]);
    opened(docket, 'one');
    const text = 'INSERT INTO projection VALUES (\'x\', \'y\');\n';
    const killed = spawnSync('bash', ['-c', `
        { printf '%s' "$TEXT"; printf -- '-- said\\n-- wait 5000\\n'; } | "$SQL" "$DB" &
        sleep 0.4; pkill -KILL -P $$ -x sql; wait`], {
        encoding: 'utf8',
        env: { ...process.env, TEXT: text, DB: database(docket),
               SQL: join(process.env.SHENCHA_ROOT, process.env.BUILD, 'tests/sql') },
    });
    void killed;
    must(statSync(`${database(docket)}-wal`).size > 0, 'no log was left');
    spawnSync('mount', ['-o', 'remount,ro', place]);
    does(0, ['show', 'one', '--docket', docket]);
    spawnSync('mount', ['-o', 'remount,rw', place]);
    rmSync(`${database(docket)}-shm`);
    spawnSync('mount', ['-o', 'remount,ro', place]);
    says(does(3, ['show', 'one', '--docket', docket]), 'write-ahead log');
    spawnSync('mount', ['-o', 'remount,rw', place]);
    does(0, ['show', 'one', '--docket', docket]);
});

test('a folder and a file that may only be read', () => {
    const docket = fresh();
    opened(docket, 'one');
    const rights = spawnSync('setpriv', ['--reuid', '65534', '--clear-groups', 'true']);
    const other = process.getuid() === 0;
    if (other && rights.status !== 0) {
        return;
    }
    const through = other ? ['setpriv', '--reuid', '65534', '--clear-groups'] : [];
    const seen = shencha(['--version'], { through });
    if (seen.status !== 0) {   // the program itself may be out of reach for others
        return;
    }
    const open = join('/tmp', `store-rights-${process.pid}`);
    cpSync(docket, open, { recursive: true });
    try {
        chmodSync(open, 0o555);
        chmodSync(database(open), 0o444);
        for (const args of reading(open)) {
            does(0, args, { through });
        }
        for (const args of writing(open)) {
            says(does(3, args, { through }), 'read-only');
        }
        chmodSync(database(open), 0o000);
        says(does(3, ['verify', '--docket', open], { through }), 'cannot be opened');
    } finally {
        chmodSync(open, 0o755);
        rmSync(open, { recursive: true, force: true });
    }
});

test('a folder whose name has odd signs', () => {
    for (const name of ['案卷 2026', 'a?b#c%20d', "it's"]) {
        const docket = `${folder()}-${name}`;
        does(0, ['init', '--docket', docket]);
        opened(docket, 'one');
        same(whole(docket).events, 5);
        const backup = `${docket}.bak`;
        does(0, ['backup', backup, '--docket', docket]);
        const copy = folder();
        mkdirSync(copy);
        copyFileSync(backup, database(copy));
        same(whole(copy).events, 5);
    }
});

await run();
