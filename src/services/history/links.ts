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
  /** `other side`: the same money on the account that it came from or went to. */
  readonly relation: 'reverses' | 'reversed by' | 'corrects' | 'corrected by' | 'other side';
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
  const targets = [reversesId, correctsId].filter((target) => target !== null);
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
