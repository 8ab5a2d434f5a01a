import { z } from 'zod';
import { Failure } from '../failure.ts';
import { command } from '../operation.ts';
import { assertChangeable } from '../subject.ts';
import { shortText } from '#domain/typed-text.ts';
import { tokenHash } from './token.ts';

/** Whose password may now be chosen. */
export interface Redeemed {
  readonly customerId: number;
  readonly customerNumber: string;
  /** Address that the link was sent to. */
  readonly email: string;
}

/** One answer for what was never given out, has run out, was revoked or used: it tells nothing. */
const refused = (): Failure => new Failure('refused', 'This link does not work, or does not work any more.');

export const redeemWebLogin = command({
  name: 'webLogin.redeem',
  summary: 'For the web site: take the token of a reset link, once, and answer whose password may be chosen',
  permission: 'customers.weblogin',
  secret: true,
  input: z.object({ token: shortText(100).min(1, 'Give the token.') }),
  run: async (ctx, { token }): Promise<Redeemed> => {
    const row = await ctx.em.findOne(ctx.e.WebLoginToken, { tokenHash: tokenHash(token) });
    if (!row || row.usedAt || row.revokedAt || row.expiresAt <= ctx.now) throw refused();
    const customerId = row.customer.id;
    await assertChangeable(ctx, { customerId });
    const customer = await ctx.em.findOneOrFail(ctx.e.Customer, { id: customerId });
    row.usedAt = ctx.now;
    const isNew = customer.webUser === 0;
    customer.webUser = 1;
    ctx.audit({
      entity: 'WebLoginToken',
      entityId: row.id,
      customerId,
      changes: { usedAt: [null, ctx.now], ...(isNew && { webUser: [0, 1] }) },
    });
    return { customerId, customerNumber: customer.number, email: row.sentTo };
  },
});
