// What may come next in a review, written out stage by stage: a list kept apart from the acts'
// own questions in review.mjs, so that the two can be held against each other.

import { DRAFT, FROM_OPEN_TO_APPROVAL } from './review.mjs';

/** The acts open in the review's stage to anyone: [{act, by, clause}]. */
export function nextActs(review) {
    const reviewer = review.edition === DRAFT ? 'office' : 'center';
    const supplier = review.edition === DRAFT ? ['operator'] : ['operator', 'provider'];
    const list = [];
    const say = (by, ...acts) => {
        for (const act of acts) {
            list.push({ act, by, clause: review.clauseOf(act) });
        }
    };
    const sayRequests = () => {
        say(['office'], 'request_materials', 'cancel_request');
        say(supplier, 'supply_materials');
    };
    switch (review.stage) {
    case null:
        say(['operator'], 'declare');
        say(['member/*'], 'propose');
        break;
    case 'filing':
        say([reviewer], 'return_materials', 'accept_materials');
        say(['operator'], 'withdraw');
        break;
    case 'returned':
        say(['operator'], 'redeclare', 'withdraw');
        break;
    case 'screening':
        say(['office'], 'decide_need');
        sayRequests();
        say(['operator'], 'withdraw');
        break;
    case 'proposed':
        say(['office'], 'refer');
        break;
    case 'authorization':
        say(['commission'], 'authorize', 'decline');
        break;
    case 'authorized':
        say(['office'], 'open_review');
        break;
    case 'preliminary':
        say(['office'], 'extend', 'assess', 'suggest', 'circulate');
        sayRequests();
        say(['operator'], 'withdraw');
        break;
    case 'consultation':
        say(review.recipients, 'opine');
        say(['office'], 'conclude', 'open_special');
        break;
    case 'special':
        say(['office'], 'extend', 'assess', 'suggest', 'circulate', 'hear', 'analyse');
        sayRequests();
        break;
    case 'reconsultation':
        say(review.recipients, 'opine');
        say(['office'], 'report', 'extend');
        break;
    case 'approval':
        say(['commission'], 'approve', 'remand');
        say(['office'], 'extend');
        break;
    case 'approved':
        say(['office'], 'conclude', 'extend');
        break;
    default:
        break;
    }
    if (review.edition === '2022'
        && [...FROM_OPEN_TO_APPROVAL, 'approved'].includes(review.stage)) {
        say(['office'], 'mitigate');
    }
    if (review.edition === DRAFT && FROM_OPEN_TO_APPROVAL.includes(review.stage)) {
        say(['office'], 'find_breach');
    }
    return list;
}
