import { z } from 'zod';
import { shortText } from '#domain/typed-text.ts';

/** How dates are written: year, month and day in this order. */
export const DATE_FORMATS = ['YYYY-MM-DD', 'YYYYMMDD', 'MM/DD/YYYY', 'MMDDYYYY', 'YYMMDD', 'MMDDYY'] as const;

const header = shortText(60).min(1);
/** From which column on, counted from 1, and how many. */
const place = z.object({ from: z.number().int().min(1).max(1000), length: z.number().int().min(1).max(200) });
const dates = z.enum(DATE_FORMATS).default('YYYY-MM-DD');
/** `decimal`: 12.50; `cents`: 1250. */
const amounts = z.enum(['decimal', 'cents']).default('decimal');
/** Code of table `payment_method` for what the file does not say. */
const method = shortText(40).min(1).default('lockbox');
const name = shortText(40).min(1);

/** A file with headings, one payment a row. */
const csvProfile = z.object({
  format: z.literal('csv'),
  name,
  delimiter: z.enum([',', ';', '\t', '|']).default(','),
  headers: z.object({
    account: header,
    amount: header,
    paidOn: header.optional(),
    reference: header.optional(),
    payer: header.optional(),
    method: header.optional(),
  }),
  /** A last row of totals: known by a word in a column. */
  trailer: z.object({ column: header, word: header, count: header.optional(), total: header.optional() }).optional(),
  dates,
  amounts,
  method,
});

/** Records of fixed columns, each kind known by how it begins. */
const fixedProfile = z.object({
  format: z.literal('fixed'),
  name,
  item: z.object({
    starts: header,
    fields: z.object({
      account: place,
      amount: place,
      paidOn: place.optional(),
      reference: place.optional(),
      payer: place.optional(),
    }),
  }),
  header: z.object({ starts: header, fields: z.object({ depositedOn: place.optional() }) }).optional(),
  trailer: z
    .object({ starts: header, fields: z.object({ count: place.optional(), total: place.optional() }) })
    .optional(),
  dates,
  amounts: amounts.default('cents'),
  method,
});

/** How a bank's file is read. */
export const lockboxProfile = z.union([csvProfile, fixedProfile], 'There is no such profile.');
export type LockboxProfile = z.infer<typeof lockboxProfile>;

/** Those that come with the program; a bank of one's own is described the same way. */
export const PROFILES: Readonly<Record<string, LockboxProfile>> = {
  csv: lockboxProfile.parse({
    format: 'csv',
    name: 'csv',
    headers: { account: 'Account', amount: 'Amount', paidOn: 'Date', reference: 'Check', payer: 'Payer' },
    trailer: { column: 'Account', word: 'TOTAL', count: 'Check', total: 'Amount' },
  }),
  fixed: lockboxProfile.parse({
    format: 'fixed',
    name: 'fixed',
    header: { starts: '1', fields: { depositedOn: { from: 2, length: 6 } } },
    item: {
      starts: '6',
      fields: {
        account: { from: 2, length: 14 },
        amount: { from: 16, length: 10 },
        reference: { from: 26, length: 10 },
        paidOn: { from: 36, length: 6 },
        payer: { from: 42, length: 30 },
      },
    },
    trailer: { starts: '9', fields: { count: { from: 2, length: 6 }, total: { from: 8, length: 12 } } },
    dates: 'YYMMDD',
  }),
};

export const PROFILE_NAMES = Object.keys(PROFILES) as [string, ...string[]];
