// run.mjs: one service for most cases; those that stop it or fill its disk have their own.
import { fresh, makeFirst, run, serve, test } from './kit.mjs';
import { acts } from './acts.mjs';
import { answers } from './answers.mjs';
import { faults } from './faults.mjs';
import { malformed } from './malformed.mjs';
import { slow } from './slow.mjs';
import { starts } from './starts.mjs';
import { stops } from './stops.mjs';

makeFirst();
const service = await serve(fresh(), { words: ['--host', 'review.example,other.example'] });
const waiting = slow(service);     // begins at once, is looked at last
malformed(service);
answers(service);
acts(service);
faults();
stops();
starts();
waiting();
test('the service of all these cases ends quietly', async () => {
    const end = await service.stop();
    if (end.status !== 0) {
        throw new Error(JSON.stringify(end));
    }
});
await run(process.argv.slice(2));
