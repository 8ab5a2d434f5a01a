import { z } from 'zod';
import type { CompanyOptions } from '#domain/company-options.ts';
import { dropLink, LINK_PLACE, linkOf } from '../communications/sealed-link.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext, type Preparation } from '../operation.ts';
import { loadOptions } from '../options/operations.ts';
import { leaveMail } from '../paper/keep.ts';
import { emailsOf } from '../paper/who.ts';
import { putSecret } from '../secrets/store.ts';
import type { OpenVault } from '../secrets/vault.ts';
import { shortText } from '#domain/typed-text.ts';
import { newToken, resetLink, TOKEN_MS, tokenHash } from './token.ts';

/** What was put in the queue. */
export interface WebLoginReset {
  readonly communicationId: number;
  readonly sentTo: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

interface Prepared {
  readonly options: CompanyOptions;
  readonly open: OpenVault;
  readonly token: string;
}

async function prepared({ db, vault }: Preparation): Promise<Prepared> {
  const options = await loadOptions(db);
  if (options.webLoginUrl === '') {
    throw new Failure('refused', 'There is no page for a new password: set the company option webLoginUrl.');
  }
  if (options.mailServer === '' || options.mailFrom === '') {
    throw new Failure('refused', 'No mail can be sent: set the company options mailServer and mailFrom.');
  }
  return { options, open: await vault.unlock(), token: newToken() };
}

/** The link stands in no text that is kept: it is sealed, and filled in as the message leaves. */
function mailOf({ companyName, companyPhone }: CompanyOptions, name: string) {
  const phone = companyPhone === '' ? 'us' : `us at ${companyPhone}`;
  return {
    subject: `${companyName}: choose a new password`,
    body: `Dear ${name},

a new password for your login on our web site can be chosen here, once and within an hour:

${LINK_PLACE}

If you did not ask for it, call ${phone}. Nothing has been changed.

${companyName}`,
  };
}

/** The customer's primary address, or another one on file. @throws Failure `refused` without any */
async function recipientOf({ db }: CommandContext, customerId: number, wanted: string | undefined): Promise<string> {
  const emails = await emailsOf(db, customerId);
  if (emails.length === 0) throw new Failure('refused', 'The customer has no e-mail address.');
  const found = wanted === undefined ? emails[0] : emails.find((one) => one.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  const words = 'It goes only to addresses that are on file for the customer.';
  throw new Failure('refused', words, { address: words });
}

/** Earlier links stop working, and those still in the queue are not sent. */
async function revokeEarlier({ db, now }: CommandContext, customerId: number): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('web_login_token')
    .set({ revoked_at: now })
    .where('customer_id', '=', customerId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  const waiting = await db
    .selectFrom('communication as x')
    .innerJoin('secret_value as s', 's.entity_id', 'x.id')
    .select(['x.id', 'x.version'])
    .where('s.entity', '=', 'Communication')
    .where('x.customer_id', '=', customerId)
    .where('x.status', '=', 'queued')
    .execute();
  for (const { id, version } of waiting) {
    await dropLink(db, id);
    await db
      .updateTable('communication')
      .set({ status: 'cancelled', next_try_at: null, version: version + 1 })
      .where('id', '=', id)
      .execute();
  }
  return Number(numUpdatedRows);
}

export const resetWebLogin = command({
  name: 'customer.reset-web-login',
  summary: 'Send a customer a link, good once and for an hour, to choose a new password for the web site',
  permission: 'customers.weblogin',
  input: z.object({
    customerId: z.int().positive(),
    address: shortText().optional().describe('one that is on file; the primary one without it'),
  }),
  subject: ({ customerId }) => ({ customerId }),
  prepare: (_, aids) => prepared(aids),
  run: async (ctx, { customerId, address }, { options, open, token }: Prepared): Promise<WebLoginReset> => {
    const recipient = await recipientOf(ctx, customerId, address);
    const { name } = await ctx.db
      .selectFrom('customer')
      .select('display_name as name')
      .where('id', '=', customerId)
      .executeTakeFirstOrThrow();
    const revoked = await revokeEarlier(ctx, customerId);
    const expiresAt = ctx.now + TOKEN_MS;
    const id = ctx.newId();
    ctx.em.create(ctx.e.WebLoginToken, {
      id,
      customer: customerId,
      tokenHash: tokenHash(token),
      sentTo: recipient,
      createdAt: ctx.now,
      createdBy: ctx.actor.username,
      expiresAt,
    });
    const communicationId = leaveMail(ctx, { customerId, mail: mailOf(options, name) }, { recipient, options });
    const link = resetLink(options.webLoginUrl, token);
    const kept = { customerId, detail: String(expiresAt) };
    await putSecret(ctx.db, open, linkOf(communicationId), link, kept, { id: ctx.newId(), now: ctx.now });
    ctx.audit({
      entity: 'WebLoginToken',
      entityId: id,
      customerId,
      changes: { sentTo: [null, recipient], ...(revoked > 0 && { revoked: [null, revoked] }) },
    });
    return { communicationId, sentTo: recipient, expiresAt };
  },
});
