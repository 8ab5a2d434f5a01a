import { listCodeTables, readCodeTable } from '#services/code-tables/list.ts';
import { keepRow } from '#ui/table/lens.ts';
import { newList } from '#ui/table/model.ts';
import { codes, currentEntry } from './lens.ts';
import { entriesOf, type SetupContext } from './model.ts';

/** Counts and the codes of the table that is shown; the cursor stays where it was. */
export async function load(ctx: SetupContext): Promise<void> {
  const first = !ctx.get().loaded;
  const entries = entriesOf(await ctx.call(listCodeTables, {}));
  ctx.set({ entries, loaded: true });
  const wanted = first ? ctx.params?.table : undefined;
  if (wanted === undefined || !(await goTo(ctx, wanted))) await show(ctx, true);
}

/** Shows the codes of the table under the cursor; `anew` also when they are shown already. */
export async function show(ctx: SetupContext, anew = false): Promise<void> {
  const table = currentEntry(ctx.get())?.table ?? null;
  const before = ctx.get();
  const other = before.shown !== (table?.name ?? null);
  if (!other && !anew) return;
  if (other) ctx.set({ shown: table?.name ?? null, rows: [], codes: newList() });
  if (table === null) return;
  const rows = await ctx.call(readCodeTable, { table: table.name });
  // Another table may have been chosen meanwhile.
  if (ctx.get().shown !== table.name) return;
  ctx.set({ rows });
  if (!other) keepRow(codes, ctx, before);
}

/** The codes of a table with the cursor, for what opens setup at one; false when there is no such table. */
export async function goTo(ctx: SetupContext, name: string): Promise<boolean> {
  const cursor = ctx.get().entries.findIndex(({ key }) => key === name);
  if (cursor < 0) return false;
  ctx.set({ tables: { ...newList(), cursor }, pane: 'codes' });
  await show(ctx);
  return true;
}
