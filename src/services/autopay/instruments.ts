import type { Db } from '#db/schema.ts';
import { autopayRefusal, type AutopayMethod } from '#domain/autopay.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { PayingRules } from '#domain/payment-methods.ts';
import { refusedMethods } from '../accounts/refused-methods.ts';
import { Failure } from '../failure.ts';
import type { CommandContext } from '../operation.ts';

/** Instruments of a customer that have not ended: drawn from, waiting, or suspended. */
export const activeInstruments = (db: Db, customerId: number, today: CivilDate) =>
  db
    .selectFrom('autopay_instruction')
    .where('customer_id', '=', customerId)
    .where((eb) => eb.or([eb('ended_on', 'is', null), eb('ended_on', '>', today)]));

/** What a customer's record says about paying. @throws Failure `not_found` */
export async function payingRules(db: Db, customerId: number): Promise<PayingRules> {
  const row = await db
    .selectFrom('customer')
    .select(['no_payments as noPayments', 'no_checks as noChecks', 'disallowed_methods as disallowed'])
    .where('id', '=', customerId)
    .executeTakeFirst();
  if (!row) throw new Failure('not_found', 'No such record, or it is private.');
  return {
    noPayments: row.noPayments === 1,
    noChecks: row.noChecks === 1,
    disallowed: refusedMethods(row.disallowed),
  };
}

/** @throws Failure `refused` when the customer's record refuses the method */
export async function assertAllowed(db: Db, customerId: number, method: AutopayMethod): Promise<void> {
  const words = autopayRefusal(method, await payingRules(db, customerId));
  if (words !== null) throw new Failure('refused', words, { method: words });
}

/** An instrument of that customer, to be changed. */
export type Instrument = NonNullable<Awaited<ReturnType<typeof find>>>;

const find = ({ em, e }: CommandContext, id: number, customerId: number) =>
  em.findOne(e.AutopayInstruction, { id, customer: customerId });

/** @throws Failure `not_found`, or `conflict` when it has changed since that version */
export async function changeable(
  ctx: CommandContext,
  { autopayId, customerId, version }: { autopayId: number; customerId: number; version: number },
): Promise<Instrument> {
  const instrument = await find(ctx, autopayId, customerId);
  if (!instrument) throw new Failure('not_found', 'This customer has no such automatic payment.');
  if (instrument.version !== version) {
    throw new Failure('conflict', 'Somebody else has changed this automatic payment meanwhile. Nothing was saved.');
  }
  return instrument;
}

/** @throws Failure `refused` for one that has ended */
export function assertActive({ endedOn }: Instrument, today: CivilDate): void {
  if (endedOn && endedOn <= today) throw new Failure('refused', `This automatic payment ended on ${endedOn}.`);
}

/** All active ones with the automatic one first, then the newest. */
export async function activeOf({ em, e, today }: CommandContext, customerId: number): Promise<Instrument[]> {
  return em.find(
    e.AutopayInstruction,
    { customer: customerId, $or: [{ endedOn: null }, { endedOn: { $gt: today } }] },
    { orderBy: { automatic: 'desc', id: 'desc' } },
  );
}

/** `Bank draft First Bank ending 1234`: as the operator knows it, in messages. */
export const named = ({ method, bankOrBrand }: { method: AutopayMethod; bankOrBrand: string }): string =>
  `${method === 'draft' ? 'Bank draft' : 'Credit card'} ${bankOrBrand}`;

/** Makes one of the active instruments the automatic one, and no other; what changes is audited. */
export function makeAutomatic(
  ctx: CommandContext,
  active: readonly Instrument[],
  chosen: number,
  reason?: string,
): void {
  for (const one of active) {
    const automatic = one.id === chosen ? 1 : 0;
    if (one.automatic === automatic) continue;
    ctx.audit({
      entity: 'AutopayInstruction',
      entityId: one.id,
      customerId: one.customer.id,
      changes: { automatic: [one.automatic, automatic] },
      ...(reason === undefined ? {} : { reason }),
    });
    one.automatic = automatic;
  }
}
