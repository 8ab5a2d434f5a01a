import type { Db } from '../schema.ts';
import type { CodeIds, ServiceGl } from './apply-context.ts';
import { ImportProblem } from './problem.ts';
import type { Profile } from './profile.ts';

const TABLES = {
  services: 'service_type',
  rates: 'rate_code',
  revenueClasses: 'revenue_class',
  routes: 'route',
  cycles: 'cycle',
} as const;

/** Adds the codes of a profile that the database lacks, and leaves those it has as they are. */
export async function ensureCodes(db: Db, profile: Profile, newId: () => number): Promise<CodeIds> {
  const { codes } = profile;
  const services = await ensure(db, 'services', codes.services, (one) => ({
    id: newId(),
    code: one.code,
    name: one.name,
    unit: one.unit ?? null,
    payoff_rank: one.payoffRank,
    receivable_gl: one.receivableGl,
    revenue_gl: one.revenueGl,
    active: 1 as const,
    version: 1,
  }));
  const rates = await ensure(db, 'rates', codes.rates, (one) => ({
    id: newId(),
    code: one.code,
    name: one.name,
    service_type_id: known(services, one.service, 'service'),
    minimum_cents: 0,
    tiers: null,
    active: 1 as const,
    version: 1,
  }));
  const plain = (one: { code: string; name: string }) => ({ id: newId(), ...one, active: 1 as const, version: 1 });
  return {
    services,
    rates,
    revenueClasses: await ensure(db, 'revenueClasses', codes.revenueClasses, plain),
    routes: await ensure(db, 'routes', codes.routes, plain),
    cycles: await ensure(db, 'cycles', codes.cycles, ({ billPeriod, billDay, dueDays, ...one }) => ({
      ...plain(one),
      bill_period: billPeriod,
      bill_day: billDay,
      due_days: dueDays,
    })),
  };
}

function known(ids: ReadonlyMap<string, number>, code: string, what: string): number {
  const id = ids.get(code);
  if (id === undefined) throw new ImportProblem(`There is no ${what} ${code}`);
  return id;
}

async function ensure<T extends { code: string }>(
  db: Db,
  kind: keyof typeof TABLES,
  wanted: readonly T[],
  toRow: (one: T) => Parameters<typeof insertCode>[2],
): Promise<ReadonlyMap<string, number>> {
  const table = TABLES[kind];
  const rows = await db.selectFrom(table).select(['id', 'code']).execute();
  const ids = new Map(rows.map((row) => [row.code, row.id]));
  for (const one of wanted) {
    if (ids.has(one.code)) continue;
    const row = toRow(one);
    await insertCode(db, table, row);
    ids.set(one.code, row.id);
  }
  return ids;
}

type CodeRow = { id: number; code: string } & Readonly<Record<string, string | number | null>>;

const insertCode = (db: Db, table: (typeof TABLES)[keyof typeof TABLES], row: CodeRow) =>
  db
    .insertInto(table)
    .values(row as never)
    .execute();

/** GL codes and units of all services, by code. */
export async function servicesOf(db: Db): Promise<ReadonlyMap<string, ServiceGl>> {
  const rows = await db
    .selectFrom('service_type')
    .select(['id', 'code', 'unit', 'receivable_gl', 'revenue_gl'])
    .execute();
  return new Map(
    rows.map((row) => [
      row.code,
      { id: row.id, unit: row.unit, receivableGl: row.receivable_gl, revenueGl: row.revenue_gl },
    ]),
  );
}
