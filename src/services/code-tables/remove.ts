import { z } from 'zod';
import type { CodeTable } from '#domain/code-tables/table.ts';
import { Failure } from '../failure.ts';
import { type CommandContext, command } from '../operation.ts';
import { afterChange } from './effects.ts';
import { codeField, tableField, versionField } from './input.ts';
import { assertOwn, codeAt } from './rules.ts';
import { type CodeRow, codeRow, deleteCode, entityOf, orderCodes, codeRows, tableNamed, updateCode } from './store.ts';
import { type CodeUseCount, type Newest, newestOf, usesOf, useWords } from './uses.ts';

const which = z.object({ table: tableField, code: codeField, version: versionField });

/** @throws Failure `refused` when it is used */
function assertUnused(code: string, uses: readonly CodeUseCount[]): void {
  if (uses.length === 0) return;
  throw new Failure(
    'refused',
    `${code} is used: ${useWords(uses)}. Retire it instead: they keep it, and nobody is offered it any more.`,
  );
}

/** Deletes a code that nothing uses. What is used in large tables is looked for before the transaction. */
export const removeCode = command({
  name: 'codeTable.remove',
  summary: 'Delete a code that nothing uses',
  permission: 'options.edit',
  input: which,
  prepare: async ({ table: name, code }, { db }): Promise<Newest> => {
    const table = tableNamed(name);
    const newest = await newestOf(db, table);
    assertUnused(code, await usesOf(db, table, await codeRow(db, table, code)));
    return newest;
  },
  run: async (ctx, { table: name, code, version }, newest) => {
    const table = tableNamed(name);
    const row = await codeAt(ctx, table, code, version);
    assertOwn(table, row, 'deleted');
    assertUnused(code, await usesOf(ctx.db, table, row, newest));
    await deleteCode(ctx.db, table, row);
    await afterChange(ctx, table, row, null);
    const said = Object.entries({ table: name, code, name: row.name, ...row.attributes });
    ctx.audit({
      entity: entityOf(table),
      entityId: row.id,
      changes: Object.fromEntries(said.map(([field, value]) => [field, [value, null] as const])),
    });
    return { code, removed: true };
  },
});

/** Sets whether a code is offered, in the caller's transaction. @throws Failure `refused` */
export async function setActive(ctx: CommandContext, table: CodeTable, row: CodeRow, active: 0 | 1): Promise<CodeRow> {
  if (active === 0) assertOwn(table, row, 'retired');
  if (row.active === active) return row;
  await updateCode(ctx.db, table, { ...row, active });
  await afterChange(ctx, table, row, { ...row, active });
  ctx.audit({ entity: entityOf(table), entityId: row.id, changes: { active: [row.active, active] } });
  return { ...row, active, version: row.version + 1 };
}

export const retireCode = command({
  name: 'codeTable.retire',
  summary: 'Offer a code no more; records that have it keep it',
  permission: 'options.edit',
  input: which,
  run: async (ctx, { table, code, version }): Promise<CodeRow> => {
    const found = tableNamed(table);
    return setActive(ctx, found, await codeAt(ctx, found, code, version), 0);
  },
});

export const restoreCode = command({
  name: 'codeTable.restore',
  summary: 'Offer a retired code again',
  permission: 'options.edit',
  input: which,
  run: async (ctx, { table, code, version }): Promise<CodeRow> => {
    const found = tableNamed(table);
    return setActive(ctx, found, await codeAt(ctx, found, code, version), 1);
  },
});

/** Moves a code to a place among the others, counted from 0. */
export const reorderCode = command({
  name: 'codeTable.reorder',
  summary: 'Move a code to another place in its table',
  permission: 'options.edit',
  input: which.extend({ to: z.int().min(0).max(100_000) }),
  run: async (ctx, { table: name, code, version, to }): Promise<CodeRow> => {
    const table = tableNamed(name);
    if (!table.ordered) throw new Failure('refused', `${table.title} stand by their codes: they have no other order.`);
    const row = await codeAt(ctx, table, code, version);
    const rows = await codeRows(ctx.db, table);
    const from = rows.findIndex((one) => one.id === row.id);
    const place = Math.min(to, rows.length - 1);
    await orderCodes(ctx.db, table, rows.toSpliced(from, 1).toSpliced(place, 0, row));
    await updateCode(ctx.db, table, row);
    ctx.audit({ entity: entityOf(table), entityId: row.id, changes: { place: [from + 1, place + 1] } });
    return { ...row, version: version + 1 };
  },
});
