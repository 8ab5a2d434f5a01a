import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Schema } from '#db/schema.ts';
import { EVERYTHING } from '#domain/permissions.ts';
import type { Delivery } from '#gateways/delivery.ts';
import type { Actor } from '../actor.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { loadOptions } from '../options/operations.ts';
import type { OpenVault } from '../secrets/vault.ts';
import { dropLink, linksWait, withLink } from './sealed-link.ts';

/*
 * What the sending of waiting mail and print jobs does to the queue. These commands are in no
 * registry: nobody calls them but the program itself, between whose two calls the message is on
 * the line. A message is given to one process at a time, by a change of state before the line is
 * opened; when that process dies, nobody can know whether it was sent, and it is not sent again unasked.
 */

/** Who sends what others have put in the queue. */
export const courier = (source: Actor['source']): Actor => ({
  userId: 0,
  username: 'courier',
  displayName: 'Courier',
  groups: [],
  permissions: new Set([EVERYTHING]),
  level: 3,
  source,
});

const MINUTE = 60_000;
/** Longer than any line is waited for; after it the process is taken for dead. */
const LOCKED_FOR = 10 * MINUTE;
/** Pauses after the first try and those after it, minutes; then it is given up. */
export const WAITS = [1, 5, 15, 60, 180, 360, 720, 1440] as const;

/** A message that this process and no other is to send now. */
export interface Claimed {
  readonly id: number;
  readonly attempt: number;
  readonly channel: 'email' | 'print';
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly messageId: string;
  readonly createdAt: number;
  readonly createdBy: string;
  /** Where mail goes in, or the printer's address; null when it is not set up any more. */
  readonly address: string | null;
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string;
  readonly document: { readonly name: string; readonly mediaType: string; readonly content: string } | null;
  /** What becomes of it instead of being sent; null: it is sent. */
  readonly withheld: Delivery | null;
}

export const claimNext = command({
  name: 'courier.claim',
  summary: 'Take the next waiting message to send it',
  permission: 'paper.mail',
  unaudited: true,
  input: z.object({ only: z.array(z.int().positive()).max(1000).optional() }),
  prepare: async (_, { db, vault }): Promise<OpenVault | null> =>
    (await linksWait(db)) ? vault.peek().catch(() => null) : null,
  run: async (ctx, { only }, vault: OpenVault | null): Promise<Claimed | null> => {
    const row = await ctx.db
      .selectFrom('communication')
      .selectAll()
      .where('status', '=', 'queued')
      .where('channel', 'in', ['email', 'print'])
      .where('next_try_at', '<=', ctx.now)
      .$if(only !== undefined, (q) => q.where('id', 'in', [-1, ...only!]))
      .orderBy('next_try_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    if (!row) return null;
    const attempt = row.attempts + 1;
    const { numUpdatedRows } = await ctx.db
      .updateTable('communication')
      .set({ status: 'sending', attempts: attempt, locked_until: ctx.now + LOCKED_FOR, version: row.version + 1 })
      .where('id', '=', row.id)
      .where('version', '=', row.version)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new Failure('busy', 'Somebody else took it.');
    return claimedOf(ctx, row, attempt, vault);
  },
});

type Row = Selectable<Schema['communication']>;

async function claimedOf(
  { db, now }: CommandContext,
  row: Row,
  attempt: number,
  vault: OpenVault | null,
): Promise<Claimed> {
  const options = await loadOptions(db);
  const document = await db
    .selectFrom('stored_document')
    .select(['name', 'media_type as mediaType', 'content'])
    .where('id', '=', row.document_id ?? -1)
    .executeTakeFirst();
  const filled = await withLink(db, { id: row.id, body: row.body ?? '', now }, vault);
  const printer = options.printers.find(({ name }) => name === row.recipient);
  return {
    id: row.id,
    attempt,
    channel: row.channel as 'email' | 'print',
    recipient: row.recipient,
    subject: row.subject ?? '',
    ...('body' in filled ? { body: filled.body, withheld: null } : { body: '', withheld: filled.withheld }),
    messageId: row.message_id ?? '',
    createdAt: row.created_at,
    createdBy: row.created_by,
    address: (row.channel === 'email' ? options.mailServer : printer?.url) || null,
    from: { name: options.companyName, address: options.mailFrom },
    replyTo: options.mailReplyTo,
    document: document ?? null,
  };
}

const UNCLEAR = 'The program ended while this was being sent: it may have gone out. Look before you try again.';
const UNWRITTEN = 'The program ended before the file was written.';

export const giveUpLost = command({
  name: 'courier.sweep',
  summary: 'Say of messages whose process died while it sent them that nobody knows',
  permission: 'paper.mail',
  input: z.object({}),
  run: async (ctx): Promise<number> => {
    const lost = await ctx.db
      .selectFrom('communication')
      .select(['id', 'channel', 'customer_id as customerId', 'version'])
      .where('status', '=', 'sending')
      .where('locked_until', '<', ctx.now)
      .limit(500)
      .execute();
    for (const { id, channel, customerId, version } of lost) {
      const problem = channel === 'file' ? UNWRITTEN : UNCLEAR;
      await ctx.db
        .updateTable('communication')
        .set({ status: 'failed', locked_until: null, next_try_at: null, problem, version: version + 1 })
        .where('id', '=', id)
        .execute();
      await dropLink(ctx.db, id);
      ctx.audit({ entity: 'Communication', entityId: id, customerId, changes: { status: ['sending', 'failed'] } });
    }
    return lost.length;
  },
});

export const settle = command({
  name: 'courier.settle',
  summary: 'Say what became of a message that was taken to be sent',
  permission: 'paper.mail',
  input: z.object({ id: z.int().positive(), attempt: z.int().positive(), delivery: z.custom<Delivery>() }),
  run: async (ctx, { id, attempt, delivery }): Promise<string> => {
    const entity = await ctx.em.findOneOrFail(ctx.e.Communication, id);
    // Late news of this very try is better than the guess that was made of it meanwhile.
    const open = entity.status === 'sending' || (entity.status === 'failed' && entity.problem === UNCLEAR);
    if (!open || entity.attempts !== attempt) return entity.status;
    const was = entity.status;
    ctx.em.assign(entity, { lockedUntil: null, ...outcomeOf(delivery, attempt, ctx.now) });
    if (entity.status !== 'queued') await dropLink(ctx.db, id);
    ctx.audit({
      entity: 'Communication',
      entityId: id,
      customerId: entity.customerId ?? null,
      changes: { status: [was, entity.status], ...(entity.problem ? { problem: [null, entity.problem] } : {}) },
    });
    return entity.status;
  },
});

function outcomeOf(delivery: Delivery, attempt: number, now: number) {
  switch (delivery.outcome) {
    case 'sent':
      return { status: 'sent', sentAt: now, nextTryAt: null, problem: null } as const;
    case 'later': {
      const wait = WAITS[attempt - 1];
      return wait === undefined
        ? ({
            status: 'failed',
            nextTryAt: null,
            problem: `Given up after ${attempt} tries. ${delivery.reason}`,
          } as const)
        : ({ status: 'queued', nextTryAt: now + wait * MINUTE, problem: delivery.reason } as const);
    }
    case 'refused':
      return { status: delivery.bounced ? 'bounced' : 'failed', nextTryAt: null, problem: delivery.reason } as const;
    case 'unclear':
      return { status: 'failed', nextTryAt: null, problem: delivery.reason } as const;
  }
}
