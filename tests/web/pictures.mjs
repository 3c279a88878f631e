// pictures.mjs: the pictures of the README: main pages of the demonstration, in both languages.
//   node tests/web/pictures.mjs [FOLDER]      docs/pictures when none is named; today's day counts
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { begin, closeBrowser, stopAll } from './kit.mjs';
import { root } from './record.mjs';
import { Cases } from './tap.mjs';

const folder = process.argv[2] ?? join(root, 'docs/pictures');
const demo = join(root, 'law/stories/demo');
const scripts = readdirSync(demo).filter((name) => name.endsWith('.yaml'))
  .map((name) => join(demo, name));
const shots = [
  ['case', 'office', '/matters/core-routers-northern-backbone'],
  ['desk', 'office', '/desk'],
  ['month', 'office', '/month'],
  ['charts', 'office', '/charts'],
  ['declaration', 'operator', '/declare'],
  ['opinion', 'mps', '/matters/core-banking-database/do/opine'],
];
const story = await begin('pictures', new Cases('pictures'), { day: '2026-11-23', scripts });
for (const language of ['zh', 'en']) {
  for (const [name, login, path] of shots) {
    const reader = await story.as(login, { language });
    await reader.go(path, { look: false });
    const file = join(folder, `service-${name}-${language}.png`);
    await reader.page.screenshot({ path: file, fullPage: false });
    console.log(`${file} ${(statSync(file).size / 1024).toFixed(0)} KB`);
  }
}
await story.end(false);
await stopAll();
await closeBrowser();
