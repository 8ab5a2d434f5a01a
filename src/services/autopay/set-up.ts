import type { AutopayMethod, BankAccountType } from '#domain/autopay.ts';
import type { CommandContext } from '../operation.ts';
import type { AutopayReceipt } from './end.ts';
import { activeOf, makeAutomatic } from './instruments.ts';
import type { checkedTerms } from './terms.ts';

/** What is kept of a new instrument, and told to the trail. */
interface NewInstrument extends ReturnType<typeof checkedTerms> {
  readonly method: AutopayMethod;
  readonly bankOrBrand: string;
  readonly accountType?: BankAccountType;
  readonly routingNumber?: string;
  readonly expiresIn?: string | null;
}

interface Placing {
  readonly id: number;
  readonly customerId: number;
  /** Of what is sealed under the id already, and of what kind that is. */
  readonly last4: string;
  readonly sealed: string;
  /** Drawn from by itself, as the only one is in any case. */
  readonly automatic: boolean;
}

/** Puts a new instrument in place, whose number or token is sealed, and tells the trail. */
export async function setUp(
  ctx: CommandContext,
  { id, customerId, last4, sealed, automatic }: Placing,
  facts: NewInstrument,
): Promise<AutopayReceipt> {
  const others = await activeOf(ctx, customerId);
  const row = { id, customer: customerId, last4, ...facts, automatic: 0, startedOn: ctx.today } as const;
  const instrument = ctx.em.create(ctx.e.AutopayInstruction, row);
  ctx.audit({
    entity: 'AutopayInstruction',
    entityId: id,
    customerId,
    changes: {
      ...Object.fromEntries(Object.entries(facts).map(([field, value]) => [field, [null, value]])),
      [sealed]: [null, '•'],
    },
  });
  if (automatic || others.length === 0) makeAutomatic(ctx, [...others, instrument], id);
  await ctx.em.flush();
  return { autopayId: id, version: instrument.version };
}
