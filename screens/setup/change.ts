import { removeCode, reorderCode, restoreCode, retireCode } from '#services/code-tables/remove.ts';
import { addCode } from '#services/code-tables/add.ts';
import { whereUsed } from '#services/code-tables/list.ts';
import type { CodeRow } from '#services/code-tables/store.ts';
import { useWords } from '#services/code-tables/uses.ts';
import { ownCode } from '#domain/code-tables/index.ts';
import { shownRows, updateList } from '#ui/table/lens.ts';
import { setting, undoably } from '#ui/undo.ts';
import { type Attributes, codeRecord } from './code-form.ts';
import { codes, currentCode, shownTable } from './lens.ts';
import type { SetupContext } from './model.ts';

/** The code with the cursor, and as operations name it. */
export const at = (ctx: SetupContext) => {
  const table = shownTable(ctx.get())!;
  const row = currentCode(ctx.get())!;
  return { table, row, ref: { table: table.name, code: row.code, version: row.version } };
};

/** The cursor on a code. */
export function toCode(ctx: SetupContext, { id }: CodeRow): void {
  const cursor = shownRows(codes, ctx.get()).findIndex((row) => row.id === id);
  if (cursor >= 0) updateList(codes, ctx, (list) => ({ ...list, cursor }));
}

const placeOf = (ctx: SetupContext, { id }: CodeRow): number => ctx.get().rows.findIndex((row) => row.id === id);

/** A change of a code as it can be taken back. */
const named = (row: CodeRow, title: string) => ({ title, record: codeRecord(row.id), version: row.version });

/** Offers the code with the cursor (1), or nobody any more (0). */
async function offer(ctx: SetupContext, active: 0 | 1): Promise<void> {
  const { row, ref } = at(ctx);
  const title = `${active === 1 ? 'Offer' : 'Retire'} ${row.code}`;
  await setting(ctx.undo, { ...named(row, title), before: row.active, after: active }, (wanted, version, how) =>
    ctx.call(wanted === 1 ? restoreCode : retireCode, { ...ref, version }, how),
  );
}

async function deleteUnused(ctx: SetupContext): Promise<void> {
  const { table, row, ref } = at(ctx);
  const { name, active } = row;
  const place = placeOf(ctx, row);
  const given = { table: table.name, code: ownCode(table, row.code), name, active, place };
  await undoably(ctx.undo, {
    ...named(row, `Delete ${row.code}`),
    run: async () => {
      await ctx.call(removeCode, ref);
      return { version: 0 };
    },
    back: () => (_, how) => ctx.call(addCode, { ...given, attributes: row.attributes as Attributes }, how),
  });
}

/** Deletes what nothing uses, after a question; offers to retire what is used. */
export async function remove(ctx: SetupContext): Promise<void> {
  const { table, row, ref } = at(ctx);
  const uses = await ctx.call(whereUsed, ref);
  if (uses.length > 0 && row.active === 0) {
    return ctx.toast(`${row.code} is retired already. It is used: ${useWords(uses)}.`, 'warning');
  }
  const used = uses.length > 0;
  const sure = await ctx.confirm({
    title: used ? `Retire ${row.code}?` : `Delete ${row.code}?`,
    lines: used
      ? [`It is used: ${useWords(uses)}.`, 'They keep it; nobody is offered it any more. r offers it again.']
      : [`${row.code}, ${row.name}, of ${table.title}.`, 'Nothing uses it.'],
    action: used ? 'Retire it' : 'Delete it',
  });
  if (!sure) return;
  await (used ? offer(ctx, 0) : deleteUnused(ctx));
  ctx.toast(`${row.code} is ${used ? 'retired' : 'deleted'}.`, 'good');
  await ctx.reload();
}

export async function retireOrRestore(ctx: SetupContext): Promise<void> {
  const { row } = at(ctx);
  await offer(ctx, row.active === 1 ? 0 : 1);
  const words = row.active === 1 ? 'is retired: nobody is offered it any more' : 'is offered again';
  ctx.toast(`${row.code} ${words}.`, 'good');
  await ctx.reload();
}

/** One place up or down. */
export async function move(ctx: SetupContext, step: 1 | -1): Promise<void> {
  const { row, ref } = at(ctx);
  const before = placeOf(ctx, row);
  const after = before + step;
  if (after < 0 || after >= ctx.get().rows.length) return;
  await setting(ctx.undo, { ...named(row, `Move ${row.code}`), before, after }, (to, version, how) =>
    ctx.call(reorderCode, { ...ref, version, to }, how),
  );
  await ctx.reload();
  toCode(ctx, row);
}
