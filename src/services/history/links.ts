import type { TransactionKind } from '#db/entities/ledger.ts';
import type { Db } from '#db/schema.ts';
import type { QueryContext } from '../operation.ts';
import { seesAll, visible } from '../sight.ts';

/** Another transaction that this one is tied to. */
export interface LinkedTransaction {
  readonly id: number;
  readonly accountId: number;
  readonly kind: TransactionKind;
  readonly number: string | null;
  readonly effectiveOn: string;
  readonly accountNumber: string;
  readonly amountCents: number;
  /**
   * `other side`: the same money on the account that it came from or went to; the last two: a
   * deferred charge and the payment after which it was charged.
   */
  readonly relation:
    | 'reverses'
    | 'reversed by'
    | 'corrects'
    | 'corrected by'
    | 'other side'
    | 'follows'
    | 'followed by';
}

interface Links {
  readonly id: number;
  readonly customerId: number;
  readonly reversesId: number | null;
  readonly correctsId: number | null;
  readonly counterpartId: number | null;
}

const linked = (db: Db) =>
  db
    .selectFrom('ledger_transaction as t')
    .innerJoin('account as a', 'a.id', 't.account_id')
    .select([
      't.id',
      't.account_id as accountId',
      'a.number as accountNumber',
      't.kind',
      't.number',
      't.effective_on as effectiveOn',
      't.amount_cents as amountCents',
    ]);

/** Both directions; backwards within the customer, whose index the ledger has. */
export async function linksOf(ctx: QueryContext, of: Links): Promise<LinkedTransaction[]> {
  const { id, customerId, reversesId, correctsId, counterpartId } = of;
  const { after, before } = await deferredOf(ctx, id);
  const targets = [reversesId, correctsId, ...after, ...before].filter((target) => target !== null);
  const rows = await linked(ctx.db)
    .select(['t.reverses_id as reverses', 't.corrects_id as corrects'])
    .where('t.customer_id', '=', customerId)
    .where((eb) =>
      eb.or([
        eb('t.reverses_id', '=', id),
        eb('t.corrects_id', '=', id),
        ...(targets.length > 0 ? [eb('t.id', 'in', targets)] : []),
      ]),
    )
    .orderBy('t.effective_on')
    .orderBy('t.id')
    .execute();
  const otherSide = counterpartId === null ? [] : await counterpart(ctx, counterpartId);
  const own = rows.flatMap(({ reverses, corrects, ...row }): LinkedTransaction[] => [
    ...(row.id === reversesId ? [{ ...row, relation: 'reverses' as const }] : []),
    ...(row.id === correctsId ? [{ ...row, relation: 'corrects' as const }] : []),
    ...(reverses === id ? [{ ...row, relation: 'reversed by' as const }] : []),
    ...(corrects === id ? [{ ...row, relation: 'corrected by' as const }] : []),
    ...(before.has(row.id) ? [{ ...row, relation: 'follows' as const }] : []),
    ...(after.has(row.id) ? [{ ...row, relation: 'followed by' as const }] : []),
  ]);
  return [...own, ...otherSide];
}

/** The other side may be of another customer: only who may see them is told of it. */
async function counterpart({ db, sight }: QueryContext, id: number): Promise<LinkedTransaction[]> {
  const rows = await linked(db)
    .innerJoin('customer as c', 'c.id', 't.customer_id')
    .where('t.id', '=', id)
    .$if(!seesAll(sight), (q) =>
      q.where((eb) => visible(sight, { public: eb.ref('c.public'), group: eb.ref('c.customer_group') })),
    )
    .execute();
  return rows.map((row) => ({ ...row, relation: 'other side' }));
}

/** Deferred charges that followed a payment, and the payment that one of them followed. */
async function deferredOf(
  { db }: QueryContext,
  id: number,
): Promise<{ readonly after: ReadonlySet<number>; readonly before: ReadonlySet<number> }> {
  const rows = await db
    .selectFrom('deferred_posting')
    .select(['trigger_id as payment', 'transaction_id as charge'])
    .where((eb) => eb.or([eb('trigger_id', '=', id), eb('transaction_id', '=', id)]))
    .execute();
  return {
    after: new Set(rows.filter(({ payment }) => payment === id).map(({ charge }) => charge)),
    before: new Set(rows.filter(({ charge }) => charge === id).map(({ payment }) => payment)),
  };
}
