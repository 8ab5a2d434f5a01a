import { z } from 'zod';
import { idList } from '#db/bulk-add.ts';
import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { PenaltyFacts } from '#domain/penalty.ts';
import { codeValues } from '../code-tables/values.ts';
import { latestGrace } from '../notes/grace.ts';

/** What a special condition does to penalties, by its code's attributes. */
const conditionEffect = z.object({
  noPenalty: z.literal(1),
  disputed: z.union([z.literal(0), z.literal(1)]).default(0),
});

interface Effect {
  readonly name: string;
  readonly disputed: boolean;
}

/** Conditions that exempt from penalties, by code. */
async function exemptingConditions(db: Db): Promise<Map<string, Effect>> {
  const effects = new Map<string, Effect>();
  for (const { code, name, attributes } of await codeValues(db, 'special_condition', true)) {
    const effect = conditionEffect.safeParse(JSON.parse(attributes ?? '{}'));
    if (effect.success) effects.set(code, { name, disputed: effect.data.disputed === 1 });
  }
  return effects;
}

interface AccountRow {
  readonly id: number;
  readonly customerId: number;
  readonly locationId: number;
  readonly graceOn: CivilDate | null;
  readonly bankrupt: 0 | 1;
  readonly government: boolean;
  readonly holdUntil: CivilDate | null;
  readonly revenueClass: string | null;
  readonly arranged: boolean;
  readonly badDebt: boolean;
}

async function accountRows(db: Db, ids: readonly number[], runOn: CivilDate): Promise<AccountRow[]> {
  const rows = await db
    .selectFrom('account as a')
    .innerJoin('customer as c', 'c.id', 'a.customer_id')
    .innerJoin('location as o', 'o.id', 'a.location_id')
    .leftJoin('revenue_class as v', 'v.id', 'o.revenue_class_id')
    .select([
      'a.id',
      'a.customer_id as customerId',
      'a.location_id as locationId',
      'a.activity',
      'c.bankrupt',
      'c.kind',
    ])
    .select(['c.dunning_hold_until as holdUntil', 'v.code as revenueClass'])
    .select((eb) => [
      latestGrace(db, { accountId: eb.ref('a.id'), customerId: eb.ref('a.customer_id') }, runOn).as('graceOn'),
      eb
        .selectFrom('arrangement as r')
        .select((s) => s.fn.countAll<number>().as('n'))
        .whereRef('r.account_id', '=', 'a.id')
        .where('r.status', '=', 'active')
        .as('arrangements'),
      eb
        .selectFrom('collection_placement as p')
        .select((s) => s.fn.countAll<number>().as('n'))
        .whereRef('p.customer_id', '=', 'a.customer_id')
        .where('p.recalled_on', 'is', null)
        .where((s) => s.or([s('p.account_id', 'is', null), s('p.account_id', '=', s.ref('a.id'))]))
        .as('placements'),
    ])
    .where('a.id', 'in', idList(db, ids))
    .execute();
  const written = await writtenOff(
    db,
    rows.filter(({ activity }) => activity === 'final').map(({ id }) => id),
  );
  return rows.map(({ arrangements, placements, kind, ...row }) => ({
    ...row,
    government: kind === 'government',
    arranged: Number(arrangements ?? 0) > 0,
    badDebt: Number(placements ?? 0) > 0 || written.has(row.id),
  }));
}

/** Closed accounts whose debt was written off and not taken back. */
async function writtenOff(db: Db, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('ledger_transaction')
    .select('account_id as id')
    .where('account_id', 'in', idList(db, ids))
    .where('kind', 'in', ['write_off', 'write_off_reinstate'])
    .where('status', '=', 'posted')
    .groupBy('account_id')
    .having((eb) => eb.fn.sum('amount_cents'), '<>', 0)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Conditions in force on customers or locations: the one that disputes first. */
async function conditionsOf(
  db: Db,
  rows: readonly AccountRow[],
  effects: ReadonlyMap<string, Effect>,
  runOn: CivilDate,
): Promise<Map<string, Effect>> {
  const found = new Map<string, Effect>();
  if (effects.size === 0) return found;
  for (const [column, ids] of [
    ['customer_id', rows.map(({ customerId }) => customerId)],
    ['location_id', rows.map(({ locationId }) => locationId)],
  ] as const) {
    const conditions = await db
      .selectFrom('special_condition')
      .select([column, 'code'])
      .where(column, 'in', idList(db, [...new Set(ids)]))
      .where('code', 'in', [...effects.keys()])
      .where('started_on', '<=', runOn)
      .where((eb) => eb.or([eb('ended_on', 'is', null), eb('ended_on', '>=', runOn)]))
      .execute();
    for (const condition of conditions) {
      const key = `${column} ${(condition as Record<string, unknown>)[column]}`;
      const effect = effects.get(condition.code)!;
      if (!found.has(key) || effect.disputed) found.set(key, effect);
    }
  }
  return found;
}

/** What decides about accounts besides their debts, by account; some statements for any number. */
export async function penaltyFacts(
  db: Db,
  ids: readonly number[],
  runOn: CivilDate,
): Promise<Map<number, PenaltyFacts>> {
  const rows = await accountRows(db, ids, runOn);
  const effects = await conditionsOf(db, rows, await exemptingConditions(db), runOn);
  return new Map(
    rows.map((row) => {
      const own = [effects.get(`customer_id ${row.customerId}`), effects.get(`location_id ${row.locationId}`)];
      const disputed = own.find((effect) => effect?.disputed);
      const condition = own.find((effect) => effect && !effect.disputed);
      const { graceOn, arranged, holdUntil, badDebt, government, revenueClass } = row;
      return [
        row.id,
        {
          graceOn,
          arranged,
          holdUntil,
          badDebt,
          government,
          revenueClass,
          bankrupt: row.bankrupt === 1,
          condition: condition?.name ?? null,
          disputed: disputed?.name ?? null,
        },
      ];
    }),
  );
}
