// service.mjs: the service over loopback on a docket of many matters, beside a hello-world of the
// same library under the same load line, in turn. Prints "title TAB ours TAB peer TAB unit TAB
// target" for run.mjs. SERVICE_MATTERS sets the size (100000), SECONDS_EACH the length of a load.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { cookiesOf } from '../tests/kit/serving.mjs';

const matters = Number(process.env.SERVICE_MATTERS ?? 100000);
const seconds = Number(process.env.SECONDS_EACH ?? 3);
const rounds = Number(process.env.SERVICE_ROUNDS ?? 3);
const program = 'build/shencha';
const folder = join('build/bench', `service-${process.pid}`), docket = join(folder, 'docket');
const password = 'demonstration-2026';
const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const tell = (title, ours, peer, unit, target = '') =>
  console.log([title, ours, peer ?? '', unit, target].join('\t'));
const note = (text) => process.stderr.write(`# ${text}\n`);

const freePort = () => new Promise((done) => {
  const server = createServer();
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

async function serve() {
  const port = await freePort(), from = process.hrtime.bigint();
  const child = spawn(program, ['serve', '--docket', docket, '--port', String(port),
    '--log', join(folder, 'serve.log')], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (;;) {
    if (child.exitCode !== null) throw new Error('serve stopped');
    try {
      if ((await fetch(`http://127.0.0.1:${port}/sign-in`)).ok) break;
    } catch { await sleep(1); }
  }
  const ready = Number(process.hrtime.bigint() - from) / 1e6;
  return { child, port, url: `http://127.0.0.1:${port}`, ready };
}
const ended = (child) => new Promise((done) => child.on('close', done));
async function stop(child) {
  const over = ended(child);
  child.kill('SIGTERM');
  await over;
}

async function hello(bytes) {
  const child = spawn('build/bench/bench_hello', [String(bytes)],
    { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = await new Promise((done) =>
    child.stdout.once('data', (line) => done(Number(String(line)))));
  return { child, url: `http://127.0.0.1:${port}` };
}

async function signIn(url, login) {
  const reply = await fetch(`${url}/sign-in`, { method: 'POST', redirect: 'manual',
    headers: { origin: url, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ login, password }) });
  const cookie = cookiesOf(reply).map((each) => each.split(';')[0]).join('; ');
  if (reply.status !== 303 || !cookie) throw new Error(`${login}: ${reply.status} at sign-in`);
  return cookie;
}

// One run of wrk: requests a second, 99th percentile in ms, refused or failed ones.
function wrk(url, { cookie = '', script, environment = {} } = {}) {
  const words = ['-t1', '-c64', `-d${seconds}s`, '--latency'];
  if (cookie) words.push('-H', `Cookie: ${cookie}`);
  words.push('-H', 'Accept-Encoding: gzip');
  if (script) words.push('-s', script);
  const { stdout, status, stderr } = spawnSync('wrk', [...words, url],
    { encoding: 'utf8', env: { ...process.env, ...environment } });
  if (status !== 0) throw new Error(`wrk: ${stderr || stdout}`);
  const unit = { us: 1e-3, ms: 1, s: 1e3, m: 6e4 };
  const [, p99, of] = /99%\s+([\d.]+)(us|ms|s|m)/.exec(stdout);
  const bad = Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0) +
    Number(/Socket errors: (.*)/.exec(stdout)?.[1].match(/\d+/g).reduce((a, b) => a + +b, 0) ?? 0);
  return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]), p99: p99 * unit[of], bad };
}

