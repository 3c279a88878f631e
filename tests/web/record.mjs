// record.mjs: the program from outside, and a matter's record read back: the acts of an export as a
// case script, so that what the pages did can be replayed without them.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import YAML from 'yaml';

export const root = process.env.SHENCHA_ROOT ?? process.cwd();
export const program = process.env.SHENCHA ?? join(root, 'build/shencha');

export function shencha(...words) {
  const out = spawnSync(program, words, { encoding: 'utf8', cwd: root, maxBuffer: 1 << 28 });
  return { status: out.status, out: out.stdout ?? '', err: out.stderr ?? '' };
}

export function must(...words) {
  const { status, out, err } = shencha(...words);
  if (status !== 0) throw new Error(`shencha ${words.join(' ')}: ${status}\n${err}${out}`);
  return out;
}

// Days are civil days in Beijing.
export const beijing = (at = Date.now()) => new Date(at + 8 * 3600e3).toISOString().slice(0, 10);
export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86400e3);


let exports = 0;
export function eventsOf(docket, matter) {
  const file = join(docket, `../export-${process.pid}-${exports++}.jsonl`);
  must('export', file, '--docket', docket);
  // place, matter, place in it, key, hash, body
  return readFileSync(file, 'utf8').trim().split('\n').filter((line) => line.includes('{'))
    .map((line) => JSON.parse(line.split('\t').at(-1)))
    .filter((event) => event.matter === matter);
}

// The acts of a matter as a case script.
export function scriptOf(events) {
  const [first] = events;
  const { purchase, recipients, accredited } = first.facts ?? {};
  const script = { edition: first.edition, case: first.matter };
  if (purchase && Object.keys(purchase).length) script.purchase = purchase;
  if (recipients?.length) script.recipients = recipients;
  if (accredited) script.accredited = accredited;
  script.acts = events.map(({ on, by, act, with: given, assumed }) =>
    ({ on, by, act, ...(given ? { with: given } : {}), ...(assumed ? { assumed } : {}) }));
  return script;
}

// The position of a matter on a day: as the docket has it, and replayed from its acts alone.
export function positions(docket, matter, on) {
  const shown = JSON.parse(must('show', matter, '--json', '--on', on, '--docket', docket));
  const file = join(docket, `../script-${process.pid}-${exports++}.json`);
  writeFileSync(file, JSON.stringify(scriptOf(eventsOf(docket, matter))));
  const replayed = JSON.parse(must('replay', file, '--json', '--on', on));
  return { shown, replayed };
}

const catalogues = new Map();
function catalogue(file) {
  if (!catalogues.has(file)) {
    catalogues.set(file, YAML.parse(readFileSync(join(root, file), 'utf8')));
  }
  return catalogues.get(file);
}
// A word of the law as a page in that language says it: lawWord('2022', 'stage', 'filing', 'zh').
export function lawWord(edition, kind, id, language) {
  const own = catalogue(`law/editions/${edition}/words.yaml`)?.[language]?.[kind]?.[id];
  return own ?? catalogue(`law/words/${language}.yaml`)[kind]?.[id];
}
