import { BATCH_KIND_LABELS } from '#services/batches/kinds.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { count } from '#ui/money.ts';
import { listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { ListBody } from '#ui/table/list-body.tsx';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { commands, STATUSES } from './commands.ts';
import { load } from './fetch.ts';
import { lens } from './lens.ts';
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
    <ListBody
      lens={lens}
      state={state}
      size={size}
      theme={theme}
      head={[head(state, theme)]}
      empty="No batch is like that."
      note={state.next === null ? '' : 'older ones follow'}
    />
  ),
};
