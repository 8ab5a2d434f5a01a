import {
  AGEING,
  a4,
  type Blocks,
  charges,
  entries,
  facts,
  letter,
  letterhead,
  reads,
  stub,
  type SystemFormat,
} from './parts.ts';

const statementBlocks: Blocks = [
  ...letterhead('Statement {{number}}'),
  facts(
    { label: 'Statement date', text: '{{billedOn}}' },
    { label: 'Due', text: '{{dueOn}}', when: 'dueOn' },
    { label: 'Amount due', text: '{{due}}' },
  ),
  { type: 'space', points: 10 },
  { type: 'totals', rows: [{ label: 'Previous balance', text: '{{previous}}' }] },
  entries('payments', 'Payments and credits'),
  entries('adjustments', 'Adjustments'),
  reads,
  charges('charges'),
  {
    type: 'totals',
    rows: [
      { label: 'Payments and credits', text: '{{paymentsTotal}}', when: 'paymentsTotal' },
      { label: 'Adjustments', text: '{{adjustmentsTotal}}', when: 'adjustmentsTotal' },
      { label: 'Charges', text: '{{chargesTotal}}' },
      { label: 'Balance on {{billedOn}}', text: '{{billed}}', strong: true },
    ],
  },
  entries('since', 'Since then'),
  {
    type: 'totals',
    rows: [
      { label: 'Not posted yet', text: '{{account.unposted}}', when: 'account.unposted' },
      { label: 'Credit balance: please do not pay', text: '{{credit}}', when: 'credit', strong: true },
      { label: 'Past due, payable at once', text: '{{pastDue}}', when: 'pastDue' },
      { label: 'Amount due', text: '{{due}}', strong: true },
    ],
  },
  { type: 'space', points: 6 },
  { type: 'ageing', labels: AGEING, when: 'due' },
  { type: 'text', text: '{{#notes}}{{.}}\n{{/notes}}', when: 'notes' },
  { type: 'text', text: '{{message}}', when: 'message' },
];

const MAIL_STATEMENT = {
  subject: '{{company.name}}: statement {{number}} for account {{account.number}}',
  body: `Dear {{recipient.name}},

your statement of {{billedOn}} for account {{account.number}} is attached.
Amount due: {{due}}{{#dueOn}}, by {{dueOn}}{{/dueOn}}

{{company.name}}
{{company.phone}}`,
};

const statement = {
  title: 'Statement {{number}} {{account.number}}',
  header: '{{company.name}}, account {{account.number}}',
};

/** The first is the standard one of a new utility. */
export const statementFormats: readonly SystemFormat[] = [
  {
    code: 'statement',
    kind: 'statement',
    name: 'Statement with stub, letter',
    layout: { ...letter, ...statement, stub, mail: MAIL_STATEMENT, blocks: statementBlocks },
  },
  {
    code: 'statement-a4',
    kind: 'statement',
    name: 'Statement with stub, A4',
    layout: { ...a4, ...statement, stub, mail: MAIL_STATEMENT, blocks: statementBlocks },
  },
  {
    code: 'statement-plain',
    kind: 'statement',
    name: 'Statement without stub, letter',
    layout: { ...letter, ...statement, mail: MAIL_STATEMENT, blocks: statementBlocks },
  },
];
