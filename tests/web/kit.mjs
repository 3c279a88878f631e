// kit.mjs: the service in a real browser, as each role sees it. One browser for all stories; every
// story has a docket of its own, with the people of the demonstration, already signed in.
//
//   const office = await story.as('office')           a Reader: a person with a page
//   await story.on('2020-09-15')                      the service, with that day as today
//   await office.act(matter, 'decide_need', {need: true})
//   await story.holds(matter)                         verified, replayed, and what the page says
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { cookiesOf } from '../kit/serving.mjs';
import {
  beijing, daysBetween, lawWord, must, positions, program, root, shencha,
} from './record.mjs';

const axeSource = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
export const password = 'demonstration-2026';
export const pictures = process.env.PICTURES ??
  join(root, process.env.BUILD ?? 'build', 'pictures');

let browser;
async function theBrowser() {
  browser ??= await chromium.launch({
    executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'],
  });
  return browser;
}
export async function closeBrowser() {
  if (browser) await browser.close();
}

export const freePort = () => new Promise((done) => {
  const server = createServer();
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// ---- the service ----

const running = new Set();
export async function stopAll() {
  for (const service of running) service.child?.kill('SIGKILL');
}
process.on('exit', () => running.forEach((service) => service.child?.kill('SIGKILL')));

export class Service {
  constructor(docket, port) {
    Object.assign(this, { docket, port, url: `http://127.0.0.1:${port}` });
  }

  async start(today = beijing(), more = []) {
    this.today = today;
    const ahead = String(daysBetween(beijing(), today));
    const words = ['serve', '--docket', this.docket, '--port', String(this.port),
      '--days-ahead', ahead, ...more];
    this.child = spawn(program, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    this.said = '';
    running.add(this);
    this.child.stdout.on('data', (bytes) => { this.said += bytes; });
    this.child.stderr.on('data', (bytes) => { this.said += bytes; });
    this.ended = new Promise((done) => this.child.on('close', (code, signal) =>
      done({ code, signal })));
    for (let i = 0; i < 400; i++) {
      if (this.child.exitCode !== null) throw new Error(`serve stopped:\n${this.said}`);
      try {
        if ((await fetch(`${this.url}/sign-in`)).ok) return this;
      } catch { /* not yet */ }
      await sleep(25);
    }
    throw new Error(`serve did not answer:\n${this.said}`);
  }

  // Asked to stop, it must end by itself with 0: anything else, and a sanitizer's report, is told.
  async stop() {
    if (!this.child) return;
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), 20000);
    const { code, signal } = await this.ended;
    clearTimeout(late);
    this.child = null;
    running.delete(this);
    if (code !== 0 || /Sanitizer|runtime error/.test(this.said)) {
      throw new Error(`serve ended with ${code ?? signal}:\n${this.said.slice(-4000)}`);
    }
  }
}

// ---- what is looked at on every page ----

const looked = new Map();     // kinds of pages, by role, that axe has looked at
const roleOf = new Map(readFileSync(join(root, 'tools/demo-people.tsv'), 'utf8').split('\n')
  .filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t'))
  .map(([login, , party]) => [login, party.replace(/\/.*/, '')]));
export const findings = [];
const kindOf = (path) => path.replace(/\?.*/, '').replace(/^\/matters\/[^/]+/, '/matters/N')
  .replace(/\/(drafts|papers|people|invitation|sessions)\/[^/]+/, '/$1/N');
export const pagesLookedAt = () => looked.size;

async function axe(page, where) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await globalThis.axe.run(document, { runOnly: tags });
    return violations.map(({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
  for (const each of found) findings.push(`${where}: ${each}`);
}

// ---- a person at a page ----

// Yes and no as forms of acts and as the declaration spell them.
const spelled = (value) =>
  value === true ? ['yes', 'true'] : value === false ? ['no', 'false'] : [value];

export class Reader {
  constructor(story, login, options) {
    Object.assign(this, { story, login, language: options.language ?? story.language,
      script: options.script ?? true });
  }

  async open(state) {
    const { language, script } = this;
    this.context = await (await theBrowser()).newContext({
      baseURL: this.story.service.url, javaScriptEnabled: script, storageState: state,
      locale: language === 'zh' ? 'zh-CN' : 'en-GB', viewport: { width: 1200, height: 900 },
    });
    const { hostname } = new URL(this.story.service.url);
    await this.context.addCookies([{ name: 'lang', value: language, domain: hostname, path: '/' }]);
    this.page = await this.context.newPage();
    this.page.setDefaultTimeout(10000);
    this.page.on('console', (message) => {
      const text = message.text();
      if (/Content Security Policy|Refused to/.test(text)) {
        findings.push(`${this.page.url()}: ${text}`);
      }
    });
    // Leaving what is half written is asked about; nothing else on our pages asks in that way.
    this.page.on('dialog', (dialog) => {
      if (dialog.type() !== 'beforeunload') findings.push(`${this.page.url()}: a dialog opened`);
      dialog.accept();
    });
    this.page.on('pageerror', (error) => findings.push(`${this.page.url()}: ${error}`));
    return this;
  }

  get path() { return new URL(this.page.url()).pathname; }
  async text() { return this.page.locator('body').innerText(); }
  async main() { return this.page.locator('main').innerText(); }

  async go(path, { status = 200, look = true } = {}) {
    const reply = await this.page.goto(path);
    if (reply.status() !== status) {
      const said = (await this.text()).slice(0, 600);
      throw new Error(`${path}: ${reply.status()} instead of ${status}\n${said}`);
    }
    if (look && status === 200) await this.look();
    return reply;
  }

  // axe on every kind of page, once for each role, in both languages.
  async look() {
    if (!this.script || process.env.NO_AXE) return;
    const kind = `${roleOf.get(this.login)} ${kindOf(this.path)}`;
    if (looked.has(kind)) return;
    looked.set(kind, true);
    const here = this.page.url();
    await axe(this.page, `${kind} (${this.language})`);
    if (this.atForm) return;
    const other = this.language === 'zh' ? 'en' : 'zh';
    const to = new URL(here);
    to.searchParams.set('lang', other);
    await this.page.goto(String(to));
    const lang = await this.page.locator('html').getAttribute('lang');
    if (!lang?.startsWith(other)) findings.push(`${kind}: asked for ${other}, is ${lang}`);
    await axe(this.page, `${kind} (${other})`);
    to.searchParams.set('lang', this.language);
    await this.page.goto(String(to));
    await this.page.goto(here);
  }

  // The page of a form that has something in it: in this language alone, so that nothing is lost.
  async lookAtForm() {
    this.atForm = true;
    await this.look();
    this.atForm = false;
  }

  // Puts values into the controls of a form by their names, as a hand would: boxes are ticked,
  // choices chosen, texts typed.
  async fill(given, prefix = 'with.') {
    for (const more of await this.page.locator('main form details:not([open]) > summary').all()) {
      await more.click();
    }
    for (const [name, value] of Object.entries(given)) {
      const all = this.page.locator(`[name="${prefix}${name}"]:not([type=hidden])`);
      if (await all.count() === 0) throw new Error(`${this.path}: no field ${prefix}${name}`);
      const first = all.first();
      const kind = await first.evaluate((at) => at.type ?? at.tagName.toLowerCase());
      if (kind === 'checkbox' || kind === 'radio') {
        for (const each of [value].flat().map(spelled)) {
          await this.page.locator(each.map((word) => `[name="${prefix}${name}"][value="${word}"]`)
            .join(', ')).check();
        }
      } else if (kind.startsWith('select')) {
        await first.selectOption(value);
      } else {
        await first.fill([value].flat().join('\n'));
      }
    }
  }

  async press(button = 'main form button.primary') {
    const here = await this.page.locator('main').innerHTML();
    try {
      const [reply] = await Promise.all([
        this.page.waitForNavigation(),
        this.page.locator(button).first().click(),
      ]);
      return reply;
    } catch (error) {
      throw new Error(`${this.login} at ${this.path}: ${button}: ${error.message}\n` +
        `${here.includes('<button') ? '' : 'no button: '}${await this.main()}`);
    }
  }

  follow(link) {
    return this.press(link);
  }

  // From the case page: the act must be offered there; its form is filled and sent.
  async act(matter, act, given = {}) {
    await this.go(`/matters/${matter}`);
    const link = this.page.locator(`a[href^="/matters/${matter}/do/${act}"]`).first();
    if (await link.count() === 0) {
      throw new Error(`${this.login}: ${act} is not offered on ${this.path}\n${await this.main()}`);
    }
    await Promise.all([this.page.waitForNavigation(), link.click()]);
    await this.lookAtForm();
    await this.fill(given);
    const reply = await this.press();
    if (reply.status() >= 400 || /\/do\//.test(this.path)) {
      const said = await this.main();
      throw new Error(`${this.login}: ${act}: ${reply.status()} at ${this.path}\n${said}`);
    }
    return this;
  }

  async picture(name, options = {}) {
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: join(pictures, `${name}.png`), ...options });
  }
}

// ---- a story ----

export class Story {
  constructor(name, cases, docket, service, states, language) {
    Object.assign(this, { name, cases, docket, service, states, language, readers: [] });
  }

  async as(login, options = {}) {
    const reader = new Reader(this, login, options);
    await reader.open(this.states[login]);
    this.readers.push(reader);
    return reader;
  }

  // Another day: the service stops and starts with that day as today; everybody stays signed in.
  async on(day) {
    await this.service.stop();
    await this.service.start(day);
  }

  // The docket verifies, its acts replayed alone give the same position, and the page says so.
  async holds(matter, { stage, outcome } = {}) {
    const { cases, docket } = this, on = this.service.today;
    const verified = shencha('verify', '--docket', docket);
    cases.ok(verified.status === 0, `the docket verifies on ${on}`, verified.out + verified.err);
    const { shown, replayed } = positions(docket, matter, on);
    cases.same(replayed, shown, `replay of the exported acts of ${matter} gives the same on ${on}`);
    if (stage) cases.same(shown.stage, stage, `${matter} is at ${stage} on ${on}`);
    if (outcome !== undefined) cases.same(shown.outcome, outcome, `${matter} ends as ${outcome}`);
    const office = await this.as('office', { language: this.language });
    await office.go(`/matters/${matter}`);
    const here = office.page.locator('ol.path [aria-current=step]');
    const word = lawWord(shown.edition, 'stage', shown.stage, this.language);
    cases.has(await here.innerText(), word, `the page of ${matter} says "${word}"`);
    const days = await office.page.locator('main time').evaluateAll((all) =>
      all.map((each) => each.getAttribute('datetime')));
    const due = shown.clocks.filter((clock) => clock.due && !clock.stopped).map(({ due }) => due);
    const missing = due.filter((day) => !days.includes(day));
    cases.same(missing, [], `the page of ${matter} has each due day`);
    return shown;
  }

  async end(failed) {
    if (failed) {
      for (const [i, reader] of this.readers.entries()) {
        await reader.picture(`failed-${this.name}-${i}-${reader.login}`).catch(() => {});
      }
    }
    for (const reader of this.readers) await reader.context.close();
    await this.service.stop();
  }
}

const scratch = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'web-'));
let template;
// A docket with the people of the demonstration and everybody signed in; copied for each story.
async function theTemplate() {
  const docket = join(scratch, 'template');
  must('init', '--docket', docket);
  const people = join(root, 'tools/demo-people');
  execFileSync(people, [program, docket, password]);
  const logins = execFileSync(people, ['--list'], { encoding: 'utf8' }).trim().split('\n');
  const service = await new Service(docket, await freePort()).start();
  const states = {};
  // By hand-made requests: the page of signing in has a story of its own.
  for (const login of logins) {
    const reply = await fetch(`${service.url}/sign-in`, {
      method: 'POST', redirect: 'manual', body: new URLSearchParams({ login, password }),
      headers: { origin: service.url, 'sec-fetch-site': 'same-origin' },
    });
    if (reply.status !== 303) throw new Error(`${login} cannot sign in: ${reply.status}`);
    const cookies = cookiesOf(reply).map((each) => {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(each);
      return { name, value, domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true,
        secure: false, sameSite: 'Strict' };
    });
    states[login] = { cookies, origins: [] };
  }
  await service.stop();
  return { docket, states };
}

// Begins a story: `day` is today, `scripts` case scripts that are imported first.
export async function begin(name, cases, { day = beijing(), language = 'zh', scripts = [] } = {}) {
  template ??= theTemplate();
  const { docket: from, states } = await template;
  const docket = join(scratch, name, 'docket');
  mkdirSync(join(scratch, name), { recursive: true });
  if (!existsSync(docket)) cpSync(from, docket, { recursive: true });
  if (scripts.length) must('import', ...scripts, '--docket', docket);
  const service = await new Service(docket, await freePort()).start(day);
  return new Story(name, cases, docket, service, states, language);
}

// A story as the runner wants it: begun, played, ended; pictures when it failed.
export const play = (name, options, body) => ({ name, async run(cases) {
  const story = await begin(name, cases, options);
  let thrown;
  try {
    await body(story, cases);
  } catch (error) {
    thrown = error;
  }
  await story.end(thrown || cases.failed);
  if (thrown) throw thrown;
} });
