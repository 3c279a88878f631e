// papers.mjs: what the papers show is what the program does. Every command in the READMEs is run,
// in order, and what stands below it must come out; every link leads somewhere; the manual page
// names every verb and every option, and none that is not there.
import assert from 'node:assert';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync }
  from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const program = process.env.SHENCHA;
const scratch = mkdtempSync(join(tmpdir(), 'papers-'));
let number = 0;

function test(name, body) {
  number++;
  try {
    body();
    console.log(`ok ${number} - ${name}`);
  } catch (error) {
    console.log(`not ok ${number} - ${name}`);
    const lines = String(error.message).split('\n').slice(0, 30);
    console.log(lines.map((line) => `# ${line}`).join('\n'));
  }
}

// Commands of a paper: blocks between ``` in which lines begin with "$ "; what follows a command up
// to the next is its output, in which a line … stands for any lines.
function commands(paper) {
  const found = [];
  for (const [, block] of readFileSync(paper, 'utf8').matchAll(/^```\w*\n(.*?)^```$/gms)) {
    let last = null;
    for (const line of block.trimEnd().split('\n')) {
      if (line.startsWith('$ ')) {
        last = { command: line.slice(2), output: [] };
        found.push(last);
      } else if (last) {
        last.output.push(line);
      }
    }
  }
  return found;
}

function matches(output, said) {
  let at = 0;
  let skipping = false;
  for (const line of output) {
    if (line === '…') {
      skipping = true;
      continue;
    }
    const found = skipping ? said.indexOf(line, at) : at;
    assert.ok(found >= 0 && said[found] === line,
      `expected:\n${line}\nsaid:\n${said.slice(at, at + 12).join('\n')}`);
    at = found + 1;
    skipping = false;
  }
  assert.ok(skipping || at === said.length, `more was said: ${said.slice(at).join('\n')}`);
}

// One shell for a whole paper, in a folder where the examples lie: what one command sets the next
// one has.
function play(paper, language) {
  const home = join(scratch, language);
  cpSync('docs/examples', join(home, 'docs/examples'), { recursive: true });
  cpSync('law', join(home, 'law'), { recursive: true });
  symlinkSync(program.startsWith('/') ? program : join(process.cwd(), program),
    join(home, 'shencha'));
  const env = { ...process.env, HOME: home, PATH: `${home}:${process.env.PATH}`,
    SHENCHA_LANG: language };
  const all = commands(paper);
  const script = all.map(({ command }, at) =>
    `printf '\\n@@@%s\\n' ${at}\n${command}\nprintf '@@@status %s\\n' $?`).join('\n');
  const { stdout } = spawnSync('bash', ['-c', `exec 2>&1\n${script}`],
    { cwd: home, env, encoding: 'utf8' });
  const said = stdout.split(/^@@@\d+\n/m).slice(1).map((text) => text.replace(/\n$/, ''));
  test(`${paper} shows commands`, () => assert.ok(all.length >= 12, `${all.length} commands`));
  all.forEach(({ command, output }, at) => {
    test(`${paper}: ${command.split('  #')[0].trim()}`, () => {
      const [text, status] = said[at].split('@@@status ');
      assert.ok(['0', '1'].includes(status.trim()), `exit ${status}: ${text}`);
      if (output.length) {
        matches(output, text.trimEnd().split('\n'));
      }
    });
  });
}
play('README.md', 'en');
play('README.zh.md', 'zh');

test('every file that a paper links to is there', () => {
  const papers = ['README.md', 'README.zh.md', ...readdirSync('docs')
    .filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
  const lost = papers.flatMap((paper) =>
    [...readFileSync(paper, 'utf8').matchAll(/\]\(([^)#:\s]+)(#[^)]*)?\)/g)]
      .map(([, link]) => link).filter((link) => !existsSync(join(dirname(paper), link)))
      .map((link) => `${paper}: ${link}`));
  assert.deepStrictEqual(lost, []);
});
test('every file that the READMEs name is there', () => {
  const lost = ['README.md', 'README.zh.md'].flatMap((paper) =>
    [...readFileSync(paper, 'utf8').matchAll(/`((?:law|src|docs|sql|tests|deps)\/[\w./*-]*)`/g)]
      .map(([, name]) => name).filter((name) => !existsSync(name)));
  assert.deepStrictEqual(lost, []);
});

// The manual page, as text.
const page = execFileSync('mandoc', ['-T', 'utf8', '-O', 'width=200', 'docs/man/shencha.1'],
  { encoding: 'utf8' }).replace(/.\x08/gu, '').replace(/[‐−]/g, '-');
const help = (...words) => execFileSync(program, [...words, '--help'],
  { encoding: 'utf8', env: { ...process.env, SHENCHA_LANG: 'en' } });
const verbs = [...help().matchAll(/^ {2}(\w+) {2,}/gm)].map(([, verb]) => verb);
const options = new Set(['--help', '--version', '--lang', '--json', '--law', '--data', '--docket',
  '-o']);
for (const verb of verbs) {
  for (const [option] of help(verb).matchAll(/--[a-z][a-z-]+/g)) {
    options.add(option);
  }
}
test('the manual page is well-formed', () => {
  const { stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', 'docs/man/shencha.1'],
    { encoding: 'utf8' });
  assert.strictEqual(stdout, '');
});
test('the manual page names every verb', () => {
  assert.deepStrictEqual(verbs.filter((verb) => !page.includes(`shencha ${verb}`)), []);
});
test('the manual page names every option', () => {
  const named = new Set([...page.matchAll(/(?<![\w-])--?[a-z][a-z-]*/g)].map(([word]) => word));
  assert.deepStrictEqual([...options].filter((option) => !named.has(option)), []);
});
test('and no option that is not there', () => {
  const named = [...page.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([word]) => word);
  assert.deepStrictEqual([...new Set(named)].filter((option) => !options.has(option)), []);
});
test('the manual page tells every exit status and every variable', () => {
  for (const word of ['SHENCHA_DOCKET', 'SHENCHA_LAW', 'SHENCHA_DATA', 'SHENCHA_LANG']) {
    assert.ok(page.includes(word), word);
  }
  for (const status of [0, 1, 2, 3]) {
    assert.match(page, new RegExp(`^ +${status} +\\w`, 'm'));
  }
});
rmSync(scratch, { recursive: true });
console.log(`1..${number}`);
