// The trial measures of 2017 and their draft: no clocks, an assessment by third parties and then
// by experts (contract, section 4). Written out act by act, like review.mjs.

import { Refusal } from './review.mjs';

// Where the contract sets no guard and one might be read into it. `true` asks what the words do
// not: that an institution was assigned (with the method it names), that an expert is empanelled.
const READING = { onlyAssigned: true, onlyEmpanelled: true };

const ADVICE = { recommend: 'association/', report_concern: 'user/', instruct: 'department/' };

export class Trial {
    constructor(script) {
        this.draft = script.edition === '2017-draft';
        this.cii = script.purchase.cii === true;
        this.accredited = script.accredited;
        this.stage = null;
        this.outcome = null;
        this.clocks = [];
        this.mayInfluence = null;
        this.assignments = []; // the outstanding ones: {institution, method}
        this.assigned = []; // all of them, answered or not
        this.submitted = 0;
        this.panel = [];
        this.waiting = new Set(); // empanelled experts who have not assessed
    }

    clauseOf(act) {
        switch (act) {
        case 'recommend': case 'report_concern': case 'instruct':
            return '8';
        case 'apply':
            return this.draft ? '8' : null;
        case 'determine_influence':
            return this.draft ? '11' : '10';
        case 'determine_subject':
            return '8';
        case 'assign_assessment':
            return '3';
        case 'submit_assessment':
            return this.draft ? '12' : '11';
        case 'empanel': case 'assess':
            return '6';
        case 'conclude': case 'publish':
            return '8';
        default:
            return null;
        }
    }

    refuse(clause) {
        throw new Refusal(clause);
    }

    perform(act) {
        const fields = act.with;
        const clause = this.clauseOf(act.act);
        const ask = (stage, role, ...required) => {
            const may = role.endsWith('/') ? act.by.startsWith(role) : act.by === role;
            if (this.stage !== stage || !may
                || required.some((name) => fields[name] === undefined)) {
                this.refuse(clause);
            }
        };
        switch (act.act) {
        case 'recommend': case 'report_concern': case 'instruct':
            ask(this.stage === 'nomination' ? 'nomination' : null, ADVICE[act.act]);
            this.stage = 'nomination';
            break;
        case 'apply':
            ask(null, 'provider');
            this.stage = 'nomination';
            break;
        case 'determine_influence':
            ask('nomination', 'department/', 'may_influence');
            this.mayInfluence = fields.may_influence;
            break;
        case 'determine_subject':
            ask('nomination', 'office', 'review');
            this.determineSubject(fields.review);
            break;
        case 'assign_assessment':
            ask('assessment', 'office', 'institution', 'method');
            if (this.accredited !== undefined && !this.accredited.includes(fields.institution)) {
                this.refuse('7');
            }
            this.assigned.push({ institution: fields.institution, method: fields.method });
            this.assignments.push(this.assigned.at(-1));
            break;
        case 'submit_assessment':
            ask('assessment', 'institution/');
            if (READING.onlyAssigned && !this.wasAssigned(act.by, fields.method)) {
                this.refuse(clause);
            }
            this.answer(act.by, fields.method);
            this.submitted += 1;
            break;
        case 'empanel':
            ask('assessment', 'office', 'experts');
            if (this.submitted === 0 || this.assignments.length > 0) {
                this.refuse('6');
            }
            this.panel = fields.experts;
            this.waiting = new Set(fields.experts);
            this.stage = 'expert_review';
            break;
        case 'assess':
            ask('expert_review', 'expert/');
            if (READING.onlyEmpanelled && !this.panel.includes(act.by)) {
                this.refuse(clause);
            }
            this.waiting.delete(act.by);
            break;
        case 'conclude':
            ask('expert_review', 'office', 'finding');
            if (fields.finding === 'conditional_pass' || this.waiting.size > 0) {
                this.refuse('8');
            }
            this.outcome = fields.finding;
            this.stage = 'concluded';
            break;
        case 'publish':
            ask('concluded', 'office', 'scope');
            break;
        default:
            throw new Error(`oracle: ${act.act}`);
        }
    }

    determineSubject(review) {
        if (this.cii && (this.mayInfluence === null || (review && !this.mayInfluence))) {
            this.refuse(this.draft ? '11' : '10');
        }
        if (review) {
            this.stage = 'assessment';
        } else {
            this.stage = 'closed';
            this.outcome = 'not_needed';
        }
    }

    wasAssigned(institution, method) {
        return this.assigned.some((one) => one.institution === institution
            && (method === undefined || one.method === method));
    }

    answer(institution, method) {
        const own = this.assignments.filter((one) => one.institution === institution);
        const named = READING.onlyAssigned
            ? method !== undefined : own.some((one) => one.method === method);
        this.assignments = this.assignments.filter((one) =>
            one.institution !== institution || (named && one.method !== method));
    }

    next() {
        const list = [];
        const say = (act, by) => list.push({ act, by: [by], clause: this.clauseOf(act) });
        if (this.stage === null && this.draft) {
            say('apply', 'provider');
        }
        if (this.stage === null || this.stage === 'nomination') {
            say('recommend', 'association/*');
            say('report_concern', 'user/*');
            say('instruct', 'department/*');
        }
        if (this.stage === 'nomination') {
            say('determine_influence', 'department/*');
            say('determine_subject', 'office');
        } else if (this.stage === 'assessment') {
            say('assign_assessment', 'office');
            say('submit_assessment', 'institution/*');
            say('empanel', 'office');
        } else if (this.stage === 'expert_review') {
            say('assess', 'expert/*');
            say('conclude', 'office');
        } else if (this.stage === 'concluded') {
            say('publish', 'office');
        }
        return list;
    }
}
