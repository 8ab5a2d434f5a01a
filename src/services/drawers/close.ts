import { z } from 'zod';
import { DENOMINATIONS, worthOf } from '#domain/denominations.ts';
import { formatCents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { MOST_CENTS } from '../payments/input.ts';
import { typedText } from '#domain/typed-text.ts';
import { cashOf, type DrawerRow, drawerById, methodsOf } from './find.ts';

const counted = z.object({
  cents: z.union(
    DENOMINATIONS.map((one) => z.literal(one)),
    'There is no such note or coin.',
  ),
  count: z.number('Enter how many.').int('Enter how many.').min(0, 'Not below zero.').max(1_000_000),
});

/**
 * Closes a drawer: what was counted against the float and the cash that was taken, less what was
 * given out. Over and short is money of no account: it stays a fact of the drawer, with its reason,
 * in the audit trail, and in the summary of the general ledger under 6900.
 */
export const closeDrawer = command({
  name: 'drawer.close',
  summary: 'Count and close a cash drawer; over or short needs a reason',
  permission: 'drawers.use',
  input: z.object({
    drawerId: z.number().int().positive(),
    version: z.number().int().positive(),
    counts: z.array(counted).max(50),
    /** Cash that went out of it otherwise: to the safe, to the bank, petty cash. */
    paidOutCents: z.number().int().min(0, 'Not below zero.').max(MOST_CENTS).default(0),
    reason: typedText(200).nullable().default(null),
  }),
  run: async (ctx, { drawerId, version, counts, paidOutCents, reason }): Promise<DrawerRow> => {
    const drawer = await closable(ctx, drawerId, version);
    const countedCents = worthOf(counts);
    const expectedCents = cashOf(drawer, await methodsOf(ctx.db, drawerId)) - paidOutCents;
    const overShortCents = countedCents - expectedCents;
    const said = reason?.trim() ?? '';
    if (overShortCents !== 0 && said === '') {
      const by = `${formatCents(Math.abs(overShortCents))} ${overShortCents > 0 ? 'over' : 'short'}`;
      const words = `Counted ${formatCents(countedCents)}, expected ${formatCents(expectedCents)}: ${by}. Say why, or count again.`;
      throw new Failure('refused', words, { reason: words });
    }
    await ctx.db
      .updateTable('cash_drawer')
      .set({
        status: 'closed',
        closed_at: ctx.now,
        counts: JSON.stringify(tally(counts)),
        counted_cents: countedCents,
        expected_cents: expectedCents,
        over_short_cents: overShortCents,
        reason: said === '' ? null : said,
        version: version + 1,
      })
      .where('id', '=', drawerId)
      .execute();
    ctx.audit({
      entity: 'CashDrawer',
      entityId: drawerId,
      changes: {
        status: ['open', 'closed'],
        expectedCents: [null, expectedCents],
        countedCents: [null, countedCents],
        overShortCents: [null, overShortCents],
      },
      ...(said === '' ? {} : { reason: said }),
    });
    return drawerById(ctx, drawerId);
  },
});

/** Cents of each note and coin → how many. */
function tally(counts: readonly { readonly cents: number; readonly count: number }[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { cents, count } of counts) sums[cents] = (sums[cents] ?? 0) + count;
  return sums;
}

/** One's own, or for who may see those of others, one that somebody left open. @throws Failure */
async function closable(ctx: CommandContext, drawerId: number, version: number): Promise<DrawerRow> {
  const drawer = await drawerById(ctx, drawerId);
  if (drawer.status === 'closed') throw new Failure('refused', `Drawer ${drawer.number} is closed already.`);
  if (drawer.version !== version) {
    throw new Failure('conflict', `Somebody has changed drawer ${drawer.number} meanwhile. Nothing was saved.`);
  }
  return drawer;
}
