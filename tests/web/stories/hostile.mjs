// Wrong, missing, too long and hostile words; twice the same; two at once; a session that is over.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { password, play } from '../kit.mjs';
import { eventsOf, root } from '../record.mjs';

const demo = (name) => join(root, 'law/stories/demo', name);
const scripts = [demo('02-switches-railway-signalling.yaml'),
  demo('01-core-routers-northern-backbone.yaml'), demo('23-core-banking-database.yaml')];
const screening = 'switches-railway-signalling', review = 'core-routers-northern-backbone';
const nasty = '<script>alert(1)</script><img src=x onerror=alert(2)> "\'&amp;';
const turned = 'report \u202Egnp.exe';    // reads backwards from the override on


const imported = 'turned-around';
const folder = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'bad-'));
writeFileSync(join(folder, 'turned.json'), JSON.stringify({ edition: '2022', case: imported,
  purchase: { title: turned, operator_id: '91000000MADEM0A157' },
  acts: [{ on: '2026-11-02', by: 'operator', act: 'declare',
    with: { materials: ['declaration'], product: turned } }] }));
scripts.push(join(folder, 'turned.json'));

const begin = { day: '2026-11-23', language: 'en', scripts };

export default [play('hostile', begin, async (story, t) => {
  const office = await story.as('office');
  const { page } = office;

  // Nothing chosen where the law asks for an answer: the form again, the fault beside the field.
  await office.go(`/matters/${screening}/do/decide_need`);
  await office.fill({ reason: 'kept as typed' });
  const reply = await office.press();
  t.same(reply.status(), 422, 'a missing answer is told with 422');
  t.ok(await page.locator('.summary[role=alert] a').count() > 0, 'the faults are told at the top');
  const fault = page.locator('main .fault').first();
  const id = await fault.getAttribute('id');
  t.ok(await page.locator(`[aria-describedby~="${id}"]`).count() > 0, 'and beside the field');
  t.same(await page.locator('[name="with.reason"]').inputValue(), 'kept as typed',
    'what was typed is kept');

  await office.go(`/matters/${review}/do/assess`);
  await office.fill({ evidence: 'x'.repeat(30000) });
  t.same((await office.press()).status(), 422, 'too long is told with 422');
  t.ok((await page.locator('[name="with.evidence"]').inputValue()).length >= 20000,
    'and what was typed is kept');

  // Hostile words are words.
  await office.go(`/matters/${review}/do/assess`);
  await office.fill({ evidence: [turned] });
  t.same((await office.press()).status(), 422, 'a direction override is not taken');
  await office.act(review, 'assess', { factor: 'continuity', evidence: [nasty] });
  await office.go(`/matters/${review}`);
  const text = await office.main();
  t.has(text, '<script>alert(1)</script>', 'a script is shown as its letters');
  await office.go(`/matters/${imported}`);
  const old = await office.main();
  t.ok(old.includes('gnp.exe') && !old.includes('\u202E'),
    'a direction override that came in by a script is made visible');

  // Sent twice, done once.
  const before = eventsOf(story.docket, review).length;
  await office.go(`/matters/${review}/do/assess`);
  await office.fill({ factor: 'data', evidence: ['once'] });
  const sent = { 'with.factor': 'data', 'with.evidence': 'once' };
  for (const name of ['key', 'seen']) {
    sent[name] = await page.locator(`main form [name=${name}]`).inputValue();
  }
  await office.press();
  const twice = await office.context.request.post(`/matters/${review}/do/assess`, {
    form: sent, headers: { 'sec-fetch-site': 'same-origin' }, maxRedirects: 0 });
  t.same(twice.status(), 303, 'a second sending is answered like the first');
  t.same(eventsOf(story.docket, review).length, before + 1, 'sent twice, done once');

  // Two at once: the second sees what changed, and decides again.
  const second = await story.as('office-signer');
  await office.go(`/matters/${screening}/do/decide_need`);
  await second.go(`/matters/${screening}/do/request_materials`, { look: false });
  await second.fill({ items: ['one more paper'], from: 'operator' });
  await second.press();
  await office.fill({ need: true, reason: 'kept as typed' });
  t.same((await office.press()).status(), 409, 'the second is told with 409 what changed');
  t.same(await page.locator('[name="with.reason"]').inputValue(), 'kept as typed',
    'and what was typed is kept');

  // A session that is over: sign in, go on with what was typed.
  await office.go(`/matters/${review}/do/assess`);
  await office.fill({ factor: 'control', evidence: ['typed before the session ended'] });
  await office.context.clearCookies({ name: /^(?!lang)/ });
  await office.press();
  await page.locator('[name=login]').fill('office');
  await page.locator('[name=password]').fill(password);
  await office.press();
  t.has(await page.locator('main').innerText(), 'typed before the session ended',
    'after signing in what was typed is there');
  await office.press();
  t.same(eventsOf(story.docket, review).at(-1).with.evidence, ['typed before the session ended'],
    'and can be sent');

  // From elsewhere.
  const foreign = await office.context.request.post(`/matters/${review}/do/assess`, {
    form: { key: 'elsewhere', 'with.level': 'low' }, maxRedirects: 0,
    headers: { origin: 'http://elsewhere.example', 'sec-fetch-site': 'cross-site' } });
  t.same(foreign.status(), 403, 'a form sent from another site is refused');

  // A telephone, and letters twice as large.
  for (const [width, height] of [[360, 740], [600, 450]]) {
    await page.setViewportSize({ width, height });
    for (const path of ['/desk', `/matters/${review}`, `/matters/${review}/do/assess`, '/matters',
      '/month', '/charts', '/account']) {
      await office.go(path, { look: false });
      const over = await page.evaluate(() =>
        document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
      t.ok(over <= 0, `${path} fits into ${width} px`, `${over} px too wide`);
    }
  }
})];
