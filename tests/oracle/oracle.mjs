// A second reading of the contract: the legal position of a case script (section 3), worked out
// by code that shares nothing with the program. Also a small command:
//     node oracle.mjs [--on DATE] FILE...
// prints one position a line, and exits 2 where a file has a fault.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nextActs } from './next.mjs';
import { Refusal, Review } from './review.mjs';
import { Fault, readScript } from './script.mjs';
import { Trial } from './trial.mjs';
import { textOf } from './workdays.mjs';

export { Fault };

/** The legal position of a parsed script; throws Fault where the file is not a script. */
export function position(raw, { on, stem } = {}) {
    const script = readScript(raw, { on, stem });
    const matter = script.edition.startsWith('2017') ? new Trial(script) : new Review(script);
    const refused = [];
    const assumed = [];
    let latest = -Infinity;
    for (const act of script.acts) {
        if (act.day > script.day) {
            continue;
        }
        if (matter.clauseOf(act.act) === null || act.day < latest) {
            refused.push({ n: act.n, act: act.act, clause: null });
            continue;
        }
        try {
            matter.perform(act);
            latest = act.day;
            if (act.assumed) {
                assumed.push(act.n);
            }
        } catch (refusal) {
            if (!(refusal instanceof Refusal)) {
                throw refusal;
            }
            refused.push({ n: act.n, act: act.act, clause: refusal.clause });
        }
    }
    return {
        case: script.name,
        edition: script.edition,
        on: textOf(script.day),
        stage: matter.stage,
        outcome: matter.outcome,
        clocks: matter.clocks.map((clock) => clock.told(script.day)),
        refused,
        assumed,
        next: matter instanceof Review ? nextActs(matter) : matter.next(),
    };
}

/** Reads JSON, and YAML where the package `yaml` is installed. */
export async function parse(text) {
    try {
        return JSON.parse(text);
    } catch {
        const yaml = await import('yaml');
        return yaml.parse(text, { version: '1.2', schema: 'core' });
    }
}

async function main(args) {
    let on;
    let status = 0;
    while (args.length > 0) {
        const word = args.shift();
        if (word === '--on') {
            on = args.shift();
            continue;
        }
        try {
            const stem = basename(word).replace(/\.[^.]*$/, '');
            const raw = await parse(readFileSync(word, 'utf8'));
            console.log(JSON.stringify(position(raw, { on, stem })));
        } catch (fault) {
            if (!(fault instanceof Fault)) {
                throw fault;
            }
            console.error(`${word}: ${fault.message}`);
            status = 2;
        }
    }
    process.exitCode = status;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
    await main(process.argv.slice(2));
}
