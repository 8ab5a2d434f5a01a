import type { PaperLayoutInput } from '#domain/paper-layout.ts';
import type { PaperKind } from '#domain/paper-kinds.ts';

/** A format that every utility begins with; its own are copies of these. */
export interface SystemFormat {
  readonly code: string;
  readonly kind: PaperKind;
  readonly name: string;
  readonly layout: PaperLayoutInput;
}

export type Blocks = PaperLayoutInput['blocks'];

const COMPANY = '{{company.name}}\n{{#company.address}}{{.}}\n{{/company.address}}{{company.phone}}';
const RECIPIENT = '{{recipient.name}}\n{{#recipient.lines}}{{.}}\n{{/recipient.lines}}';
const FOOTER = 'Page {{page}} of {{pages}}';

export const AGEING = ['Not past due', '1–30 days', '31–60 days', '61–90 days', 'Over 90 days'];

/** Sender and address, placed for a window envelope, with what the paper is called at the right. */
export const letterhead = (title: string): Blocks => [
  { type: 'text', text: '{{company.name}}', size: 16, bold: true },
  { type: 'text', text: COMPANY.slice(COMPANY.indexOf('\n') + 1), size: 8 },
  { type: 'text', text: title, size: 14, bold: true, align: 'right' },
  { type: 'text', text: '{{duplicate}}', bold: true, align: 'right', when: 'duplicate' },
  { type: 'address', text: RECIPIENT, window: 'left' },
];

export const account: Blocks[number] & { type: 'facts' } = {
  type: 'facts',
  align: 'right',
  rows: [
    { label: 'Account', text: '{{account.number}}' },
    { label: 'Customer', text: '{{account.customerNumber}}' },
    { label: 'Service at', text: '{{account.serviceAddress}}' },
  ],
};

export const facts = (...rows: (typeof account)['rows']): Blocks[number] => ({
  ...account,
  rows: [...rows, ...account.rows],
});

export const entries = (of: string, title: string): Blocks[number] => ({
  type: 'table',
  of,
  columns: [
    { title: 'Date', text: '{{on}}', width: 14 },
    { title, text: '{{description}}', width: 66 },
    { title: 'Amount', text: '{{amount}}', align: 'right', width: 20 },
  ],
});

export const charges = (of: string): Blocks[number] => ({
  type: 'table',
  of,
  columns: [
    { title: 'Charges', text: '{{description}}', width: 50 },
    { title: 'Used', text: '{{usage}} {{unit}}', align: 'right', width: 26 },
    { title: 'Amount', text: '{{amount}}', align: 'right', width: 24 },
  ],
  empty: 'No new charges.',
});

/** Meters as they were read for a bill; a utility bills by what people can check at the meter. */
export const reads: Blocks[number] = {
  type: 'table',
  of: 'reads',
  columns: [
    { title: 'Meter', text: '{{service}} {{meter}}', width: 28 },
    { title: 'From', text: '{{fromOn}}', width: 13 },
    { title: 'To', text: '{{toOn}}', width: 13 },
    { title: 'Previous', text: '{{previous}}', align: 'right', width: 14 },
    { title: 'Present', text: '{{present}}{{#estimated}} est.{{/estimated}}', align: 'right', width: 16 },
    { title: 'Used', text: '{{usage}} {{unit}}', align: 'right', width: 16 },
  ],
};

export const stub: NonNullable<PaperLayoutInput['stub']> = {
  title: 'Please send this part with your payment',
  left: '{{#company.remitTo}}{{.}}\n{{/company.remitTo}}',
  rows: [
    { label: 'Account', text: '{{account.number}}' },
    { label: 'Due', text: '{{dueOn}}', when: 'dueOn' },
    { label: 'Amount due', text: '{{due}}' },
    { label: 'Amount enclosed', text: '____________' },
  ],
  height: 170,
  when: 'scanLine',
};

export const letter = { page: 'letter', footer: FOOTER } as const;
export const a4 = { page: 'a4', footer: FOOTER, locale: 'en-GB' } as const;
