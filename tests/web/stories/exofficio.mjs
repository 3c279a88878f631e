// Of its own motion: proposed by a member, approved by the Commission, opened, concluded. And a
// listing abroad declared under the edition of 2022, which needs no review.
import { accept, agree, declare, members, openNew, suggest } from '../flow.mjs';
import { play } from '../kit.mjs';

export default [
  play('own-motion-2022', { day: '2026-06-08', language: 'en' }, async (story, t) => {
    const mps = await story.as('mps');
    const matter = await openNew(mps, 'propose',
      { data_processing: 'location data of road users', grounds: ['kept abroad'] },
      { title: 'Location data of road users', operator_id: '91000000MADEM0B2X8' });
    const office = await story.as('office'), signer = await story.as('office-signer');
    const commission = await story.as('commission', { script: false });
    await commission.go(`/matters/${matter}`, { status: 404 });
    await office.act(matter, 'refer', { record: ['file 12'] });
    await commission.act(matter, 'authorize');
    await story.holds(matter, { stage: 'authorized' });
    await story.on('2026-06-15');
    await office.act(matter, 'open_review', { reason: 'article 16' });
    await office.act(matter, 'mitigate', { measures: ['no new users during the review'] });
    await suggest(office, signer, matter,
      { finding: 'conditional_pass', conditions: ['kept here'] });
    await office.act(matter, 'circulate');
    await agree(story, matter, members[2022]);
    await office.act(matter, 'conclude', { conditions: ['kept here'] });
    const shown = await story.holds(matter, { stage: 'concluded', outcome: 'conditional_pass' });
    t.ok(!shown.clocks.some(({ clock }) => clock === 'screening'), 'it was never screened');
  }),
  play('listing-2022', { day: '2026-07-06', language: 'zh' }, async (story, t) => {
    const platform = await story.as('platform');
    const matter = await declare(platform, { ground: 'foreign_listing', title: '平台赴国外上市',
      users: '1200000', country: '境外', sector: 'other' });
    await accept(await story.as('center'), matter);
    await story.on('2026-07-17');
    const office = await story.as('office');
    await office.act(matter, 'decide_need', { need: false, reason: '未发现影响国家安全' });
    const shown = await story.holds(matter, { stage: 'closed', outcome: 'not_needed' });
    t.same(shown.clocks.map(({ clock, used, due }) => [clock, used, due]),
      [['screening', 9, '2026-07-20']], 'decided on the ninth of ten working days');
    const other = await story.as('operator');
    await other.go(`/matters/${matter}`, { status: 404 });
  }),
];
