// The `with` fields and the roles of generated acts: mostly right, sometimes wrong in a way that
// the law answers with a refusal (missing, of another edition, naming the wrong request).

const METHODS = [
    'laboratory_test', 'onsite_inspection', 'online_monitoring', 'background_investigation',
];

/** Roles that might do the act in the walk's edition. */
export function rolesOf(walk, name) {
    switch (name) {
    case 'declare': case 'redeclare': case 'withdraw':
        return ['operator'];
    case 'return_materials': case 'accept_materials':
        return [walk.edition === '2019-draft' ? 'office' : 'center'];
    case 'propose':
        return ['member/cac', 'member/mss', 'member/sca'];
    case 'authorize': case 'decline': case 'approve': case 'remand':
        return ['commission'];
    case 'supply_materials':
        return ['operator', 'operator', 'operator', 'provider'];
    case 'opine':
        return opiners(walk);
    case 'recommend':
        return ['association/m', 'association/n'];
    case 'report_concern':
        return ['user/u', 'user/v'];
    case 'instruct': case 'determine_influence':
        return ['department/energy', 'department/finance'];
    case 'apply':
        return ['provider'];
    case 'submit_assessment':
        return ['institution/a', 'institution/b'];
    case 'assess':
        return walk.edition.startsWith('2017') ? ['expert/x', 'expert/y', 'expert/z'] : ['office'];
    default:
        return ['office'];
    }
}

// Those whose opinion clock still runs, and now and then anyone.
function opiners(walk) {
    const open = walk.told.clocks
        .filter((clock) => clock.clock === 'opinion' && clock.stopped === null)
        .map((clock) => clock.of);
    const named = walk.told.next.find((one) => one.act === 'opine')?.by ?? ['member/cac'];
    return open.length > 0 ? [...open, ...open, ...open, named[0], 'member/csrc'] : named;
}

function materials(walk, random) {
    const report = walk.edition === '2019-draft' ? 'security_risk_report' : 'analysis_report';
    const full = ['declaration', report, 'procurement_document'];
    const kind = random.weigh({ full: 20, less: 2, foreign: 2, more: 3 });
    if (kind === 'less') {
        full.splice(random.below(3), 1);
    } else if (kind === 'foreign') {
        const other = walk.edition === '2019-draft' ? 'analysis_report' : 'security_risk_report';
        full.splice(random.below(3), 1, random.pick([other, 'listing_documents', 'other']));
    } else if (kind === 'more') {
        full.push('other', 'listing_documents');
    }
    return full;
}

function declared(walk, random, first) {
    const fields = { materials: materials(walk, random) };
    if (!first) {
        return fields;
    }
    if (walk.edition === '2022' && random.chance(60)) {
        fields.ground = random.pick(['purchase', 'data_processing', 'foreign_listing']);
        if (fields.ground === 'foreign_listing' && random.chance(80)) {
            fields.materials.push('listing_documents');
        }
    } else if (random.chance(8)) {
        fields.ground = random.pick(['purchase', 'purchase', 'foreign_listing']);
    }
    return fields;
}

function requested(walk, random) {
    const fields = {};
    if (walk.requests.length > 0 ? random.chance(90) : random.chance(50)) {
        fields.id = random.pick(['a', 'b', 'c', 'd']);
    }
    if (random.chance(30)) {
        fields.from = random.pick(['operator', 'provider']);
    }
    return Object.keys(fields).length > 0 ? fields : null;
}

function answered(walk, random) {
    const named = walk.requests.filter((id) => id !== null);
    if (random.chance(8)) {
        return { id: random.pick(['a', 'b', 'z']) };
    }
    if (named.length > 0 && (walk.requests.length > 1 || random.chance(60))) {
        return random.chance(92) ? { id: random.pick(named) } : null;
    }
    return null;
}

/** The fields of a composed act, or null for none. */
export function fieldsOf(walk, random, act) {
    switch (act.act) {
    case 'declare':
        return declared(walk, random, true);
    case 'redeclare':
        return declared(walk, random, false);
    case 'decide_need':
        return { need: random.chance(88) };
    case 'request_materials':
        return requested(walk, random);
    case 'supply_materials': case 'cancel_request':
        return answered(walk, random);
    case 'extend':
        if (walk.told.stage === 'preliminary') {
            return random.chance(20) ? { reason: 'complicated' } : null;
        }
        return { days: 1 + random.below(40) };
    case 'suggest':
        return { finding: random.pick(['pass', 'conditional_pass', 'fail']) };
    case 'opine':
        return { agree: random.chance(70) };
    case 'determine_influence':
        return { may_influence: random.chance(75) };
    case 'determine_subject':
        return { review: random.chance(85) };
    case 'assign_assessment':
        return {
            institution: random.pick(['institution/a', 'institution/a', 'institution/b']),
            method: random.pick(walk.edition === '2017' ? METHODS.slice(0, 2) : METHODS),
        };
    case 'submit_assessment':
        return random.chance(40) ? { method: random.pick(walk.edition === '2017'
            ? METHODS.slice(0, 2) : METHODS) } : null;
    case 'empanel':
        return { experts: ['expert/x', 'expert/y'].slice(0, 1 + random.below(2)) };
    case 'conclude':
        return walk.edition.startsWith('2017')
            ? { finding: random.pick(['pass', 'pass', 'fail', 'conditional_pass']) } : null;
    case 'publish':
        return { scope: random.pick(['public', 'limited']) };
    default:
        return null;
    }
}
