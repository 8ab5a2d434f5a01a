import { z } from 'zod';
import { AUTOPAY_OPTIONS } from './autopay-options.ts';
import { DOCUMENT_OPTIONS } from './document-options.ts';
import { PAPER_OPTIONS } from './paper-options.ts';
import { DEBT_CLASSES, PAYOFF_RULES } from './payoff.ts';

/**
 * Settings of the company: name → what is allowed, what holds until somebody chooses, and what it
 * means. The screen of options, its forms and their checks follow from the one line.
 */
export const COMPANY_OPTIONS = {
  companyName: z
    .string()
    .trim()
    .min(1, 'Enter the company name')
    .max(60, 'At most 60 characters')
    .default('meterdesk')
    .describe('Name of the company, as in the header and on paper.'),
  demo: z.boolean().default(false).describe('A made-up utility: sign-in tells its users and their password.'),
  demoUsers: z
    .array(z.object({ username: z.string(), role: z.string() }))
    .default([])
    .describe('Users that sign-in of a demo utility names, with what each may do.'),
  demoPassword: z.string().default('').describe('The password that sign-in of a demo utility tells.'),
  // PCI DSS 8.2.8: at most 15.
  idleMinutes: z
    .int()
    .min(1, 'At least 1 minute')
    .max(15, 'At most 15 minutes')
    .default(15)
    .describe('Minutes without a key until the screen locks.'),
  // Guide: reliability §4.3.
  revealIdleMinutes: z
    .int()
    .min(1, 'At least 1 minute')
    .max(15, 'At most 15 minutes')
    .default(5)
    .describe('Minutes without a key until the screen of who may reveal sensitive numbers locks.'),
  osSignIn: z
    .enum(['off', 'user', 'sudo'], 'off, user or sudo')
    .default('off')
    .describe(
      'Whom the operating system signs in without a password: nobody (off), whose process this is (user), ' +
        'who called it by sudo (sudo).',
    ),
  auditReads: z
    .enum(['off', 'private', 'all'], 'Choose off, private or all')
    .default('private')
    .describe("Whose records being looked at is kept in the audit trail: nobody's, private customers', everybody's."),
  sessionHours: z
    .int()
    .min(1, 'At least 1 hour')
    .max(12, 'At most 12 hours')
    .default(12)
    .describe('Hours after which a session ends whatever it does.'),
  // A monthly job that is started once more is still known after 35.
  keptAnswerDays: z
    .int()
    .min(7, 'At least 7 days')
    .max(400, 'At most 400 days')
    .default(35)
    .describe('Days for which a command repeated with the same key answers again, instead of running twice.'),
  mapUrl: z
    .url('Enter a web address')
    .default('https://www.openstreetmap.org/search?query={address}')
    .describe('Address of a map; {lat}, {lon} and {address} are filled in.'),
  // Guide: §4.1.
  payoffRule: z
    .enum(PAYOFF_RULES, 'Choose age or service_order')
    .default('age')
    .describe('What decides which debts money pays first: their age, or the payoff order of services alone.'),
  payoffClasses: z
    .array(z.enum(DEBT_CLASSES))
    .max(DEBT_CLASSES.length)
    .default([])
    .describe('Classes of debts that go before others of the same age or service, the first first.'),
  creditToBills: z.boolean().default(true).describe('Open credit pays new bills as they are posted.'),
  paymentsPost: z
    .enum(['batch', 'at_once'], 'Choose batch or at_once')
    .default('batch')
    .describe('Payments wait for their batch to be posted (batch), or count at once (at_once).'),
  adjustmentsPost: z
    .enum(['batch', 'at_once'], 'Choose batch or at_once')
    .default('batch')
    .describe('Adjustments and fees of returned items wait for their batch (batch), or count at once (at_once).'),
  // Guide: §4.3.
  nsfFeeCents: z
    .int()
    .min(0, 'Not below zero')
    .max(1_000_000, 'At most 10,000.00')
    .default(2500)
    .describe('Fee for a returned item, in cents; 0: none.'),
  nsfLimit: z
    .int()
    .min(0, 'Not below zero')
    .max(100, 'At most 100')
    .default(2)
    .describe('Returned items in twelve months after which no checks are accepted; 0: never.'),
  smallBalanceCents: z
    .int()
    .min(0, 'Not below zero')
    .max(1_000_000, 'At most 10,000.00')
    .default(500)
    .describe('Balances of closed accounts up to this are written down as small, in cents.'),
  refundLeastCents: z
    .int()
    .min(1, 'Above zero')
    .max(1_000_000, 'At most 10,000.00')
    .default(100)
    .describe('Least open credit that a refund run pays out, in cents.'),
  depositInstalments: z.boolean().default(true).describe('Deposits may be charged in instalments.'),
  mostInstalments: z
    .int()
    .min(1, 'At least 1')
    .max(60, 'At most 60')
    .default(6)
    .describe('Most instalments of a deposit.'),
  mostDepositCents: z
    .int()
    .min(0, 'Zero or more')
    .default(0)
    .describe('Most that is held of one customer in deposits, in cents; 0: any amount.'),
  depositBasis: z
    .enum(['highest', 'average'], 'Choose highest or average')
    .default('highest')
    .describe('The bill of a year that the recommended deposit follows from: the highest or the average one.'),
  depositBills: z
    .int()
    .min(1, 'At least 1')
    .max(12, 'At most 12')
    .default(2)
    .describe('So many times that bill is recommended as a deposit.'),
  depositAskCents: z
    .int()
    .min(0, 'Zero or more')
    .default(50_000)
    .describe('Most that is recommended as a deposit, in cents; 0: any amount.'),
  depositSmallCents: z
    .int()
    .min(0, 'Zero or more')
    .max(2000, 'At most 20.00')
    .default(100)
    .describe(
      'What is left of a deposit after a final bill is written down up to this, in cents, and refunded above it.',
    ),
  ...AUTOPAY_OPTIONS,
  ...PAPER_OPTIONS,
  ...DOCUMENT_OPTIONS,
  businessDate: z.iso
    .date('Enter a date')
    .or(z.literal(''))
    .default('')
    .describe('A fixed business date for training and tests; empty: today.'),
} as const;

export type CompanyOptionName = keyof typeof COMPANY_OPTIONS;
export type CompanyOptions = { readonly [K in CompanyOptionName]: z.output<(typeof COMPANY_OPTIONS)[K]> };

/** All options from stored rows (`name`, JSON `value`); a missing or unreadable one takes its default. */
export function readOptions(rows: readonly { name: string; value: string }[]): CompanyOptions {
  const stored = new Map(rows.map((row) => [row.name, row.value]));
  const entries = Object.entries(COMPANY_OPTIONS).map(([name, schema]) => {
    const parsed = schema.safeParse(parseJson(stored.get(name)));
    return [name, parsed.success ? parsed.data : schema.parse(undefined)];
  });
  return Object.fromEntries(entries) as CompanyOptions;
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
