import type { AutopayDetails } from '#services/autopay/list.ts';
import { suspendAutopay } from '#services/autopay/state.ts';
import type { PartContext } from '../part.ts';
import type { Done } from './fields.ts';
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
    title: `Suspend: ${named(one)}`,
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
      await ctx.call(suspendAutopay, { ...which(ctx, one), reason });
      return { autopayId: one.id, told: `Suspended: ${named(one)}.` };
    },
  });
