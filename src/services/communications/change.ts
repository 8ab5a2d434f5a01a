import { z } from 'zod';
import { may } from '../actor.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { loadOptions } from '../options/operations.ts';
import { type Left, leave } from '../paper/keep.ts';
import { shortText } from '#domain/typed-text.ts';
import { communicationOf, type CommunicationStatus } from './rows.ts';
import { dropLink, holdsLink, linkOf } from './sealed-link.ts';
import { findSealed } from '../secrets/store.ts';

const communicationId = z.int().positive();
const version = z.int().positive().optional();

type Communication = Awaited<ReturnType<typeof communicationOf>>;

/** Read under the actor's rights and, when a version was given, unchanged since. */
async function unchanged(ctx: CommandContext, id: number, was: number | undefined): Promise<Communication> {
  const row = await communicationOf(ctx, id);
  if (row.channel === 'email' && !may(ctx.actor, 'paper.mail')) {
    throw new Failure('forbidden', 'You may not send mail (paper.mail).');
  }
  if (was !== undefined && row.version !== was) {
    throw new Failure('conflict', 'It has changed meanwhile. Look at it again.');
  }
  return row;
}

interface Next {
  readonly status: CommunicationStatus;
  readonly attempts?: number;
  readonly nextTryAt?: number | null;
  readonly lockedUntil?: number | null;
  readonly sentAt?: number | null;
  readonly problem?: string | null;
}

async function move(ctx: CommandContext, row: Communication, next: Next): Promise<{ id: number; status: string }> {
  const entity = await ctx.em.findOneOrFail(ctx.e.Communication, row.id);
  ctx.em.assign(entity, next);
  ctx.audit({
    entity: 'Communication',
    entityId: row.id,
    customerId: row.customerId,
    changes: {
      status: [row.status, next.status],
      ...(next.problem === undefined ? {} : { problem: [row.problem, next.problem] }),
    },
  });
  return { id: row.id, status: next.status };
}

export const retryCommunication = command({
  name: 'communication.retry',
  summary: 'Try again to send or print what failed, with the identity that it had',
  permission: 'paper.print',
  input: z.object({ communicationId, version }),
  run: async (ctx, input) => {
    const row = await unchanged(ctx, input.communicationId, input.version);
    if (row.channel === 'file') throw new Failure('refused', 'A file is written from where it was asked for.');
    if (!['failed', 'bounced', 'queued', 'cancelled'].includes(row.status)) {
      throw new Failure(
        'refused',
        row.status === 'sent' ? 'It was sent. Send it again as a new one.' : 'It is being sent.',
      );
    }
    if (holdsLink(row.body) && !(await findSealed(ctx.db, linkOf(row.id)))) {
      throw new Failure('refused', 'The link that was in it is gone. Make a new one.');
    }
    return move(ctx, row, { status: 'queued', attempts: 0, nextTryAt: ctx.now, lockedUntil: null, problem: null });
  },
});

export const cancelCommunication = command({
  name: 'communication.cancel',
  summary: 'Take something out of the queue that was not sent yet',
  permission: 'paper.print',
  input: z.object({ communicationId, version }),
  run: async (ctx, input) => {
    const row = await unchanged(ctx, input.communicationId, input.version);
    if (row.status !== 'queued' && row.status !== 'failed') {
      throw new Failure('refused', 'Only what waits or failed can be cancelled.');
    }
    await dropLink(ctx.db, row.id);
    return move(ctx, row, { status: 'cancelled', nextTryAt: null });
  },
});

export const resendCommunication = command({
  name: 'communication.resend',
  summary: 'Send or print a kept document once more, to the same or another address or printer',
  permission: 'paper.print',
  input: z.object({
    communicationId,
    /** E-mail address or name of a printer, as the first one was. */
    recipient: shortText(200).trim().min(1, 'Name the address or printer').optional(),
  }),
  run: async (ctx, input): Promise<Left> => {
    const row = await unchanged(ctx, input.communicationId, undefined);
    if (row.channel === 'file' || row.documentId === null) {
      throw new Failure('refused', 'Only what was printed or sent by e-mail can be sent again.');
    }
    const options = await loadOptions(ctx.db);
    const recipient = input.recipient ?? row.recipient;
    if (row.channel === 'email') {
      if (!z.email().safeParse(recipient).success) throw invalid('Enter an e-mail address');
      if (row.kind === 'statement' && recipient !== row.recipient) await assertOnFile(ctx, row, recipient);
      if (options.mailServer === '')
        throw new Failure('refused', 'No mail can be sent: set the company option mailServer.');
    } else if (!options.printers.some(({ name }) => name === recipient))
      throw invalid(`There is no printer ${recipient}.`);
    const { kind, customerId, accountId, transactionId, statementId, documentId, documentName, subject, body } = row;
    const mail = { subject: subject ?? '', body: body ?? '' };
    const sendable = { kind, customerId, accountId, transactionId, statementId, documentId, mail };
    return leave(ctx, { ...sendable, name: documentName!, pages: 0 }, { channel: row.channel, recipient, options });
  },
});

const invalid = (message: string): Failure => new Failure('invalid', message, { recipient: message });

/** Statements go to nobody but their customer. */
async function assertOnFile({ db }: CommandContext, { customerId }: Communication, address: string): Promise<void> {
  const known = await db.selectFrom('customer_email').select('address').where('customer_id', '=', customerId).execute();
  if (known.some((one) => one.address.toLowerCase() === address.toLowerCase())) return;
  throw invalid('Statements go to addresses that are on file for the customer.');
}

export const fileWritten = command({
  name: 'communication.written',
  summary: 'Say what became of a document for a file: where it was written, or why not',
  permission: 'paper.print',
  input: z.object({ communicationId, path: shortText(1000).optional(), problem: shortText(300).optional() }),
  run: async (ctx, { path, problem, ...input }) => {
    const row = await communicationOf(ctx, input.communicationId);
    if (row.channel !== 'file' || row.createdBy !== ctx.actor.username || row.status !== 'sending') {
      throw new Failure('refused', 'This is no file of yours that is being written.');
    }
    const written = problem === undefined;
    const entity = await ctx.em.findOneOrFail(ctx.e.Communication, row.id);
    if (written && path !== undefined) entity.recipient = path;
    return move(ctx, row, {
      status: written ? 'sent' : 'failed',
      lockedUntil: null,
      sentAt: written ? ctx.now : null,
      problem: problem ?? null,
    });
  },
});
