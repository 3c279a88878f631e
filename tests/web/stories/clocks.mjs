// A request to the supplier holds the clock; an extension, by keyboard alone.
import { accept, answer, declare } from '../flow.mjs';
import { password, play } from '../kit.mjs';
import { tabTo } from '../keys.mjs';

async function opened(story, declaration) {
  const operator = await story.as('operator');
  const matter = await declare(operator, declaration);
  await accept(await story.as('center'), matter);
  const office = await story.as('office');
  await office.act(matter, 'decide_need', { need: true });
  return { matter, office, operator };
}

export default [
  play('held-2022', { day: '2026-05-11', language: 'en' }, async (story, t) => {
    const { matter, office, operator } = await opened(story,
      { title: 'Cloud service, hospitals', sector: 'health', supplier: 'supplier-cloud' });
    await story.on('2026-05-18');
    await office.act(matter, 'request_materials',
      { from: ['provider'], items: ['places where data are kept'] });
    const held = await story.holds(matter, { stage: 'preliminary' });
    const clock = (shown) => shown.clocks.find((each) => each.clock === 'preliminary');
    t.same([clock(held).state, clock(held).used, clock(held).due], ['held', 5, null],
      'the clock stands still');
    const other = await story.as('supplier');
    await other.go(`/matters/${matter}`, { status: 404 });
    t.ok(true, 'another supplier does not find it');
    await operator.go(`/matters/${matter}`);
    await story.on('2026-05-25');
    const supplier = await story.as('cloud');
    await supplier.go('/desk');
    t.has(await supplier.page.locator('#mine').innerText(), matter,
      'the supplier has the request on the desk');
    await answer(supplier, matter, { note: 'two places, both in this country' });
    const goesOn = await story.holds(matter, { stage: 'preliminary' });
    t.same([clock(goesOn).state, clock(goesOn).used, clock(goesOn).due],
      ['running', 5, '2026-06-30'], 'it goes on from the next working day');
    await operator.go(`/matters/${matter}`);
    t.ok(!(await operator.main()).includes('two places'),
      'the operator does not read what the supplier wrote');
  }),
  play('extended-2020', { day: '2021-03-01', language: 'zh' }, async (story, t) => {
    const { matter } = await opened(story, { title: '交换机，地铁', sector: 'transport' });
    await story.on('2021-03-15');
    const office = await story.as('office');
    await office.context.clearCookies({ name: 'shencha' });
    await office.go('/');
    await tabTo(office.page, 'main a[href^="/sign-in"]');
    await office.page.keyboard.press('Enter');
    await office.page.waitForURL('**/sign-in*');
    await tabTo(office.page, '[name=login]');
    await office.page.keyboard.type('office');
    await tabTo(office.page, '[name=password]');
    await office.page.keyboard.type(password);
    await office.page.keyboard.press('Enter');
    await office.page.waitForURL('**/desk*');
    await office.page.keyboard.press('Tab');
    t.has(await office.page.evaluate(() => document.activeElement.getAttribute('href')), '#',
      'the first stop of the Tab key leads past the navigation');
    await tabTo(office.page, `a[href^="/matters/${matter}"]`);
    await office.page.keyboard.press('Enter');
    await office.page.waitForURL(`**/matters/${matter}*`);
    await tabTo(office.page, `a[href^="/matters/${matter}/do/extend"]`);
    await office.page.keyboard.press('Enter');
    await office.page.waitForURL('**/do/extend*');
    await tabTo(office.page, '[name="with.reason"]');
    await office.page.keyboard.type('案情复杂');
    await tabTo(office.page, 'main form button.primary');
    await office.page.keyboard.press('Enter');
    await office.page.waitForURL((url) => !url.pathname.includes('/do/'));
    const shown = await story.holds(matter, { stage: 'preliminary' });
    t.same(shown.clocks.find(({ clock }) => clock === 'preliminary').allowed, 45,
      'fifteen working days more, by keyboard alone');
  }),
];
