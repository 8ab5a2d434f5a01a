import { listCodeTables, readCodeTable } from '#services/code-tables/list.ts';
import { keepRow } from '#ui/table/lens.ts';
import { newList } from '#ui/table/model.ts';
import { codes, currentEntry, tables } from './lens.ts';
import { entriesOf, type SetupContext } from './model.ts';

/** Counts and the codes of the table that is shown; the cursor stays where it was. */
export async function load(ctx: SetupContext): Promise<void> {
  const first = !ctx.get().loaded;
  const entries = entriesOf(await ctx.call(listCodeTables, {}));
  ctx.set({ entries, loaded: true });
  const wanted = first ? ctx.params?.table : undefined;
  if (wanted !== undefined) {
    const cursor = entries.findIndex(({ key }) => key === wanted);
    if (cursor >= 0) ctx.set({ tables: { ...ctx.get().tables, cursor }, pane: 'codes' });
  }
  await show(ctx, true);
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

/** Moves the cursor on the left to a table, for what opens setup at one. */
export function goTo(ctx: SetupContext, name: string): void {
  const cursor = ctx.get().entries.findIndex(({ key }) => key === name);
  if (cursor >= 0) ctx.set(tables.set(ctx.get(), { ...ctx.get().tables, cursor, filter: '' }));
}
