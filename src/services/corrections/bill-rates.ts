import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import type { LineChange } from '#domain/bill-adjustment.ts';
import { type BilledBy, billedBy, type RatePrice } from '#domain/rate.ts';
import type { Bill, StandingLine } from './bill.ts';

const storedTiers = z.array(z.object({ upToMilli: z.number().nullable(), centsPerUnit: z.number() }));

/** What a line that counts months is measured in. */
const MONTH = 'month';
/** Months of a bill, by how often bills go out. */
const PERIODS: Readonly<Record<string, number>> = { monthly: 1, bimonthly: 2, quarterly: 3 };

/**
 * The lines of a bill, where quantities change with the rates that they were billed by, so that a
 * new quantity is priced by their tiers. A line that no rate with tiers explains keeps its price.
 */
export async function pricedLines(
  db: Db,
  { entry, lines }: Bill,
  changes: readonly LineChange[],
): Promise<readonly StandingLine[]> {
  if (changes.every(({ quantityMilli }) => quantityMilli === undefined)) return lines;
  const measured = lines.filter(
    ({ line, quantityMilli }) => quantityMilli !== null && line.unit !== MONTH && line.serviceTypeId !== null,
  );
  if (measured.length === 0) return lines;
  const reads = await readsOf(db, entry.statementId);
  const rates = await ratesOf(db, entry.account.id, reads);
  const spans = await spansOf(db, entry.account.id, lines);
  return lines.map((standing) => {
    if (!measured.includes(standing)) return standing;
    const own = rates.filter(({ serviceTypeId }) => serviceTypeId === standing.line.serviceTypeId);
    const candidates = own.flatMap(({ id, price }): BilledBy[] => {
      const fixed = reads.find(({ rateCodeId }) => rateCodeId === id)?.minimumCents ?? 0;
      const read = price.minimumCents > 0 && fixed > 0 ? [fixed / price.minimumCents] : [];
      return [...spans, ...read].map((months) => ({ rate: price, months }));
    });
    return { ...standing, rate: billedBy(candidates, { ...standing, quantityMilli: standing.quantityMilli! }) };
  });
}

interface Read {
  readonly rateCodeId: number | null;
  /** Fixed part of what was billed with the reading. */
  readonly minimumCents: number;
}

/** The readings that a bill took up. */
const readsOf = async (db: Db, statementId: number | null): Promise<Read[]> =>
  statementId === null
    ? []
    : db
        .selectFrom('meter_read')
        .select(['rate_code_id as rateCodeId', 'minimum_cents as minimumCents'])
        .where('statement_id', '=', statementId)
        .orderBy('minimum_cents', 'desc')
        .execute();

interface TieredRate {
  readonly id: number;
  readonly serviceTypeId: number;
  readonly price: RatePrice;
}

/** Rates with tiers that may have priced the bill: those of its readings first, then those of the account’s services. */
async function ratesOf(db: Db, accountId: number, reads: readonly Read[]): Promise<TieredRate[]> {
  const read = reads.flatMap(({ rateCodeId }) => rateCodeId ?? []);
  const services = await db
    .selectFrom('account_service')
    .select('rate_code_id as rateCodeId')
    .where('account_id', '=', accountId)
    .execute();
  const ids = [...new Set([...read, ...services.flatMap(({ rateCodeId }) => rateCodeId ?? [])])];
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('rate_code')
    .select(['id', 'service_type_id as serviceTypeId', 'minimum_cents as minimumCents', 'tiers'])
    .where('id', 'in', ids)
    .execute();
  return rows
    .toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
    .flatMap(({ id, serviceTypeId, minimumCents, tiers }) => {
      const found = tiersOf(tiers);
      return found.length === 0 ? [] : [{ id, serviceTypeId, price: { minimumCents, tiers: found } }];
    });
}

/** Tiers as the rate has them; none where they cannot be read. */
function tiersOf(text: string | null): RatePrice['tiers'] {
  try {
    return storedTiers.safeParse(JSON.parse(text ?? '[]')).data ?? [];
  } catch {
    return [];
  }
}

/** How many months the bill may have been over: as its lines say, else as its cycle goes, else one. */
async function spansOf(db: Db, accountId: number, lines: readonly StandingLine[]): Promise<number[]> {
  const said = lines.flatMap(({ line }) =>
    line.unit === MONTH && line.quantityMilli ? [line.quantityMilli / 1000] : [],
  );
  const cycle = await db
    .selectFrom('account as a')
    .innerJoin('location as l', 'l.id', 'a.location_id')
    .innerJoin('cycle as c', 'c.id', 'l.cycle_id')
    .select('c.bill_period as period')
    .where('a.id', '=', accountId)
    .executeTakeFirst();
  return [...new Set([...said, PERIODS[cycle?.period ?? ''] ?? 1, 1])];
}
