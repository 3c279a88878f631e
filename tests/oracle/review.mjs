// The review of 2020, of 2022 and of the 2019 draft, told act by act as plain statements
// straight from the contract's tables (section 4). Every act asks its questions in one order:
// stage, role, required fields, then how often, then the guards as the contract words them.

import { Clock } from './clock.mjs';

export class Refusal extends Error {
    constructor(clause) {
        super(`refused: ${clause}`);
        this.clause = clause;
    }
}

// An act with several clauses speaks by the first in the ordinary review, by the last here.
const SPECIAL_STAGES = ['special', 'reconsultation', 'approval', 'approved'];
export const FROM_OPEN_TO_APPROVAL = [
    'preliminary', 'consultation', 'special', 'reconsultation', 'approval',
];
export const DRAFT = '2019-draft';

export class Review {
    constructor(script) {
        this.edition = script.edition;
        this.members = script.members.map((id) => `member/${id}`);
        this.recipients = script.recipients;
        this.stage = null;
        this.outcome = null;
        this.clocks = [];
        this.running = null; // the clock of the stage: screening, preliminary or special
        this.materials = [];
        this.ground = 'purchase';
        this.proposed = false;
        this.extended = false;
        this.requests = []; // the open ones: {id, hold}
        this.suggestion = null; // kept for the outcome
        this.suggested = false; // since this stage was last entered
        this.heard = false;
        this.analysed = false;
        this.opinions = new Map(); // recipient -> {clock, agree} of the present circulation
    }

    // The clause in 2020, in 2022 and in the draft.
    pick(in2020, in2022, inDraft) {
        if (this.edition === '2020') {
            return in2020;
        }
        return this.edition === '2022' ? in2022 : inDraft;
    }

    twofold(ordinary, special) {
        return SPECIAL_STAGES.includes(this.stage) ? special : ordinary;
    }

    clauseOf(act) {
        switch (act) {
        case 'declare':
            return this.twofold(this.pick('5', '5', '6'), this.pick('7', '8', '8'));
        case 'redeclare':
            return this.twofold(this.pick('7', '8', '6'), this.pick('7', '8', '8'));
        case 'return_materials':
            return this.pick('7', '8', '8');
        case 'accept_materials':
            return this.twofold(this.pick('7', '8', '9'), this.pick('8', '9', '9'));
        case 'decide_need':
            return this.edition === DRAFT
                ? null : this.twofold(this.pick('8', '9'), this.pick('10', '11'));
        case 'propose': case 'refer': case 'authorize': case 'decline':
            return this.pick('15', '16', '19');
        case 'open_review':
            return this.twofold(this.pick('15', '16', '19'), this.pick('10', '11', '19'));
        case 'mitigate':
            return this.pick(null, '16', null);
        case 'find_breach':
            return this.pick(null, null, '14');
        case 'request_materials': case 'supply_materials': case 'cancel_request':
            return this.pick('14', '15', '14');
        case 'extend':
            return this.twofold(this.pick('10', '11', '9'), this.pick('13', '14', '13'));
        case 'assess':
            return this.pick('9', '10', '10');
        case 'suggest': case 'circulate':
            return this.twofold(this.pick('10', '11', '11'), this.pick('12', '13', '12'));
        case 'opine': case 'conclude':
            return this.twofold(this.pick('11', '12', '11'), this.pick('12', '13', '12'));
        case 'open_special':
            return this.twofold(this.pick('11', '12', '11'), this.pick('11', '12', '12'));
        case 'hear': case 'analyse': case 'report': case 'approve': case 'remand':
            return this.pick('12', '13', '12');
        case 'withdraw':
            return 'policy';
        default:
            return null;
        }
    }

    /** Does the act or throws a Refusal. Day order has been asked already. */
    perform(act) {
        this.now = act.day;
        this.act = act;
        switch (act.act) {
        case 'declare': return this.declare();
        case 'return_materials': return this.returnMaterials();
        case 'redeclare': return this.redeclare();
        case 'accept_materials': return this.acceptMaterials();
        case 'decide_need': return this.decideNeed();
        case 'propose': return this.propose();
        case 'refer': return this.move('proposed', 'office', 'authorization');
        case 'authorize': return this.move('authorization', 'commission', 'authorized');
        case 'decline': return this.decline();
        case 'open_review': return this.openReview();
        case 'mitigate': return this.ask([...FROM_OPEN_TO_APPROVAL, 'approved'], ['office']);
        case 'request_materials': return this.requestMaterials();
        case 'supply_materials': return this.supplyMaterials();
        case 'cancel_request': return this.cancelRequest();
        case 'extend': return this.extend();
        case 'assess': return this.ask(['preliminary', 'special'], ['office']);
        case 'suggest': return this.suggest();
        case 'circulate': return this.circulate();
        case 'opine': return this.opine();
        case 'conclude': return this.conclude();
        case 'open_special': return this.openSpecial();
        case 'hear': return this.hear();
        case 'analyse': return this.analyse();
        case 'report': return this.move('reconsultation', 'office', 'approval');
        case 'approve': return this.move('approval', 'commission', 'approved');
        case 'remand': return this.move('approval', 'commission', 'special');
        case 'withdraw': return this.withdraw();
        case 'find_breach': return this.findBreach();
        default: throw new Error(`oracle: ${act.act}`);
        }
    }

