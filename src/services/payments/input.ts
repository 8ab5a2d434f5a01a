import { z } from 'zod';
import { isCivilDate } from '#domain/civil-date.ts';
import { shortText, typedText } from '#domain/typed-text.ts';

const id = z.number().int().positive();
/** Ninety billion: far above any bill, far below where sums lose cents. */
export const MOST_CENTS = 9_000_000_000_000;
export const amount = z
  .number('Enter an amount.')
  .int('Give whole cents.')
  .min(1, 'Enter an amount above zero.')
  .max(MOST_CENTS, 'That is more than can be entered.');
export const day = shortText(10).refine(isCivilDate, 'No such day; write it as 2026-11-21.');

const tender = z.object({
  /** Code of table `payment_method`. */
  method: shortText(40).min(1, 'Choose how it is paid.'),
  cents: amount,
  reference: typedText(60).nullable().default(null),
});

const account = z.object({
  accountId: id,
  /** What this account is to get; left out: its share in turn. */
  cents: z.number().int().min(0).max(MOST_CENTS).optional(),
  /** Chosen by hand (manual): to debit lines, or to a service. */
  debits: z
    .array(z.object({ debitLineId: id, cents: amount }))
    .max(500)
    .default([]),
  services: z
    .array(z.object({ serviceTypeId: id, cents: amount }))
    .max(50)
    .default([]),
  /** Chosen by hand (spec): to invoices. */
  invoices: z
    .array(z.object({ transactionId: id, cents: amount }))
    .max(500)
    .default([]),
});

/** What somebody pays: the first account is the source unless another is named. */
export const paymentFacts = z.object({
  accounts: z.array(account).min(1, 'Name the account.').max(50, 'At most 50 accounts.'),
  sourceAccountId: id.optional(),
  tenders: z.array(tender).min(1, 'Enter what is paid.').max(10, 'At most 10 means of payment.'),
  paidOn: day.optional(),
  mode: z.enum(['automatic', 'manual', 'fifo', 'spec']).default('automatic'),
  /** Spec and manual: what is not spread stays with the account as open credit. */
  restToAccount: z.boolean().default(false),
  channel: z.enum(['counter', 'mail', 'lockbox', 'import', 'draft', 'web', 'phone']).default('counter'),
  batchId: id.optional(),
  memo: typedText(200).nullable().default(null),
});
export type PaymentFacts = z.infer<typeof paymentFacts>;
export type PaymentAccount = PaymentFacts['accounts'][number];
