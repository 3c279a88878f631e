// Trusting the oracle by itself: the vectors of the facts (section 2), the contract's example
// (section 3) and the rules that are easy to get wrong. Prints TAP; exits 1 on a failure.

import assert from 'node:assert/strict';
import { Fault, position } from './oracle.mjs';
import { ACTS, EDITIONS } from './script.mjs';
import { add, count, dayOf, isProvisional, textOf } from './workdays.mjs';

let number = 0;
let failures = 0;

function test(name, body) {
    number += 1;
    try {
        body();
        console.log(`ok ${number} - ${name}`);
    } catch (fault) {
        failures += 1;
        console.log(`not ok ${number} - ${name}`);
        console.log(fault.message.replace(/^/gm, '# '));
    }
}

const after = (day, n) => textOf(add(dayOf(day), n));
const act = (on, by, name, fields, more) =>
    ({ on, by, act: name, ...(fields ? { with: fields } : {}), ...more });
const three = (report = 'analysis_report') =>
    ({ materials: ['declaration', report, 'procurement_document'] });
const ALL = ['cac', 'ndrc'].map((id) => `member/${id}`);

function reviewed(edition, acts, more = {}) {
    return position({ edition, case: 'c', recipients: ALL, acts, ...more });
}

const toPreliminary = [
    act('2020-09-01', 'operator', 'declare', three()),
    act('2020-09-01', 'center', 'accept_materials'),
    act('2020-09-15', 'office', 'decide_need', { need: true }),
];
const toConsultation = [
    ...toPreliminary,
    act('2020-11-02', 'office', 'suggest', { finding: 'pass' }),
    act('2020-11-02', 'office', 'circulate'),
];
const draftPreliminary = [
    act('2021-03-01', 'operator', 'declare', three('security_risk_report')),
    act('2021-03-01', 'office', 'accept_materials'),
];

function clock(told, name, place = 0) {
    return told.clocks.filter((one) => one.clock === name)[place];
}

test('the years 2016 to 2026 have the known numbers of working days', () => {
    const found = [];
    for (let year = 2016; year <= 2026; year += 1) {
        found.push(count(dayOf(`${year - 1}-12-31`), dayOf(`${year}-12-31`)));
    }
    assert.deepEqual(found, [250, 249, 250, 250, 249, 250, 249, 249, 251, 248, 248]);
});

test('the day vectors of the facts', () => {
    const vectors = [
        ['2020-09-01', 10, '2020-09-15'], ['2020-09-15', 30, '2020-11-02'],
        ['2020-09-15', 45, '2020-11-23'], ['2020-11-02', 15, '2020-11-23'],
        ['2020-11-23', 45, '2021-01-26'], ['2022-03-01', 10, '2022-03-15'],
        ['2022-03-15', 30, '2022-04-26'], ['2022-03-15', 45, '2022-05-19'],
        ['2022-04-26', 15, '2022-05-19'], ['2022-05-19', 90, '2022-09-26'],
        ['2025-12-22', 10, '2026-01-06'], ['2026-01-06', 30, '2026-02-24'],
        ['2026-01-06', 45, '2026-03-16'], ['2026-02-24', 15, '2026-03-16'],
        ['2026-03-16', 90, '2026-07-24'], ['2026-02-02', 10, '2026-02-14'],
        ['2025-09-15', 15, '2025-10-11'], ['2020-09-28', 15, '2020-10-26'],
        ['2019-04-25', 5, '2019-05-05'], ['2019-04-22', 10, '2019-05-07'],
        ['2020-01-17', 10, '2020-02-07'], ['2021-03-01', 30, '2021-04-13'],
    ];
    for (const [day, n, due] of vectors) {
        assert.equal(after(day, n), due, `${day} + ${n}`);
        assert.equal(count(dayOf(day), dayOf(due)), n, `${day} to ${due}`);
    }
});

