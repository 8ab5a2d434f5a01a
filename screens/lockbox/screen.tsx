import type { Command } from '#keymap/command.ts';
import type { LockboxItemRow } from '#services/lockbox/list.ts';
import { money } from '#ui/money.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { listCommands, listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { ListBody } from '#ui/table/list-body.tsx';
import { currentRow } from '#ui/table/lens.ts';
import { newList } from '#ui/table/model.ts';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { giveBack, resolve } from './decide.ts';
import { load } from './load.ts';
import { importFile } from './import.ts';
import { lens } from './lens.ts';
import { createLockbox, type LockboxContext, type LockboxState, type StatusFilter } from './model.ts';

const STATUSES: Readonly<Record<StatusFilter, string>> = {
  exception: 'Exceptions',
  matched: 'Credited',
  returned: 'Returned',
  all: 'All',
};

async function narrow(ctx: LockboxContext): Promise<void> {
  const status = await ctx.choose(
    'Show',
    (Object.keys(STATUSES) as StatusFilter[]).map((value) => ({ value, label: STATUSES[value] })),
  );
  if (status === null) return;
  ctx.set({ status, rows: [], list: newList() });
  await load(ctx);
}

/** A command on a payment that waits. */
const onWaiting = (
  command: Pick<Command<LockboxContext>, 'id' | 'title' | 'keys' | 'hint' | 'footer'>,
  act: (ctx: LockboxContext, item: LockboxItemRow) => Promise<void>,
): Command<LockboxContext> => ({
  ...command,
  group: 'record',
  when: (ctx) => {
    const item = currentRow(lens, ctx.get());
    if (!item) return 'No payment is here.';
    return item.status === 'exception' ? true : `It is ${item.status === 'matched' ? 'credited' : 'returned'} already.`;
  },
  run: (ctx) => act(ctx, currentRow(lens, ctx.get())!),
});

const commands: readonly Command<LockboxContext>[] = [
  {
    id: 'lockbox.import',
    title: 'Import a file of the bank',
    group: 'record',
    keys: ['i', 'n'],
    hint: 'Import',
    footer: 70,
    run: importFile,
  },
  onWaiting(
    { id: 'lockbox.resolve', title: 'Credit it to an account', keys: ['enter', 'c'], hint: 'Credit', footer: 80 },
    resolve,
  ),
  onWaiting(
    { id: 'lockbox.return', title: 'Return it to who paid it', keys: ['r'], hint: 'Return', footer: 78 },
    giveBack,
  ),
  {
    id: 'lockbox.account',
    title: 'Open its account',
    group: 'go',
    keys: ['o'],
    permission: 'accounts.read',
    when: (ctx) => (currentRow(lens, ctx.get())?.accountId ? true : 'No account is known.'),
    run: (ctx) => ctx.open('account', { accountId: currentRow(lens, ctx.get())!.accountId! }),
  },
  {
    id: 'lockbox.narrow',
    title: 'Show exceptions, credited, returned or all',
    group: 'list',
    keys: ['f4'],
    hint: 'Show',
    footer: 60,
    run: narrow,
  },
  ...listCommands(lens),
];

function head({ last, status }: LockboxState, theme: Theme): Segment[] {
  const shown: Segment = [` ${STATUSES[status]}`, theme.title];
  if (!last) return [shown, ['   No file was imported yet.', theme.dim]];
  const { name, depositedOn, items, totalCents, exceptions, returned, batchNumber } = last;
  return [
    shown,
    [`   ${exceptions} wait`, exceptions > 0 ? theme.warning : theme.good],
    [returned > 0 ? `, ${returned} returned` : '', theme.text],
    [` of ${batchNumber}, ${name} of ${depositedOn}: ${items} for ${money(totalCents)}`, theme.dim],
  ];
}

/** Payments of the bank's lockbox: files are imported, and what nobody could be credited for is worked off. */
export const lockbox: ScreenDefinition<undefined, LockboxState> = {
  id: 'lockbox',
  code: 'LBX',
  title: 'Lockbox',
  permission: 'lockbox.manage',
  crumb: () => 'Lockbox',
  create: createLockbox,
  load,
  commands,
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) => listInput(lens, ctx, event),
  View: ({ state, size, theme }) => (
    <ListBody
      lens={lens}
      state={state}
      size={size}
      theme={theme}
      head={[head(state, theme)]}
      empty={state.status === 'exception' ? 'Nothing waits.' : 'There are none.'}
      note={state.next === null ? '' : 'more follow'}
    />
  ),
};
