import { list, type ListPage, type ListPlace } from '#services/lookup/list.ts';
import type { ListLens } from '#ui/table/lens.ts';
import { columns } from './columns.ts';
import type { LookUpContext } from './fetch.ts';
import { browsedOrder, keyOfRow, type LookUpParams, type LookUpState, type Row } from './model.ts';

/** Lines above the list: the text box and what it is narrowed to. */
export const HEAD = 2;
const EXPORT_PAGE = 500;
/** Rows that a copy or an export takes at most. */
const EXPORTED = 50_000;

/** The whole list, not only the window that is held. */
async function everything(ctx: LookUpContext): Promise<readonly Row[]> {
  const { rows: shown, filters } = ctx.get();
  const order = browsedOrder(ctx.get());
  if (order === null) return shown;
  const rows: Row[] = [];
  for (let from: ListPlace | null = null; ;) {
    const page: ListPage = await ctx.call(list, { order, direction: 'forward', from, filters, limit: EXPORT_PAGE });
    rows.push(...page.rows);
    if (page.resume === null) return rows;
    if (rows.length >= EXPORTED) {
      ctx.toast(`Only the first ${EXPORTED} rows were taken.`, 'warning');
      return rows;
    }
    from = page.resume;
  }
}

export const lens: ListLens<LookUpParams | undefined, LookUpState, Row> = {
  scope: 'look-up',
  get: (state) => state.list,
  set: (_state, changed) => ({ list: changed }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: keyOfRow,
  height: (size) => size.rows - HEAD,
  name: 'accounts',
  all: everything,
};
