import { z } from 'zod';
import { DEBT_CLASSES, PAYOFF_RULES } from './payoff.ts';

/** Settings of the company: name → what is allowed, and what holds until somebody chooses. */
export const COMPANY_OPTIONS = {
  /** As in the header and on paper. */
  companyName: z.string().trim().min(1, 'Enter the company name').max(60, 'At most 60 characters').default('meterdesk'),
  /** A made-up utility: sign-in tells its users and their password. */
  demo: z.boolean().default(false),
  /** Users that sign-in of a demo utility names, with their password. */
  demoUsers: z.array(z.object({ username: z.string(), role: z.string() })).default([]),
  demoPassword: z.string().default(''),
  /** Minutes without a key until the screen locks (PCI DSS 8.2.8: at most 15). */
  idleMinutes: z.int().min(1, 'At least 1 minute').max(15, 'At most 15 minutes').default(15),
  /** The same for who may reveal sensitive numbers (guide: reliability §4.3). */
  revealIdleMinutes: z.int().min(1, 'At least 1 minute').max(15, 'At most 15 minutes').default(5),
  /**
   * Who need not type a password, being signed in by the operating system: nobody, the user whose process
   * this is, or the one who called it by sudo.
   */
  osSignIn: z.enum(['off', 'user', 'sudo'], 'off, user or sudo').default('off'),
  /** Whose records being looked at is kept in the audit trail: nobody's, private customers', everybody's. */
  auditReads: z.enum(['off', 'private', 'all'], 'Choose off, private or all').default('private'),
  /** Hours after which a session ends whatever it does. */
  sessionHours: z.int().min(1).max(12, 'At most 12 hours').default(12),
  /** Days for which a repeated command answers again; a monthly job started once more is still known after 35. */
  keptAnswerDays: z.int().min(7, 'At least 7 days').max(400, 'At most 400 days').default(35),
  /** Address of a map; `{lat}`, `{lon}` and `{address}` are filled in. */
  mapUrl: z.url('Enter a web address').default('https://www.openstreetmap.org/search?query={address}'),
  /** What decides which debts money pays first: their age, or the payoff order of services alone (guide: §4.1). */
  payoffRule: z.enum(PAYOFF_RULES, 'Choose age or service_order').default('age'),
  /** Classes of debts that go before others of the same age or service, the first first. */
  payoffClasses: z.array(z.enum(DEBT_CLASSES)).max(DEBT_CLASSES.length).default([]),
  /** Open credit pays new bills as they are posted. */
  creditToBills: z.boolean().default(true),
  /** Payments wait for their batch to be posted, or count at once. */
  paymentsPost: z.enum(['batch', 'at_once'], 'Choose batch or at_once').default('batch'),
  /** Adjustments and fees of returned items wait for their batch to be posted, or count at once. */
  adjustmentsPost: z.enum(['batch', 'at_once'], 'Choose batch or at_once').default('batch'),
  /** Fee for a returned item, cents; 0: none (guide: §4.3). */
  nsfFeeCents: z.int().min(0, 'Not below zero').max(1_000_000, 'At most 10,000.00').default(2500),
  /** Returned items in twelve months after which no checks are accepted; 0: never. */
  nsfLimit: z.int().min(0, 'Not below zero').max(100, 'At most 100').default(2),
  /** Balances of closed accounts up to this are written down as small, cents. */
  smallBalanceCents: z.int().min(0, 'Not below zero').max(1_000_000, 'At most 10,000.00').default(500),
  /** Least open credit that a refund run pays out, cents. */
  refundLeastCents: z.int().min(1, 'Above zero').max(1_000_000, 'At most 10,000.00').default(100),
  /** Tax on taxable special charges, millionths. */
  specialTaxMillionths: z.int().min(0, 'Not below zero').max(1_000_000, 'At most 100 %').default(0),
  /** A fixed business date for training and tests; empty: today. */
  businessDate: z.iso.date('Enter a date').or(z.literal('')).default(''),
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
