// Makes a failing script small: drops runs of acts, then single acts, then everything optional,
// as long as the script still fails.

function without(list, from, length) {
    return [...list.slice(0, from), ...list.slice(from + length)];
}

function shrinkActs(script, fails) {
    let best = script;
    for (let size = best.acts.length >> 1; size >= 1; size >>= 1) {
        let from = 0;
        while (from < best.acts.length) {
            const trial = { ...best, acts: without(best.acts, from, size) };
            if (trial.acts.length > 0 && fails(trial)) {
                best = trial;
            } else {
                from += size;
            }
        }
    }
    return best;
}

function shrinkKeys(script, fails) {
    let best = script;
    for (const name of ['on', 'case', 'purchase', 'accredited', 'recipients']) {
        const { [name]: dropped, ...trial } = best;
        if (dropped !== undefined && fails(trial)) {
            best = trial;
        }
    }
    for (let place = (best.recipients ?? []).length - 1; place >= 0; place -= 1) {
        const trial = { ...best, recipients: without(best.recipients, place, 1) };
        if (trial.recipients.length > 0 && fails(trial)) {
            best = trial;
        }
    }
    return best;
}

function shrinkEachAct(script, fails) {
    let best = script;
    best.acts.forEach((ignored, place) => {
        for (const name of ['assumed', 'with']) {
            const { [name]: dropped, ...act } = best.acts[place];
            const trial = { ...best, acts: best.acts.map((one, at) => (at === place ? act : one)) };
            if (dropped !== undefined && fails(trial)) {
                best = trial;
            }
        }
    });
    return best;
}

/** The smallest script found for which `fails` still holds. */
export function shrink(script, fails) {
    let best = script;
    let size;
    do {
        size = JSON.stringify(best).length;
        best = shrinkEachAct(shrinkKeys(shrinkActs(best, fails), fails), fails);
    } while (JSON.stringify(best).length < size);
    return best;
}
