import { z } from 'zod';
import { addDays, addMonths, type CivilDate } from '#domain/civil-date.ts';
import { Failure } from '../failure.ts';
import { command, query } from '../operation.ts';
import { day } from '../payments/input.ts';

/** An accounting period. */
export interface PeriodRow {
  readonly id: number;
  readonly name: string;
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
  readonly status: 'open' | 'closed';
  readonly closedBy: string | null;
  readonly closedAt: number | null;
  /** Transactions in it that are not posted. */
  readonly unposted: number;
  /** Why it cannot be closed now; null when it can, or is. */
  readonly obstacle: string | null;
  readonly version: number;
}

/** Why a period cannot be closed yet: nothing unposted is locked in. */
function obstacleOf(name: string, endsOn: CivilDate, unposted: number, today: CivilDate): string | null {
  if (endsOn >= today) return `Period ${name} is not over yet.`;
  return unposted > 0
    ? `Period ${name} has ${unposted === 1 ? 'a transaction that is' : `${unposted} transactions that are`} not posted.`
    : null;
}

export const listPeriods = query({
  name: 'period.list',
  summary: 'Accounting periods, the newest first',
  permission: 'history.read',
  input: z.object({}),
  run: async ({ db, today }): Promise<PeriodRow[]> => {
    const rows = await db
      .selectFrom('accounting_period as p')
      .select((eb) => [
        'p.id',
        'p.name',
        'p.starts_on as startsOn',
        'p.ends_on as endsOn',
        'p.status',
        'p.closed_by as closedBy',
        'p.closed_at as closedAt',
        'p.version',
        eb
          .selectFrom('ledger_transaction as t')
          .select((s) => s.fn.countAll<number>().as('count'))
          .where('t.status', '=', 'unposted')
          .whereRef('t.effective_on', '>=', 'p.starts_on')
          .whereRef('t.effective_on', '<=', 'p.ends_on')
          .as('unposted'),
      ])
      .orderBy('p.starts_on', 'desc')
      .execute();
    return rows.map((row) => {
      const unposted = Number(row.unposted ?? 0);
      const obstacle = row.status === 'open' ? obstacleOf(row.name, row.endsOn, unposted, today) : null;
      return { ...row, unposted, obstacle } as PeriodRow;
    });
  },
});

export const addPeriods = command({
  name: 'period.add',
  summary: 'Add monthly accounting periods, from the one of a day on',
  permission: 'periods.close',
  input: z.object({ from: day, months: z.number().int().min(1).max(60).default(12) }),
  run: async (ctx, { from, months }): Promise<{ added: number }> => {
    const first = `${from.slice(0, 7)}-01`;
    const rows = Array.from({ length: months }, (_, n) => {
      const startsOn = addMonths(first, n);
      return { startsOn, endsOn: addDays(addMonths(first, n + 1), -1) };
    });
    const there = await ctx.db
      .selectFrom('accounting_period')
      .select(['starts_on as startsOn', 'ends_on as endsOn'])
      .execute();
    const free = rows.filter((row) => !there.some((old) => old.startsOn <= row.endsOn && row.startsOn <= old.endsOn));
    for (const { startsOn, endsOn } of free) {
      const id = ctx.newId();
      const name = startsOn.slice(0, 7);
      await ctx.db
        .insertInto('accounting_period')
        .values({ id, name, starts_on: startsOn, ends_on: endsOn, status: 'open', version: 1 })
        .execute();
      ctx.audit({ entity: 'AccountingPeriod', entityId: id, changes: { name: [null, name] } });
    }
    return { added: free.length };
  },
});

const which = z.object({ periodId: z.number().int().positive(), version: z.number().int().positive() });

const turn = (name: 'period.close' | 'period.reopen', summary: string) =>
  command({
    name,
    summary,
    permission: 'periods.close',
    input: which,
    run: async (ctx, { periodId, version }): Promise<{ periodId: number; version: number }> => {
      const period = await ctx.db
        .selectFrom('accounting_period')
        .selectAll()
        .where('id', '=', periodId)
        .executeTakeFirst();
      if (!period) throw new Failure('not_found', 'There is no such period.');
      if (period.version !== version) {
        throw new Failure('conflict', `Somebody has changed period ${period.name} meanwhile. Nothing was saved.`);
      }
      const status = name === 'period.close' ? 'closed' : 'open';
      if (period.status === status) return { periodId, version };
      if (status === 'closed') await assertNothingWaits(ctx, period);
      await ctx.db
        .updateTable('accounting_period')
        .set({
          status,
          closed_at: status === 'closed' ? ctx.now : null,
          closed_by: status === 'closed' ? ctx.actor.username : null,
          version: version + 1,
        })
        .where('id', '=', periodId)
        .execute();
      ctx.audit({ entity: 'AccountingPeriod', entityId: periodId, changes: { status: [period.status, status] } });
      return { periodId, version: version + 1 };
    },
  });

/** Nothing unposted is locked in. @throws Failure `refused` */
async function assertNothingWaits(
  { db, today }: Parameters<NonNullable<typeof addPeriods.run>>[0],
  { name, starts_on: startsOn, ends_on: endsOn }: { name: string; starts_on: CivilDate; ends_on: CivilDate },
): Promise<void> {
  const row = await db
    .selectFrom('ledger_transaction')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('status', '=', 'unposted')
    .where('effective_on', '>=', startsOn)
    .where('effective_on', '<=', endsOn)
    .executeTakeFirstOrThrow();
  const obstacle = obstacleOf(name, endsOn, Number(row.count), today);
  if (obstacle !== null) throw new Failure('refused', obstacle);
}

export const closePeriod = turn('period.close', 'Close an accounting period: nothing is posted into it any more');
export const reopenPeriod = turn('period.reopen', 'Open a closed accounting period again');

export const periodOperations = [listPeriods, addPeriods, closePeriod, reopenPeriod] as const;
