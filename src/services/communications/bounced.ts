import { z } from 'zod';
import { Failure } from '../failure.ts';
import { command } from '../operation.ts';
import { shortText } from '#domain/typed-text.ts';
import { communications } from './rows.ts';

const LONGEST_PROBLEM = 300;

export const recordBounce = command({
  name: 'communication.bounced',
  summary: 'Mark an e-mail as returned, by the identity that its delivery-status notification names',
  permission: 'paper.mail',
  input: z.object({
    messageId: shortText(300).min(1, 'Name the message'),
    /** Whom it could not be delivered to, as the notification says. */
    address: shortText(300).default(''),
    /** `5.1.1`: the code of RFC 3463. */
    status: shortText(20).default(''),
    reason: shortText(2000).default(''),
  }),
  run: async (ctx, { messageId, address, status, reason }): Promise<{ id: number; changed: boolean }> => {
    const row = await communications(ctx)
      .select(['x.id', 'x.status', 'x.customer_id as customerId'])
      .where('x.message_id', '=', messageId)
      .where('x.channel', '=', 'email')
      .executeTakeFirst();
    if (!row) throw new Failure('not_found', 'No message of that identity was sent from here.');
    // The same notification twice changes nothing.
    if (row.status === 'bounced') return { id: row.id, changed: false };
    const problem = [status, address, reason]
      .filter((part) => part !== '')
      .join(' ')
      .slice(0, LONGEST_PROBLEM);
    const entity = await ctx.em.findOneOrFail(ctx.e.Communication, row.id);
    ctx.em.assign(entity, {
      status: 'bounced',
      problem: problem || 'It was returned.',
      nextTryAt: null,
      lockedUntil: null,
    });
    ctx.audit({
      entity: 'Communication',
      entityId: row.id,
      customerId: row.customerId,
      changes: { status: [row.status, 'bounced'] },
    });
    return { id: row.id, changed: true };
  },
});
