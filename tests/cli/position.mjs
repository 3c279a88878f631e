// position.mjs: the legal position as the contract has it, key by key; the same position in text.
import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = process.env.SHENCHA;
const scratch = mkdtempSync(join(tmpdir(), 'position-'));
let number = 0;

function test(name, body) {
  number++;
  try {
    body();
    console.log(`ok ${number} - ${name}`);
  } catch (error) {
    console.log(`not ok ${number} - ${name}`);
    const lines = String(error.message).split('\n').slice(0, 20);
    console.log(lines.map((line) => `# ${line}`).join('\n'));
  }
}
const run = (...args) => execFileSync(program, args, { encoding: 'utf8', env: environment });
const environment = { ...process.env, SHENCHA_LANG: 'en' };
const replay = (file, ...args) => run('replay', file, '--json', ...args).trimEnd().split('\n')
  .map((line) => JSON.parse(line));

const head = `edition: "2020"
case: demo-1
purchase: {value: 1200000, currency: CNY, category: servers, sector: telecoms, signed: false}
recipients: [member/cac, member/ndrc, department/telecoms]
accredited: [institution/a]
on: 2020-09-15
acts:
  - on: 2020-09-01
    by: operator
    act: declare
    with: {materials: [declaration, analysis_report, procurement_document]}
  - {on: 2020-09-03, by: center,   act: accept_materials}
  - {on: 2020-09-15, by: office,   act: decide_need, with: {need: true, reason: "…"}}
`;
const script = join(scratch, 'demo-1.yaml');
writeFileSync(script, `${head}  - {on: 2020-09-15, by: office,   act: conclude}\n`);
const [said] = replay(script);

test('the keys of a position stand in the order of the contract', () => {
  assert.deepStrictEqual(Object.keys(said).slice(0, 9),
    ['case', 'edition', 'on', 'stage', 'outcome', 'clocks', 'refused', 'assumed', 'next']);
});
test('where the matter stands', () => {
  assert.deepStrictEqual([said.case, said.edition, said.on, said.stage, said.outcome],
    ['demo-1', '2020', '2020-09-15', 'preliminary', null]);
});
test('both clocks, each value', () => {
  assert.deepStrictEqual(said.clocks, [
    { clock: 'screening', of: null, started: '2020-09-01', allowed: 10, used: 10,
      due: '2020-09-15', stopped: '2020-09-15', state: 'met', provisional: false, clause: '8' },
    { clock: 'preliminary', of: null, started: '2020-09-15', allowed: 30, used: 0,
      due: '2020-11-02', stopped: null, state: 'running', provisional: false, clause: '10' }]);
});
test('the refused act: its place, its clause, a sentence', () => {
  assert.strictEqual(said.refused.length, 1);
  const [{ n, act, clause, why }] = said.refused;
  assert.deepStrictEqual([n, act, clause], [4, 'conclude', '11']);
  assert.match(why, /\w.*\.$/);
});
test('nothing is assumed', () => assert.deepStrictEqual(said.assumed, []));
test('what is open in this stage, and to whom', () => {
  const circulate = said.next.find(({ act }) => act === 'circulate');
  assert.deepStrictEqual(circulate, { act: 'circulate', by: ['office'], clause: '10' });
  assert.deepStrictEqual(said.next.map(({ act }) => act).sort(), ['assess', 'cancel_request',
    'circulate', 'extend', 'request_materials', 'suggest', 'supply_materials', 'withdraw']);
});
test('the script without its refused act stands at the same place', () => {
  const file = join(scratch, 'without.yaml');
  writeFileSync(file, head);
  assert.deepStrictEqual(replay(file)[0], { ...said, refused: [] });
});
test('the day of the line goes before the day of the script', () => {
  const [early] = replay(script, '--on', '2020-09-02');
  assert.deepStrictEqual([early.on, early.stage, early.clocks.length, early.refused.length],
    ['2020-09-02', 'filing', 1, 0]);
});
test('before the first act there is no stage', () => {
  const [before] = replay(script, '--on', '2020-08-31');
  assert.deepStrictEqual([before.stage, before.outcome, before.clocks, before.refused],
    [null, null, [], []]);
});
test('without any day it is the latest day of any act', () => {
  const file = join(scratch, 'latest.yaml');
  writeFileSync(file, head.replace('on: 2020-09-15\n', ''));
  assert.strictEqual(replay(file)[0].on, '2020-09-15');
});
test('a sentence of refusal speaks the language asked for, nothing else changes', () => {
  const [chinese] = replay(script, '--lang', 'zh');
  assert.match(chinese.refused[0].why, /[\u4e00-\u9fff]。$/);
  const bare = ({ refused, ...rest }) =>
    ({ ...rest, refused: refused.map(({ why, ...one }) => one) });
  assert.deepStrictEqual(bare(chinese), bare(said));
});
test('the case is named after its file when it names none', () => {
  const file = join(scratch, 'stem.of.it.yaml');
  writeFileSync(file, head.replace('case: demo-1\n', ''));
  assert.strictEqual(replay(file)[0].case, 'stem.of.it');
});
test('assumed acts are listed, and the clocks that they start or stop say so', () => {
  const file = join(scratch, 'assumed.yaml');
  writeFileSync(file, head.replace('act: decide_need,', 'act: decide_need, assumed: true,'));
  const [assumed] = replay(file);
  assert.deepStrictEqual(assumed.assumed, [3]);
  assert.deepStrictEqual(assumed.clocks.map((clock) => clock.assumed), [true, true]);
  const text = run('replay', file);
  assert.match(text, /\* rests on assumption.*\(3\)/);
  assert.match(text, /3\* 2020-09-15/);
});
test('legal days do not hang on the zone or the locale of the machine', () => {
  const everywhere = ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Shanghai', 'nowhere', '']
    .map((TZ) => execFileSync(program, ['replay', script, '--json'],
      { encoding: 'utf8', env: { ...process.env, TZ, LC_ALL: 'C' } }));
  assert.strictEqual(new Set(everywhere).size, 1);
});

