// run.mjs: every race in several rounds, ours and the peer's in turn, medians and their ratio.
// A figure is only worth something beside its peer of the same run: machines differ and are noisy.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const rounds = Number(process.env.ROUNDS ?? 5);
const program = 'build/shencha';
const bench = (name) => [`build/bench/bench_${name}`];

function number(command, args = []) {
  const out = spawnSync(command, args, { encoding: 'utf8', env: process.env });
  if (out.status !== 0) throw new Error(`${command}: ${out.stderr || out.error}`);
  return Number(out.stdout.trim().split('\n').at(-1));
}
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
function short(n) {
  if (n >= 1e6) return `${(n / 1e6).toFixed(1)} M`;
  return n >= 1e3 ? `${(n / 1e3).toFixed(1)} k` : n.toFixed(2);
}

const rows = [];
function race(title, unit, ours, peers, target) {
  const mine = [], theirs = peers.map(() => []);
  for (let i = 0; i < rounds; i++) {
    mine.push(number(...ours));
    peers.forEach((peer, j) => theirs[j].push(number(...peer.run)));
  }
  const own = median(mine);
  rows.push([title, `${short(own)} ${unit}`, '', target ?? '']);
  peers.forEach((peer, j) => {
    const other = median(theirs[j]);
    const ratio = (own / other).toFixed(own / other < 10 ? 2 : 0);
    const cells = [`${short(other)} ${unit}`, `${ratio} ×`, peer.target ?? ''];
    rows.push([`  beside ${peer.name}`, ...cells]);
  });
}

const node = (file) => [process.execPath, [file]];
const target = 'at least 500 ×';
const peers = [{ name: 'chinese-days (npm)', run: node('bench/chinese-days.mjs'), target }];
if (existsSync('build/bench/quantlib')) {
  peers.unshift({ name: 'QuantLib China::IB', run: ['build/bench/quantlib'], target });
}
race('start + N working days', '/s', bench('calendar'), peers, 'at least 50 M/s');
race('acts decided and folded, 2020 procedure', '/s', bench('acts'),
  [{ name: 'xstate (npm), same stages, no law', run: node('bench/xstate.mjs') }], 'at least 1 M/s');

// Programs of the record print "title<TAB>ours<TAB>peer<TAB>unit<TAB>target"; medians by title.
// What the service does over HTTP comes from service.mjs, which makes its rounds itself.
const service = [process.execPath, ['bench/service.mjs']];
for (const name of ['notice', 'ledger', 'verify', 'service']) {
  const [command, words] = name === 'service' ? service : [`build/bench/bench_${name}`, []];
  if (!existsSync(command)) continue;
  const seen = new Map();
  for (let i = 0; i < (name === 'service' ? 1 : Math.min(rounds, 3)); i++) {
    const stdio = ['ignore', 'pipe', 'inherit'];
    const out = execFileSync(command, words, { encoding: 'utf8', stdio });
    for (const line of out.trim().split('\n')) {
      const [title, ours, peer, unit, target] = line.split('\t');
      if (!seen.has(title)) seen.set(title, { ours: [], peer: [], unit, target });
      seen.get(title).ours.push(Number(ours));
      if (peer) seen.get(title).peer.push(Number(peer));
    }
  }
  for (const [title, { ours, peer, unit, target }] of seen) {
    const own = median(ours), other = peer.length ? median(peer) : 0;
    rows.push([title, `${short(own)} ${unit}`, '', other ? '' : target]);
    const share = `${((100 * own) / other).toFixed(0)} %`;
    if (other) rows.push(['  beside bare', `${short(other)} ${unit}`, share, target]);
  }
}

// The program itself.
const script = 'law/stories/cases/didi.yaml';
const starts = [];
for (let i = 0; i < 40; i++) {
  const from = process.hrtime.bigint();
  spawnSync(program, existsSync(script) ? ['replay', script, '--json'] : ['--version']);
  starts.push(Number(process.hrtime.bigint() - from) / 1e6);
}
const start = `${median(starts).toFixed(1)} ms`;
rows.push(['start, read the law, replay a case', start, '', 'under 30 ms']);
const stripped = 'build/bench/shencha';
execFileSync('strip', ['-o', stripped, program]);
const size = `${(statSync(stripped).size / 1e6).toFixed(2)} MB`;
rows.push(['size of the program (stripped)', size, '', 'under 5 MB']);

const width = (column) => Math.max(...rows.map((row) => row[column].length));
const widths = [0, 1, 2].map(width);
console.log(`${new Date().toISOString().slice(0, 10)}, medians of ${rounds} rounds`);
for (const row of rows) {
  const cells = [row[0].padEnd(widths[0]), ...[1, 2].map((i) => row[i].padStart(widths[i]))];
  console.log([...cells, row[3]].join('  ').trimEnd());
}
