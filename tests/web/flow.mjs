// flow.mjs: what stories have in common: a declaration, the check of its form, a suggestion drafted
// by one and signed by another, opinions.
export const members = {
  2020: ['cac', 'ndrc', 'miit', 'mps', 'mss', 'mof', 'mofcom', 'pboc', 'samr', 'nrta', 'nassp',
    'sca'],
  2022: ['cac', 'ndrc', 'miit', 'mps', 'mss', 'mof', 'mofcom', 'pboc', 'samr', 'nrta', 'csrc',
    'nassp', 'sca'],
};

const pdf = (name) => ({ name: `${name}.pdf`, mimeType: 'application/pdf',
  buffer: Buffer.from(`%PDF-1.4 ${name}\n`) });

// What a purchase is asked for; a listing abroad or another ground is asked for other things.
const usual = (title) => ({
  'with.ground': 'purchase', 'fact.title': title, 'fact.product': title,
  'fact.category': { index: 1 }, 'fact.description': title, 'fact.object': title,
  'fact.value': '12000000', 'fact.currency': 'CNY', 'fact.signed': false,
});

// The steps of a draft, one after another: what is known is filled in, a paper is given for every
// material that wants one, and at the end it is filed. Returns the number of the matter.
export async function file(operator, answers, without = []) {
  const { page } = operator;
  for (let i = 0; i < 12 && !/\/check$/.test(operator.path); i++) {
    await operator.lookAtForm();
    for (const [name, value] of Object.entries(answers)) {
      if (await page.locator(`[name="${name}"]:not([type=hidden])`).count()) {
        await operator.fill({ [name]: value }, '');
      }
    }
    for (const box of await page.locator('[name=promise]').all()) await box.check();
    for (const area of await page.locator('[name^="contract."]').all()) await area.fill('12.3');
    const kinds = await page.locator('form[enctype] [name=kind]').evaluateAll((all) =>
      all.map(({ value }) => value));
    for (const kind of kinds) {
      if (['declaration', 'other', ...without].includes(kind)) continue;
      if (await page.locator(`#${kind} .papers a`).count()) continue;
      await page.locator(`#file-${kind}`).setInputFiles(pdf(kind));
      await page.locator(`#${kind} form[enctype] button`).last().click();
      await page.locator(`#${kind} .papers a`).first().waitFor();
    }
    const before = operator.path;
    await operator.press('main form button[value=next]');
    if (operator.path === before) {
      throw new Error(`the draft stays at ${before}\n${await operator.main()}`);
    }
  }
  await operator.lookAtForm();
  await operator.press('main form[action$="/file"] button.primary');
  if (!/\/receipt$/.test(operator.path)) {
    throw new Error(`not filed: ${operator.path}\n${await operator.main()}`);
  }
  await operator.look();
  return operator.page.locator('main dl.facts strong').first().innerText();
}

// A declaration from the first page to the receipt.
export async function declare(operator, { title, sector, supplier, ...more }) {
  await operator.go('/declare');
  await operator.press('main form[action="/declare"] button.primary');
  const { ground, users, country } = more;
  return file(operator, {
    ...usual(title), ...(ground ? { 'with.ground': ground } : {}),
    ...(sector ? { 'fact.sector': sector } : {}),
    ...(supplier ? { 'fact.provider': [supplier] } : { 'fact.supplier': 'Maker' }),
    ...(users ? { 'with.users': users, 'with.country': country, 'with.exchange': '1' } : {}),
  });
}

// What was returned is filed again.
export async function redeclare(operator, matter) {
  await operator.go(`/matters/${matter}/redeclare`);
  await operator.press('main form[action$="/redeclare"] button.primary');
  await file(operator, {});
}

