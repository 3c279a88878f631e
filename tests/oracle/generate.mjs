// Seeded case scripts that go deep: mostly lawful next steps on days that matter (due days and
// their neighbours, weekends, holidays, year ends), with mischief in between. The same seed and
// number always give the same script. As a command it writes JSON, which is YAML, files:
//     node generate.mjs FOLDER [SEED [COUNT]]

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fieldsOf, rolesOf } from './fields.mjs';
import { position } from './oracle.mjs';
import { ACTS, EDITIONS, MEMBERS_2020, MEMBERS_2022, SECTORS } from './script.mjs';
import { add, dayOf, textOf } from './workdays.mjs';

export class Random {
    constructor(seed, number) {
        this.state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0;
        this.below(2);
    }

    below(limit) {
        this.state = (this.state + 0x6d2b79f5) >>> 0;
        let mixed = this.state;
        mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
    }

    chance(percent) {
        return this.below(100) < percent;
    }

    pick(list) {
        return list[this.below(list.length)];
    }

    /** Picks a key of {key: weight}. */
    weigh(weights) {
        let left = this.below(Object.values(weights).reduce((sum, one) => sum + one, 0));
        for (const [key, weight] of Object.entries(weights)) {
            left -= weight;
            if (left < 0) {
                return key;
            }
        }
        throw new Error('no weight');
    }
}

// What a sensible person does next in each stage, by weight; what the edition lacks is dropped.
const REVIEW_STEPS = {
    null: { declare: 8, propose: 2 },
    filing: { accept_materials: 9, return_materials: 2, withdraw: 1 },
    returned: { redeclare: 12, withdraw: 1 },
    screening: { decide_need: 5, request_materials: 3, supply_materials: 3, withdraw: 1,
        cancel_request: 1 },
    proposed: { refer: 1 },
    authorization: { authorize: 9, decline: 1 },
    authorized: { open_review: 1 },
    preliminary: { request_materials: 4, supply_materials: 4, cancel_request: 2, extend: 2,
        suggest: 3, circulate: 4, assess: 1, withdraw: 1, find_breach: 1, mitigate: 1 },
    consultation: { opine: 12, conclude: 4, open_special: 4, find_breach: 1, mitigate: 1 },
    special: { hear: 3, analyse: 3, suggest: 3, circulate: 4, request_materials: 3,
        supply_materials: 3, cancel_request: 1, extend: 2, assess: 1, find_breach: 1,
        mitigate: 1 },
    reconsultation: { opine: 5, report: 4, extend: 1, find_breach: 1, mitigate: 1 },
    approval: { approve: 4, remand: 3, extend: 1, find_breach: 1, mitigate: 1 },
    approved: { conclude: 5, extend: 2, mitigate: 1 },
};
const TRIAL_STEPS = {
    null: { recommend: 2, report_concern: 2, instruct: 2, apply: 3 },
    nomination: { recommend: 1, report_concern: 1, instruct: 1, determine_influence: 4,
        determine_subject: 5 },
    assessment: { assign_assessment: 5, submit_assessment: 6, empanel: 4 },
    expert_review: { assess: 6, conclude: 3 },
    concluded: { publish: 1 },
};

const ABSENT = {
    '2017-draft': [],
    2017: ['apply'],
    '2019-draft': ['mitigate', 'decide_need'],
    2020: ['mitigate', 'find_breach'],
    2022: ['find_breach'],
};

function startDay(random) {
    if (random.chance(45)) {
        const window = random.pick([
            ['2020-10-20', 100], ['2022-11-01', 90], ['2026-08-01', 160], ['2027-09-15', 110],
            ['2021-09-01', 40], ['2023-12-20', 60], ['2025-09-01', 45],
        ]);
        return dayOf(window[0]) + random.below(window[1]);
    }
    return dayOf('2018-01-01') + random.below(3650);
}

function recipientsFor(random, edition) {
    const members = edition === '2022' ? MEMBERS_2022 : MEMBERS_2020;
    const all = members.map((id) => `member/${id}`);
    if (edition !== '2019-draft') {
        all.push(...SECTORS.slice(0, 5).map((id) => `department/${id}`));
    }
    const list = new Set();
    const size = 1 + random.below(random.chance(20) ? 6 : 3);
    while (list.size < size) {
        list.add(random.pick(all));
    }
    return [...list];
}

function opening(random) {
    const day = startDay(random);
    const script = {};
    let edition = random.pick([...EDITIONS, '2019-draft', '2020', '2022', '2020', '2022']);
    if (random.chance(12) && day >= dayOf('2017-06-01')) {
        edition = day < dayOf('2020-06-01') ? '2017' : day < dayOf('2022-02-15') ? '2020' : '2022';
    } else {
        script.edition = edition;
    }
    if (random.chance(80)) {
        script.purchase = { value: 1000 * (1 + random.below(5000)), currency: 'CNY' };
        if (random.chance(70)) {
            script.purchase.sector = random.pick(SECTORS);
        }
        if (edition.startsWith('2017') && random.chance(60)) {
            script.purchase.cii = random.chance(80);
        }
    }
    if (!edition.startsWith('2017')) {
        if (random.chance(85)) {
            script.recipients = recipientsFor(random, edition);
        }
    } else if (random.chance(60)) {
        script.accredited = ['institution/a', 'institution/b'].slice(0, 1 + random.below(2));
    }
    return { script, edition, day };
}

