// Reads a case script (contract, section 2) into plain values, and finds the faults of the file:
// a word that no edition knows, a value of the wrong kind. What the law refuses is not its matter.

import { dayOf } from './workdays.mjs';

export class Fault extends Error {}

export const EDITIONS = ['2017-draft', '2017', '2019-draft', '2020', '2022'];

export const MEMBERS_2020 = [
    'cac', 'ndrc', 'miit', 'mps', 'mss', 'mof', 'mofcom', 'pboc', 'samr', 'nrta', 'nassp', 'sca',
];
export const MEMBERS_2022 = [
    'cac', 'ndrc', 'miit', 'mps', 'mss', 'mof', 'mofcom', 'pboc', 'samr', 'nrta', 'csrc',
    'nassp', 'sca',
];
export const SECTORS = [
    'telecoms', 'broadcasting', 'energy', 'finance', 'transport', 'railways', 'aviation', 'post',
    'water', 'emergency', 'health', 'social_security', 'defence_industry', 'government', 'other',
];
export const ACTS = [
    'declare', 'return_materials', 'redeclare', 'accept_materials', 'decide_need', 'propose',
    'refer', 'authorize', 'decline', 'open_review', 'mitigate', 'request_materials',
    'supply_materials', 'cancel_request', 'extend', 'assess', 'suggest', 'circulate', 'opine',
    'conclude', 'open_special', 'hear', 'analyse', 'report', 'approve', 'remand', 'withdraw',
    'find_breach', 'recommend', 'report_concern', 'instruct', 'apply', 'determine_influence',
    'determine_subject', 'assign_assessment', 'submit_assessment', 'empanel', 'publish',
];
const MATERIALS = [
    'declaration', 'analysis_report', 'procurement_document', 'other', 'security_risk_report',
    'listing_documents',
];
const METHODS = [
    'laboratory_test', 'onsite_inspection', 'online_monitoring', 'background_investigation',
];
const GROUNDS = ['purchase', 'data_processing', 'foreign_listing'];
const FINDINGS = ['pass', 'conditional_pass', 'fail'];
const PLAIN_ROLES = ['operator', 'provider', 'center', 'office', 'commission', 'public'];

function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function demand(holds, sentence) {
    if (!holds) {
        throw new Fault(sentence);
    }
}

function checkRole(role, where) {
    demand(typeof role === 'string', `${where}: a role is a word`);
    if (PLAIN_ROLES.includes(role)) {
        return;
    }
    const [group, id, ...rest] = role.split('/');
    demand(id !== undefined && id !== '' && rest.length === 0, `${where}: no role ${role}`);
    if (group === 'member') {
        demand(MEMBERS_2022.includes(id), `${where}: no member ${id}`);
    } else if (group === 'department') {
        demand(SECTORS.includes(id), `${where}: no sector ${id}`);
    } else {
        demand(['institution', 'expert', 'association', 'user'].includes(group),
            `${where}: no role ${role}`);
    }
}

function checkWord(value, words, where) {
    demand(typeof value === 'string' && words.includes(value), `${where}: unknown word`);
}

function checkWith(fields, where) {
    demand(isRecord(fields), `${where}: with is a mapping`);
    const at = (name) => `${where}: ${name}`;
    for (const name of ['need', 'agree', 'may_influence', 'review']) {
        demand(!(name in fields) || typeof fields[name] === 'boolean', at(name));
    }
    if ('materials' in fields) {
        demand(Array.isArray(fields.materials), at('materials'));
        fields.materials.forEach((word) => checkWord(word, MATERIALS, at('materials')));
    }
    if ('days' in fields) {
        demand(Number.isInteger(fields.days) && fields.days > 0, at('days'));
    }
    for (const name of ['id', 'reason', 'product']) {
        demand(!(name in fields) || typeof fields[name] === 'string', at(name));
    }
    if ('ground' in fields) {
        checkWord(fields.ground, GROUNDS, at('ground'));
    }
    if ('finding' in fields) {
        checkWord(fields.finding, FINDINGS, at('finding'));
    }
    if ('method' in fields) {
        checkWord(fields.method, METHODS, at('method'));
    }
    if ('scope' in fields) {
        checkWord(fields.scope, ['public', 'limited'], at('scope'));
    }
    if ('from' in fields) {
        checkRole(fields.from, at('from'));
    }
    if ('institution' in fields) {
        checkRole(fields.institution, at('institution'));
        demand(fields.institution.startsWith('institution/'), at('institution'));
    }
    if ('experts' in fields) {
        demand(Array.isArray(fields.experts) && fields.experts.length > 0, at('experts'));
        for (const expert of fields.experts) {
            checkRole(expert, at('experts'));
            demand(expert.startsWith('expert/'), at('experts'));
        }
    }
}

