import { expressionBuilder } from 'kysely';
import type { Db, Schema } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { againFrom, lateBefore, type PenaltyItem, type PenaltyTerms } from '#domain/penalty.ts';

/** Whom a run looks at; an empty list is everybody. Codes. */
export interface RunFilters {
  readonly cycles: readonly string[];
  readonly routes: readonly string[];
  readonly classes: readonly string[];
}

/** A late debt and whose it is. */
export interface LateItem extends PenaltyItem {
  readonly accountId: number;
  readonly customerId: number;
}

/** Debts that are never penalised: money that goes back, what is asked for deposits, what is not the customer's use. */
const NEVER = ['deposit_charge', 'deposit_refund', 'refund'] as const;

/** Items of one page: its customers are read whole. */
const PAGE = 50_000;

/** The debt that its penalties are looked for. */
const debt = expressionBuilder<{ l: Schema['ledger_line'] }, 'l'>();

/** Penalties that were posted on a debt already, too lately for another. */
const penalised = (db: Db, terms: PenaltyTerms, runOn: CivilDate) => {
  const since = againFrom(terms, runOn);
  return db
    .selectFrom('penalty_item as i')
    .innerJoin('penalty_candidate as p', 'p.id', 'i.candidate_id')
    .innerJoin('penalty_run as r', 'r.id', 'p.run_id')
    .select('i.id')
    .where('i.debit_line_id', '=', debt.ref('l.id'))
    .where('p.transaction_id', 'is not', null)
    .$if(since !== null, (q) => q.where('r.run_on', '>', since!));
};

function pageOf(
  db: Db,
  asked: { terms: PenaltyTerms; filters: RunFilters; runOn: CivilDate },
  after: number,
): Promise<LateItem[]> {
  const { terms, filters, runOn } = asked;
  const { cycles, routes, classes } = filters;
  const narrowed = cycles.length + routes.length + classes.length > 0;
  return (
    db
      .selectFrom('ledger_line as l')
      .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
      .leftJoin('service_type as s', 's.id', 'l.service_type_id')
      .select(['l.id as lineId', 'l.account_id as accountId', 'l.customer_id as customerId'])
      .select(['l.open_cents as openCents', 's.code as service'])
      // Written out, not bound: the partial index is used only for this very condition.
      .where((eb) => eb('l.open_cents', '<>', eb.lit(0)))
      .where('l.customer_id', '>', after)
      .where('l.effect', '=', 1)
      .where('l.due_on', '<', lateBefore(terms, runOn))
      .where('t.status', '=', 'posted')
      .where('t.kind', 'not in', terms.onPenalties === 1 ? [...NEVER] : [...NEVER, 'penalty'])
      .$if(terms.basis === 'services', (q) =>
        q.where('s.code', 'in', terms.services.length > 0 ? terms.services : ['']),
      )
      .$if(terms.basis === 'current_bill', (q) =>
        q.where('t.effective_on', '=', (eb) =>
          eb
            .selectFrom('ledger_transaction as bill')
            .select((s) => s.fn.max('bill.effective_on').as('day'))
            .whereRef('bill.account_id', '=', 'l.account_id')
            .where('bill.kind', '=', 'charge')
            .where('bill.status', '=', 'posted'),
        ),
      )
      .$if(narrowed, (q) =>
        q.where((eb) =>
          eb.exists(
            eb
              .selectFrom('account as a')
              .innerJoin('location as o', 'o.id', 'a.location_id')
              .leftJoin('cycle as y', 'y.id', 'o.cycle_id')
              .leftJoin('route as u', 'u.id', 'o.route_id')
              .leftJoin('revenue_class as v', 'v.id', 'o.revenue_class_id')
              .select('a.id')
              .whereRef('a.id', '=', 'l.account_id')
              .$if(cycles.length > 0, (w) => w.where('y.code', 'in', [...cycles]))
              .$if(routes.length > 0, (w) => w.where('u.code', 'in', [...routes]))
              .$if(classes.length > 0, (w) => w.where('v.code', 'in', [...classes])),
          ),
        ),
      )
      .where((eb) => eb.not(eb.exists(penalised(db, terms, runOn))))
      .orderBy('l.customer_id')
      .orderBy('l.account_id')
      .orderBy('l.id')
      .limit(PAGE)
      .execute()
  );
}

/** Late debts of a run, customer by customer, in pages whose customers are whole. */
export async function* lateItems(
  db: Db,
  asked: { terms: PenaltyTerms; filters: RunFilters; runOn: CivilDate },
): AsyncGenerator<LateItem[]> {
  let after = 0;
  for (;;) {
    const page = await pageOf(db, asked, after);
    if (page.length < PAGE) {
      if (page.length > 0) yield page;
      return;
    }
    // One customer has no 50,000 late debts: there is another before the last one.
    const last = page.at(-1)!.customerId;
    const whole = page.filter(({ customerId }) => customerId !== last);
    if (whole.length === 0) throw new Error(`customer ${last} has too many late debts`);
    after = whole.at(-1)!.customerId;
    yield whole;
  }
}