test('the public cases took as many working days as the facts say', () => {
    assert.equal(count(dayOf('2021-07-02'), dayOf('2022-07-21')), 263);
    assert.equal(count(dayOf('2021-07-02'), dayOf('2023-01-16')), 385);
    assert.equal(count(dayOf('2021-07-05'), dayOf('2022-06-29')), 246);
    assert.equal(count(dayOf('2022-06-23'), dayOf('2023-09-01')), 300);
    assert.equal(count(dayOf('2023-03-31'), dayOf('2023-05-21')), 33);
    assert.equal(after('2023-03-31', 30), '2023-05-16');
    assert.equal(after('2023-03-31', 45), '2023-06-06');
});

test('2027 knows its statutory days, 2028 only weekends, and both are provisional', () => {
    assert.equal(after('2026-11-23', 30).slice(0, 4), '2027');
    assert.equal(isProvisional(dayOf('2027-01-05')), true);
    assert.equal(isProvisional(dayOf('2026-12-31')), false);
    assert.equal(after('2026-12-31', 1), '2027-01-04');
    assert.equal(after('2027-02-04', 1), '2027-02-09');
    assert.equal(after('2027-12-31', 1), '2028-01-03');
    assert.equal(after('2028-09-29', 1), '2028-10-02');
});

test('a date that the calendar does not have is none', () => {
    assert.equal(dayOf('2021-02-29'), null);
    assert.equal(dayOf('2021-2-3'), null);
    assert.equal(textOf(dayOf('2024-02-29')), '2024-02-29');
});

test('the example of the contract', () => {
    const told = position({
        edition: '2020', case: 'demo-1', on: '2020-09-15',
        purchase: { value: 1200000, currency: 'CNY', sector: 'telecoms', signed: false },
        acts: [
            act('2020-09-01', 'operator', 'declare', three()),
            act('2020-09-03', 'center', 'accept_materials'),
            act('2020-09-15', 'office', 'decide_need', { need: true }),
            act('2020-09-15', 'office', 'conclude'),
        ],
    });
    assert.deepEqual(told.clocks, [
        { clock: 'screening', of: null, started: '2020-09-01', allowed: 10, used: 10,
            due: '2020-09-15', stopped: '2020-09-15', state: 'met', provisional: false,
            clause: '8' },
        { clock: 'preliminary', of: null, started: '2020-09-15', allowed: 30, used: 0,
            due: '2020-11-02', stopped: null, state: 'running', provisional: false,
            clause: '10' },
    ]);
    assert.deepEqual(told.refused, [{ n: 4, act: 'conclude', clause: '11' }]);
    assert.deepEqual(told.assumed, []);
    assert.equal(told.stage, 'preliminary');
    assert.deepEqual(told.next.find((one) => one.act === 'circulate'),
        { act: 'circulate', by: ['office'], clause: '10' });
});

test('supply pauses in 2020 and restarts in the draft (vector 2021-03-01)', () => {
    const pause = reviewed('2020', [
        act('2021-02-22', 'operator', 'declare', three()),
        act('2021-02-22', 'center', 'accept_materials'),
        act('2021-03-01', 'office', 'decide_need', { need: true }),
        act('2021-03-15', 'office', 'request_materials'),
        act('2021-03-29', 'provider', 'supply_materials'),
    ]);
    assert.equal(clock(pause, 'preliminary').due, '2021-04-26');
    const restart = reviewed('2019-draft', [
        ...draftPreliminary,
        act('2021-03-15', 'office', 'request_materials'),
        act('2021-03-29', 'operator', 'supply_materials'),
    ]);
    const running = clock(restart, 'preliminary');
    assert.equal(running.due, '2021-05-12');
    assert.equal(running.started, '2021-03-29');
    assert.equal(running.used, 0);
});

test('a cancelled request in the draft does not restart; its days are not counted', () => {
    const told = reviewed('2019-draft', [
        ...draftPreliminary,
        act('2021-03-15', 'office', 'request_materials'),
        act('2021-03-29', 'office', 'cancel_request'),
    ]);
    assert.equal(clock(told, 'preliminary').started, '2021-03-01');
    assert.equal(clock(told, 'preliminary').due, '2021-04-26');
});

