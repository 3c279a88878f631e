// The edition of 2020 from the declaration to the conclusion by consensus of all who were asked.
import { accept, agree, declare, members, suggest } from '../flow.mjs';
import { play } from '../kit.mjs';

export default [play('consensus-2020', { day: '2020-09-01', language: 'zh' }, async (story, t) => {
  const operator = await story.as('operator');
  const matter = await declare(operator, { title: '服务器，省级骨干网', sector: 'telecoms' });
  await story.holds(matter, { stage: 'filing' });
  await accept(await story.as('center'), matter);

  await story.on('2020-09-14');
  const office = await story.as('office'), signer = await story.as('office-signer');
  await office.act(matter, 'decide_need', { need: true, reason: '承载全省骨干业务' });
  await story.holds(matter, { stage: 'preliminary' });
  t.has(await operator.go(`/matters/${matter}`).then(() => operator.main()), '2020年10月30日',
    'the operator reads until when the preliminary review lasts');

  await story.on('2020-10-12');
  await office.act(matter, 'assess', { factor: 'supply_chain', level: 'medium',
    evidence: ['检测报告第三章'] });
  await suggest(office, signer, matter, { finding: 'pass', reason: '未发现影响国家安全的风险' });
  await office.act(matter, 'circulate');
  await operator.go(`/matters/${matter}`);
  const seen = await operator.main();
  t.ok(!seen.includes('检测报告') && !seen.includes('未发现影响'),
    'the operator reads neither findings nor the suggestion');

  await story.on('2020-10-20');
  await agree(story, matter, [...members[2020], 'telecoms']);
  await story.holds(matter, { stage: 'consultation' });
  await office.act(matter, 'conclude', { note: '书面通知当事人' });
  const shown = await story.holds(matter, { stage: 'concluded', outcome: 'pass' });
  t.same(shown.clocks.filter(({ clock }) => clock === 'opinion').map(({ state }) => state),
    Array(13).fill('met'), 'thirteen opinions in time');
  await operator.go(`/matters/${matter}`);
  t.has(await operator.main(), '通过', 'the operator reads the conclusion');
})];
