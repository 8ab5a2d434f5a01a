import type { Command } from '#keymap/command.ts';
import type { AuditedRecord } from '#services/audit/record.ts';
import type { Choice } from '#ui/choice.ts';
import type { PanelContext } from './model.ts';
import { openTabContext } from './tab-commands.ts';
import { type NotesState, selectedNote } from './tabs/notes/model.ts';

/** A record whose audit can be shown. */
interface Watched {
  readonly entity: AuditedRecord;
  readonly id: number;
  readonly title: string;
}

/** The records that the panel shows, the note under the cursor first while the Notes tab is open. */
function watchable(ctx: PanelContext): Watched[] {
  const { panel } = ctx.get();
  const { account, customer, location } = panel ?? {};
  const open = openTabContext(ctx);
  const note = open?.tab.id === 'notes' ? selectedNote(open.tabCtx.get() as NotesState) : undefined;
  const records: (Watched | null | undefined)[] = [
    note && { entity: 'Note', id: note.id, title: `note ${note.subject}` },
    account && { entity: 'Account', id: account.id, title: `account ${account.number}` },
    customer && { entity: 'Customer', id: customer.id, title: `customer ${customer.number}` },
    location && { entity: 'Location', id: location.id, title: `location ${location.number}` },
  ];
  return records.filter((record) => record !== null && record !== undefined);
}

async function whoSaw(ctx: PanelContext): Promise<void> {
  const choices: Choice<Watched>[] = watchable(ctx).map((value) => ({ value, label: value.title }));
  const record = await ctx.choose('Who saw or changed', choices);
  if (record) ctx.open('audit', { record });
}

/** From any tab to the audit of what is shown. */
export const auditCommand: Command<PanelContext> = {
  id: 'account.audit',
  title: 'Who saw or changed this',
  group: 'record',
  keys: ['W'],
  permission: 'audit.read',
  background: true,
  applies: () => true,
  when: (ctx) => (watchable(ctx).length > 0 ? true : 'No account is open.'),
  run: whoSaw,
};
