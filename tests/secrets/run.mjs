// run.mjs: serves two dockets that differ in one secret and walks through both as each reader.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secrets } from './secrets.mjs';

const root = process.env.SHENCHA_ROOT ?? process.cwd();
const program = process.env.SHENCHA ?? join(root, 'build/shencha');
const password = 'eleven and one words', pagesMost = 45, matter = 'ledger-bank';
const scratch = mkdtempSync(join(tmpdir(), 'secrets-'));
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});

const beijing = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
const daysTo = (day) => String(Math.round((Date.parse(day) - Date.parse(beijing)) / 86400e3));

function serve(docket, day) {
  const words = ['serve', '--docket', docket, '--port', '0', '--log', '-', '--lang', 'en',
    '--days-ahead', daysTo(day)];
  return new Promise((done, failed) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    running.add(child);
    const ended = new Promise((over) => child.on('close', (status) => {
      running.delete(child);
      over(status);
      failed(new Error(said));
    }));
    const hear = (bytes) => {
      said += bytes;
      const [, url] = /(http:\/\/[\d.]+:\d+)/.exec(said) ?? [];
      if (url) {
        done({ url, async stop() {
          child.kill('SIGTERM');
          const status = await ended;
          if (status !== 0 || /Sanitizer|runtime error/.test(said)) throw new Error(said);
        } });
      }
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
  });
}

// ---- readers ----

// One docket with all people signed in: its copies know the same sessions.
async function theFirst(logins) {
  const docket = join(scratch, 'first'), cookies = {};
  execFileSync(program, ['init', '--docket', docket], { stdio: 'ignore' });
  execFileSync(join(root, 'tools/demo-people'), [program, docket, password]);
  const service = await serve(docket, beijing);
  for (const login of logins) {
    const reply = await fetch(`${service.url}/sign-in`, { method: 'POST', redirect: 'manual',
      headers: { origin: service.url }, body: new URLSearchParams({ login, password }) });
    const cookie = reply.headers.getSetCookie().find((one) => /shencha=/.test(one));
    if (reply.status !== 303 || !cookie) throw new Error(`${login}: ${reply.status}`);
    cookies[login] = cookie.split(';')[0];
  }
  await service.stop();
  return { docket, cookies };
}

// What is new in every answer: the key of a form, the time of day.
const masked = (text) => text.replace(/name="key" value="[^"]*"/g, 'name="key"')
  .replace(/\d\d:\d\d(:\d\d)?/g, 'TIME');

async function page(service, cookie, path) {
  const reply = await fetch(service.url + path, { redirect: 'manual',
    headers: { cookie, 'accept-language': 'en' } });
  const text = masked(await reply.text());
  const { status, headers } = reply;
  const length = /name="key"/.test(text) ? '' : text.length;
  return { text, said: `${status} ${headers.get('location') ?? ''} ` +
    `${headers.get('cache-control')} ${length}\n${text}` };
}

const starts = ['/desk', '/matters', '/matters?open=no', '/matters?text=ledger', '/month',
  '/charts', '/new', '/declare', '/drafts', '/people', `/matters/${matter}`,
  ...['papers', 'check', 'answer', 'supply', 'redeclare', 'do/assess', 'do/opine', 'do/suggest',
    'do/conclude', 'do/open_special', 'do/refer', 'do/withdraw', 'notices/1-receipt', 'notices/1',
    'sign/1'].map((tail) => `/matters/${matter}/${tail}`)];

// Every page that this reader can reach, with what it says.
async function walk(service, cookie, also = []) {
  const pages = new Map(), waiting = [...starts, ...also];
  while (waiting.length && pages.size < pagesMost) {
    const path = waiting.shift();
    if (pages.has(path)) continue;
    const { text, said } = await page(service, cookie, path);
    pages.set(path, said);
    for (const [, link] of text.matchAll(/href="(\/(?:matters|desk|month|charts|new)[^"#]*)/g)) {
      if (!link.includes('lang=')) waiting.push(link.replaceAll('&amp;', '&'));
    }
  }
  return pages;
}

function differences(one, two) {
  const found = [];
  for (const path of new Set([...one.keys(), ...two.keys()])) {
    if (one.get(path) !== two.get(path)) {
      const a = (one.get(path) ?? '').split('\n'), b = (two.get(path) ?? '').split('\n');
      const at = a.findIndex((line, i) => line !== b[i]);
      found.push(`${path}\n  ${a[at]?.slice(0, 300)}\n  ${b[at]?.slice(0, 300)}`);
    }
  }
  return found;
}

// ---- all secrets ----

const wanted = process.argv.slice(2);
const chosen = secrets.filter(({ name }) =>
  wanted.length === 0 || wanted.some((word) => name.includes(word)));
const first = await theFirst(new Set(chosen.flatMap(({ hidden, seen }) => [...hidden, seen])));
let number = 0, failed = 0;
function tell(fine, what, detail = '') {
  console.log(`${fine ? 'ok' : 'not ok'} ${++number} - ${what}`);
  if (!fine) {
    failed++;
    console.log(detail.slice(0, 4000).replace(/^/gm, '# '));
  }
}

for (const { name, scripts, hidden, seen, day = '2026-11-23' } of chosen) {
  const services = [];
  for (const [i, some] of scripts.entries()) {
    const docket = join(scratch, `${name.replaceAll(/\W+/g, '-')}-${i}`);
    cpSync(first.docket, docket, { recursive: true });
    mkdirSync(`${docket}-scripts`);
    for (const script of some) {
      const file = join(`${docket}-scripts`, 'script.json');
      writeFileSync(file, JSON.stringify(script));
      execFileSync(program, ['import', file, '--docket', docket], { stdio: 'ignore' });
    }
    services.push(await serve(docket, day));
  }
  const [one, two] = services;
  for (const login of [...hidden, null]) {
    const cookie = first.cookies[login] ?? '';
    const left = await walk(one, cookie), right = await walk(two, cookie, [...left.keys()]);
    const found = differences(left, right);
    tell(found.length === 0, `${name}: ${login ?? 'nobody signed in'} cannot tell, on ` +
      `${left.size} pages`, found.join('\n'));
  }
  const cookie = first.cookies[seen];
  const told = differences(await walk(one, cookie), await walk(two, cookie));
  tell(told.length > 0, `${name}: ${seen} may know, and does`);
  for (const service of services) await service.stop();
}
console.log(`1..${number}`);
process.exitCode = failed || number === 0 ? 1 : 0;
