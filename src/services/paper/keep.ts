import type { CompanyOptions } from '#domain/company-options.ts';
import type { CommandContext } from '../operation.ts';
import type { Produced } from './produce.ts';

/** How a document leaves. */
export interface Leaving {
  readonly channel: 'email' | 'print' | 'file';
  /** Address, printer or file. */
  readonly recipient: string;
  readonly options: CompanyOptions;
}

/** A document that waits to be sent, or to be written by who asked for it. */
export interface Left {
  readonly communicationId: number;
  readonly documentId: number;
  readonly name: string;
  readonly pages: number;
  readonly recipient: string;
}

/** A file must be written by then by who asked for it, ms. */
const WRITTEN_WITHIN = 15 * 60_000;

/** Keeps what was made, and puts it in the queue; the communication tells for ever what left. */
export function keep(ctx: CommandContext, documents: readonly Produced[], leaving: Leaving): Left[] {
  const left: Left[] = [];
  for (const [at, document] of documents.entries()) {
    const documentId = ctx.newId();
    const { kind, customerId, accountId, name, mediaType, content, digest } = document;
    ctx.em.create(ctx.e.StoredDocument, {
      id: documentId,
      kind,
      customerId,
      accountId,
      name,
      mediaType,
      content,
      digest,
      createdAt: ctx.now,
      createdBy: ctx.actor.username,
    });
    left.push(leave(ctx, { ...document, documentId }, wayOf(leaving, document, at)));
  }
  return left;
}

/** A duplicate that is to go by e-mail does, whichever way the others go. */
function wayOf(leaving: Leaving, { email }: Produced, at: number): Leaving {
  if (email !== null) return { ...leaving, channel: 'email', recipient: email };
  return leaving.channel === 'file' ? { ...leaving, recipient: numbered(leaving.recipient, at) } : leaving;
}

/** Duplicates go to files of their own: `bill.pdf`, `bill-2.pdf`. */
const numbered = (file: string, at: number): string =>
  at === 0 ? file : file.replace(/(\.[A-Za-z0-9]+)?$/, `-${at + 1}$1`);

/** What is known of a document that is sent, whether it was just made or is sent once more. */
export type Sendable = Pick<
  Produced,
  'kind' | 'customerId' | 'accountId' | 'transactionId' | 'statementId' | 'name' | 'pages' | 'mail'
> & { readonly documentId: number };

/** Puts one document in the queue. */
export function leave(ctx: CommandContext, document: Sendable, leaving: Leaving): Left {
  const id = ctx.newId();
  const { channel, recipient, options } = leaving;
  const { kind, customerId, accountId, transactionId, statementId, documentId, mail } = document;
  const email = channel === 'email';
  ctx.em.create(ctx.e.Communication, {
    id,
    customerId,
    accountId,
    channel,
    kind,
    recipient,
    documentId,
    transactionId,
    statementId,
    status: channel === 'file' ? 'sending' : 'queued',
    subject: email ? mail.subject : null,
    body: email ? mail.body : null,
    messageId: email ? messageId(id, options.mailFrom) : null,
    nextTryAt: channel === 'file' ? null : ctx.now,
    lockedUntil: channel === 'file' ? ctx.now + WRITTEN_WITHIN : null,
    createdAt: ctx.now,
    createdBy: ctx.actor.username,
  });
  ctx.audit({
    entity: 'Communication',
    entityId: id,
    customerId,
    changes: { kind: [null, kind], channel: [null, channel], recipient: [null, recipient] },
  });
  return { communicationId: id, documentId, name: document.name, pages: document.pages, recipient };
}

/** Puts a message without any document in the queue; answers its communication. */
export function leaveMail(
  ctx: CommandContext,
  { customerId, mail }: Pick<Sendable, 'customerId' | 'mail'>,
  { recipient, options }: Omit<Leaving, 'channel'>,
): number {
  const id = ctx.newId();
  ctx.em.create(ctx.e.Communication, {
    id,
    customerId,
    channel: 'email',
    kind: 'letter',
    recipient,
    status: 'queued',
    ...mail,
    messageId: messageId(id, options.mailFrom),
    nextTryAt: ctx.now,
    createdAt: ctx.now,
    createdBy: ctx.actor.username,
  });
  ctx.audit({
    entity: 'Communication',
    entityId: id,
    customerId,
    changes: { kind: [null, 'letter'], channel: [null, 'email'], recipient: [null, recipient] },
  });
  return id;
}

/** The identity of a message on the net: the same at every try, never that of another. */
const messageId = (id: number, from: string): string => `<meterdesk.${id}@${from.split('@').at(-1)}>`;
