// run.mjs: walks through the demonstration as every reader, and sends each form it meets with bad
// words in all fields. Whatever comes back is a page, never a failure, and shows them harmlessly.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { peopleSignedIn, program, root, scratch, serve, tell, told } from '../kit/serving.mjs';

const logins = ['operator', 'platform', 'cloud', 'center', 'office', 'office-signer',
  'office-manager', 'mps', 'csrc', 'finance', 'commission', 'institution', 'expert', 'association',
  'auditor', 'admin'];
const day = '2026-11-23', pagesMost = 140;

// As sent: already encoded. What is not well-formed must not come back as it was.
const text = encodeURIComponent;
const bad = [
  ['nothing', ''], ['spaces', '+++'], ['a program', text('<script>alert(1)</script>"\'&<b')],
  ['the other direction', text('\u202Egnp.exe')], ['an end of text', 'a%00b'], ['a bell', 'a%07b'],
  ['no UTF-8', '%FF%FEx'], ['half a pair', '%ED%A0%80'], ['an overlong slash', '%C0%AF'],
  ['a large number', '99999999999999999999'], ['a negative one', '-1'], ['digits of full width',
    text('１２３')], ['no day', '2026-02-30'], ['a day far away', '99999-12-31'],
  ['a path', '..%2F..%2Fetc%2Fpasswd'], ['lines', 'a%0D%0Ab%0Ac'], ['no number', 'NaN'],
  ['a long text', 'x'.repeat(30000)],
];

const attribute = (tag, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
const unescaped = (value) => value.replaceAll('&amp;', '&').replaceAll('&quot;', '"')
  .replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>');

// Forms that act: where they go, and their fields with what stands in them.
function formsOf(page) {
  return [...page.matchAll(/<form\b[^>]*method="post"[^>]*>.*?<\/form>/gs)].map(([whole]) => {
    const fields = new Map();
    for (const [tag] of whole.matchAll(/<(?:input|textarea|select|button)\b[^>]*>/g)) {
      const name = attribute(tag, 'name');
      if (name && !/type="file"/.test(tag) && !fields.has(name)) {
        fields.set(name, unescaped(attribute(tag, 'value') ?? ''));
      }
    }
    return { action: unescaped(attribute(whole, 'action') ?? ''), fields,
      file: /multipart/.test(whole) };
  });
}

// The same form for another matter, draft or person is the same.
const kindOf = (action) => action.replace(/\?.*/, '').replace(/^\/matters\/[^/]+/, '/matters/N')
  .replace(/\/\d+/g, '/N');
const leaves = /^\/sign-(in|out)|^\/account\/sessions|^\/account\/password/;

async function get(service, cookie, path) {
  const reply = await fetch(service.url + path, { redirect: 'manual', headers: { cookie } });
  return { status: reply.status, text: await reply.text() };
}

const post = (service, cookie, action, body) => fetch(service.url + action, {
  method: 'POST', redirect: 'manual', body, headers: { cookie, origin: service.url,
    'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'en' } });

// What is wrong with an answer to bad words; empty: nothing.
async function faultIn(reply, word) {
  let page;
  try {
    page = new TextDecoder('utf-8', { fatal: true }).decode(await reply.arrayBuffer());
  } catch {
    return 'the page is no UTF-8';
  }
  if (![200, 204, 303, 400, 403, 404, 409, 413, 422, 429].includes(reply.status)) {
    return `status ${reply.status}\n${page.slice(0, 600)}`;
  }
  if (/<script>alert|onerror=|\u202E|[\x00-\x08\x0B\x0C\x0E-\x1F]/.test(page)) {
    return 'the words came back as they were';
  }
  if (reply.status === 422) {
    if (!/role="alert"/.test(page)) return '422, and no alert says why';
    for (const [, ids] of page.matchAll(/aria-describedby="([^"]+)"/g)) {
      for (const id of ids.trim().split(/\s+/)) {
        if (id && !page.includes(`id="${id}"`)) return `described by ${id}, which is not there`;
      }
    }
    if (word === 'a program' && !page.includes('&lt;script&gt;alert(1)')) {
      return 'what was typed was not kept';
    }
  }
  return '';
}

const seen = new Set();
let sent = 0;
async function tryForm(service, cookie, login, form) {
  const kind = `${form.action === '' ? '' : kindOf(form.action)} ${[...form.fields.keys()]}`;
  if (seen.has(kind) || leaves.test(form.action) || form.file) return;
  seen.add(kind);
  const faults = [];
  const bodies = bad.map(([word, value]) => [word, [...form.fields].map(([name, own]) =>
    `${text(name)}=${['seen', 'page', 'draft'].includes(name) ? text(own) : value}`).join('&')]);
  const own = [...form.fields].map(([name, value]) => `${text(name)}=${text(value)}`).join('&');
  bodies.push(['each twice', `${own}&${own}`], ['unknown ones', `${own}&with.none=1&%00=2&=3`],
    ['very many', `${own}&${Array.from({ length: 900 }, (_, i) => `f${i}=1`).join('&')}`],
    ['no form at all', '%%%&&&===']);
  for (const [word, body] of bodies) {
    const fault = await faultIn(await post(service, cookie, form.action, body), word);
    sent++;
    if (fault) faults.push(`${word}: ${fault}`);
  }
  tell(faults.length === 0, `${login}: ${kindOf(form.action)} (${form.fields.size} fields)`,
    faults.join('\n'));
}

const { docket: people, cookies } = await peopleSignedIn(logins);
const docket = join(scratch, 'docket'), demo = join(root, 'law/stories/demo');
cpSync(people, docket, { recursive: true });
spawnSync(program, ['import', ...readdirSync(demo).filter((name) => name.endsWith('.yaml'))
  .map((name) => join(demo, name)), '--docket', docket], { stdio: 'ignore' });
const service = await serve(docket, day);
for (const login of logins) {
  const cookie = cookies[login], pages = new Set();
  const waiting = ['/desk', '/matters', '/new', '/declare', '/drafts', '/people', '/account'];
  const forms = [];
  while (waiting.length && pages.size < pagesMost) {
    const path = waiting.shift();
    if (pages.has(path)) continue;
    pages.add(path);
    const { status, text: page } = await get(service, cookie, path);
    if (status === 303) continue;
    forms.push(...formsOf(page).map((form) => ({ ...form, action: form.action || path })));
    for (const [, link] of page.matchAll(
      /href="(\/(?:matters|drafts|new|declare|people|account)[^"#?]*)"/g)) {
      waiting.push(unescaped(link));
    }
  }
  for (const form of forms) await tryForm(service, cookie, login, form);
}
tell(seen.size > 30, `forms of ${seen.size} kinds, sent ${sent} times`);
const verified = execFileSync(program, ['verify', '--docket', docket, '--lang', 'en'],
  { encoding: 'utf8' });
tell(/^Whole/.test(verified), 'and the docket is whole', verified);
try {
  await service.stop();
  tell(true, 'the service ends quietly');
} catch (error) {
  tell(false, 'the service ends quietly', error.message);
}
told();