function readAct(raw, n) {
    const where = `act ${n}`;
    demand(isRecord(raw), `${where}: an act is a mapping`);
    const day = dayOf(raw.on);
    demand(day !== null, `${where}: on is a date`);
    checkRole(raw.by, where);
    demand(ACTS.includes(raw.act), `${where}: no act ${raw.act}`);
    demand(raw.assumed === undefined || typeof raw.assumed === 'boolean', `${where}: assumed`);
    const fields = raw.with ?? {};
    checkWith(fields, where);
    return { n, day, by: raw.by, act: raw.act, with: fields, assumed: raw.assumed === true };
}

function editionInForce(day) {
    demand(day >= dayOf('2017-06-01'), 'no edition was in force on the day of the first act');
    if (day < dayOf('2020-06-01')) {
        return '2017';
    }
    return day < dayOf('2022-02-15') ? '2020' : '2022';
}

function readPurchase(raw) {
    demand(isRecord(raw), 'purchase is a mapping');
    demand(!('value' in raw) || typeof raw.value === 'number', 'purchase: value');
    for (const name of ['currency', 'category']) {
        demand(!(name in raw) || typeof raw[name] === 'string', `purchase: ${name}`);
    }
    for (const name of ['signed', 'cii']) {
        demand(!(name in raw) || typeof raw[name] === 'boolean', `purchase: ${name}`);
    }
    if ('sector' in raw) {
        checkWord(raw.sector, SECTORS, 'purchase: sector');
    }
    return raw;
}

function membersOf(edition) {
    if (edition === '2022') {
        return MEMBERS_2022;
    }
    return edition.startsWith('2017') ? [] : MEMBERS_2020;
}

function readRecipients(raw, edition, purchase) {
    const members = membersOf(edition).map((id) => `member/${id}`);
    const departments = edition === '2020' || edition === '2022'
        ? SECTORS.map((id) => `department/${id}`) : [];
    if (raw === undefined) {
        const sector = purchase.sector;
        return departments.length > 0 && sector !== undefined
            ? [...members, `department/${sector}`] : members;
    }
    demand(Array.isArray(raw) && raw.length > 0, 'recipients: a list that is not empty');
    for (const recipient of raw) {
        demand([...members, ...departments].includes(recipient),
            `recipients: ${edition} knows no ${recipient}`);
    }
    return raw;
}

/** Reads a parsed script; `stem` names the case where the script does not. Throws Fault. */
export function readScript(raw, { on, stem } = {}) {
    demand(isRecord(raw), 'a script is a mapping');
    demand(Array.isArray(raw.acts), 'acts: a list');
    const acts = raw.acts.map((act, place) => readAct(act, place + 1));
    demand(raw.edition === undefined || EDITIONS.includes(raw.edition), 'unknown edition');
    demand(raw.edition !== undefined || acts.length > 0, 'no edition and no act');
    const edition = raw.edition ?? editionInForce(acts[0].day);
    const purchase = readPurchase(raw.purchase ?? {});
    demand(raw.case === undefined || typeof raw.case === 'string', 'case is a word');
    if (raw.accredited !== undefined) {
        demand(Array.isArray(raw.accredited), 'accredited: a list');
        raw.accredited.forEach((role) => checkRole(role, 'accredited'));
    }
    const named = on ?? raw.on;
    const day = named === undefined
        ? Math.max(...acts.map((act) => act.day)) : dayOf(named);
    demand(day !== null && Number.isFinite(day), 'on: a date');
    return {
        edition,
        name: raw.case ?? stem ?? null,
        purchase,
        members: membersOf(edition),
        recipients: readRecipients(raw.recipients, edition, purchase),
        accredited: raw.accredited,
        day,
        acts,
    };
}
