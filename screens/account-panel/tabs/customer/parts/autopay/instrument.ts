import type { AutopayDetails } from '#services/autopay/list.ts';
import { resumeAutopay, suspendAutopay } from '#services/autopay/state.ts';
import { takingBack, undoably } from '#ui/undo.ts';
import type { PartContext } from '../part.ts';
import { type Done, instrumentOf } from './fields.ts';
import { TYPES } from './lines.ts';

export type Instrument = AutopayDetails;

export const named = ({ method, bankOrBrand, masked }: Instrument): string =>
  `${TYPES[method]} ${bankOrBrand} ${masked}`;

/** The instrument at the version that is shown, as operations take it. */
export const which = ({ customerId }: PartContext, { id, version }: Instrument) => ({
  customerId,
  autopayId: id,
  version,
});

/** Asks why, and suspends it; null when left. */
export const suspension = (ctx: PartContext, one: Instrument): Promise<Done | null> =>
  ctx.form<{ readonly reason: string }, Done>({
    title: `Suspend ${named(one)}`,
    version: one.version,
    draft: ctx.draft('autopay.suspend', one.id),
    verb: 'Suspend',
    today: ctx.today,
    initial: { reason: '' },
    fields: [
      {
        name: 'reason',
        label: 'Why',
        kind: 'text',
        required: true,
        maxLength: 200,
        help: 'Such as: returned R01, or as the customer asked.',
      },
    ],
    save: async ({ reason }) => {
      const receipt = await ctx.call(suspendAutopay, { ...which(ctx, one), reason });
      return { ...receipt, told: `Suspended: ${named(one)}.` };
    },
    undo: ({ version: made = 0 }) =>
      takingBack(instrumentOf(one.id), made, (version, how) =>
        ctx.call(resumeAutopay, { ...which(ctx, one), version }, how),
      ),
  });

/** Draws from a suspended one again. */
export async function resume(ctx: PartContext, one: Instrument): Promise<Done> {
  const { suspendedOn: since, suspendedReason: reason } = one;
  await undoably(ctx.undo, {
    title: `Resume ${named(one)}`,
    record: instrumentOf(one.id),
    version: one.version,
    run: () => ctx.call(resumeAutopay, which(ctx, one)),
    back: () => (version, how) =>
      ctx.call(suspendAutopay, { ...which(ctx, one), version, since, reason: reason || 'Not said' }, how),
  });
  return { autopayId: one.id, told: `Resumed: ${named(one)}.` };
}