test('a supply in the draft restarts even an overdue clock, another request keeps it held', () => {
    const acts = [
        ...draftPreliminary,
        act('2021-06-01', 'office', 'request_materials', { id: 'a' }),
        act('2021-06-01', 'office', 'request_materials', { id: 'b' }),
        act('2021-06-08', 'operator', 'supply_materials', { id: 'a' }),
    ];
    assert.equal(clock(reviewed('2019-draft', acts.slice(0, 4)), 'preliminary').state, 'overdue');
    const told = clock(reviewed('2019-draft', acts), 'preliminary');
    assert.deepEqual([told.state, told.started, told.due], ['held', '2021-06-08', null]);
});

test('overlapping requests are united, and each needs its name', () => {
    const told = reviewed('2020', [
        ...toPreliminary,
        act('2020-09-21', 'office', 'request_materials'),
        act('2020-09-21', 'office', 'request_materials'),
        act('2020-09-22', 'office', 'request_materials', { id: 'b' }),
        act('2020-09-22', 'office', 'request_materials', { id: 'b' }),
        act('2020-09-23', 'operator', 'supply_materials'),
        act('2020-09-23', 'operator', 'supply_materials', { id: 'c' }),
        act('2020-09-24', 'operator', 'supply_materials', { id: 'b' }),
        act('2020-09-28', 'operator', 'supply_materials'),
    ]);
    assert.deepEqual(told.refused.map((one) => [one.n, one.clause]),
        [[5, '14'], [7, '14'], [8, '14'], [9, '14']]);
    const running = clock(told, 'preliminary');
    assert.equal(running.used, 4);
    // 22 to 25 September and the worked Sunday 27 are held, the 28th too: six working days.
    assert.equal(running.due, after('2020-11-02', 6));
});

test('a request cannot cure a clock whose days are used up', () => {
    const acts = [...toPreliminary, act('2020-11-02', 'office', 'request_materials')];
    const onDue = clock(reviewed('2020', acts), 'preliminary');
    assert.deepEqual([onDue.state, onDue.due, onDue.used], ['running', '2020-11-02', 30]);
    const late = clock(reviewed('2020', acts, { on: '2020-11-05' }), 'preliminary');
    assert.deepEqual([late.state, late.due, late.used], ['overdue', '2020-11-02', 30]);
    const stretched = reviewed('2020', [...acts, act('2020-11-02', 'office', 'extend')],
        { on: '2020-11-05' });
    assert.deepEqual([clock(stretched, 'preliminary').state, clock(stretched, 'preliminary').due],
        ['held', null]);
});

test('a clock that stops while held counts its due with the hold ended that day', () => {
    const told = clock(reviewed('2020', [
        ...toPreliminary,
        act('2020-09-21', 'office', 'request_materials'),
        act('2020-09-28', 'operator', 'withdraw'),
    ], { on: '2020-12-31' }), 'preliminary');
    assert.deepEqual([told.state, told.due, told.stopped, told.used],
        ['moot', after('2020-11-02', 6), '2020-09-28', 4]);
});

test('a returned filing never ran, and a new one has its own clock', () => {
    const told = reviewed('2020', [
        act('2020-09-01', 'operator', 'declare', { materials: ['declaration'] }),
        act('2020-09-02', 'center', 'accept_materials'),
        act('2020-09-03', 'center', 'return_materials'),
        act('2020-09-07', 'operator', 'redeclare', three()),
        act('2020-09-08', 'center', 'accept_materials'),
    ]);
    assert.deepEqual(told.refused, [{ n: 2, act: 'accept_materials', clause: '7' }]);
    assert.deepEqual(told.clocks.map((one) => [one.state, one.used, one.due, one.stopped]),
        [['void', 0, null, '2020-09-03'], ['running', 1, '2020-09-21', null]]);
});

