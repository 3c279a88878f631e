// serving.mjs: the service as a process for suites that ask it by hand: a docket in which the
// people of the demonstration are signed in, copies of it, and the service on any free port.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = process.env.SHENCHA_ROOT ?? process.cwd();
export const program = process.env.SHENCHA ?? join(root, 'build/shencha');
export const scratch = mkdtempSync(join(tmpdir(), 'serving-'));
const password = 'eleven and one words';
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});

export const beijing = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
const daysTo = (day) => String(Math.round((Date.parse(day) - Date.parse(beijing)) / 86400e3));

// With `day` as today. `stop` fails when it does not end with 0 or a sanitizer has said something.
export function serve(docket, day = beijing) {
  const words = ['serve', '--docket', docket, '--port', '0', '--log', '-', '--lang', 'en',
    '--days-ahead', daysTo(day)];
  return new Promise((done, failed) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    running.add(child);
    const ended = new Promise((over) => child.on('close', (status) => {
      running.delete(child);
      over(status);
      failed(new Error(said));
    }));
    const hear = (bytes) => {
      said += bytes;
      const [, url] = /(http:\/\/[\d.]+:\d+)/.exec(said) ?? [];
      if (url) {
        done({ url, said: () => said, async stop() {
          child.kill('SIGTERM');
          const status = await ended;
          if (status !== 0 || /Sanitizer|runtime error/.test(said)) throw new Error(said);
        } });
      }
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
  });
}

// The cookies that a reply sets; the fetch of Debian's node has them in one line.
export const cookiesOf = ({ headers }) => headers.getSetCookie?.() ??
  (headers.get('set-cookie') ?? '').split(/, (?=[^;, ]+=)/).filter(Boolean);

// A docket with everybody of the demonstration, and the cookies of these: copies of the docket know
// the same sessions.
export async function peopleSignedIn(logins) {
  const docket = join(scratch, 'people'), cookies = {};
  execFileSync(program, ['init', '--docket', docket], { stdio: 'ignore' });
  execFileSync(join(root, 'tools/demo-people'), [program, docket, password]);
  const service = await serve(docket);
  for (const login of logins) {
    const reply = await fetch(`${service.url}/sign-in`, { method: 'POST', redirect: 'manual',
      headers: { origin: service.url }, body: new URLSearchParams({ login, password }) });
    const cookie = cookiesOf(reply).find((one) => /shencha=/.test(one));
    if (reply.status !== 303 || !cookie) throw new Error(`${login}: ${reply.status}`);
    cookies[login] = cookie.split(';')[0];
  }
  await service.stop();
  return { docket, cookies };
}

// ---- cases as TAP ----

let number = 0, failed = 0;
export function tell(fine, what, detail = '') {
  console.log(`${fine ? 'ok' : 'not ok'} ${++number} - ${what}`);
  if (!fine) {
    failed++;
    console.log(String(detail).slice(0, 4000).replace(/^/gm, '# '));
  }
}
export function told() {
  console.log(`1..${number}`);
  process.exitCode = failed || number === 0 ? 1 : 0;
}
