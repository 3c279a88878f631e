// tap.mjs: cases told as TAP. A story is a function of a Cases; stories run two at a time, and what
// one says is printed when it ends, so that lines of two never mix.
export class Cases {
  constructor(name) {
    this.name = name;
    this.lines = [];
    this.failed = 0;
  }

  ok(fine, what, detail) {
    this.lines.push({ fine: Boolean(fine), what: `${this.name}: ${what}`, detail });
    if (!fine) this.failed++;
    return Boolean(fine);
  }

  same(found, expected, what) {
    const a = JSON.stringify(found), b = JSON.stringify(expected);
    return this.ok(a === b, what, a === b ? undefined : `expected ${b}\nfound    ${a}`);
  }

  has(text, part, what) {
    const fine = part instanceof RegExp ? part.test(text) : text.includes(part);
    return this.ok(fine, what, fine ? undefined : `${part} is not in:\n${text.slice(0, 1500)}`);
  }
}

let count = 0, failures = 0;
function tell(cases) {
  for (const { fine, what, detail } of cases.lines) {
    console.log(`${fine ? 'ok' : 'not ok'} ${++count} - ${what}`);
    if (!fine) failures++;
    if (!fine && detail) console.log(String(detail).replace(/^/gm, '# '));
  }
}

// Runs {name, run} stories, `width` at a time; returns the exit status.
export async function runAll(stories, width, after = async () => {}) {
  const waiting = [...stories];
  const worker = async () => {
    for (let story = waiting.shift(); story; story = waiting.shift()) {
      const cases = new Cases(story.name), from = Date.now();
      try {
        await story.run(cases);
      } catch (error) {
        cases.ok(false, 'came to its end', error.stack);
      }
      if (cases.lines.length === 0) cases.ok(false, 'looked at something');
      tell(cases);
      console.log(`# ${story.name}: ${((Date.now() - from) / 1000).toFixed(1)} s`);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  const last = new Cases('all');
  await after(last);
  tell(last);
  console.log(`1..${count}`);
  return failures || count === 0 ? 1 : 0;
}
