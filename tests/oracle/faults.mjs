// Scripts with a fault of the file: a word that no edition knows, a value of the wrong kind. The
// program prints nothing for them and exits 2.

import { generate, Random } from './generate.mjs';

const FAULTS = [
    (script) => { script.edition = '2021'; },
    (script) => { script.on = '2023-02-29'; },
    (script) => { script.recipients = []; },
    (script) => { script.recipients = ['member/nobody']; },
    (script) => { script.recipients = 'member/cac'; },
    (script) => { script.purchase = { sector: 'sea' }; },
    (script) => { script.purchase = 12; },
    (script, act) => { act.act = 'approve_materials'; },
    (script, act) => { act.by = 'chair'; },
    (script, act) => { act.by = 'member/xyz'; },
    (script, act) => { act.by = 'department/sea'; },
    (script, act) => { act.on = '2021-04-31'; },
    (script, act) => { act.on = 20210401; },
    (script, act) => { act.assumed = 'maybe'; },
    (script, act) => { delete act.on; },
    (script, act) => { delete act.by; },
    (script, act) => { delete act.act; },
    (script, act) => { act.act = 'opine'; act.with = { agree: 'yes' }; },
    (script, act) => { act.act = 'decide_need'; act.with = { need: 1 }; },
    (script, act) => { act.act = 'declare'; act.with = { materials: 'declaration' }; },
    (script, act) => { act.act = 'declare'; act.with = { materials: ['diploma'] }; },
    (script, act) => { act.act = 'declare'; act.with = { materials: [], ground: 'merger' }; },
    (script, act) => { act.act = 'suggest'; act.with = { finding: 'perhaps' }; },
    (script, act) => { act.act = 'extend'; act.with = { days: 'ten' }; },
    (script, act) => { act.with = ['need']; },
    (script) => { script.acts = 'none'; },
];

/** A script with one fault of the file, of kind `number` modulo the kinds. */
export function generateFaulty(seed, number) {
    const { script, stem } = generate(seed, number);
    const random = new Random(seed + 7, number);
    FAULTS[number % FAULTS.length](script, random.pick(script.acts));
    return { script, stem: `faulty-${stem}` };
}
