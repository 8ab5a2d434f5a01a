import { z } from 'zod';
import { participates } from '#domain/deferred.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { shortText } from '#domain/typed-text.ts';
import { type DeferredCharge, deferredCharges } from './charges.ts';

/** A decision as it is kept now. */
export interface ParticipationReceipt {
  readonly charge: string;
  readonly participates: boolean;
  readonly version: number;
}

/** A customer joins a deferred charge or leaves it, whatever its sign-up says of those who said nothing. */
export const participate = command({
  name: 'deferred.participate',
  summary: 'Let a customer take part in a deferred charge, or no longer',
  permission: 'customers.edit',
  input: z.object({
    customerId: z.int().positive(),
    charge: shortText(40).min(1, 'Name the deferred charge.').describe('code of table deferred_charge'),
    participates: z.boolean().nullable().describe('null: as the sign-up says of those who have said nothing'),
    version: z.int().nonnegative().describe('of the decision that was read; 0 where there was none'),
  }),
  subject: ({ customerId }) => ({ customerId }),
  run: async (ctx, { customerId, charge, participates: wanted, version }): Promise<ParticipationReceipt> => {
    const { em, e } = ctx;
    const { code, terms } = chargeNamed(await deferredCharges(ctx.db, true), charge);
    const row = await em.findOne(e.DeferredParticipation, { customer: customerId, charge: code });
    if ((row?.version ?? 0) !== version) {
      throw new Failure('conflict', 'Somebody else has decided this for the customer meanwhile. Nothing was saved.');
    }
    const before = participates(terms, row?.participates);
    if (wanted === null) {
      if (!row) return { charge: code, participates: before, version };
      const after = participates(terms, undefined);
      em.remove(row);
      await em.flush();
      tell(ctx, customerId, code, [before, after]);
      return { charge: code, participates: after, version: 0 };
    }
    const said = {
      participates: wanted ? (1 as const) : (0 as const),
      changedOn: ctx.today,
      changedAt: ctx.now,
      changedBy: ctx.actor.username,
    };
    if (row && before === wanted) return { charge: code, participates: wanted, version };
    const kept =
      row ??
      em.create(e.DeferredParticipation, {
        id: ctx.newId(),
        customer: em.getReference(e.Customer, customerId),
        charge: code,
        ...said,
      });
    if (row) em.assign(row, said);
    await em.flush();
    tell(ctx, customerId, code, [before, wanted]);
    return { charge: code, participates: wanted, version: kept.version };
  },
});

function tell(
  ctx: CommandContext,
  customerId: number,
  code: string,
  [before, after]: readonly [boolean, boolean],
): void {
  ctx.audit({
    entity: 'Customer',
    entityId: customerId,
    customerId,
    changes: { [`deferred charge ${code}`]: [inWords(before), inWords(after)] },
  });
}

const inWords = (yes: boolean): string => (yes ? 'takes part' : 'does not take part');

function chargeNamed(charges: readonly DeferredCharge[], code: string): DeferredCharge {
  const found = charges.find((one) => one.code === code);
  if (!found) throw new Failure('invalid', 'There is no such deferred charge.', { charge: 'No such deferred charge.' });
  if (found.active === 0) throw new Failure('refused', `${found.name} is not active any more.`);
  return found;
}
