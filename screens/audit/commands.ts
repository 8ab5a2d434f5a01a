import type { Command } from '#keymap/command.ts';
import { verifyAudit } from '#services/audit/verify-audit.ts';
import { AUDITED_RECORDS, type AuditedRecord } from '#services/audit/record.ts';
import { listCommands } from '#ui/table/commands.ts';
import { currentRow } from '#ui/table/lens.ts';
import { recordOf } from './columns.ts';
import { showEntry } from './details.ts';
import { type AuditContext, show } from './fetch.ts';
import { lens } from './lens.ts';
import { narrowedTo, type WatchedRecord } from './model.ts';
import { narrow } from './narrow.ts';

const current = (ctx: AuditContext) => currentRow(lens, ctx.get());
const some = (ctx: AuditContext): true | string => (current(ctx) ? true : 'There is no entry here.');

function jump(ctx: AuditContext): void {
  const to = current(ctx)?.jump;
  if (!to) return;
  const { noteId, ...whose } = to;
  ctx.open('account', noteId === undefined ? whose : { ...whose, tab: 'notes', record: noteId });
}

/** The record of the entry with the cursor, when its own history can be told. */
function watched(ctx: AuditContext): WatchedRecord | null {
  const row = current(ctx);
  if (!row?.entityId || !AUDITED_RECORDS.includes(row.entity as AuditedRecord)) return null;
  return { entity: row.entity as AuditedRecord, id: row.entityId, title: recordOf(row) };
}

/** Follows the whole chain; without checkpoints a cut end cannot be seen, which is said. */
async function prove(ctx: AuditContext): Promise<void> {
  ctx.toast('Following the trail from its first entry.', 'info');
  const { findings, entries } = await ctx.call(verifyAudit, { checkpoints: [] });
  if (findings.length > 0) return ctx.toast(`The trail is broken: ${findings[0]}.`, 'bad');
  ctx.toast(
    `${entries} entries follow each other unchanged. Whether the newest were cut off shows against a checkpoint.`,
    'good',
  );
}

/** The database narrows and orders, so the list's own filter and sorting do not exist here. */
const ofList = listCommands(lens).filter(({ id }) => id !== 'audit.filter' && id !== 'audit.sort');

export const commands: readonly Command<AuditContext>[] = [
  {
    id: 'audit.open',
    title: 'Show the whole entry',
    group: 'record',
    keys: ['enter'],
    hint: 'Entry',
    footer: 60,
    background: true,
    when: some,
    run: showEntry,
  },
  {
    id: 'audit.narrow',
    title: 'Narrow by date, user, operation, number and more',
    group: 'list',
    keys: ['f4', '/'],
    hint: 'Narrow',
    footer: 55,
    background: true,
    run: narrow,
  },
  {
    id: 'audit.jump',
    title: 'Open the record where it belongs',
    group: 'go',
    keys: ['o'],
    hint: 'Record',
    footer: 50,
    permission: 'accounts.read',
    when: (ctx) => (current(ctx)?.jump ? true : 'This entry is about no record that can be opened.'),
    run: jump,
  },
  {
    id: 'audit.record',
    title: 'Who saw or changed the record of this entry',
    group: 'go',
    keys: ['W'],
    hint: 'Who',
    footer: 40,
    when: (ctx) => (watched(ctx) ? true : 'Of this entry no record can be followed.'),
    run: (ctx) => show(ctx, { record: watched(ctx)! }),
  },
  {
    id: 'audit.widen',
    title: 'Show all entries again',
    group: 'list',
    keys: ['U'],
    hint: 'All',
    footer: 58,
    when: (ctx) => (narrowedTo(ctx.get()).length > 0 ? true : 'All entries are shown.'),
    run: (ctx) => show(ctx, {}),
  },
  {
    id: 'audit.prove',
    title: 'Prove that no entry was changed',
    group: 'record',
    keys: ['P'],
    background: true,
    run: prove,
  },
  ...ofList,
];