    refuse(clause = this.clauseOf(this.act.act)) {
        throw new Refusal(clause);
    }

    ask(stages, roles, required = []) {
        const { by } = this.act;
        if (!stages.includes(this.stage) || !roles.includes(by)) {
            this.refuse();
        }
        for (const name of required) {
            if (this.act.with[name] === undefined) {
                this.refuse();
            }
        }
    }

    enter(stage) {
        this.stage = stage;
        this.suggested = false;
        this.heard = false;
        this.analysed = false;
    }

    move(from, role, to) {
        this.ask([from], [role]);
        this.enter(to);
    }

    start(name, allowed, clause, of = null) {
        const clock = new Clock(name, of, this.now, allowed, clause);
        this.touch(clock);
        this.clocks.push(clock);
        return clock;
    }

    touch(clock) {
        clock.assumed ||= this.act.assumed;
    }

    stop(clock, fate = null) {
        clock.stop(this.now, fate);
        this.touch(clock);
    }

    stopRunning(fate = null) {
        if (this.running !== null) {
            this.stop(this.running, fate);
        }
        this.running = null;
        this.requests = [];
    }

    startPreliminary() {
        this.enter('preliminary');
        this.running = this.start('preliminary', 30, this.pick('10', '11', '9'));
    }

    startScreening() {
        this.enter('filing');
        if (this.edition !== DRAFT) {
            this.running = this.start('screening', 10, this.pick('8', '9'));
        }
    }

    declare() {
        this.ask([null], ['operator'], ['materials']);
        const ground = this.act.with.ground ?? 'purchase';
        if (ground !== 'purchase' && this.edition !== '2022') {
            this.refuse();
        }
        this.ground = ground;
        this.materials = this.act.with.materials;
        this.startScreening();
    }

    redeclare() {
        this.ask(['returned'], ['operator'], ['materials']);
        this.materials = this.act.with.materials;
        this.startScreening();
    }

    returnMaterials() {
        this.ask(['filing'], [this.edition === DRAFT ? 'office' : 'center']);
        this.stopRunning('void');
        this.enter('returned');
    }

    missesMaterial() {
        const has = (word) => this.materials.includes(word);
        if (!has('declaration')) {
            return true;
        }
        if (!has(this.edition === DRAFT ? 'security_risk_report' : 'analysis_report')) {
            return true;
        }
        if (this.ground === 'foreign_listing') {
            return !has('listing_documents');
        }
        return this.ground === 'purchase' && !has('procurement_document');
    }

    acceptMaterials() {
        this.ask(['filing'], [this.edition === DRAFT ? 'office' : 'center']);
        if (this.missesMaterial()) {
            this.refuse(this.pick('7', '8', '8'));
        }
        if (this.edition === DRAFT) {
            this.startPreliminary();
        } else {
            this.enter('screening');
        }
    }

    decideNeed() {
        this.ask(['screening'], ['office'], ['need']);
        if (this.requests.length > 0) {
            this.refuse(this.pick('14', '15'));
        }
        this.stopRunning();
        if (this.act.with.need) {
            this.startPreliminary();
        } else {
            this.enter('closed');
            this.outcome = 'not_needed';
        }
    }

    propose() {
        this.ask([null], this.members);
        this.proposed = true;
        this.enter('proposed');
    }

    decline() {
        this.move('authorization', 'commission', 'closed');
        this.outcome = 'declined';
    }

    openReview() {
        this.ask(['authorized'], ['office']);
        this.startPreliminary();
    }

    requestStages() {
        return this.edition === DRAFT
            ? ['preliminary', 'special'] : ['screening', 'preliminary', 'special'];
    }

    requestMaterials() {
        this.ask(this.requestStages(), ['office']);
        const id = this.act.with.id ?? null;
        const duplicate = id !== null && this.requests.some((request) => request.id === id);
        if (duplicate || (id === null && this.requests.length > 0)) {
            this.refuse();
        }
        const hold = { after: this.now, until: null };
        this.running.holds.push(hold);
        this.touch(this.running);
        this.requests.push({ id, hold });
    }

