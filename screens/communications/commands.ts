import type { Command } from '#keymap/command.ts';
import { cancelCommunication, resendCommunication, retryCommunication } from '#services/communications/change.ts';
import { readDocument } from '#services/communications/read.ts';
import type { CommunicationRow, CommunicationStatus } from '#services/communications/rows.ts';
import { PAPER_LABELS } from '#domain/paper-kinds.ts';
import { newList } from '#ui/table/model.ts';
import { listCommands } from '#ui/table/commands.ts';
import { currentRow } from '#ui/table/lens.ts';
import { lens, load } from './lens.ts';
import { type CommunicationsContext, isUnclear, STATUS_WORDS } from './model.ts';

type Ctx = CommunicationsContext;
const here = (ctx: Ctx): CommunicationRow | undefined => currentRow(lens, ctx.get());

/** `true` where the line is there and in one of these states, else why not. */
const inState =
  (states: readonly CommunicationStatus[], why: string) =>
  (ctx: Ctx): true | string => {
    const row = here(ctx);
    if (!row) return 'There is nothing here.';
    return row.channel !== 'file' && states.includes(row.status) ? true : why;
  };

async function pickState(ctx: Ctx): Promise<void> {
  const states = Object.entries(STATUS_WORDS) as [CommunicationStatus, string][];
  const picked = await ctx.choose<CommunicationStatus | 'all'>('Show', [
    { value: 'all', label: 'Everything' },
    ...states.map(([value, label]) => ({ value, label: label.replace(/^./, (first) => first.toUpperCase()) })),
  ]);
  if (picked === null) return;
  ctx.set({ status: picked === 'all' ? null : picked, list: newList(), rows: [], next: null });
  await load(ctx);
}

async function saveCopy(ctx: Ctx): Promise<void> {
  const { name, content } = await ctx.call(readDocument, { communicationId: here(ctx)!.id });
  await ctx.saveDocument({ name, content });
}

async function retry(ctx: Ctx): Promise<void> {
  const row = here(ctx)!;
  if (isUnclear(row)) {
    const sure = await ctx.confirm({
      title: 'Send it again?',
      lines: [row.problem!, `If ${row.recipient} has it already, it arrives twice.`],
      action: 'Send again',
    });
    if (!sure) return;
  }
  await ctx.call(retryCommunication, { communicationId: row.id, version: row.version });
  ctx.deliver([row.id]);
  await ctx.reload();
}

async function cancel(ctx: Ctx): Promise<void> {
  const row = here(ctx)!;
  await ctx.call(cancelCommunication, { communicationId: row.id, version: row.version });
  ctx.toast('It is cancelled.', 'good');
  await ctx.reload();
}

async function resend(ctx: Ctx): Promise<void> {
  const row = here(ctx)!;
  const left = await ctx.form({
    title: `Send again: ${PAPER_LABELS[row.kind].toLowerCase()} ${row.accountNumber ?? ''}`.trim(),
    verb: 'Send',
    today: ctx.today,
    initial: { recipient: row.recipient },
    fields: [
      {
        name: 'recipient',
        label: row.channel === 'email' ? 'To' : 'Printer',
        kind: 'text',
        required: true,
        maxLength: 200,
      },
    ],
    save: ({ recipient }, _, key) =>
      ctx.call(resendCommunication, { communicationId: row.id, recipient }, { idempotencyKey: key }),
  });
  if (!left) return;
  ctx.deliver([left.communicationId]);
  await ctx.reload();
}

export const commands: readonly Command<Ctx>[] = [
  {
    id: 'communications.save',
    title: 'Save a copy of the document as it was sent',
    group: 'record',
    keys: ['enter'],
    hint: 'Document',
    footer: 60,
    background: true,
    when: (ctx) => (here(ctx)?.documentName ? true : 'There is no document here.'),
    run: saveCopy,
  },
  {
    id: 'communications.account',
    title: 'Open the account',
    group: 'go',
    keys: ['o'],
    hint: 'Account',
    footer: 50,
    permission: 'accounts.read',
    when: (ctx) => (here(ctx)?.accountId ? true : 'It is about no account.'),
    run: (ctx) => ctx.open('account', { accountId: here(ctx)!.accountId! }),
  },
  {
    id: 'communications.retry',
    title: 'Try again now',
    group: 'record',
    keys: ['r'],
    hint: 'Retry',
    footer: 45,
    permission: 'paper.print',
    background: true,
    when: inState(
      ['queued', 'failed', 'bounced', 'cancelled'],
      'It was sent, or is no message: there is nothing to retry.',
    ),
    run: retry,
  },
  {
    id: 'communications.cancel',
    title: 'Take it out of the queue',
    group: 'record',
    keys: ['c'],
    hint: 'Cancel',
    footer: 40,
    permission: 'paper.print',
    danger: 'confirm',
    when: inState(['queued', 'failed'], 'Only what waits or failed can be cancelled.'),
    run: cancel,
  },
  {
    id: 'communications.resend',
    title: 'Send the same document once more',
    group: 'record',
    keys: ['a'],
    hint: 'Send again',
    footer: 38,
    permission: 'paper.print',
    background: true,
    when: inState(['sent', 'bounced', 'cancelled', 'failed'], 'It is not sent yet, or was written to a file.'),
    run: resend,
  },
  {
    id: 'communications.state',
    title: 'Show only those in one state',
    group: 'list',
    keys: ['w'],
    hint: 'Show',
    footer: 35,
    background: true,
    run: pickState,
  },
  ...listCommands(lens),
];
