import { z } from 'zod';

const webAddress = (help: string) =>
  z
    .url({ protocol: /^https?$/, error: 'Enter a web address, like https://pay.example.org/…' })
    .max(300, 'At most 300 characters')
    .or(z.literal(''))
    .default('')
    .describe(help);

/** The company's options about automatic payments and the customers' web site. */
export const AUTOPAY_OPTIONS = {
  accountBudgets: z
    .boolean()
    .default(false)
    .describe('Use account level budgets: automatic payments of the required amount draw the budget amount.'),
  autopayLeastCents: z
    .int()
    .min(0, 'Not below zero')
    .max(100_000, 'At most 1,000.00')
    .default(100)
    .describe('Least amount that is drawn by an automatic payment, in cents.'),
  autopayFinal: z.boolean().default(false).describe('Automatic payments draw from former residents, too.'),
  cardProcessor: z
    .string()
    .trim()
    .max(60, 'At most 60 characters')
    .default('')
    .describe('Name of the processor whose hosted form takes card numbers.'),
  cardFormUrl: webAddress('Address of that hosted form; empty: no cards are set up. Its secret is in a file.'),
  webLoginUrl: webAddress('Page of the web site where a customer chooses a new password; empty: no resets are sent.'),
} as const;
