import type { Db, Schema } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { type Actor, may } from '../actor.ts';
import { Failure } from '../failure.ts';
import { paymentMethods } from '../payments/methods.ts';
import type { QueryContext } from '../operation.ts';

/** A drawer of money. */
export interface DrawerRow {
  readonly id: number;
  readonly number: string;
  readonly username: string;
  readonly status: 'open' | 'closed';
  readonly openedOn: CivilDate;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly floatCents: Cents;
  readonly countedCents: Cents | null;
  readonly expectedCents: Cents | null;
  readonly overShortCents: Cents | null;
  readonly reason: string | null;
  readonly version: number;
}

export const drawerColumns = [
  'id',
  'number',
  'username',
  'status',
  'opened_on as openedOn',
  'opened_at as openedAt',
  'closed_at as closedAt',
  'float_cents as floatCents',
  'counted_cents as countedCents',
  'expected_cents as expectedCents',
  'over_short_cents as overShortCents',
  'reason',
  'version',
] as const;

/** Whether somebody may look into the drawers of others. */
export const seesDrawersOfOthers = (actor: Actor): boolean => may(actor, 'drawers.read');

/** @throws Failure `not_found`, the same for a drawer of somebody else that may not be seen */
export async function drawerById({ db, actor }: Pick<QueryContext, 'db' | 'actor'>, id: number): Promise<DrawerRow> {
  const row = await db.selectFrom('cash_drawer').select(drawerColumns).where('id', '=', id).executeTakeFirst();
  if (!row || (row.username !== actor.username && !seesDrawersOfOthers(actor))) {
    throw new Failure('not_found', 'There is no such drawer, or it is another user’s.');
  }
  return row as DrawerRow;
}

/** The user's open drawer. */
export async function openDrawerOf(db: Db, username: string): Promise<DrawerRow | null> {
  const row = await db
    .selectFrom('cash_drawer')
    .select(drawerColumns)
    .where('username', '=', username)
    .where('status', '=', 'open')
    .executeTakeFirst();
  return (row as DrawerRow | undefined) ?? null;
}

/** What was taken into a drawer by one method. */
export interface DrawerMethod {
  readonly method: string;
  readonly name: string;
  readonly cash: boolean;
  readonly count: number;
  readonly cents: Cents;
}

/** Tenders of the payments of a drawer by method, those not posted yet included. */
export async function methodsOf(db: Db, drawerId: number): Promise<DrawerMethod[]> {
  const rows = await db
    .selectFrom('payment as p')
    .innerJoin('tender as t', 't.payment_id', 'p.id')
    .select('t.method')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.sum<number>('t.amount_cents').as('cents')])
    .where('p.drawer_id', '=', drawerId)
    .groupBy('t.method')
    .orderBy('t.method')
    .execute();
  const known = new Map((await paymentMethods(db)).map((method) => [method.code, method]));
  return rows.map(({ method, count, cents }) => ({
    method,
    name: known.get(method)?.name ?? method,
    cash: (known.get(method)?.core ?? method) === 'cash',
    count: Number(count),
    cents: Number(cents),
  }));
}

/** What should be in it: the float and the cash that was taken. */
export const cashOf = ({ floatCents }: Pick<DrawerRow, 'floatCents'>, methods: readonly DrawerMethod[]): Cents =>
  methods.reduce((sum, { cash, cents }) => sum + (cash ? cents : 0), floatCents);

/** @throws Failure `refused` when the drawer that a payment went into was counted already */
export async function assertDrawerOpen(db: Db, drawerId: Schema['payment']['drawer_id']): Promise<void> {
  if (drawerId === null) return;
  const drawer = await db
    .selectFrom('cash_drawer')
    .select(['number', 'status'])
    .where('id', '=', drawerId)
    .executeTakeFirst();
  if (drawer?.status === 'closed') {
    throw new Failure('refused', `Drawer ${drawer.number} is closed and counted: post it and reverse it instead.`);
  }
}
