import { z } from 'zod';
import { keptCode } from '#domain/code-tables/index.ts';
import type { CodeTable } from '#domain/code-tables/table.ts';
import { Failure } from '../failure.ts';
import { type CommandContext, command } from '../operation.ts';
import { afterChange } from './effects.ts';
import { acceptedAttributes, attributesField, codeField, nameField, tableField } from './input.ts';
import { type CodeRow, codeRows, entityOf, insertCode, orderCodes, tableNamed } from './store.ts';

/** What is given of a new code. */
export interface NewCode {
  readonly code: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly active?: 0 | 1;
  /** Where it stands among the others, counted from 0; behind them when left out. */
  readonly place?: number;
}

/** Adds a code in the caller's transaction. @throws Failure `invalid`, at the fields */
export async function putCode(ctx: CommandContext, table: CodeTable, given: NewCode): Promise<CodeRow> {
  const own = given.code.trim();
  const shaped = table.code.safeParse(own);
  if (!shaped.success) {
    const message = shaped.error.issues[0]!.message;
    throw new Failure('invalid', `code: ${message}`, { code: message });
  }
  const attributes = await acceptedAttributes(ctx.db, table, table.implied?.(own) ?? {}, given.attributes);
  const code = keptCode(table, own, attributes);
  const same = (await codeRows(ctx.db, table)).find((row) => row.code.toLowerCase() === code.toLowerCase());
  if (same) {
    const retired = same.active === 1 ? '' : ', retired: restore it instead';
    throw new Failure('invalid', `There is a ${table.one} ${same.code} already${retired}.`, { code: 'Taken' });
  }
  const row: CodeRow = {
    id: ctx.newId(),
    code,
    name: given.name.trim(),
    active: given.active ?? 1,
    system: 0,
    attributes,
    version: 1,
  };
  const others = given.place === undefined ? [] : await codeRows(ctx.db, table);
  await insertCode(ctx.db, table, row);
  if (given.place !== undefined) await orderCodes(ctx.db, table, others.toSpliced(given.place, 0, row));
  await afterChange(ctx, table, null, row);
  const said = Object.entries({ table: table.name, code, name: row.name, ...attributes });
  ctx.audit({
    entity: entityOf(table),
    entityId: row.id,
    changes: Object.fromEntries(said.map(([field, value]) => [field, [null, value] as const])),
  });
  return row;
}

export const addCode = command({
  name: 'codeTable.add',
  summary: 'Add a code to a code table',
  permission: 'options.edit',
  input: z.object({
    table: tableField,
    code: codeField,
    name: nameField,
    attributes: attributesField.default({}),
    active: z.union([z.literal(0), z.literal(1)]).optional(),
    place: z
      .int()
      .min(0)
      .max(100_000)
      .optional()
      .describe('its place in the table, counted from 0; the last when left out'),
  }),
  run: (ctx, { table, ...given }): Promise<CodeRow> => putCode(ctx, tableNamed(table), given),
});
