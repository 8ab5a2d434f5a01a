import { a4, type Blocks, charges, facts, letter, letterhead, reads, stub, type SystemFormat } from './parts.ts';

const invoiceBlocks: Blocks = [
  ...letterhead('Invoice {{number}}'),
  facts(
    { label: 'Date', text: '{{billedOn}}' },
    { label: 'Due', text: '{{dueOn}}', when: 'dueOn' },
    { label: 'Statement', text: '{{statementNumber}}', when: 'statementNumber' },
  ),
  { type: 'space', points: 10 },
  reads,
  charges('lines'),
  {
    type: 'totals',
    rows: [
      { label: 'Total', text: '{{total}}', strong: true },
      { label: 'Paid', text: '{{paid}}', when: 'paid' },
      { label: 'Open', text: '{{open}}', strong: true },
    ],
  },
  { type: 'text', text: '{{memo}}', when: 'memo' },
];

const MAIL_INVOICE = {
  subject: '{{company.name}}: invoice {{number}}',
  body: 'Dear {{recipient.name}},\n\ninvoice {{number}} for account {{account.number}} is attached.\n\n{{company.name}}',
};

const invoice = { title: 'Invoice {{number}}', header: 'Invoice {{number}}', mail: MAIL_INVOICE };

/** The first is the standard one of a new utility. */
export const invoiceFormats: readonly SystemFormat[] = [
  {
    code: 'invoice',
    kind: 'invoice',
    name: 'Invoice with stub, letter',
    layout: {
      ...letter,
      ...invoice,
      blocks: invoiceBlocks,
      stub: { ...stub, rows: stub.rows.map((row) => ({ ...row, text: row.text.replace('{{due}}', '{{open}}') })) },
    },
  },
  { code: 'invoice-a4', kind: 'invoice', name: 'Invoice, A4', layout: { ...a4, ...invoice, blocks: invoiceBlocks } },
];
