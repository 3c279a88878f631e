// The editions from outside: listed, shown, compared and checked, for people and for programs.

import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import assert from 'node:assert';

const program = process.env.SHENCHA;
const ids = ['2017-draft', '2017', '2019-draft', '2020', '2022'];
let number = 0;
let failed = 0;

const run = (...args) => execFileSync(program, ['edition', ...args], { encoding: 'utf8' });
const objects = (...args) => run(...args, '--json').trim().split('\n')
  .map((line) => JSON.parse(line));
const wide = new RegExp('[\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\ua4cf\\uac00-\\ud7a3' +
  '\\uf900-\\ufaff\\ufe30-\\ufe6f\\uff00-\\uff60\\uffe0-\\uffe6]');
const columns = (line) => [...line].reduce((sum, one) => sum + (wide.test(one) ? 2 : 1), 0);

function test(name, body) {
  number += 1;
  try {
    body();
    console.log(`ok ${number} - ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${number} - ${name}`);
    String(error.message).split('\n').slice(0, 20).forEach((line) => console.log(`# ${line}`));
  }
}

test('editions are listed by the days of their life', () => {
  assert.deepStrictEqual(objects('list').map((one) => one.edition), ids);
  const lines = run('list').trim().split('\n');
  assert.deepStrictEqual(lines.map((line) => line.split(' ')[0]), ids);
  assert.match(lines[3], /2020-06-01/);
  assert.match(run('list', '--lang', 'zh'), /网络安全审查办法/);
});

for (const id of ids) {
  test(`every clause of ${id} is shown in both languages within 80 columns`, () => {
    const shown = objects('show', id)[0];
    assert.strictEqual(shown.edition, id);
    assert.deepStrictEqual(shown.clauses.map((one) => Number(one.clause)),
      shown.clauses.map((_, i) => i + 1));
    for (const language of ['en', 'zh']) {
      const text = run('show', id, '--lang', language);
      text.split('\n').forEach((line) => assert.ok(columns(line) <= 80, line));
      shown.clauses.forEach((one) => assert.match(text,
        language === 'zh' ? new RegExp(`^第${one.clause}条`, 'm')
          : new RegExp(`^clause ${one.clause}( |$)`, 'm')));
      shown.policies.forEach((one) => assert.match(text, new RegExp(`^ +${one.policy} `, 'm')));
    }
  });

  test(`every rule of ${id} is shown with who does it and where`, () => {
    const shown = objects('show', id)[0];
    for (const act of shown.acts) {
      assert.ok(act.by.length > 0 && act.clause.length > 0, act.act);
      act.branches.forEach((one) => assert.ok(one.in || one.opens, act.act));
    }
    const texts = run('show', id).split('\n').filter((line) => line.includes('▸'));
    assert.ok(texts.length >= shown.acts.length + shown.clocks.length);
  });
}

test('2022 says what is not confirmed, and 2020 where sources differ', () => {
  assert.match(run('show', '2022'), /^clause 5 +\(not confirmed in a source\)$/m);
  assert.match(run('show', '2020'), /Sources differ/);
  const eleven = objects('show', '2020')[0].clauses[10];
  assert.match(eleven.conflicts[0].says, /15 days/);
});

test('what the reform of 2022 changed', () => {
  const changes = objects('diff', '2020', '2022');
  const special = changes.find((one) => one.subject === 'clock' && one.what === 'working_days');
  assert.deepStrictEqual([special.id, special.from, special.to], ['special', '45', '90']);
  const added = changes.filter((one) => one.change === 'added').map((one) => one.id);
  for (const id of ['member/csrc', 'mitigate', 'listing_documents', 'foreign_listing']) {
    assert.ok(added.includes(id), id);
  }
  assert.match(run('diff', '2020', '2022'), /7→8, 8→9, 9→10/);
  assert.match(run('diff', '2020', '2022', '--lang', 'zh'), /工作日 45 {2}⇒ {2}90/);
});

test('no id is left in what people read of a difference', () => {
  for (const [from, to] of [['2017-draft', '2017'], ['2017', '2020'], ['2019-draft', '2020']]) {
    for (const language of ['en', 'zh']) {
      const text = run('diff', from, to, '--lang', language);
      assert.ok(!/[a-z]_[a-z]/.test(text), text.match(/.*[a-z]_[a-z].*/));
    }
  }
});

test('a check tells a slip with its place in both languages and goes on', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'editions-'));
  fs.cpSync('law', folder, { recursive: true });
  const file = path.join(folder, 'editions/2020/procedure.yaml');
  const text = fs.readFileSync(file, 'utf8')
    .replace('lifts: opinions, ', '')
    .replace('circulate:\n        by: office', 'circulate:\n        by: offise');
  fs.writeFileSync(file, text);
  const line = text.split('\n').findIndex((one) => one.includes('offise')) + 1;
  const said = spawnSync(program, ['edition', 'check', folder], { encoding: 'utf8' });
  assert.strictEqual(said.status, 1);
  assert.match(said.stdout,
    new RegExp(`procedure.yaml:${line}:13: There is no role "offise".*office`));
  fs.writeFileSync(file, text.replace('offise', 'office'));
  const zh = spawnSync(program, ['edition', 'check', folder, '--lang', 'zh'],
    { encoding: 'utf8' });
  assert.strictEqual(zh.status, 1);
  assert.match(zh.stdout, /procedure.yaml:\d+:7: 义务"opinions"在阶段"special"未履行期间/);
  fs.rmSync(folder, { recursive: true });
});

test('what is asked for wrongly is a question of usage', () => {
  for (const args of [['show'], ['show', '2021'], ['diff', '2020'], ['diff', '2020', '2021'],
    ['chek'], [], ['check', '/nowhere/at/all']]) {
    const said = spawnSync(program, ['edition', ...args], { encoding: 'utf8' });
    assert.strictEqual(said.status, 2, args.join(' '));
    assert.ok(said.stderr.length > 0 && said.stdout === '', args.join(' '));
  }
});

console.log(`1..${number}`);
process.exit(failed ? 1 : 0);