/** The next act's day: often today, often on or beside a due day, else some days on. */
function nextDay(walk, random) {
    const dues = walk.told.clocks
        .filter((clock) => clock.stopped === null && clock.due !== null)
        .map((clock) => dayOf(clock.due));
    const kind = random.weigh({ same: 36, soon: 34, due: 14, later: 7, year: 2, far: 1, work: 6 });
    const { day } = walk;
    if (kind === 'soon') {
        return day + 1 + random.below(4);
    }
    if (kind === 'due' && dues.length > 0) {
        return Math.max(day, random.pick(dues) + random.pick([-1, 0, 0, 1, 2]));
    }
    if (kind === 'later') {
        return day + 5 + random.below(20);
    }
    if (kind === 'year') {
        const end = dayOf(`${textOf(day).slice(0, 4)}-12-31`);
        return end - day < 60 ? end + random.below(4) : day;
    }
    if (kind === 'far') {
        return day + 30 + random.below(70);
    }
    return kind === 'work' ? add(day, 1 + random.below(10)) : day;
}

function opinionGoal(walk, random) {
    const missing = walk.told.clocks
        .filter((clock) => clock.clock === 'opinion' && clock.stopped === null);
    if (missing.length === 0) {
        return random.pick(['conclude', 'open_special']);
    }
    return random.pick(['opine', 'opine', 'open_special']);
}

/** The act that brings a review nearer to its special stages and its end, or null. */
function goalAct(walk, random) {
    const undone = (name) => !walk.since.has(name);
    switch (walk.told.stage) {
    case 'preliminary': case 'special':
        if (walk.requests.length > 0) {
            return random.chance(75) ? 'supply_materials' : 'cancel_request';
        }
        if (walk.told.stage === 'special' && undone('hear')) {
            return 'hear';
        }
        if (walk.told.stage === 'special' && undone('analyse')) {
            return 'analyse';
        }
        return undone('suggest') ? 'suggest' : 'circulate';
    case 'consultation':
        return opinionGoal(walk, random);
    case 'reconsultation':
        return random.pick(['opine', 'report']);
    case 'approval':
        return random.pick(['approve', 'remand']);
    case 'approved':
        return 'conclude';
    case 'assessment':
        return random.pick(['assign_assessment', 'submit_assessment', 'empanel']);
    default:
        return null;
    }
}

function sensibleAct(walk, random) {
    const goal = random.chance(walk.drive) ? goalAct(walk, random) : null;
    if (goal !== null) {
        return goal;
    }
    const trial = walk.edition.startsWith('2017');
    const steps = { ...(trial ? TRIAL_STEPS : REVIEW_STEPS)[String(walk.told.stage)] };
    for (const act of ABSENT[walk.edition]) {
        delete steps[act];
    }
    if (random.chance(85)) {
        delete steps.withdraw;
    }
    if (random.chance(walk.edition === '2019-draft' ? 40 : 90)) {
        delete steps.find_breach;
    }
    if (walk.requests.length === 0) {
        delete steps.supply_materials;
        delete steps.cancel_request;
    } else {
        for (const act of ['supply_materials', 'cancel_request']) {
            if (act in steps) {
                steps[act] *= 4;
            }
        }
    }
    if (Object.keys(steps).length === 0) {
        return null;
    }
    return random.weigh(steps);
}

function compose(walk, random, name) {
    const by = random.pick(rolesOf(walk, name));
    const act = { on: textOf(nextDay(walk, random)), by, act: name };
    const fields = fieldsOf(walk, random, act);
    if (fields !== null) {
        act.with = fields;
    }
    if (walk.assuming && random.chance(25)) {
        act.assumed = true;
    }
    return act;
}

const ANYBODY = ['operator', 'provider', 'center', 'office', 'commission', 'public', 'member/cac',
    'member/csrc', 'member/nrta', 'department/energy', 'institution/a', 'institution/z',
    'expert/x', 'association/m', 'user/u'];

/** Spoils an act: its role, its day or its fields. */
function spoil(walk, random, act) {
    const kind = random.weigh({ role: 4, day: 3, bare: 3 });
    if (kind === 'role') {
        act.by = random.pick(ANYBODY);
    } else if (kind === 'day') {
        act.on = textOf(walk.day - 1 - random.below(30));
    } else {
        delete act.with;
    }
    return act;
}

function step(walk, random) {
    let name = random.chance(95) ? sensibleAct(walk, random) : random.pick(ACTS);
    if (name === null) {
        walk.patience -= 1;
        name = random.pick(ACTS);
    }
    const act = compose(walk, random, name);
    return random.chance(6) ? spoil(walk, random, act) : act;
}

