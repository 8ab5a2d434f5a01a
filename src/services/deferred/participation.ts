import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { type DeferredTrigger, participates, type SignUp, termsInWords } from '#domain/deferred.ts';
import { type Cents, formatCents } from '#domain/money.ts';
import { query, type QueryContext } from '../operation.ts';
import { chargeOf } from './charges.ts';

/** A customer and an active deferred charge. */
export interface Participation {
  readonly charge: string;
  readonly name: string;
  readonly signUp: SignUp;
  readonly trigger: DeferredTrigger;
  /** What it asks for, in words. */
  readonly amount: string;
  readonly participates: boolean;
  /** The customer's own decision; null: the sign-up of the charge decides. */
  readonly decided: { readonly on: CivilDate; readonly by: string } | null;
  /** Of the decision; 0: there is none yet. */
  readonly version: number;
  /** Charged since the year began, without what was taken back. */
  readonly givenCents: Cents;
}

export const listParticipation = query({
  name: 'deferred.participation',
  summary: 'Active deferred charges in their order, whether a customer takes part, and what that came to this year',
  permission: 'customers.read',
  input: z.object({ customerId: z.int().positive() }),
  subject: ({ customerId }) => ({ customerId }),
  run: (ctx, { customerId }) => participationOf(ctx, customerId),
});

/** The list of one customer. */
export async function participationOf(
  { db, today }: Pick<QueryContext, 'db' | 'today'>,
  customerId: number,
): Promise<Participation[]> {
  const rows = await db
    .selectFrom('code_value as v')
    .leftJoin('deferred_participation as p', (on) =>
      on.onRef('p.charge', '=', 'v.code').on('p.customer_id', '=', customerId),
    )
    .select(['v.code', 'v.name', 'v.active', 'v.attributes'])
    .select(['p.participates as yes', 'p.changed_on as on', 'p.changed_by as by', 'p.version'])
    .where('v.table_name', '=', 'deferred_charge')
    .where('v.active', '=', 1)
    .orderBy('v.sort')
    .orderBy('v.code')
    .execute();
  if (rows.length === 0) return [];
  const given = await givenSince(db, customerId, `${today.slice(0, 4)}-01-01`);
  return rows.map(({ yes, on, by, version, ...row }) => {
    const { code, name, terms } = chargeOf(row);
    return {
      charge: code,
      name,
      signUp: terms.signUp,
      trigger: terms.trigger,
      amount: termsInWords(terms, formatCents),
      participates: participates(terms, yes ?? undefined),
      decided: on === null || by === null ? null : { on, by },
      version: version ?? 0,
      givenCents: given.get(code) ?? 0,
    };
  });
}

async function givenSince(db: Db, customerId: number, from: CivilDate): Promise<Map<string, Cents>> {
  const rows = await db
    .selectFrom('account as a')
    .innerJoin('deferred_posting as d', 'd.account_id', 'a.id')
    .innerJoin('ledger_transaction as t', 't.id', 'd.transaction_id')
    .select('d.charge')
    .select((eb) => eb.fn.sum<number>('t.amount_cents').as('cents'))
    .where('a.customer_id', '=', customerId)
    .where('d.reversed_by_id', 'is', null)
    .where('t.effective_on', '>=', from)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('ledger_transaction as r')
            .select('r.id')
            .whereRef('r.reverses_id', '=', 't.id')
            .where('r.status', '=', 'posted'),
        ),
      ),
    )
    .groupBy('d.charge')
    .execute();
  return new Map(rows.map(({ charge, cents }) => [charge, Number(cents)]));
}
