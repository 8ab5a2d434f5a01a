import { z } from 'zod';
import { type Counted, DENOMINATIONS } from '#domain/denominations.ts';
import type { Cents } from '#domain/money.ts';
import { query } from '../operation.ts';
import {
  cashOf,
  drawerColumns,
  type DrawerMethod,
  type DrawerRow,
  drawerById,
  methodsOf,
  seesDrawersOfOthers,
} from './find.ts';

export const listDrawers = query({
  name: 'drawer.list',
  summary: 'Cash drawers, the newest first: one’s own, and those of others for who may see them',
  permission: 'history.read',
  input: z.object({
    status: z.enum(['open', 'closed', 'all']).default('all'),
    mine: z.boolean().default(false),
    /** Older than this drawer. */
    before: z.number().int().positive().optional(),
    limit: z.number().int().min(1).max(500).default(100),
  }),
  run: async ({ db, actor }, { status, mine, before, limit }): Promise<DrawerRow[]> => {
    const rows = await db
      .selectFrom('cash_drawer')
      .select(drawerColumns)
      .$if(mine || !seesDrawersOfOthers(actor), (q) => q.where('username', '=', actor.username))
      .$if(status !== 'all', (q) => q.where('status', '=', status as 'open'))
      .$if(before !== undefined, (q) => q.where('id', '<', before!))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows as DrawerRow[];
  },
});

/** A drawer with what was taken into it. */
export interface DrawerRecord {
  readonly drawer: DrawerRow;
  readonly methods: readonly DrawerMethod[];
  /** Payments that went into it. */
  readonly payments: number;
  /** Float and cash taken; of a closed one less what was given out. */
  readonly expectedCents: Cents;
  /** Given out otherwise; of an open one not known yet. */
  readonly paidOutCents: Cents;
  readonly counts: readonly Counted[];
}

export const getDrawer = query({
  name: 'drawer.get',
  summary: 'A cash drawer with what was taken into it by method, and its count',
  permission: 'history.read',
  input: z.object({ drawerId: z.number().int().positive() }),
  run: async (ctx, { drawerId }): Promise<DrawerRecord> => {
    const drawer = await drawerById(ctx, drawerId);
    const methods = await methodsOf(ctx.db, drawerId);
    const { count } = await ctx.db
      .selectFrom('payment')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('drawer_id', '=', drawerId)
      .executeTakeFirstOrThrow();
    const stored = await ctx.db
      .selectFrom('cash_drawer')
      .select('counts')
      .where('id', '=', drawerId)
      .executeTakeFirstOrThrow();
    const counts = JSON.parse(stored.counts ?? '{}') as Record<string, number>;
    const cash = cashOf(drawer, methods);
    return {
      drawer,
      methods,
      payments: Number(count),
      expectedCents: drawer.expectedCents ?? cash,
      paidOutCents: drawer.expectedCents === null ? 0 : cash - drawer.expectedCents,
      counts: DENOMINATIONS.flatMap((cents) => (counts[cents] ? [{ cents, count: counts[cents] }] : [])),
    };
  },
});
