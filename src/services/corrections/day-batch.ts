import type { BatchKind } from '#db/entities/payment.ts';
import type { CommandContext } from '../operation.ts';

/** The batch that collects what this user enters today without naming one; made when there is none. */
export async function dayBatch(ctx: CommandContext, kind: BatchKind): Promise<number> {
  const open = await ctx.db
    .selectFrom('batch')
    .select('id')
    .where('kind', '=', kind)
    .where('status', '=', 'open')
    .where('automatic', '=', 1)
    .where('opened_on', '=', ctx.today)
    .where('created_by', '=', ctx.actor.username)
    .orderBy('id')
    .executeTakeFirst();
  if (open) return open.id;
  const id = ctx.newId();
  const number = `B${String(await ctx.nextNumber('batch')).padStart(6, '0')}`;
  await ctx.db
    .insertInto('batch')
    .values({
      id,
      number,
      kind,
      status: 'open',
      opened_on: ctx.today,
      automatic: 1,
      created_at: ctx.now,
      created_by: ctx.actor.username,
      version: 1,
    })
    .execute();
  return id;
}
