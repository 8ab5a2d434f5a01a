import { expressionBuilder } from 'kysely';
import type { Db, Schema } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { shownCustomer } from '../shown.ts';
import type { Sight } from '../sight.ts';

interface Outer {
  a: Schema['account'];
  c: Schema['customer'];
  l: Schema['location'];
}

/** The tables of the dashboard's row that its parts refer to. */
const outer = expressionBuilder<Outer, 'a' | 'c' | 'l'>();

/** Open work at the location, that of customers who may not be seen left out. */
const openOrders = (db: Db, sight: Sight) =>
  db
    .selectFrom('service_order as x')
    .where('x.location_id', '=', outer.ref('l.id'))
    .where('x.status', '=', 'open')
    .where((eb) =>
      eb.or([eb('x.customer_id', 'is', null), eb.exists(shownCustomer(db, eb.ref('x.customer_id'), sight))]),
    );

const latestOfKind = (db: Db, kind: 'charge' | 'payment') =>
  db
    .selectFrom('ledger_transaction as x')
    .select('x.id')
    .where('x.kind', '=', kind)
    .orderBy('x.effective_on', 'desc')
    .orderBy('x.id', 'desc')
    .limit(1);

type Latest = ReturnType<typeof latestOfKind>;

/**
 * Seed: the card tells of the latest activity of the selected account, as its history does; of
 * the whole customer only where no account is selected.
 */
const ofAccountElseCustomer = (latest: Latest) =>
  outer
    .case()
    .when('a.id', 'is not', null)
    .then(latest.where('x.account_id', '=', outer.ref('a.id')))
    .else(latest.where('x.customer_id', '=', outer.ref('c.id')))
    .end();

/** Ids of the single rows that hang on the dashboard: the primary address, the last payment … */
export const singleRows = (db: Db, today: CivilDate, sight: Sight) => ({
  address: db
    .selectFrom('customer_address as x')
    .select('x.id')
    .where('x.customer_id', '=', outer.ref('c.id'))
    .orderBy('x.is_primary', 'desc')
    .orderBy('x.id')
    .limit(1),
  phone: db
    .selectFrom('customer_phone as x')
    .select('x.id')
    .where('x.customer_id', '=', outer.ref('c.id'))
    .orderBy('x.is_primary', 'desc')
    .orderBy('x.id')
    .limit(1),
  email: db
    .selectFrom('customer_email as x')
    .select('x.id')
    .where('x.customer_id', '=', outer.ref('c.id'))
    .orderBy('x.is_primary', 'desc')
    .orderBy('x.id')
    .limit(1),
  autopay: db
    .selectFrom('autopay_instruction as x')
    .select('x.id')
    .where('x.customer_id', '=', outer.ref('c.id'))
    .where((eb) => eb.or([eb('x.ended_on', 'is', null), eb('x.ended_on', '>', today)]))
    .orderBy('x.automatic', 'desc')
    .orderBy('x.id', 'desc')
    .limit(1),
  placement: db
    .selectFrom('collection_placement as x')
    .select('x.id')
    .where('x.customer_id', '=', outer.ref('c.id'))
    .where('x.recalled_on', 'is', null)
    .orderBy('x.id', 'desc')
    .limit(1),
  arrangement: db
    .selectFrom('arrangement as x')
    .select('x.id')
    .where('x.account_id', '=', outer.ref('a.id'))
    .where('x.status', '=', 'active')
    .orderBy('x.id', 'desc')
    .limit(1),
  lastCharge: ofAccountElseCustomer(latestOfKind(db, 'charge').where('x.status', '=', 'posted')),
  lastPayment: ofAccountElseCustomer(latestOfKind(db, 'payment')),
  order: openOrders(db, sight).select('x.id').orderBy('x.opened_on').orderBy('x.id').limit(1),
  lien: db
    .selectFrom('lien as x')
    .select('x.id')
    .where('x.location_id', '=', outer.ref('l.id'))
    .where('x.released_on', 'is', null)
    .orderBy('x.placed_on')
    .orderBy('x.id')
    .limit(1),
});

/** Open posted debits of the customer on all accounts that were due before today. */
const lateLines = (db: Db, today: CivilDate) =>
  db
    .selectFrom('ledger_line as x')
    .innerJoin('ledger_transaction as t', 't.id', 'x.transaction_id')
    .where('x.customer_id', '=', outer.ref('c.id'))
    // Written out, not bound: the partial index is used only for this very condition.
    .where((eb) => eb('x.open_cents', '<>', eb.lit(0)))
    .where('x.effect', '=', 1)
    .where('x.due_on', '<', today)
    .where('t.status', '=', 'posted');

const writeOffs = (db: Db) =>
  db
    .selectFrom('ledger_transaction as x')
    .where('x.customer_id', '=', outer.ref('c.id'))
    .where('x.kind', 'in', ['write_off', 'write_off_reinstate'])
    .where('x.status', '=', 'posted');

/** The latest write-off; the sum is worth its scan only where there is one. */
export const lastWriteOff = (db: Db) =>
  writeOffs(db).select('x.id').orderBy('x.effective_on', 'desc').orderBy('x.id', 'desc').limit(1);

export const writtenOff = (db: Db) => writeOffs(db).select((eb) => eb.fn.sum<number | null>('x.amount_cents').as('n'));

/** Sums and counts over the rows that hang on the dashboard. */
export const totals = (db: Db, today: CivilDate, sight: Sight) => ({
  balance: db
    .selectFrom('account_balance as x')
    .select((eb) => eb.fn.sum<number | null>('x.balance_cents').as('n'))
    .where('x.customer_id', '=', outer.ref('c.id')),
  unposted: db
    .selectFrom('account_balance as x')
    .select((eb) => eb.fn.sum<number | null>('x.unposted_cents').as('n'))
    .where('x.customer_id', '=', outer.ref('c.id')),
  pastDue: lateLines(db, today).select((eb) => eb.fn.sum<number | null>('x.open_cents').as('n')),
  oldestDueOn: lateLines(db, today).select((eb) => eb.fn.min<string | null>('x.due_on').as('n')),
  oldestLateId: lateLines(db, today).select('t.id').orderBy('x.due_on').orderBy('x.id').limit(1),
  graceOn: db
    .selectFrom('note as x')
    .select((eb) => eb.fn.max<string | null>('x.grace_on').as('n'))
    .where('x.customer_id', '=', outer.ref('c.id'))
    .where('x.grace_on', '>=', today)
    .where('x.removed_at', 'is', null)
    .where((eb) => eb.or([eb('x.account_id', 'is', null), eb('x.account_id', '=', outer.ref('a.id'))])),
  customerContacts: db
    .selectFrom('contact as x')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('x.customer_id', '=', outer.ref('c.id')),
  locationContacts: db
    .selectFrom('contact as x')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('x.location_id', '=', outer.ref('l.id')),
  openOrders: openOrders(db, sight).select((eb) => eb.fn.countAll<number>().as('n')),
  liens: db
    .selectFrom('lien as x')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('x.location_id', '=', outer.ref('l.id'))
    .where('x.released_on', 'is', null),
});
