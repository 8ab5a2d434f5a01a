import { a4, type Blocks, letter, letterhead, type SystemFormat } from './parts.ts';

const receiptBlocks = (head: Blocks): Blocks => [
  ...head,
  { type: 'space', points: 6 },
  {
    type: 'table',
    of: 'tenders',
    columns: [
      { title: 'Paid by', text: '{{method}} {{reference}}', width: 70 },
      { title: 'Amount', text: '{{amount}}', align: 'right', width: 30 },
    ],
    total: { label: 'Total', text: '{{total}}' },
  },
  {
    type: 'table',
    of: 'parts',
    columns: [
      { title: 'Account', text: '{{account}} {{name}}', width: 50 },
      { title: 'Paid', text: '{{amount}}', align: 'right', width: 25 },
      { title: 'Balance after', text: '{{after}}', align: 'right', width: 25 },
    ],
  },
  { type: 'text', text: 'Not posted yet: the balance above counts it.', when: 'unposted' },
  { type: 'text', text: 'This payment was reversed or returned.', bold: true, when: 'undone' },
  { type: 'text', text: '{{memo}}', when: 'memo' },
  { type: 'text', text: 'Thank you.', align: 'center' },
];

const RECEIPT_FACTS: Blocks[number] = {
  type: 'facts',
  rows: [
    { label: 'Receipt', text: '{{number}}' },
    { label: 'Paid on', text: '{{paidOn}}' },
    { label: 'Taken by', text: '{{takenBy}}' },
  ],
};

const MAIL_RECEIPT = {
  subject: '{{company.name}}: receipt {{number}}',
  body: `Dear {{recipient.name}},

thank you for your payment of {{total}} on {{paidOn}}. The receipt is attached.

{{company.name}}
{{company.phone}}`,
};

const receipt = { title: 'Receipt {{number}}', mail: MAIL_RECEIPT };

const slip: Blocks = [
  { type: 'text', text: '{{company.name}}', bold: true, align: 'center', size: 11 },
  { type: 'text', text: '{{#company.address}}{{.}}\n{{/company.address}}', align: 'center', size: 7 },
  RECEIPT_FACTS,
];

/** The first is the standard one of a new utility. */
export const receiptFormats: readonly SystemFormat[] = [
  {
    code: 'receipt',
    kind: 'receipt',
    name: 'Receipt, letter',
    layout: { ...letter, ...receipt, blocks: receiptBlocks([...letterhead('Receipt'), RECEIPT_FACTS]) },
  },
  {
    code: 'receipt-roll',
    kind: 'receipt',
    name: 'Receipt, 80 mm roll',
    layout: { ...receipt, page: 'roll', margin: 12, fontSize: 8, blocks: receiptBlocks(slip) },
  },
  {
    code: 'receipt-a4',
    kind: 'receipt',
    name: 'Receipt, A4',
    layout: { ...a4, ...receipt, blocks: receiptBlocks([...letterhead('Receipt'), RECEIPT_FACTS]) },
  },
];
