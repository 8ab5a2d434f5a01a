import type { CivilDate } from '#domain/civil-date.ts';
import { type Parameter, prepared } from '../prepared.ts';

/** Whose lists to fetch; null where the panel shows none. */
export interface ListKeys {
  readonly customerId: number | null;
  readonly locationId: number | null;
  readonly today: CivilDate;
}

/** Where a row of the lists comes from. */
export const SOURCE = { account: 1, resident: 2, customerCondition: 3, locationCondition: 4 } as const;

/** An account, or a special condition, as one shape of row. */
export interface ListRow {
  readonly source: number;
  readonly id: number;
  /** Account number; code of the condition. */
  readonly number: string;
  /** Activity; attributes of the condition's code, JSON. */
  readonly state: string | null;
  /** First line of the location; name of the condition. */
  readonly name: string | null;
  /** The customer's name; remarks on the condition. */
  readonly remarks: string | null;
  readonly startedOn: CivilDate;
  readonly endedOn: CivilDate | null;
  readonly shutoffOn: CivilDate | null;
  readonly balanceCents: number | null;
  readonly pastDueCents: number | null;
  /** The customer's Public flag. */
  readonly shown: number;
  readonly customerGroup: string | null;
  readonly customerId: number | null;
  readonly locationId: number | null;
}

/**
 * What the dashboard shows several of, in one statement: the customer's accounts, the
 * accounts at the location, and the special conditions in force on either.
 */
export const panelLists = prepared((db, p: Parameter<ListKeys>) => {
  const accounts = (source: number) =>
    db
      .selectFrom('account as a')
      .innerJoin('location as l', 'l.id', 'a.location_id')
      .innerJoin('customer as c', 'c.id', 'a.customer_id')
      .leftJoin('account_balance as b', 'b.account_id', 'a.id')
      .select((eb) => [
        eb.cast<number>(eb.lit(source), 'smallint').as('source'),
        'a.id',
        'a.number',
        eb.cast<string | null>('a.activity', 'text').as('state'),
        eb.cast<string | null>('l.line1', 'text').as('name'),
        'c.display_name as remarks',
        'a.moved_in_on as startedOn',
        'a.moved_out_on as endedOn',
        'a.shutoff_scheduled_on as shutoffOn',
        'b.balance_cents as balanceCents',
        'c.public as shown',
        'c.customer_group as customerGroup',
        'a.customer_id as customerId',
        'a.location_id as locationId',
        eb
          .selectFrom('ledger_line as x')
          .innerJoin('ledger_transaction as t', 't.id', 'x.transaction_id')
          .select((s) => s.fn.sum<number | null>('x.open_cents').as('n'))
          .whereRef('x.customer_id', '=', 'a.customer_id')
          .whereRef('x.account_id', '=', 'a.id')
          .where((s) => s('x.open_cents', '<>', s.lit(0)))
          .where('x.effect', '=', 1)
          .where('x.due_on', '<', p('today'))
          .where('t.status', '=', 'posted')
          .as('pastDueCents'),
      ])
      .$castTo<ListRow>();
  const conditions = (source: number) =>
    db
      .selectFrom('special_condition as s')
      .leftJoin('code_value as v', (j) => j.onRef('v.code', '=', 's.code').on('v.table_name', '=', 'special_condition'))
      .where((eb) => eb.or([eb('s.ended_on', 'is', null), eb('s.ended_on', '>=', p('today'))]))
      .select((eb) => [
        eb.cast<number>(eb.lit(source), 'smallint').as('source'),
        's.id',
        's.code as number',
        eb.cast<string | null>('v.attributes', 'text').as('state'),
        eb.cast<string | null>('v.name', 'text').as('name'),
        's.remarks as remarks',
        's.started_on as startedOn',
        's.ended_on as endedOn',
        eb.cast<string | null>(eb.lit(null), 'date').as('shutoffOn'),
        eb.cast<number | null>(eb.lit(null), 'bigint').as('balanceCents'),
        eb.cast<0 | 1>(eb.lit(1), 'smallint').as('shown'),
        eb.cast<string | null>(eb.lit(null), 'text').as('customerGroup'),
        's.customer_id as customerId',
        's.location_id as locationId',
        eb.cast<number | null>(eb.lit(null), 'bigint').as('pastDueCents'),
      ])
      .$castTo<ListRow>();
  return accounts(SOURCE.account)
    .where('a.customer_id', '=', p('customerId'))
    .unionAll(accounts(SOURCE.resident).where('a.location_id', '=', p('locationId')))
    .unionAll(conditions(SOURCE.customerCondition).where('s.customer_id', '=', p('customerId')))
    .unionAll(conditions(SOURCE.locationCondition).where('s.location_id', '=', p('locationId')));
});
