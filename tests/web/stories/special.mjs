// One disagrees: the special procedure, sent back once by the Commission, then approved. 2022.
import { accept, addRecord, agree, declare, members, suggest } from '../flow.mjs';
import { play } from '../kit.mjs';
import { eventsOf } from '../record.mjs';

export default [play('special-2022', { day: '2026-02-02', language: 'en' }, async (story, t) => {
  const operator = await story.as('operator');
  const matter = await declare(operator, { title: 'Storage, clearing house', sector: 'finance' });
  await accept(await story.as('center'), matter);
  await story.on('2026-02-10');
  const office = await story.as('office'), signer = await story.as('office-signer');
  const commission = await story.as('commission', { script: false });
  await office.act(matter, 'decide_need', { need: true });
  await suggest(office, signer, matter, { finding: 'pass' });
  await office.act(matter, 'circulate');
  await agree(story, matter, [...members[2022].filter((id) => id !== 'pboc'), 'finance']);
  await office.go(`/matters/${matter}`);
  t.same(await office.page.locator(`a[href$="/do/open_special"], a[href$="/do/conclude"]`).count(),
    0, 'what is offered does not tell how others have answered');
  const pboc = await story.as('pboc');
  await pboc.act(matter, 'opine', { agree: false, reasons: ['one maker for every vault'] });
  await office.act(matter, 'open_special', { reason: 'opinions differ' });
  await story.holds(matter, { stage: 'special' });

  await story.on('2026-03-20');
  await addRecord(office, matter, 'record', 'hearing-1');
  const rounds = async (finding) => {
    await office.act(matter, 'hear', { heard: ['the operator', 'the maker'] });
    await office.act(matter, 'analyse', { record: ['a second maker is tested'] });
    await suggest(office, signer, matter, { finding, conditions: ['a second maker in a year'] });
    await office.act(matter, 'circulate');
    await agree(story, matter, ['pboc', 'cac']);
    await office.act(matter, 'report', { missing: members[2022].slice(1, 3) });
  };
  await rounds('pass');
  const heard = eventsOf(story.docket, matter).find(({ act }) => act === 'hear');
  t.has(heard.with.documents[0], /^d\d+ record [0-9a-f]{64}$/,
    'the record of the hearing is named by its hash');
  await office.go(`/matters/${matter}`);
  t.has(await office.page.locator('#papers').innerText(), 'hearing-1', 'and lies in the matter');
  await operator.go(`/matters/${matter}`);
  t.ok(!(await operator.main()).includes('hearing-1'), 'where the operator does not see it');
  await story.holds(matter, { stage: 'approval' });
  await commission.act(matter, 'remand', { reason: 'the conditions are not told' });
  await story.holds(matter, { stage: 'special' });
  await rounds('conditional_pass');
  await commission.act(matter, 'approve', { record: ['approved as reported'] });
  await story.on('2026-03-25');
  await office.act(matter, 'conclude', { conditions: ['a second maker in a year'] });
  await story.holds(matter, { stage: 'concluded', outcome: 'conditional_pass' });
})];
