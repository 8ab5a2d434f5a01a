import { z } from 'zod';

const ofProtocol =
  (...protocols: readonly string[]) =>
  (text: string): boolean => {
    const url = URL.parse(text);
    return url !== null && protocols.includes(url.protocol) && url.hostname !== '';
  };

const mailServer = z
  .string()
  .max(300, 'At most 300 characters')
  .refine(ofProtocol('smtp:', 'smtps:'), 'Write smtp://host:587 or smtps://host:465')
  .refine((text) => !URL.parse(text)?.password, 'Leave the password out: it belongs in a file of its own');

const printerUrl = z
  .string()
  .max(300, 'At most 300 characters')
  .refine(ofProtocol('ipp:', 'ipps:', 'http:', 'https:'), 'Write ipp://host/ipp/print');

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
  /** Address of a map; `{lat}`, `{lon}` and `{address}` are filled in. */
  mapUrl: z.url('Enter a web address').default('https://www.openstreetmap.org/search?query={address}'),
  /** On paper, one line each: where the company is, and where payments are sent when that is elsewhere. */
  companyAddress: z.string().trim().max(300, 'At most 300 characters').default(''),
  remitAddress: z.string().trim().max(300, 'At most 300 characters').default(''),
  companyPhone: z.string().trim().max(40, 'At most 40 characters').default(''),
  /** What every statement says to its reader. */
  statementMessage: z.string().trim().max(600, 'At most 600 characters').default(''),
  /** Statements by e-mail: to nobody, to who takes e-mail notices, or to everybody with an address. */
  eBills: z.enum(['off', 'notices', 'all'], 'Choose off, notices or all').default('notices'),
  /** `smtp://user@host:587` (TLS from STARTTLS on) or `smtps://user@host:465`; its password is in a file, never here. */
  mailServer: mailServer.or(z.literal('')).default(''),
  /** Sender of mail, and where answers go when that is elsewhere. */
  mailFrom: z.email('Enter an e-mail address').or(z.literal('')).default(''),
  mailReplyTo: z.email('Enter an e-mail address').or(z.literal('')).default(''),
  /** Who sends what waits: the screen at once and the timer, or `meterdesk jobs send` alone. */
  sendFrom: z.enum(['screen', 'job'], 'Choose screen or job').default('screen'),
  /** Printers by name, with their address: `ipp://host/ipp/print` or `ipps://…`. */
  printers: z
    .array(z.strictObject({ name: z.string().trim().min(1, 'Name the printer').max(60), url: printerUrl }))
    .max(100, 'At most 100 printers')
    .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'Two printers have the same name')
    .default([]),
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