test('silence is not agreement; once an opinion is overdue the special review may open', () => {
    const acts = [...toConsultation, act('2020-11-10', 'member/cac', 'opine', { agree: true })];
    const told = reviewed('2020', [
        ...acts,
        act('2020-11-23', 'office', 'conclude'),
        act('2020-11-23', 'office', 'open_special'),
        act('2020-11-24', 'office', 'open_special'),
    ]);
    assert.deepEqual(told.refused.map((one) => [one.n, one.clause]), [[7, '11'], [8, '11']]);
    assert.equal(told.stage, 'special');
    assert.equal(clock(told, 'opinion', 1).state, 'moot');
    assert.equal(clock(told, 'special').due, after('2020-11-24', 45));
});

const toReconsultation = [
    ...toConsultation,
    act('2020-11-10', 'member/cac', 'opine', { agree: false }),
    act('2020-11-11', 'office', 'open_special'),
    act('2020-11-12', 'office', 'hear'),
    act('2020-11-12', 'office', 'suggest', { finding: 'fail' }),
    act('2020-11-12', 'office', 'circulate'),
    act('2020-11-13', 'office', 'analyse'),
    act('2020-11-13', 'office', 'circulate'),
];

test('the special review: its own suggestion, hearing and analysis, a remand, the end', () => {
    const told = reviewed('2020', [
        ...toReconsultation,
        act('2020-11-16', 'member/cac', 'opine', { agree: false }),
        act('2020-11-16', 'member/cac', 'opine', { agree: true }),
        act('2020-11-17', 'office', 'report'),
        act('2020-11-18', 'commission', 'remand'),
        act('2020-11-18', 'office', 'circulate'),
        act('2020-11-18', 'office', 'extend'),
        act('2020-11-18', 'office', 'extend', { days: 5 }),
        act('2020-11-18', 'office', 'suggest', { finding: 'conditional_pass' }),
        act('2020-11-18', 'office', 'hear'),
        act('2020-11-18', 'office', 'analyse'),
        act('2020-11-18', 'office', 'circulate'),
        act('2020-11-19', 'office', 'report'),
        act('2020-11-20', 'commission', 'approve'),
        act('2020-11-23', 'office', 'conclude'),
    ]);
    assert.deepEqual(told.refused.map((one) => [one.n, one.clause]),
        [[10, '12'], [14, '12'], [17, '12'], [18, '13']]);
    assert.deepEqual([told.stage, told.outcome], ['concluded', 'conditional_pass']);
    const special = clock(told, 'special');
    assert.deepEqual([special.allowed, special.started, special.state],
        [50, '2020-11-11', 'met']);
});

test('an extension: once, by the due day at the latest', () => {
    const twice = reviewed('2020', [
        ...toPreliminary,
        act('2020-11-02', 'office', 'extend', { reason: 'complicated' }),
        act('2020-11-02', 'office', 'extend'),
    ]);
    assert.equal(clock(twice, 'preliminary').due, '2020-11-23');
    assert.deepEqual(twice.refused, [{ n: 5, act: 'extend', clause: '10' }]);
    const late = reviewed('2020', [...toPreliminary, act('2020-11-03', 'office', 'extend')]);
    assert.deepEqual(late.refused, [{ n: 4, act: 'extend', clause: '10' }]);
});

test('the order of questions: edition, day, stage, role', () => {
    const told = reviewed('2020', [
        ...toPreliminary,
        act('2020-09-14', 'office', 'find_breach'),
        act('2020-09-14', 'center', 'conclude'),
        act('2020-09-15', 'center', 'suggest', { finding: 'pass' }),
        act('2020-09-15', 'office', 'suggest'),
        act('2020-09-15', 'operator', 'declare', three()),
    ]);
    assert.deepEqual(told.refused.map((one) => one.clause), [null, null, '10', '10', '5']);
});