// Every item of the check is in order: accepted.
export async function accept(center, matter) {
  await center.go(`/matters/${matter}`);
  await center.follow(`main a[href="/matters/${matter}/check"]`);
  await center.lookAtForm();
  for (const box of await center.page.locator('main input[type=radio][value=fine]').all()) {
    await box.check();
  }
  await center.press('main form button[value=accept]');
  if (center.path !== `/matters/${matter}`) {
    throw new Error(`not accepted: ${center.path}\n${await center.main()}`);
  }
}

// All of them agree; `readers` by login. Every one has the matter on the desk and opens it there.
export async function agree(story, matter, logins, given = { agree: true }) {
  for (const login of logins) {
    const reader = await story.as(login);
    await reader.go('/desk', { look: false });
    story.cases.has(await reader.page.locator('#mine').innerText(), matter,
      `${login} finds ${matter} on the desk`);
    await reader.act(matter, 'opine', given);
    await reader.context.close();
    story.readers.splice(story.readers.indexOf(reader), 1);
  }
}

// The center returns the filing: one material is missing, without which it cannot be accepted.
export async function giveBack(center, matter, material, remark) {
  await center.go(`/matters/${matter}/check`);
  await center.page.locator(`[name="mark.${material}"][value=missing]`).check();
  await center.page.locator(`[name="remark.${material}"]`).fill(remark);
  const refused = await center.press('main form button[value=accept]');
  if (refused.status() !== 422 || await center.page.locator('main .fault').count() === 0) {
    throw new Error('accepted although one item is missing');
  }
  await center.press('main form button[value=return]');
  if (center.path !== `/matters/${matter}`) {
    throw new Error(`not returned: ${center.path}\n${await center.main()}`);
  }
}

// The Office puts a document of its own into the matter.
export async function addRecord(office, matter, kind, name) {
  await office.go(`/matters/${matter}/supply`);
  if (await office.page.locator('#file').count() === 0) {
    await office.press('main form button.primary');
  }
  await office.lookAtForm();
  await office.page.locator('#kind').selectOption(kind);
  await office.page.locator('#file').setInputFiles(pdf(name));
  await office.page.locator('form[enctype] button').click();
  await office.page.locator('.papers a', { hasText: name }).waitFor();
  await office.press('main form button.primary');
}

// A request is answered on the page of answers.
export async function answer(reader, matter, given) {
  await reader.go(`/matters/${matter}/answer`);
  if (await reader.page.locator('main form[action$="/answer"] [name="with.note"]').count() === 0) {
    await reader.press('main form button.primary');
  }
  await reader.lookAtForm();
  await reader.fill(given);
  await reader.press('main form button.primary');
  if (reader.path !== `/matters/${matter}`) {
    throw new Error(`not answered: ${reader.path}\n${await reader.main()}`);
  }
}

// A suggestion: drafted by one, signed by another (policy P18), who finds it on the desk. The one
// who drafted it is not let sign it.
export async function suggest(drafter, signer, matter, given) {
  await drafter.act(matter, 'suggest', given);
  if (!/\/sign\//.test(drafter.path)) return;      // an edition in which one person is enough
  const own = await drafter.page.locator('main form button[value=sign]').count();
  if (own) throw new Error(`${drafter.login} may sign what was drafted by the same hand`);
  await signer.go('/desk');
  await signer.follow(`main a[href^="/matters/${matter}/sign/"]`);
  await signer.look();
  await signer.press('main form button[value=sign]');
  if (signer.path !== `/matters/${matter}`) {
    throw new Error(`not signed: ${signer.path}\n${await signer.main()}`);
  }
}

// A matter opened by an act that asks for no declaration; returns its number.
export async function openNew(reader, act, given, facts = {}) {
  await reader.go('/new');
  if (reader.path !== `/new/${act}`) await reader.follow(`main a[href="/new/${act}"]`);
  await reader.lookAtForm();
  await reader.fill(facts, 'fact.');
  await reader.fill(given);
  await reader.press();
  const [, matter] = /^\/matters\/([^/]+)$/.exec(reader.path) ?? [];
  if (!matter) throw new Error(`not opened: ${reader.path}\n${await reader.main()}`);
  return matter;
}