    // The open request that the act means; refused where it means none or might mean several.
    closeRequest() {
        const { id } = this.act.with;
        if (this.requests.length === 0 || (id === undefined && this.requests.length > 1)) {
            this.refuse();
        }
        const place = id === undefined
            ? 0 : this.requests.findIndex((request) => request.id === id);
        if (place < 0) {
            this.refuse();
        }
        const [request] = this.requests.splice(place, 1);
        request.hold.until = this.now;
        this.touch(this.running);
    }

    supplyMaterials() {
        this.ask(this.requestStages(),
            this.edition === DRAFT ? ['operator'] : ['operator', 'provider']);
        this.closeRequest();
        if (this.edition === DRAFT) {
            this.running.restart(this.now);
        }
    }

    cancelRequest() {
        this.ask(this.requestStages(), ['office']);
        this.closeRequest();
    }

    extend() {
        const special = SPECIAL_STAGES.includes(this.stage);
        this.ask(['preliminary', ...SPECIAL_STAGES], ['office'], special ? ['days'] : []);
        if (!special && this.extended) {
            this.refuse();
        }
        if (this.running.isOverdue(this.now)) {
            this.refuse();
        }
        this.running.allowed += special ? this.act.with.days : 15;
        this.touch(this.running);
        if (!special) {
            this.extended = true;
        }
    }

    suggest() {
        this.ask(['preliminary', 'special'], ['office'], ['finding']);
        this.suggestion = this.act.with.finding;
        this.suggested = true;
    }

    circulate() {
        this.ask(['preliminary', 'special'], ['office']);
        if (!this.suggested) {
            this.refuse();
        }
        if (this.requests.length > 0) {
            this.refuse(this.pick('14', '15', '14'));
        }
        if (this.stage === 'special') {
            if (!this.heard || !this.analysed) {
                this.refuse();
            }
            this.opinions = new Map();
            this.enter('reconsultation');
            return;
        }
        this.opinions = new Map();
        this.stopRunning();
        this.enter('consultation');
        for (const recipient of this.recipients) {
            const clock = this.start('opinion', 15, this.pick('11', '12', '11'), recipient);
            this.opinions.set(recipient, { clock, agree: null });
        }
    }

    opine() {
        this.ask(['consultation', 'reconsultation'], this.recipients, ['agree']);
        const { by } = this.act;
        const given = this.opinions.get(by);
        if (given !== undefined && given.agree !== null) {
            this.refuse();
        }
        this.opinions.set(by, { clock: given?.clock ?? null, agree: this.act.with.agree });
        if (given?.clock) {
            this.stop(given.clock);
        }
    }

    missing() {
        return [...this.opinions.values()].filter((opinion) => opinion.agree === null);
    }

    conclude() {
        this.ask(['consultation', 'approved'], ['office']);
        if (this.stage === 'consultation') {
            const all = [...this.opinions.values()];
            if (!all.every((opinion) => opinion.agree === true)) {
                this.refuse();
            }
        } else {
            this.stopRunning();
        }
        this.outcome = this.suggestion;
        this.enter('concluded');
    }

    openSpecial() {
        this.ask(['consultation'], ['office']);
        const disagreed = [...this.opinions.values()].some((opinion) => opinion.agree === false);
        const overdue = this.missing().some((opinion) => opinion.clock.isOverdue(this.now));
        if (!disagreed && !overdue) {
            this.refuse();
        }
        this.dropOpinions();
        this.enter('special');
        this.running = this.start('special', this.edition === '2022' ? 90 : 45,
            this.pick('13', '14', '13'));
    }

    dropOpinions() {
        for (const opinion of this.missing()) {
            this.stop(opinion.clock, 'moot');
        }
    }

    hear() {
        this.ask(['special'], ['office']);
        this.heard = true;
    }

    analyse() {
        this.ask(['special'], ['office']);
        this.analysed = true;
    }

    withdraw() {
        this.ask(['filing', 'returned', 'screening', 'preliminary'], ['operator']);
        if (this.proposed) {
            this.refuse('policy');
        }
        this.stopRunning('moot');
        this.enter('closed');
        this.outcome = 'withdrawn';
    }

    findBreach() {
        this.ask(FROM_OPEN_TO_APPROVAL, ['office']);
        if (this.stage === 'consultation') {
            this.dropOpinions();
        }
        this.stopRunning();
        this.enter('concluded');
        this.outcome = 'fail';
    }
}
