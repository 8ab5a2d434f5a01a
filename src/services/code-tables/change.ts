import { z } from 'zod';
import { attributeLocked } from '#domain/code-tables/index.ts';
import type { CodeTable } from '#domain/code-tables/table.ts';
import { Failure } from '../failure.ts';
import { type CommandContext, command } from '../operation.ts';
import { changesOf } from '../users/versions.ts';
import { afterChange, assertChoicesUnused } from './effects.ts';
import { acceptedAttributes, attributesField, codeField, nameField, tableField, versionField } from './input.ts';
import { assertOwn, codeAt } from './rules.ts';
import { type CodeRow, entityOf, tableNamed, updateCode } from './store.ts';

/** What may be changed of a code; what is left out stays. */
export interface CodeChange {
  readonly name?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** Changes a code in the caller's transaction; answers it as it is now. @throws Failure `invalid`, `refused` */
export async function reviseCode(
  ctx: CommandContext,
  table: CodeTable,
  before: CodeRow,
  { name = before.name, attributes: given = {} }: CodeChange,
): Promise<CodeRow> {
  const attributes = await acceptedAttributes(ctx.db, table, before.attributes, given);
  const locked = table.attributes.find(
    (one) => attributeLocked(table, one.name, true) && differs(before.attributes[one.name], attributes[one.name]),
  );
  if (locked) {
    const message = `${locked.label} is fixed once the code is saved`;
    throw new Failure('refused', `${message}. Add another ${table.one} instead.`, { [locked.name]: message });
  }
  const changes = changesOf({ name: before.name, ...before.attributes }, { name: name.trim(), ...attributes });
  if (Object.keys(changes).length === 0) return before;
  if (!table.settable || 'name' in changes) assertOwn(table, before, 'changed');
  await assertChoicesUnused(ctx, table, before, attributes);
  const after = { ...before, name: name.trim(), attributes };
  await updateCode(ctx.db, table, after);
  await afterChange(ctx, table, before, after);
  ctx.audit({ entity: entityOf(table), entityId: before.id, changes });
  return { ...after, version: before.version + 1 };
}

export const changeCode = command({
  name: 'codeTable.change',
  summary: 'Change the name and the attributes of a code; the code itself stays',
  permission: 'options.edit',
  input: z.object({
    table: tableField,
    code: codeField,
    version: versionField,
    name: nameField.optional(),
    attributes: attributesField.optional(),
  }),
  run: async (ctx, { table: name, code, version, ...change }): Promise<CodeRow> => {
    const table = tableNamed(name);
    return reviseCode(ctx, table, await codeAt(ctx, table, code, version), change);
  },
});
