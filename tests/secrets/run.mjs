// run.mjs: serves two dockets that differ in one secret and walks through both as each reader.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peopleSignedIn, program, scratch, serve, tell, told } from '../kit/serving.mjs';
import { secrets } from './secrets.mjs';

const pagesMost = 45, matter = 'ledger-bank';

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
const first =
  await peopleSignedIn(new Set(chosen.flatMap(({ hidden, seen }) => [...hidden, seen])));
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
  const known = differences(await walk(one, cookie), await walk(two, cookie));
  tell(known.length > 0, `${name}: ${seen} may know, and does`);
  for (const service of services) await service.stop();
}
told();
