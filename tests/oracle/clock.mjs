// One statutory clock, told as what happened to it: started, held, stopped. Whatever is asked
// about it on a day is counted afresh, day by day (contract, section 3).

import { isProvisional, isWorkday, textOf } from './workdays.mjs';

export class Clock {
    constructor(name, of, day, allowed, clause) {
        this.name = name;
        this.of = of;
        this.started = day;
        this.allowed = allowed;
        this.clause = clause;
        this.holds = []; // {after, until}: the days after+1 .. until are not counted
        this.stopped = null;
        this.fate = null; // 'moot' or 'void', where the duty fell away
        this.assumed = false;
    }

    stop(day, fate = null) {
        this.stopped = day;
        this.fate = fate;
        for (const hold of this.holds) {
            if (hold.until === null) {
                hold.until = day;
            }
        }
    }

    restart(day) {
        this.started = day;
        this.holds = this.holds.filter((hold) => hold.until === null);
    }

    isOutstanding() {
        return this.holds.some((hold) => hold.until === null);
    }

    counts(day) {
        const held = this.holds.some((hold) =>
            day > hold.after && (hold.until === null || day <= hold.until));
        return !held && isWorkday(day);
    }

    used(day) {
        const last = this.stopped !== null && this.stopped < day ? this.stopped : day;
        let total = 0;
        for (let at = this.started + 1; at <= last; at += 1) {
            if (this.counts(at)) {
                total += 1;
            }
        }
        return total;
    }

    isHeld(day) {
        return this.isOutstanding() && this.used(day) < this.allowed;
    }

    /** The due day as seen on `day`; null while held and for a clock that never ran. */
    due(day) {
        if (this.fate === 'void' || this.isHeld(day)) {
            return null;
        }
        let at = this.started;
        let left = this.allowed;
        while (left > 0) {
            at += 1;
            if (this.counts(at)) {
                left -= 1;
            }
        }
        return at;
    }

    isOverdue(day) {
        return this.state(day) === 'overdue';
    }

    state(day) {
        if (this.fate !== null) {
            return this.fate;
        }
        if (this.isHeld(day)) {
            return 'held';
        }
        const due = this.due(day);
        if (this.stopped === null) {
            return day <= due ? 'running' : 'overdue';
        }
        return this.stopped <= due ? 'met' : 'late';
    }

    told(day) {
        const due = this.due(day);
        const told = {
            clock: this.name,
            of: this.of,
            started: textOf(this.started),
            allowed: this.allowed,
            used: this.fate === 'void' ? 0 : this.used(day),
            due: due === null ? null : textOf(due),
            stopped: this.stopped === null ? null : textOf(this.stopped),
            state: this.state(day),
            provisional: due !== null && isProvisional(due),
            clause: this.clause,
        };
        if (this.assumed) {
            told.assumed = true;
        }
        return told;
    }
}
