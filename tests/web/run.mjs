// run.mjs: finds the stories of stories/*.mjs and plays them, two at a time.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeBrowser, findings, pagesLookedAt, stopAll } from './kit.mjs';
import { runAll } from './tap.mjs';

const folder = fileURLToPath(new URL('stories', import.meta.url));
const wanted = process.argv.slice(2);
const stories = [];
for (const file of readdirSync(folder).sort()) {
  if (file.endsWith('.mjs')) stories.push(...(await import(join(folder, file))).default);
}
const chosen = stories.filter(({ name }) =>
  !wanted.length || wanted.some((word) => name.includes(word)));
const status = await runAll(chosen, 2, async (cases) => {
  await stopAll();
  await closeBrowser();
  const each = [...new Set(findings)];
  if (!process.env.NO_AXE) {
    cases.ok(pagesLookedAt() > 0, `axe looked at ${pagesLookedAt()} kinds of pages by role`);
  }
  cases.ok(each.length === 0, 'no finding of axe, no refused script or style, no error on a page',
    each.join('\n'));
});
process.exit(status);
