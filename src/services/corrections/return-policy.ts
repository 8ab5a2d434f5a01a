import { addDays, addMonths } from '#domain/civil-date.ts';
import { Failure } from '../failure.ts';
import { loadOptions } from '../options/operations.ts';
import type { CorrectionContext } from './context.ts';

/** Returned items of a customer in the twelve months up to today: each tender once. */
export async function returnsInYear(ctx: CorrectionContext, customerId: number): Promise<number> {
  const rows = await ctx.db
    .selectFrom('ledger_transaction')
    .select(['id', 'tender_id as tenderId'])
    .where('customer_id', '=', customerId)
    .where('kind', '=', 'nsf')
    .where('status', '=', 'posted')
    .where('effective_on', '>=', addDays(addMonths(ctx.today, -12), 1))
    .execute();
  return new Set(rows.map(({ id, tenderId }) => (tenderId === null ? `transaction ${id}` : tenderId))).size;
}

/** After so many returned items the customer's checks are no longer accepted (guide: domain §4.3). */
export async function refuseChecksAfterReturns(ctx: CorrectionContext, customerId: number): Promise<void> {
  const { nsfLimit } = await loadOptions(ctx.db);
  if (nsfLimit === 0) return;
  const returns = await returnsInYear(ctx, customerId);
  if (returns < nsfLimit) return;
  const customer = await ctx.em.findOne(ctx.e.Customer, customerId);
  if (!customer) throw new Failure('not_found', 'There is no such customer.');
  if (customer.noChecks === 1) return;
  customer.noChecks = 1;
  await ctx.em.flush();
  const reason = `${returns} returned items in twelve months`;
  ctx.warn(`${reason}: checks are no longer accepted.`);
  ctx.audit({ entity: 'Customer', entityId: customerId, customerId, changes: { noChecks: [0, 1] }, reason });
}
