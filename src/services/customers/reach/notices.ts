import { z } from 'zod';
import { Failure } from '../../failure.ts';
import { lastChange, type LastChange } from '../../last-change.ts';
import { command, type CommandContext, query } from '../../operation.ts';
import type { Notices, NoticesFollow } from './notices-follow.ts';

const id = z.number().int().positive();

interface StoredNotices extends Notices, LastChange {
  readonly version: number;
}

export const readNotices = query({
  name: 'customer.notices',
  summary: 'How bills and notices go to a customer: by mail, by e-mail or both',
  permission: 'customers.read',
  input: z.object({ customerId: id }),
  subject: ({ customerId }) => ({ customerId }),
  run: async ({ db }, { customerId }): Promise<StoredNotices> => {
    const row = await db
      .selectFrom('customer')
      .select(['mail_notices', 'email_notices', 'version'])
      .where('id', '=', customerId)
      .executeTakeFirst();
    if (!row) throw missing();
    return {
      mailNotices: row.mail_notices === 1,
      emailNotices: row.email_notices === 1,
      version: row.version,
      ...(await lastChange(db, 'Customer', customerId, ['customer.setNotices', 'email.delete'])),
    };
  },
});

const missing = (): Failure => new Failure('not_found', 'No such record, or it is private.');

async function found(ctx: CommandContext, customerId: number) {
  const customer = await ctx.em.findOne(ctx.e.Customer, customerId);
  if (!customer) throw missing();
  return customer;
}

const flag = (value: boolean): 0 | 1 => (value ? 1 : 0);

/** Writes them, and tells the trail what changed. */
async function put(ctx: CommandContext, customerId: number, { mailNotices, emailNotices }: Notices): Promise<number> {
  const customer = await found(ctx, customerId);
  const now = { mailNotices: flag(mailNotices), emailNotices: flag(emailNotices) };
  const changes = Object.fromEntries(
    (['mailNotices', 'emailNotices'] as const).flatMap((field) =>
      customer[field] === now[field] ? [] : [[field, [customer[field], now[field]] as const]],
    ),
  );
  if (Object.keys(changes).length === 0) return customer.version;
  ctx.em.assign(customer, now);
  ctx.audit({ entity: 'Customer', entityId: customerId, customerId, changes });
  await ctx.em.flush();
  return customer.version;
}

export const setNotices = command({
  name: 'customer.setNotices',
  summary: 'Say whether bills and notices go to a customer by mail, by e-mail or both',
  permission: 'customers.edit',
  input: z.object({ customerId: id, version: id, mailNotices: z.boolean(), emailNotices: z.boolean() }),
  subject: ({ customerId }) => ({ customerId }),
  run: async (ctx, { customerId, version, ...notices }) => {
    if ((await found(ctx, customerId)).version !== version) {
      throw new Failure('conflict', 'Somebody else has changed this customer meanwhile. Nothing was saved.');
    }
    if (notices.emailNotices) {
      const email = await ctx.db
        .selectFrom('customer_email')
        .select('id')
        .where('customer_id', '=', customerId)
        .limit(1)
        .executeTakeFirst();
      const words = 'E-mail notices need an e-mail address: enter one first.';
      if (!email) throw new Failure('invalid', words, { emailNotices: words });
    }
    return { customerId, version: await put(ctx, customerId, notices) };
  },
});

/** How notices go out when they cannot go by e-mail any more. */
const BY_MAIL: Notices = { mailNotices: true, emailNotices: false };

/** With the last e-mail address e-mail notices end, and go by mail; with one that comes back they go as before. */
export const emailNotices: NoticesFollow = {
  end: async (ctx, customerId, left) => {
    const { mailNotices, emailNotices: byEmail } = await found(ctx, customerId);
    if (left.length > 0 || byEmail === 0) return null;
    await put(ctx, customerId, BY_MAIL);
    return { mailNotices: mailNotices === 1, emailNotices: true };
  },
  again: async (ctx, customerId, notices) => {
    const { mailNotices, emailNotices: byEmail } = await found(ctx, customerId);
    // What somebody has said of them since stays.
    if (mailNotices === 1 && byEmail === 0) await put(ctx, customerId, notices);
  },
};
