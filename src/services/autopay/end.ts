import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { autopayRefusal, type AutopayMethod } from '#domain/autopay.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { PayingRules } from '#domain/payment-methods.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { typedText } from '#domain/typed-text.ts';
import { which } from './input.ts';
import {
  activeInstruments,
  activeOf,
  assertAllowed,
  changeable,
  type Instrument,
  makeAutomatic,
} from './instruments.ts';

/** An automatic payment that a customer's record refuses. */
export interface RefusedAutopay {
  readonly id: number;
  readonly method: AutopayMethod;
  readonly bankOrBrand: string;
  /** Why, in the operator's words. */
  readonly words: string;
}

/**
 * The active automatic payments of a customer that paying rules refuse: those of the record as it
 * is, or as it is about to be saved. Who saves such rules offers to end these.
 */
export async function refusedAutopays(
  db: Db,
  customerId: number,
  rules: PayingRules,
  today: CivilDate,
): Promise<RefusedAutopay[]> {
  const rows = await activeInstruments(db, customerId, today)
    .select(['id', 'method', 'bank_or_brand as bankOrBrand'])
    .orderBy('id')
    .execute();
  return rows.flatMap((row) => {
    const words = autopayRefusal(row.method, rules);
    return words === null ? [] : [{ ...row, words }];
  });
}

/**
 * Ends automatic payments of a customer from today, in the transaction of another command. When the
 * automatic one is among them the newest of those left takes its place.
 * @returns how many ended; those that had ended before do not count
 */
export async function endAutopays(
  ctx: CommandContext,
  customerId: number,
  ids: readonly number[],
  reason: string,
): Promise<number> {
  const active = await activeOf(ctx, customerId);
  const ending = active.filter(({ id }) => ids.includes(id));
  for (const one of ending) endOne(ctx, one, reason);
  const left = active.filter((one) => !ending.includes(one));
  if (left.length > 0 && !left.some(({ automatic }) => automatic === 1)) makeAutomatic(ctx, left, left[0]!.id, reason);
  return ending.length;
}

function endOne(ctx: CommandContext, one: Instrument, reason: string): void {
  ctx.audit({
    entity: 'AutopayInstruction',
    entityId: one.id,
    customerId: one.customer.id,
    changes: {
      endedOn: [one.endedOn ?? null, ctx.today],
      ...(one.automatic === 1 && { automatic: [1, 0] }),
    },
    ...(reason !== '' && { reason }),
  });
  ctx.em.assign(one, { endedOn: ctx.today, automatic: 0 });
}

/** What a change of an instrument answers with. */
export interface AutopayReceipt {
  readonly autopayId: number;
  readonly version: number;
}

export const endAutopay = command({
  name: 'autopay.end',
  summary: 'End an automatic payment from today: nothing more is drawn from it',
  permission: 'autopay.edit',
  input: z.object({ ...which, reason: typedText(200).trim().default('') }),
  subject: ({ customerId }) => ({ customerId }),
  run: async (ctx, { reason, ...input }): Promise<AutopayReceipt> => {
    const instrument = await changeable(ctx, input);
    const ended = await endAutopays(ctx, input.customerId, [instrument.id], reason);
    if (ended === 0) throw new Failure('refused', 'It has ended already.');
    await ctx.em.flush();
    return { autopayId: instrument.id, version: instrument.version };
  },
});

/** Takes an ended one up again: for who ended the wrong one. */
export const restoreAutopay = command({
  name: 'autopay.restore',
  summary: 'Take up an automatic payment again that was ended',
  permission: 'autopay.edit',
  input: z.object({ ...which, automatic: z.boolean().default(false) }),
  subject: ({ customerId }) => ({ customerId }),
  run: async (ctx, { automatic, ...input }): Promise<AutopayReceipt> => {
    const instrument = await changeable(ctx, input);
    const { endedOn = null } = instrument;
    if (endedOn === null || endedOn > ctx.today) throw new Failure('refused', 'It has not ended.');
    await assertAllowed(ctx.db, input.customerId, instrument.method);
    const others = await activeOf(ctx, input.customerId);
    instrument.endedOn = null;
    ctx.audit({
      entity: 'AutopayInstruction',
      entityId: instrument.id,
      customerId: input.customerId,
      changes: { endedOn: [endedOn, null] },
    });
    if (automatic || others.length === 0) makeAutomatic(ctx, [...others, instrument], instrument.id);
    await ctx.em.flush();
    return { autopayId: instrument.id, version: instrument.version };
  },
});