// Text: what the eye sees says what JSON says, in every public case and story.
const stories = ['cases', 'demo', '2017', '2019-draft', '2020', '2022'].flatMap((folder) =>
  readdirSync(`law/stories/${folder}`).map((name) => `law/stories/${folder}/${name}`));
const positions = replay(stories[0], ...stories.slice(1));
const wide = /[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/gu;
const columns = (line) => [...line].length + (line.match(wide) ?? []).length;
for (const language of ['en', 'zh']) {
  const texts = stories.map((file) => run('replay', file, '--lang', language));
  test(`text (${language}): every due day, every refusal and every day of an act is there`, () => {
    texts.forEach((text, at) => {
      for (const clock of positions[at].clocks.filter(({ due }) => due)) {
        assert.ok(text.includes(clock.due), `${stories[at]}: ${clock.clock} ${clock.due}`);
      }
      for (const { n } of positions[at].refused) {
        assert.match(text, new RegExp(`^ +${n}\\*? +\\d{4}-\\d\\d-\\d\\d `, 'm'), stories[at]);
      }
    });
  });
  test(`text (${language}): no line but the head is wider than 80 columns`, () => {
    texts.forEach((text, at) => {
      const lines = text.split('\n').slice(1).filter((line) => columns(line) > 80);
      assert.deepStrictEqual(lines, [], stories[at]);
    });
  });
  test(`text (${language}): no id of the law shows where a word should stand`, () => {
    const ids = /\b(decide_need|accept_materials|open_special|reconsultation|opine)\b/;
    const next = /^(What may happen next|可以办理的下一步)/m;   // where ids have their column
    texts.forEach((text) =>
      assert.doesNotMatch(text.split('\n').slice(1).join('\n').split(next)[0], ids));
  });
}
test('--explain gives as many counted days as the clock has used, to its due day', () => {
  const [{ clocks }] = replay(script, '--explain');
  assert.ok(clocks.every(({ days }) => Array.isArray(days)), 'days are there');
});
rmSync(scratch, { recursive: true });
console.log(`1..${number}`);
