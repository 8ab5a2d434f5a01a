import { z } from 'zod';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { inPayoffOrder } from '#domain/payoff.ts';
import { Failure } from '../failure.ts';
import { creditsOf, debtsOf, openItems, openSum } from '../ledger/open-items.ts';
import type { AccountRef } from '../ledger/rows.ts';
import { ledgerSettings } from '../ledger/settings.ts';
import { readableBy } from '../notes/readable.ts';
import { query, type QueryContext } from '../operation.ts';
import { type OfferedMethod, offeredMethods, payingAccounts, paymentMethods } from './methods.ts';

/** An open debt as the payment screen lists it, in payoff order. */
export interface PayableDebt {
  readonly debitLineId: number;
  readonly transactionId: number;
  readonly invoice: string | null;
  readonly kind: string;
  readonly serviceCode: string | null;
  /** What tells a tax or a fee from the service that it goes with. */
  readonly description: string | null;
  readonly effectiveOn: CivilDate;
  readonly dueOn: CivilDate | null;
  readonly openCents: Cents;
}

/** Everything that whoever takes a payment must see first (guide: domain §4.1). */
export interface PayableAccount {
  readonly accountId: number;
  readonly customerId: number;
  readonly number: string;
  readonly name: string;
  readonly address: string;
  readonly balanceCents: Cents;
  readonly unpostedCents: Cents;
  readonly pastDueCents: Cents;
  readonly openCreditCents: Cents;
  readonly methods: readonly OfferedMethod[];
  /** Why no payment may be taken at all, or null. */
  readonly blocked: string | null;
  readonly debts: readonly PayableDebt[];
  /** Payment center notes. */
  readonly notes: readonly { readonly id: number; readonly subject: string; readonly body: string }[];
  readonly unposted: readonly {
    readonly transactionId: number;
    readonly paymentId: number | null;
    readonly kind: string;
    readonly number: string | null;
    readonly effectiveOn: CivilDate;
    readonly amountCents: Cents;
    readonly by: string;
  }[];
}

export const payableAccount = query({
  name: 'payment.account',
  summary: 'What to see before a payment is taken: open charges, notes, unposted items, methods',
  permission: 'payments.enter',
  input: z.object({ accountId: z.number().int().positive() }),
  subject: ({ accountId }) => ({ accountId }),
  run: async (ctx, { accountId }): Promise<PayableAccount> => {
    const account = (await payingAccounts(ctx.db, [accountId])).get(accountId);
    if (!account) throw new Failure('not_found', 'There is no such account.');
    const settings = await ledgerSettings(ctx.db);
    const items = (await openItems(ctx.db, [account], settings.payoffClasses)).get(accountId)!;
    const debts = inPayoffOrder(debtsOf(items), settings.payoffRule);
    const { id, rules, ...facts } = account;
    const services = await ctx.db.selectFrom('service_type').select(['id', 'code']).execute();
    const codes = new Map(services.map((service) => [service.id, service.code]));
    const kinds = new Map(items.map((item) => [item.id, item.kind]));
    const described = await descriptionsOf(ctx, account);
    return {
      ...facts,
      accountId: id,
      address: await addressOf(ctx, accountId),
      pastDueCents: openSum(debts.filter(({ dueOn }) => dueOn !== null && dueOn < ctx.today)),
      openCreditCents: openSum(creditsOf(items)),
      methods: offeredMethods(await paymentMethods(ctx.db), [account]),
      blocked: rules.noPayments ? 'The customer’s record says: accept no payments.' : null,
      debts: debts.map((debt) => ({
        debitLineId: debt.id,
        transactionId: debt.transactionId,
        invoice: debt.invoice,
        kind: kinds.get(debt.id)!,
        serviceCode: debt.serviceTypeId === null ? null : (codes.get(debt.serviceTypeId) ?? null),
        description: described.get(debt.id) ?? null,
        effectiveOn: debt.effectiveOn,
        dueOn: debt.dueOn,
        openCents: debt.openCents,
      })),
      notes: await notesOf(ctx, accountId, account.customerId),
      unposted: await unpostedOf(ctx, accountId),
    };
  },
});

/** Descriptions of the open debts that have one. */
async function descriptionsOf({ db }: QueryContext, { id, customerId }: AccountRef): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('ledger_line')
    .select(['id', 'description'])
    .where('customer_id', '=', customerId)
    .where('account_id', '=', id)
    .where('open_cents', '<>', 0)
    .where('description', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.description!]));
}

async function addressOf({ db }: QueryContext, accountId: number): Promise<string> {
  const row = await db
    .selectFrom('account as a')
    .innerJoin('location as l', 'l.id', 'a.location_id')
    .select(['l.line1', 'l.city'])
    .where('a.id', '=', accountId)
    .executeTakeFirst();
  return row ? [row.line1, row.city].filter(Boolean).join(', ') : '';
}

/** Account and customer notes for the payment center, the newest first. */
function notesOf({ db, actor }: QueryContext, accountId: number, customerId: number) {
  return db
    .selectFrom('note')
    .select(['note.id', 'note.subject', 'note.body'])
    .where('note.payment_center', '=', 1)
    .where('note.customer_id', '=', customerId)
    .where(readableBy(actor))
    .where((eb) => eb.or([eb('note.level', '=', 'customer'), eb('note.account_id', '=', accountId)]))
    .orderBy('note.created_on', 'desc')
    .orderBy('note.id', 'desc')
    .limit(10)
    .execute();
}

function unpostedOf({ db }: QueryContext, accountId: number): Promise<PayableAccount['unposted'][number][]> {
  return db
    .selectFrom('ledger_transaction')
    .select([
      'id as transactionId',
      'payment_id as paymentId',
      'kind',
      'number',
      'effective_on as effectiveOn',
      'amount_cents as amountCents',
      'created_by as by',
    ])
    .where('account_id', '=', accountId)
    .where('status', '=', 'unposted')
    .orderBy('effective_on')
    .orderBy('id')
    .limit(50)
    .execute();
}
