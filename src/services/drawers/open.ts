import { z } from 'zod';
import { Failure } from '../failure.ts';
import { command } from '../operation.ts';
import { MOST_CENTS } from '../payments/input.ts';
import { type DrawerRow, drawerById, openDrawerOf } from './find.ts';

/** As on its slip: D000012. */
const drawerNumber = (n: number): string => `D${String(n).padStart(6, '0')}`;

export const openDrawer = command({
  name: 'drawer.open',
  summary: 'Open one’s cash drawer with the money that is in it; one at a time',
  permission: 'drawers.use',
  input: z.object({ floatCents: z.number('Enter the float.').int().min(0, 'Not below zero.').max(MOST_CENTS) }),
  run: async (ctx, { floatCents }): Promise<DrawerRow> => {
    const before = await openDrawerOf(ctx.db, ctx.actor.username);
    if (before) throw new Failure('refused', `Your drawer ${before.number} is open since ${before.openedOn}.`);
    const id = ctx.newId();
    const number = drawerNumber(await ctx.nextNumber('drawer'));
    await ctx.db
      .insertInto('cash_drawer')
      .values({
        id,
        number,
        username: ctx.actor.username,
        status: 'open',
        opened_on: ctx.today,
        opened_at: ctx.now,
        float_cents: floatCents,
        version: 1,
      })
      .execute();
    ctx.audit({
      entity: 'CashDrawer',
      entityId: id,
      changes: { number: [null, number], floatCents: [null, floatCents] },
    });
    return drawerById(ctx, id);
  },
});
