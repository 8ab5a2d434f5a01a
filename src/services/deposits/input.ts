import { z } from 'zod';
import type { Cents } from '#domain/money.ts';
import type { DepositStatus } from '#domain/deposit.ts';
import type { CommandContext } from '../operation.ts';
import { shortText, typedText } from '#domain/typed-text.ts';
import type { StoredDeposit } from './read.ts';

export const id = z.int().positive();
export const date = z.iso.date('Enter a date as YYYY-MM-DD').max(10);
export const reason = typedText(200).trim().min(3, 'Say why, in a few words');
export const remarks = typedText(200).trim().nullish();
export const reference = shortText(40).nullish();
export const positive = z.int().min(1, 'Enter an amount above zero').max(100_000_000, 'At most 1,000,000.00');

/** A deposit that something is done with. */
export const which = {
  depositId: id,
  /** The version that was read; a script that knows what it wants leaves it out. */
  version: id.optional(),
  /** Account on which it is booked: of the holder; the one that it was charged on when left out. */
  accountId: id.nullish(),
  /** Business date; today when left out. */
  on: date.optional(),
};

/** What became of a deposit. */
export interface DepositReceipt {
  readonly depositId: number;
  readonly number: string | null;
  readonly status: DepositStatus;
  readonly heldCents: Cents;
  readonly version: number;
}

/** The deposit as it is after the command, which is noted in the audit trail. */
export async function receipt(
  ctx: CommandContext,
  before: StoredDeposit,
  changes: Readonly<Record<string, readonly [unknown, unknown]>>,
  why?: string,
): Promise<DepositReceipt> {
  const { id: depositId, number } = before;
  const now = await ctx.db
    .selectFrom('deposit')
    .select(['status', 'held_cents as heldCents', 'version'])
    .where('id', '=', depositId)
    .executeTakeFirstOrThrow();
  ctx.audit({
    entity: 'Deposit',
    entityId: depositId,
    customerId: before.customerId,
    changes: {
      ...(now.status === before.status ? {} : { status: [before.status, now.status] }),
      ...(now.heldCents === before.heldCents ? {} : { heldCents: [before.heldCents, now.heldCents] }),
      ...changes,
    },
    ...(why === undefined ? {} : { reason: why }),
  });
  return { depositId, number, ...now };
}
