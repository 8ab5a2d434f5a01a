import type { AttributeValues } from '#domain/code-tables/attributes.ts';
import type { CodeTable } from '#domain/code-tables/table.ts';
import type { FieldChoice } from '#domain/custom-field.ts';
import { indexPage } from '../custom-fields/indexing.ts';
import { Failure } from '../failure.ts';
import type { CommandContext } from '../operation.ts';
import type { CodeRow } from './store.ts';
import { useCount } from './uses.ts';

/** What else follows from a change of a code, in the same transaction: table → what to do. */
const EFFECTS: Readonly<
  Record<string, (ctx: CommandContext, before: CodeRow | null, after: CodeRow | null) => Promise<void>>
> = {
  // What the first page does not reach, `customField.index` does: setup calls it until nothing is left.
  custom_field: async ({ db }, before, after) => {
    if (before === null || after === null || !changesSearch(before, after)) return;
    await indexPage(db, after.code, 0);
  },
};

/** Whether what records are found by is another: the field is searched now or no longer, or its choices are called otherwise. */
const changesSearch = (before: CodeRow, after: CodeRow): boolean =>
  before.attributes.searchable !== after.attributes.searchable ||
  (after.attributes.searchable === 1 &&
    JSON.stringify(before.attributes.choices) !== JSON.stringify(after.attributes.choices));

export async function afterChange(
  ctx: CommandContext,
  table: CodeTable,
  before: CodeRow | null,
  after: CodeRow | null,
): Promise<void> {
  await EFFECTS[table.name]?.(ctx, before, after);
}

/** @throws Failure `refused` when a choice of a list would go that records hold */
export async function assertChoicesUnused(
  ctx: CommandContext,
  table: CodeTable,
  before: CodeRow,
  after: AttributeValues,
): Promise<void> {
  if (table.name !== 'custom_field') return;
  const left = new Set((after.choices as readonly FieldChoice[]).map(({ code }) => code));
  for (const { code, name } of before.attributes.choices as readonly FieldChoice[]) {
    if (left.has(code)) continue;
    const { count } = await ctx.db
      .selectFrom('custom_field_value')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('field', '=', before.code)
      .where('value', '=', code)
      .executeTakeFirstOrThrow();
    const uses = Number(count);
    if (uses === 0) continue;
    const message = `${name} is used by ${useCount({ what: 'records', count: uses })}; write "- ${code} = ${name}" to offer it no more`;
    throw new Failure('refused', `${message}.`, { choices: message });
  }
}
