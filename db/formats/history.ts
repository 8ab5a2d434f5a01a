import { a4, account, AGEING, type Blocks, letter, type SystemFormat } from './parts.ts';

const historyTable = (compact: boolean): Blocks => [
  {
    type: 'table',
    of: 'rows',
    compact,
    columns: [
      { title: 'Date', text: '{{on}}', width: 12 },
      { title: 'Description', text: '{{description}}', width: 40 },
      { title: 'Due', text: '{{dueOn}}', width: 12 },
      { title: 'Charge', text: '{{charge}}', align: 'right', width: 12 },
      { title: 'Credit', text: '{{credit}}', align: 'right', width: 12 },
      { title: 'Balance', text: '{{balance}}', align: 'right', width: 12 },
    ],
    empty: 'No transactions.',
  },
  {
    type: 'totals',
    rows: [
      { label: 'Charges', text: '{{charges}}' },
      { label: 'Payments and credits', text: '{{credits}}' },
      { label: 'Balance on {{toOn}}', text: '{{closing}}', strong: true },
    ],
  },
  { type: 'space', points: 6 },
  { type: 'ageing', labels: AGEING },
];

const historyBlocks = (title: string, compact: boolean): Blocks => [
  { type: 'text', text: '{{company.name}}', size: 12, bold: true },
  { type: 'text', text: title, size: 12, bold: true },
  { ...account, align: 'left', rows: [...account.rows, { label: 'Name', text: '{{account.customerName}}' }] },
  { type: 'totals', rows: [{ label: 'Balance before {{fromOn}}', text: '{{opening}}', when: 'fromOn' }] },
  ...historyTable(compact),
];

const MAIL_HISTORY = {
  subject: '{{company.name}}: history of account {{account.number}}',
  body: 'Dear {{recipient.name}},\n\nthe history of account {{account.number}} is attached.\n\n{{company.name}}',
};

const history = { header: 'Account {{account.number}} {{account.customerName}}', mail: MAIL_HISTORY };

const arHistory = historyBlocks(
  'Accounts receivable history {{#fromOn}}{{fromOn}} – {{/fromOn}}{{^fromOn}}until {{/fromOn}}{{toOn}}',
  true,
);

/** The first is the standard one of a new utility. */
export const historyFormats: readonly SystemFormat[] = [
  {
    code: 'ar-history',
    kind: 'ar_history',
    name: 'A/R history, letter',
    layout: { ...letter, ...history, title: 'A-R history {{account.number}}', blocks: arHistory },
  },
  {
    code: 'ar-history-a4',
    kind: 'ar_history',
    name: 'A/R history, A4',
    layout: { ...a4, ...history, title: 'A-R history {{account.number}}', blocks: arHistory },
  },
  {
    code: 'history',
    kind: 'history',
    name: 'Account history, letter',
    layout: {
      ...letter,
      ...history,
      title: 'History {{account.number}}',
      blocks: historyBlocks('Account history', false),
    },
  },
  {
    code: 'history-wide',
    kind: 'history',
    name: 'Account history, letter landscape',
    layout: {
      ...letter,
      ...history,
      landscape: true,
      title: 'History {{account.number}}',
      blocks: historyBlocks('Account history', true),
    },
  },
  {
    code: 'history-a4',
    kind: 'history',
    name: 'Account history, A4',
    layout: { ...a4, ...history, title: 'History {{account.number}}', blocks: historyBlocks('Account history', false) },
  },
];
