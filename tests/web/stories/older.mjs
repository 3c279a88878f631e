// One matter under each older edition: opened by a script where the edition was never in force,
// then gone on with in the browser.
import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agree, answer, members, openNew, suggest } from '../flow.mjs';
import { play } from '../kit.mjs';

const folder = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'older-'));
function script(name, what) {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ case: name, ...what }));
  return file;
}
const operator = '91000000MADEM0A157';

const banking = script('terminals-banking-2019', {
  edition: '2019-draft',
  purchase: { title: '终端设备，银行', operator_id: operator, providers: 'supplier-cloud',
    sector: 'finance', category: 'computers', signed: false },
  acts: [
    { on: '2019-06-03', by: 'operator', act: 'declare',
      with: { materials: ['declaration', 'security_risk_report', 'procurement_document'] } },
    { on: '2019-06-10', by: 'office', act: 'accept_materials' },
  ],
});
const cameras = script('cameras-traffic-draft', {
  edition: '2017-draft',
  purchase: { title: 'Cameras, road traffic', providers: 'supplier-network' },
  acts: [
    { on: '2017-02-20', by: 'provider', act: 'apply', with: { product: 'cameras' } },
    { on: '2017-03-06', by: 'office', act: 'determine_subject', with: { review: true } },
  ],
});

// Assessed by an institution and an expert, concluded and published: both editions of 2017.
async function assessed(story, office, matter) {
  await office.act(matter, 'assign_assessment',
    { institution: 'institution/a', method: 'laboratory_test' });
  const institution = await story.as('institution');
  await institution.act(matter, 'submit_assessment', { finding: 'pass', report: ['report 17'] });
  await office.act(matter, 'empanel', { experts: ['expert/x'] });
  const expert = await story.as('expert');
  await expert.act(matter, 'assess', { level: 'low', finding: 'pass' });
  await story.holds(matter, { stage: 'expert_review' });
  await office.act(matter, 'conclude', { finding: 'pass' });
  await office.act(matter, 'publish', { scope: 'public' });
  await story.holds(matter, { stage: 'concluded', outcome: 'pass' });
}

export default [
  play('draft-2019', { day: '2019-06-17', scripts: [banking] }, async (story, t) => {
    const matter = 'terminals-banking-2019', office = await story.as('office');
    const clock = (shown) => shown.clocks.find((each) => each.clock === 'preliminary');
    await office.act(matter, 'request_materials', { items: ['源代码托管说明'] });
    await story.on('2019-06-24');
    await answer(await story.as('operator'), matter, { note: '已托管' });
    const anew = await story.holds(matter, { stage: 'preliminary' });
    t.same(clock(anew).started, '2019-06-24', 'under this draft supplying starts the period anew');
    await suggest(office, await story.as('office-signer'), matter, { finding: 'pass' });
    await office.act(matter, 'circulate');
    await agree(story, matter, members[2020]);
    await office.act(matter, 'conclude');
    await story.holds(matter, { stage: 'concluded', outcome: 'pass' });
  }),
  play('trial-2017', { day: '2018-03-12', language: 'zh' }, async (story) => {
    const association = await story.as('association', { script: false });
    const matter = await openNew(association, 'recommend',
      { product: '路由器', grounds: ['会员单位反映'] }, { title: '路由器，公共部门' });
    const office = await story.as('office', { script: false });
    await office.act(matter, 'determine_subject', { review: true });
    await story.holds(matter, { stage: 'assessment' });
    await story.on('2018-04-16');
    await assessed(story, office, matter);
  }),
  play('draft-2017', {
    day: '2017-03-13', language: 'en', scripts: [cameras],
  }, async (story, t) => {
    const matter = 'cameras-traffic-draft';
    const supplier = await story.as('supplier');
    await supplier.go(`/matters/${matter}`);
    t.has(await supplier.main(), 'Cameras, road traffic', 'who applied sees the matter');
    await assessed(story, await story.as('office'), matter);
  }),
];
