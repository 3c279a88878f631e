// secrets.mjs: what is secret, from whom. Each is a case script and the same with one thing
// changed; `hidden` are the logins to whom both must look alike (docs/access.md), `seen` one who
// may know and must see a difference, or the test would show nothing.
const operator = '91000000MADEM0A157';
const asked = ['member/cac', 'member/mps', 'member/pboc', 'department/finance'];
const outside = ['platform', 'supplier', 'csrc', 'telecoms', 'institution', 'expert', 'association',
  'user', 'admin'];

const filed = (more = []) => ({
  edition: '2022', case: 'ledger-bank',
  purchase: { title: 'Ledger, bank', operator_id: operator, providers: 'supplier-cloud',
    product: 'ledger', category: 'databases', sector: 'finance', value: '900', currency: 'CNY',
    signed: false },
  recipients: asked,
  acts: [
    { on: '2026-10-12', by: 'operator', act: 'declare',
      with: { materials: ['declaration', 'analysis_report', 'procurement_document'] } },
    { on: '2026-10-13', by: 'center', act: 'accept_materials' },
    { on: '2026-10-20', by: 'office', act: 'decide_need', with: { need: true } },
    ...more,
  ],
});
const assess = (given) => ({ on: '2026-10-26', by: 'office', act: 'assess', with: given });
const suggest = (given) => ({ on: '2026-11-09', by: 'office', act: 'suggest', with: given });
const circulate = { on: '2026-11-10', by: 'office', act: 'circulate' };
const opine = (by, given) => ({ on: '2026-11-13', by, act: 'opine', with: given });
const round = (...more) => filed([assess({ factor: 'continuity', level: 'low' }),
  suggest({ finding: 'pass' }), circulate, ...more]);
const ask = (given) => ({ on: '2026-11-02', by: 'office', act: 'request_materials',
  with: { id: 'R-1', ...given } });
const supply = (by, given) => ({ on: '2026-11-06', by, act: 'supply_materials',
  with: { id: 'R-1', ...given } });
const parties = ['operator', 'cloud', 'center'];

// The edition of 2020, in its special review.
const special = (more) => ({
  edition: '2020', case: 'ledger-bank', purchase: { title: 'Ledger, bank', operator_id: operator,
    providers: 'supplier-cloud', sector: 'finance', signed: false },
  recipients: asked,
  acts: [
    { on: '2021-03-01', by: 'operator', act: 'declare',
      with: { materials: ['declaration', 'analysis_report', 'procurement_document'] } },
    { on: '2021-03-02', by: 'center', act: 'accept_materials' },
    { on: '2021-03-09', by: 'office', act: 'decide_need', with: { need: true } },
    { on: '2021-03-15', by: 'office', act: 'suggest', with: { finding: 'fail' } },
    { on: '2021-03-16', by: 'office', act: 'circulate' },
    { on: '2021-03-18', by: 'member/mps', act: 'opine',
      with: { agree: false, reasons: ['the maker has answered'] } },
    { on: '2021-04-08', by: 'office', act: 'open_special' },
    ...more,
  ],
});

export const secrets = [
  { name: 'that a matter is there', scripts: [[], [filed()]],
    hidden: [...outside, 'cac', 'mps', 'finance', 'commission'], seen: 'operator' },
  { name: 'what a matter is about, for those outside',
    scripts: [[filed()], [{ ...filed(), purchase: { ...filed().purchase, title: 'Vault, bank',
      value: '900000', category: 'storage' } }]],
    hidden: [...outside, 'cac', 'mps', 'finance', 'commission'], seen: 'center' },
  { name: 'that a factor was assessed', scripts: [[filed()], [filed([assess({ factor: 'data' })])]],
    hidden: [...outside, 'operator', 'cloud', 'mps'], seen: 'center' },
  { name: 'what was found', scripts: [[round()], [filed([
    assess({ factor: 'supply_chain', level: 'high', evidence: ['one source'] }),
    suggest({ finding: 'pass' }), circulate])]],
    hidden: [...outside, ...parties], seen: 'mps' },
  { name: 'what was suggested', scripts: [[round()], [filed([
    assess({ factor: 'continuity', level: 'low' }),
    suggest({ finding: 'conditional_pass', conditions: ['a second source'] }), circulate])]],
    hidden: [...outside, ...parties], seen: 'finance' },
  { name: 'how a body has answered under seal', scripts: [
    [round(opine('member/pboc', { agree: true }))],
    [round(opine('member/pboc', { agree: false, reasons: ['too long'] }))]],
    hidden: [...outside, ...parties, 'office', 'office-signer', 'auditor', 'cac', 'mps', 'finance'],
    seen: 'pboc' },
  { name: 'that a body has answered', scripts: [
    [round()], [round(opine('member/pboc', { agree: true }))]],
    hidden: [...outside, ...parties], seen: 'office' },
  { name: 'what the supplier was asked for', scripts: [
    [filed([ask({ from: ['provider'], items: ['places of data'] })])],
    [filed([ask({ from: ['provider'], items: ['source code', 'names of makers'] })])]],
    hidden: [...outside, 'operator', 'center'], seen: 'cloud' },
  { name: 'what the supplier has answered', scripts: [
    [filed([ask({ from: ['provider'] }), supply('provider', { note: 'two places' })])],
    [filed([ask({ from: ['provider'] }), supply('provider', { note: 'nine places abroad' })])]],
    hidden: [...outside, 'operator', 'center'], seen: 'cloud' },
  { name: 'what the operator has answered, from the supplier', scripts: [
    [filed([ask({ from: ['operator'] }), supply('operator', { note: 'price 900' })])],
    [filed([ask({ from: ['operator'] }), supply('operator', { note: 'price 700, next year' })])]],
    hidden: [...outside, 'cloud'], seen: 'operator' },
  { name: 'that a review was proposed', scripts: [[], [{
    edition: '2022', case: 'ledger-bank', purchase: { title: 'Ledger, bank',
      operator_id: operator, providers: 'supplier-cloud', sector: 'finance' },
    acts: [{ on: '2026-11-02', by: 'member/mps', act: 'propose',
      with: { grounds: ['data abroad'] } }] }]],
    hidden: [...outside, ...parties, 'cac', 'finance', 'commission'], seen: 'mps' },
  { name: 'who was heard and what was analysed', day: '2021-05-10', scripts: [
    [special([{ on: '2021-04-12', by: 'office', act: 'hear', with: { heard: ['one'] } }])],
    [special([{ on: '2021-04-12', by: 'office', act: 'hear', with: { heard: ['another'] } },
      { on: '2021-04-13', by: 'office', act: 'analyse', with: { evidence: ['report 9'] } }])]],
    hidden: [...outside, 'operator', 'cloud'], seen: 'auditor' },
];