function perform(walk, act) {
    walk.script.acts.push(act);
    const latest = Math.max(walk.day, dayOf(act.on));
    const before = walk.told?.refused.length ?? 0;
    walk.told = position({ ...walk.script, edition: walk.edition },
        { on: textOf(latest), stem: 'walk' });
    if (walk.told.refused.length > before) {
        return;
    }
    walk.day = dayOf(act.on);
    walk.since = walk.told.stage === walk.entered ? walk.since : new Set();
    walk.entered = walk.told.stage;
    walk.since.add(act.act);
    const id = act.with?.id ?? null;
    if (act.act === 'request_materials') {
        walk.requests.push(id);
    } else if (act.act === 'supply_materials' || act.act === 'cancel_request') {
        walk.requests.splice(id === null ? 0 : walk.requests.indexOf(id), 1);
    }
    if (!['special', 'preliminary', 'screening'].includes(walk.told.stage)) {
        walk.requests = [];
    }
}

/** In half of the circulations everybody answers at once, so that reviews also end. */
function answerAll(walk, random) {
    const split = random.chance(40);
    const missing = walk.told.next.find((one) => one.act === 'opine').by;
    for (const by of missing) {
        const agree = !(split && random.chance(50));
        const day = walk.day + (random.chance(20) ? 1 : 0);
        perform(walk, { on: textOf(day), by, act: 'opine', with: { agree } });
    }
}

/** The straight way to a late stage, so that the walk begins where few walks arrive. */
function rush(walk, random) {
    const draft = walk.edition === '2019-draft';
    const materials = ['declaration', draft ? 'security_risk_report' : 'analysis_report',
        'procurement_document'];
    const way = random.chance(70) ? [
        ['operator', 'declare', { materials }],
        [draft ? 'office' : 'center', 'accept_materials'],
        ...(draft ? [] : [['office', 'decide_need', { need: true }]]),
    ] : [
        ['member/cac', 'propose'], ['office', 'refer'], ['commission', 'authorize'],
        ['office', 'open_review'],
    ];
    way.push(['office', 'suggest', { finding: 'pass' }], ['office', 'circulate']);
    const round = [['office', 'hear'], ['office', 'analyse'],
        ['office', 'suggest', { finding: 'conditional_pass' }], ['office', 'circulate'],
        ['office', 'report'], ['commission', 'remand']];
    const further = ['disagree', ['office', 'open_special'], ...round];
    const length = way.length + random.below(further.length + 1);
    for (const stop of [...way, ...further].slice(0, length)) {
        const [by, act, fields] = stop === 'disagree'
            ? [walk.told.next[0].by[0], 'opine', { agree: false }] : stop;
        const day = walk.day + (random.chance(40) ? random.below(6) : 0);
        perform(walk, { on: textOf(day), by, act, ...(fields ? { with: fields } : {}) });
    }
}

function reportDay(walk, random) {
    const days = walk.script.acts.map((act) => dayOf(act.on));
    const first = Math.min(...days);
    const last = Math.max(...days);
    const kind = random.weigh({ none: 45, middle: 22, after: 15, before: 3, due: 15 });
    if (kind === 'middle') {
        return first + random.below(last - first + 1);
    }
    if (kind === 'after') {
        return last + random.below(120);
    }
    if (kind === 'before') {
        return first - 1;
    }
    const dues = walk.told.clocks.filter((clock) => clock.due !== null);
    if (kind === 'due' && dues.length > 0) {
        return dayOf(random.pick(dues).due) + random.pick([-1, 0, 0, 1, 2]);
    }
    return null;
}

/** Script `number` of `seed`: {script, stem}. */
export function generate(seed, number) {
    const random = new Random(seed, number);
    const { script, edition, day } = opening(random);
    const stem = `walk-${seed}-${number}`;
    if (random.chance(70)) {
        script.case = `case-${seed}-${number}`;
    }
    script.acts = [];
    const walk = {
        script, edition, day, requests: [], patience: 3, assuming: random.chance(30),
        drive: random.pick([10, 50, 80, 92]), since: new Set(), entered: null,
    };
    walk.told = position({ edition, acts: [] }, { on: textOf(day), stem });
    if (!edition.startsWith('2017') && random.chance(30)) {
        rush(walk, random);
    }
    const length = script.acts.length + 3 + random.below(random.chance(60) ? 40 : 20);
    while (script.acts.length < length && walk.patience > 0) {
        const name = walk.told.stage;
        const talking = name === 'consultation' || name === 'reconsultation';
        if (talking && random.chance(15)) {
            answerAll(walk, random);
        } else {
            perform(walk, step(walk, random));
        }
    }
    const report = reportDay(walk, random);
    if (report !== null) {
        script.on = textOf(report);
    }
    return { script, stem };
}

function main([folder, seed = '1', count = '100']) {
    mkdirSync(folder, { recursive: true });
    for (let number = 0; number < Number(count); number += 1) {
        const { script, stem } = generate(Number(seed), number);
        writeFileSync(join(folder, `${stem}.yaml`), JSON.stringify(script));
    }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
    main(process.argv.slice(2));
}
