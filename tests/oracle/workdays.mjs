// Working days in Beijing, counted one day at a time from workdays.json. Days are integers
// (days since 1970-01-01) inside the oracle and YYYY-MM-DD at its edges. Deliberately plain:
// this file exists to be obviously right, so that faster code can be held against it.

import { readFileSync } from 'node:fs';

const facts = JSON.parse(readFileSync(new URL('./workdays.json', import.meta.url), 'utf8'));
const published = new Set(facts.published);
const off = new Set();
const worked = new Set();

for (const [year, lists] of Object.entries(facts.years)) {
    for (const day of lists.off) {
        off.add(`${year}-${day}`);
    }
    for (const day of lists.work) {
        worked.add(`${year}-${day}`);
    }
}

/** The integer day of YYYY-MM-DD, or null where the text is no date of the calendar. */
export function dayOf(text) {
    if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) {
        return null;
    }
    const day = Date.parse(`${text}T00:00:00Z`) / 86400000;
    return Number.isInteger(day) && textOf(day) === text ? day : null;
}

export function textOf(day) {
    return new Date(day * 86400000).toISOString().slice(0, 10);
}

/** True where no holiday notice for the day's year is published. */
export function isProvisional(day) {
    return !published.has(Number(textOf(day).slice(0, 4)));
}

export function isWorkday(day) {
    const text = textOf(day);
    const weekday = new Date(day * 86400000).getUTCDay();
    if (worked.has(text)) {
        return true;
    }
    return weekday !== 0 && weekday !== 6 && !off.has(text);
}

/** The n-th working day after `day`, which is itself not counted (P1). n >= 1. */
export function add(day, n) {
    let at = day;
    let left = n;
    while (left > 0) {
        at += 1;
        if (isWorkday(at)) {
            left -= 1;
        }
    }
    return at;
}

/** Working days after `from` up to and including `to`. */
export function count(from, to) {
    let total = 0;
    for (let at = from + 1; at <= to; at += 1) {
        if (isWorkday(at)) {
            total += 1;
        }
    }
    return total;
}