const memory = (pid, key) =>
  Number(new RegExp(`${key}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1])
  / 1024;

// Our page and the bare library in turn; medians.
async function race(title, path, service, cookie, options = {}) {
  const page = await fetch(service.url + (options.sample ?? path), { headers: { cookie } });
  const bytes = (await page.arrayBuffer()).byteLength;
  if (page.status !== 200) throw new Error(`${path}: ${page.status}`);
  const small = await hello(200), large = await hello(bytes);
  const mine = [], bare = [], same = [];
  for (let i = 0; i < rounds; i++) {
    mine.push(wrk(service.url + path, { cookie, ...options }));
    bare.push(wrk(small.url));
    same.push(wrk(large.url));
  }
  for (const { child } of [small, large]) {
    child.stdin.end();
    await ended(child);
  }
  const rate = (list) => Math.round(median(list.map((each) => each.rate)));
  tell(`${title}, ${(bytes / 1024).toFixed(0)} KB, beside 200 bytes`, rate(mine), rate(bare), '/s',
    options.free ? '' : 'at least 20 %');
  tell(`${title}, beside as many bytes`, rate(mine), rate(same), '/s');
  tell(`${title}, 99th percentile`, median(mine.map(({ p99 }) => p99)).toFixed(2), '', 'ms',
    options.free ? '' : 'under 10 ms');
  const bad = mine.reduce((sum, each) => sum + each.bad, 0);
  if (bad) tell(`${title}, failed requests`, bad, '', '');
}

async function acts(service, cookie) {
  const bare = execFileSync('build/bench/bench_ledger', { encoding: 'utf8' }).trim().split('\n')
    .find((line) => line.includes('64')).split('\t')[2];
  const runs = [];
  for (let i = 0; i < rounds; i++) {
    runs.push(wrk(service.url, { cookie, script: 'bench/acts.lua',
      environment: { ROUND: String(i), ROUNDS: String(rounds), MATTERS: String(matters) } }));
  }
  tell('lasting acts over HTTP, 64 clients', Math.round(median(runs.map(({ rate }) => rate))), bare,
    '/s', 'at least 50 %');
  const bad = runs.reduce((sum, each) => sum + each.bad, 0);
  tell('of these refused or failed', bad, '', '');
}

// One document of 1 GiB into a draft, written as fast as it is taken; by how much the process grew.
async function upload(service) {
  const cookie = await signIn(service.url, 'operator');
  const begun = await fetch(`${service.url}/declare`, { method: 'POST', redirect: 'manual',
    headers: { origin: service.url, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ key: `bench-${process.pid}` }) });
  const [draft] = /\/drafts\/\d+/.exec(begun.headers.get('location') ?? '') ?? [];
  if (!draft) throw new Error(`no draft was begun: ${begun.status}`);
  writeFileSync('/proc/' + service.child.pid + '/clear_refs', '5');     // the peak counts from here
  const before = memory(service.child.pid, 'VmRSS'), from = process.hrtime.bigint();
  const piece = Buffer.alloc(1 << 20, 'x'), pieces = 1024, mark = 'bench-boundary';
  const head = Buffer.from(`--${mark}\r\nContent-Disposition: form-data; name="kind"\r\n\r\nother` +
    `\r\n--${mark}\r\nContent-Disposition: form-data; name="file"; filename="large.bin"\r\n\r\n`);
  const tail = Buffer.from(`\r\n--${mark}--\r\n`);
  const status = await new Promise((done, failed) => {
    const sending = request(`${service.url}${draft}/papers`, { method: 'POST',
      headers: { origin: service.url, cookie,
        'content-type': `multipart/form-data; boundary=${mark}`,
        'content-length': head.length + pieces * piece.length + tail.length } },
    (reply) => { reply.resume(); reply.on('end', () => done(reply.statusCode)); });
    sending.on('error', failed);
    sending.write(head);
    let left = pieces;
    const more = () => {
      while (left-- > 0) if (!sending.write(piece)) return sending.once('drain', more);
      sending.end(tail);
    };
    more();
  });
  if (status !== 303) throw new Error(`the upload was answered with ${status}`);
  const took = Number(process.hrtime.bigint() - from) / 1e9;
  tell('memory that an upload of 1 GiB takes',
    (memory(service.child.pid, 'VmHWM') - before).toFixed(1), '', 'MB', 'under 32 MB');
  tell('upload of 1 GiB, hashed and kept', (1024 / took).toFixed(0), '', 'MB/s');
}

async function main() {
  mkdirSync(folder, { recursive: true });
  const from = Date.now();
  const events = execFileSync('build/bench/bench_many', [docket, String(matters), today],
    { encoding: 'utf8' }).trim();
  execFileSync('tools/demo-people', [program, docket, password], { stdio: 'ignore' });
  note(`${matters} matters, ${events} events in ${((Date.now() - from) / 1000).toFixed(0)} s`);
  const starts = [];
  for (let i = 0; i < 5; i++) {
    const { child, ready } = await serve();
    starts.push(ready);
    await stop(child);
  }
  tell(`time to ready, ${events} events`, median(starts).toFixed(0), '', 'ms', 'under 200 ms');

  const service = await serve();
  const office = await signIn(service.url, 'office');
  const hot = '/matters/m-000025';
  await race('case page, hot', hot, service, office);
  await race('desk, hot', '/desk', service, office);
  await race('case page, any of all matters', '/', service, office,
    { script: 'bench/pages.lua', sample: hot, free: true,
      environment: { MATTERS: String(matters) } });
  tell('resident memory after these loads', memory(service.child.pid, 'VmRSS').toFixed(0), '', 'MB',
    'under 96 MB');
  await acts(service, office);
  tell('resident memory after the acts', memory(service.child.pid, 'VmRSS').toFixed(0), '', 'MB',
    'under 96 MB');
  await upload(service);
  const first = await wire(service.url);
  tell('first page and what it needs, on the wire', (first / 1024).toFixed(1), '', 'KB',
    'under 60 KB');
  await stop(service.child);
}

// Bytes of the first page with style, script and picture, as they come over the wire.
async function wire(url) {
  const sizes = (path) => Number(execFileSync('curl', ['-s', '-o', '/dev/null', '-w',
    '%{size_download} %{size_header}', '-H', 'Accept-Encoding: gzip', url + path],
  { encoding: 'utf8' }).split(' ').reduce((a, b) => Number(a) + Number(b)));
  const page = await (await fetch(`${url}/sign-in`)).text();
  const assets = [...new Set([...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)]
    .map(([, path]) => path))];
  return ['/sign-in', ...assets].reduce((sum, path) => sum + sizes(path), 0);
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
