import { z } from 'zod';
import { isCivilDate } from '#domain/civil-date.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { shortText, typedText } from '#domain/typed-text.ts';
import type { AutopayReceipt } from './end.ts';
import { which } from './input.ts';
import { activeOf, assertActive, assertAllowed, changeable, type Instrument, makeAutomatic } from './instruments.ts';
import { change } from './terms.ts';

interface Which {
  readonly customerId: number;
  readonly autopayId: number;
  readonly version: number;
}

async function active(ctx: CommandContext, input: Which): Promise<Instrument> {
  const instrument = await changeable(ctx, input);
  assertActive(instrument, ctx.today);
  return instrument;
}

async function saved(ctx: CommandContext, instrument: Instrument): Promise<AutopayReceipt> {
  await ctx.em.flush();
  return { autopayId: instrument.id, version: instrument.version };
}

export const suspendAutopay = command({
  name: 'autopay.suspend',
  summary: 'Suspend an automatic payment: nothing is drawn until it is resumed',
  permission: 'autopay.edit',
  input: z.object({
    ...which,
    reason: typedText(200).trim().min(1, 'Say why.'),
    since: shortText(10)
      .refine(isCivilDate, 'No such day; write it as 2026-11-21.')
      .nullable()
      .optional()
      .describe('a resumption is taken back: the day since which it had been suspended'),
  }),
  subject: ({ customerId }) => ({ customerId }),
  run: async (ctx, { reason, since, ...input }): Promise<AutopayReceipt> => {
    const instrument = await active(ctx, input);
    if (instrument.suspendedOn) throw new Failure('refused', `It is suspended since ${instrument.suspendedOn}.`);
    if (since && since > ctx.today) throw new Failure('invalid', 'It cannot be suspended since a later day.');
    change(ctx, instrument, { suspendedOn: since ?? ctx.today, suspendedReason: reason });
    return saved(ctx, instrument);
  },
});

export const resumeAutopay = command({
  name: 'autopay.resume',
  summary: 'Resume a suspended automatic payment',
  permission: 'autopay.edit',
  input: z.object(which),
  subject: ({ customerId }) => ({ customerId }),
  run: async (ctx, input): Promise<AutopayReceipt> => {
    const instrument = await active(ctx, input);
    if (!instrument.suspendedOn) throw new Failure('refused', 'It is not suspended.');
    await assertAllowed(ctx.db, input.customerId, instrument.method);
    change(ctx, instrument, { suspendedOn: null, suspendedReason: null });
    return saved(ctx, instrument);
  },
});

export const setAutomatic = command({
  name: 'autopay.setAutomatic',
  summary: 'Draw from this instrument by itself; the others of the customer wait',
  permission: 'autopay.edit',
  input: z.object(which),
  subject: ({ customerId }) => ({ customerId }),
  run: async (ctx, input): Promise<AutopayReceipt> => {
    const instrument = await active(ctx, input);
    await assertAllowed(ctx.db, input.customerId, instrument.method);
    if (instrument.automatic === 1) throw new Failure('refused', 'It is the automatic one already.');
    makeAutomatic(ctx, await activeOf(ctx, input.customerId), instrument.id);
    return saved(ctx, instrument);
  },
});