test('2022: listing needs its documents, data processing neither, a purchase its own', () => {
    const accept = (ground, ...materials) => reviewed('2022', [
        act('2022-03-01', 'operator', 'declare', { ground, materials }),
        act('2022-03-02', 'center', 'accept_materials'),
    ]).stage;
    const two = ['declaration', 'analysis_report'];
    assert.equal(accept('foreign_listing', ...two, 'procurement_document'), 'filing');
    assert.equal(accept('foreign_listing', ...two, 'listing_documents'), 'screening');
    assert.equal(accept('purchase', ...two, 'listing_documents'), 'filing');
    assert.equal(accept('purchase', ...two, 'procurement_document'), 'screening');
    assert.equal(accept('data_processing', ...two), 'screening');
    assert.equal(accept('data_processing', 'declaration', 'security_risk_report'), 'filing');
});

test('a ground that only 2022 knows is refused in 2020', () => {
    const told = reviewed('2020',
        [act('2020-09-01', 'operator', 'declare', { ...three(), ground: 'foreign_listing' })]);
    assert.deepEqual([told.stage, told.refused[0].clause], [null, '5']);
});

test('default recipients: every member in order, then the department of the sector', () => {
    const circulated = (edition) => position({
        edition, case: 'c', purchase: { sector: 'energy' },
        acts: [
            act('2022-03-01', 'member/cac', 'propose'),
            act('2022-03-01', 'office', 'refer'),
            act('2022-03-01', 'commission', 'authorize'),
            act('2022-03-02', 'office', 'open_review'),
            act('2022-03-02', 'office', 'suggest', { finding: 'fail' }),
            act('2022-03-02', 'operator', 'withdraw'),
            act('2022-03-02', 'office', 'circulate'),
        ],
    });
    const newest = circulated('2022');
    assert.equal(newest.clocks.length, 15);
    assert.equal(newest.clocks[11].of, 'member/csrc');
    assert.equal(newest.clocks[14].of, 'department/energy');
    assert.deepEqual(newest.refused, [{ n: 6, act: 'withdraw', clause: 'policy' }]);
    assert.equal(circulated('2020').clocks.length, 14);
    assert.equal(circulated('2019-draft').clocks.length, 13);
});

test('find_breach ends a review of the draft and lets open opinions fall', () => {
    const told = reviewed('2019-draft', [
        ...draftPreliminary,
        act('2021-03-15', 'office', 'suggest', { finding: 'pass' }),
        act('2021-03-15', 'office', 'circulate'),
        act('2021-06-15', 'office', 'find_breach'),
    ]);
    assert.deepEqual([told.stage, told.outcome], ['concluded', 'fail']);
    assert.deepEqual(told.clocks.map((one) => one.state), ['met', 'moot', 'moot']);
});

test('what rests on an assumed act says so', () => {
    const told = reviewed('2020', [
        ...toPreliminary.slice(0, 2),
        act('2020-09-15', 'office', 'decide_need', { need: true }, { assumed: true }),
        act('2020-09-16', 'center', 'circulate', {}, { assumed: true }),
    ]);
    assert.deepEqual(told.assumed, [3]);
    assert.deepEqual(told.clocks.map((one) => one.assumed), [true, true]);
});

test('acts after the day of the report are not looked at', () => {
    const told = reviewed('2020', toConsultation, { on: '2020-08-31' });
    assert.deepEqual([told.stage, told.clocks, told.refused], [null, [], []]);
    assert.deepEqual(told.next.map((one) => one.act), ['declare', 'propose']);
});

