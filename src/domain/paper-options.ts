import { z } from 'zod';

const ofProtocol =
  (...protocols: readonly string[]) =>
  (text: string): boolean => {
    const url = URL.parse(text);
    return url !== null && protocols.includes(url.protocol) && url.hostname !== '';
  };

const text = (most: number) => z.string().trim().max(most, `At most ${most} characters`).default('');
const address = z.email('Enter an e-mail address').or(z.literal('')).default('');

const mailServer = z
  .string()
  .max(300, 'At most 300 characters')
  .refine(ofProtocol('smtp:', 'smtps:'), 'Write smtp://host:587 or smtps://host:465')
  .refine((url) => !URL.parse(url)?.password, 'Leave the password out: it belongs in a file of its own');

const printerUrl = z
  .string()
  .max(300, 'At most 300 characters')
  .refine(ofProtocol('ipp:', 'ipps:', 'http:', 'https:'), 'Write ipp://host/ipp/print');

/** The company's options about paper and mail. */
export const PAPER_OPTIONS = {
  companyAddress: text(300).describe('On paper: where the company is, its lines parted by semicolons.'),
  remitAddress: text(300).describe(
    'On stubs: where payments are sent, lines parted by semicolons; empty: to the company itself.',
  ),
  companyPhone: text(40).describe('On paper: telephone of the company.'),
  statementMessage: text(600).describe('What every statement says to its reader.'),
  eBills: z
    .enum(['off', 'notices', 'all'], 'Choose off, notices or all')
    .default('notices')
    .describe('Statements by e-mail: to nobody, to who takes e-mail notices, to everybody with an address.'),
  mailServer: mailServer
    .or(z.literal(''))
    .default('')
    .describe('Server for mail: smtp://user@host:587 or smtps://user@host:465; its password is in a file.'),
  mailFrom: address.describe('Sender of mail.'),
  mailReplyTo: address.describe('Where answers to mail go; empty: to its sender.'),
  sendFrom: z
    .enum(['screen', 'job'], 'Choose screen or job')
    .default('screen')
    .describe('Mail and print jobs leave at once from the screen, or only by meterdesk jobs send.'),
  printers: z
    .array(z.strictObject({ name: z.string().trim().min(1, 'Name the printer').max(60), url: printerUrl }))
    .max(100, 'At most 100 printers')
    .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'Two printers have the same name')
    .default([])
    .describe('Printers by name, with their address ipp://host/ipp/print or ipps://host/ipp/print.'),
} as const;
