// Returned for what is missing, filed again, without script; withdrawn by the operator.
import { accept, declare, redeclare, giveBack } from '../flow.mjs';
import { play } from '../kit.mjs';

export default [
  play('returned-2020', { day: '2021-06-01', language: 'zh' }, async (story, t) => {
    const operator = await story.as('operator', { script: false });
    const center = await story.as('center', { script: false });
    const matter = await declare(operator, { title: '数据库，社保档案', sector: 'social_security',
      without: ['analysis_report'] });
    await giveBack(center, matter, 'analysis_report', '请补交影响国家安全的分析报告');
    await story.holds(matter, { stage: 'returned' });
    await operator.go(`/matters/${matter}`);
    t.has(await operator.main(), '请补交影响国家安全的分析报告', 'the operator reads why');
    await story.on('2021-06-07');
    await redeclare(operator, matter);
    const shown = await story.holds(matter, { stage: 'filing' });
    t.same(shown.clocks.map(({ state, due }) => [state, due]),
      [['void', null], ['running', '2021-06-22']], 'the clock begins with the new filing');
    await accept(center, matter);
    await story.holds(matter, { stage: 'screening' });
  }),
  play('withdrawn-2022', { day: '2026-04-13', language: 'en' }, async (story, t) => {
    const operator = await story.as('operator');
    const matter = await declare(operator, { title: 'Printers', sector: 'government' });
    await operator.act(matter, 'withdraw', { reason: 'the purchase was given up' });
    await story.holds(matter, { stage: 'closed', outcome: 'withdrawn' });
    const center = await story.as('center');
    await center.go('/desk');
    t.ok(!(await center.page.locator('#mine').innerText()).includes(matter),
      'it does not wait for the Center any more');
  }),
];