test('2017: from advice to publication', () => {
    const told = position({
        edition: '2017', case: 'c', purchase: { cii: true }, accredited: ['institution/a'],
        acts: [
            act('2018-01-02', 'association/x', 'recommend'),
            act('2018-01-02', 'user/y', 'report_concern'),
            act('2018-01-03', 'office', 'determine_subject', { review: true }),
            act('2018-01-03', 'department/energy', 'determine_influence',
                { may_influence: true }),
            act('2018-01-03', 'office', 'determine_subject', { review: true }),
            act('2018-01-04', 'office', 'assign_assessment',
                { institution: 'institution/b', method: 'laboratory_test' }),
            act('2018-01-04', 'office', 'assign_assessment',
                { institution: 'institution/a', method: 'laboratory_test' }),
            act('2018-01-05', 'office', 'empanel', { experts: ['expert/e', 'expert/f'] }),
            act('2018-01-08', 'institution/a', 'submit_assessment'),
            act('2018-01-08', 'office', 'empanel', { experts: ['expert/e', 'expert/f'] }),
            act('2018-01-09', 'expert/e', 'assess'),
            act('2018-01-09', 'office', 'conclude', { finding: 'pass' }),
            act('2018-01-10', 'expert/f', 'assess'),
            act('2018-01-10', 'office', 'conclude', { finding: 'conditional_pass' }),
            act('2018-01-10', 'office', 'conclude', { finding: 'fail' }),
            act('2018-01-11', 'office', 'publish', { scope: 'limited' }),
            act('2018-01-11', 'provider', 'apply'),
        ],
    });
    assert.deepEqual(told.refused.map((one) => [one.n, one.clause]),
        [[3, '10'], [6, '7'], [8, '6'], [12, '8'], [14, '8'], [17, null]]);
    assert.deepEqual([told.stage, told.outcome, told.clocks], ['concluded', 'fail', []]);
});

test('the edition left out is the one in force on the day of the first act', () => {
    const edition = (day) =>
        position({ case: 'c', acts: [act(day, 'operator', 'declare', three())] }).edition;
    assert.equal(edition('2020-05-31'), '2017');
    assert.equal(edition('2020-06-01'), '2020');
    assert.equal(edition('2022-02-14'), '2020');
    assert.equal(edition('2022-02-15'), '2022');
});

test('faults of the file are not refusals', () => {
    const faults = [
        { edition: '2021', acts: [] },
        { edition: '2020', acts: [act('2020-09-01', 'operator', 'file')] },
        { edition: '2020', acts: [act('2020-09-31', 'operator', 'declare', three())] },
        { edition: '2020', acts: [act('2020-09-01', 'chair', 'declare', three())] },
        { edition: '2020', acts: [act('2020-09-01', 'operator', 'declare', { materials: 1 })] },
        { edition: '2020', recipients: [], acts: toPreliminary },
        { edition: '2020', recipients: ['member/csrc'], acts: toPreliminary },
        { edition: '2019-draft', recipients: ['department/energy'], acts: toPreliminary },
        { edition: '2020', purchase: { sector: 'sea' }, acts: toPreliminary },
    ];
    for (const script of faults) {
        assert.throws(() => position(script), Fault, JSON.stringify(script));
    }
});

// The list of next acts is written apart from the acts' own question about the stage; every
// stage that a path below passes must have both agree, whatever the act.
test('next lists exactly the acts that are not refused for their stage', () => {
    const paths = [['2020', toReconsultation], ['2022', toReconsultation],
        ['2019-draft', draftPreliminary]];
    const everyone = [undefined, 'operator', 'provider', 'center', 'office', 'commission',
        'member/cac', 'member/ndrc'];
    const fields = { ...three('security_risk_report'), need: true, finding: 'pass', days: 3,
        agree: false };
    for (const [edition, path] of paths) {
        assert.ok(EDITIONS.includes(edition));
        for (let length = 0; length <= path.length; length += 1) {
            const before = path.slice(0, length);
            const day = length === 0 ? '2020-09-01' : before[length - 1].on;
            const told = reviewed(edition, before, { on: day });
            for (const name of ACTS) {
                const done = everyone.slice(1).some((by) => reviewed(edition,
                    [...before, act(day, by, name, fields)], { on: day }).refused.length
                        === told.refused.length);
                const listed = told.next.some((one) => one.act === name);
                assert.ok(!done || listed, `${edition} ${told.stage} ${name}`);
            }
        }
    }
});

console.log(`1..${number}`);
process.exitCode = failures > 0 ? 1 : 0;
