// What somebody may not know answers like what is not there: pages, lists, counts, acts.
import { join } from 'node:path';
import { play } from '../kit.mjs';
import { root } from '../record.mjs';

const demo = (name) => join(root, 'law/stories/demo', name);
const banking = 'core-banking-database', held = 'cloud-service-hospitals';
const scripts = [demo('23-core-banking-database.yaml'), demo('05-cloud-service-hospitals.yaml'),
  demo('10-platform-data-processing.yaml')];
const findings = ['no second source is tested', 'a second source within two years'];
const opinion = 'two years are too long';

// The whole reply, with the matter's name taken out.
async function answer(reader, path, name, options) {
  const reply = await reader.context.request.fetch(path, { maxRedirects: 0, ...options });
  const text = (await reply.text()).replaceAll(name, 'NAME');
  return { status: reply.status(), text };
}

const begin = { day: '2026-11-23', language: 'en', scripts };

export default [play('secrets', begin, async (story, t) => {
  const page = async (login, name) => {
    const reader = await story.as(login);
    await reader.go(`/matters/${name}`);
    return reader.main();
  };
  const office = await page('office', banking);
  for (const each of findings) t.has(office, each, 'the Office reads findings and the suggestion');
  t.ok(!office.includes(opinion), 'even the Office does not read a sealed opinion');
  const operator = await page('operator', banking);
  for (const each of [...findings, opinion]) {
    t.ok(!operator.includes(each), `the operator does not read "${each}"`);
  }
  const mps = await page('mps', banking);
  t.ok(!mps.includes(opinion), "a member that was asked does not read another's sealed opinion");
  for (const each of findings) t.has(mps, each, 'a member that was asked reads what it rests on');
  t.has(await page('pboc', banking), opinion, 'a member reads its own opinion');
  const cloud = await page('cloud', banking);
  for (const each of [...findings, opinion]) {
    t.ok(!cloud.includes(each), `the supplier does not read "${each}"`);
  }

  for (const [login, name] of [['platform', banking], ['csrc', banking], ['supplier', held],
    ['admin', banking], ['commission', banking], ['ndrc', held], ['telecoms', banking],
    ['institution', held], ['operator', 'platform-data-processing']]) {
    const reader = await story.as(login), never = name.replace(/^..../, 'none');
    for (const tail of ['', '/do/assess', '/do/opine', '/papers', '/check', '/answer']) {
      const forbidden = await answer(reader, `/matters/${name}${tail}`, name);
      const unknown = await answer(reader, `/matters/${never}${tail}`, never);
      t.ok(forbidden.status === 404 && forbidden.text === unknown.text,
        `${login}: /matters/${name}${tail} answers like what was never there`,
        `${forbidden.status} ${unknown.status}`);
    }
    const form = { method: 'POST', form: { key: 'k1', 'with.level': 'low' },
      headers: { 'sec-fetch-site': 'same-origin' } };
    const forbidden = await answer(reader, `/matters/${name}/do/assess`, name, form);
    const unknown = await answer(reader, `/matters/${never}/do/assess`, never, form);
    t.ok(forbidden.status === 404 && forbidden.text === unknown.text,
      `${login}: acting on ${name} answers like what was never there`);
    for (const list of ['/desk', '/matters', '/month', '/charts']) {
      const { text } = await answer(reader, list, 'nothing');
      t.ok(!text.includes(name), `${login}: ${list} does not have ${name}`);
    }
  }
  const stranger = await story.as('operator');
  await stranger.context.clearCookies();
  await stranger.go(`/matters/${banking}`, { look: false });
  t.same(stranger.path, '/sign-in', 'who is not signed in is asked to sign in');
})];
