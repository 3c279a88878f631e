// The peer: xstate with the same stages as the 2020 review, one event an act, in memory and without
// clocks, refusals or a calendar. Prints events a second.
import { createMachine, transition, initialTransition } from 'xstate';

const circulation = (done) => ({
  on: { opine: { actions: [] }, ...done },
});
const machine = createMachine({
  id: 'review', initial: 'filing',
  states: {
    filing: { on: { return_materials: 'returned', accept_materials: 'screening' } },
    returned: { on: { redeclare: 'filing' } },
    screening: { on: { decide_need: 'preliminary' } },
    preliminary: {
      on: {
        request_materials: {}, supply_materials: {}, assess: {}, extend: {}, suggest: {},
        circulate: 'consultation',
      },
    },
    consultation: circulation({ open_special: 'special', conclude: 'concluded' }),
    special: { on: { hear: {}, analyse: {}, suggest: {}, circulate: 'reconsultation' } },
    reconsultation: circulation({ report: 'approval' }),
    approval: { on: { approve: 'approved', remand: 'special' } },
    approved: { on: { conclude: 'concluded' } },
    concluded: { type: 'final' },
  },
});
const opinions = Array(13).fill('opine');
const round = ['hear', 'analyse', 'suggest', 'circulate', ...opinions, 'report'];
const life = ['return_materials', 'redeclare', 'accept_materials', 'decide_need',
  'request_materials', 'supply_materials', 'assess', 'extend', 'suggest', 'circulate',
  ...opinions, 'open_special', ...round, 'remand', ...round, 'approve', 'conclude'];
const lives = 400;
const from = process.cpuUsage().user;
for (let i = 0; i < lives; i++) {
  let [state] = initialTransition(machine);
  for (const type of life) [state] = transition(machine, state, { type });
  if (state.value !== 'concluded') throw new Error(String(state.value));
}
console.log(Math.round((lives * life.length) / ((process.cpuUsage().user - from) / 1e6)));
