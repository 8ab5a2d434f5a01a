import { Box } from 'ink';
import { BATCH_KIND_LABELS } from '#services/batches/kinds.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { count } from '#ui/money.ts';
import { listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { Table } from '#ui/table/table.tsx';
import { Line, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { columns } from './columns.ts';
import { commands, STATUSES } from './commands.ts';
import { load } from './fetch.ts';
import { HEAD, lens } from './lens.ts';
import { type BatchesState, createBatches } from './model.ts';

/** What is shown; while a batch is posted, how far that is. */
function head({ posting, status, kind, mine }: BatchesState, theme: Theme): Segment[] {
  if (posting) {
    const { number, done, of } = posting;
    const share = of ? ` of ${count(of)} (${Math.floor((done * 100) / of)} %)` : '';
    return [[` Posting ${number}: ${count(done)}${share}. Esc stops; it can go on later.`, theme.warning]];
  }
  const what = [STATUSES[status], kind === null ? '' : BATCH_KIND_LABELS[kind], mine ? 'mine' : ''];
  return [[` ${what.filter(Boolean).join(', ')}`, theme.dim]];
}

/** Batches: opened, balanced against their control figures, and posted. */
export const batches: ScreenDefinition<undefined, BatchesState> = {
  id: 'batches',
  code: 'BAT',
  title: 'Batches',
  permission: 'history.read',
  crumb: () => 'Batches',
  create: createBatches,
  load,
  commands,
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) =>
    ctx.get().posting && event.type === 'key' && event.key === 'escape' ? false : listInput(lens, ctx, event),
  unsaved: ({ posting }) => (posting ? `batch ${posting.number}, which is being posted` : null),
  View: ({ state, size, theme }) => (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflowY="hidden">
      <Line segments={head(state, theme)} width={size.columns} ellipsis={theme.glyphs.ellipsis} />
      <Table
        columns={columns}
        rows={state.rows}
        list={state.list}
        keyOf={lens.key}
        width={size.columns}
        height={size.rows - HEAD}
        theme={theme}
        empty="No batch is like that."
        {...(state.more ? { note: 'older ones follow' } : {})}
      />
    </Box>
  ),
};
