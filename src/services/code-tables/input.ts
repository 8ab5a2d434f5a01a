import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { type AttributeValues, checkedAttributes } from '#domain/code-tables/attributes.ts';
import { type CodeAttribute, type CodeTable, GENERAL_LEDGER } from '#domain/code-tables/table.ts';
import { Failure } from '../failure.ts';
import { shortText, typedLine } from '#domain/typed-text.ts';
import { codeRows, tableNamed } from './store.ts';

export const tableField = shortText(40).min(1, 'Name the code table');
export const codeField = shortText(61).min(1, 'Name the code');
export const nameField = typedLine(100).min(1, 'Give it a name');
export const versionField = z.int();

const entry = z.record(shortText(20), z.union([shortText(100), z.number()]));

/** What a code says besides its name: attribute → value as it is stored. */
export const attributesField = z.record(
  shortText(40),
  z.union(
    [shortText(2000), z.number(), z.null(), z.array(z.union([shortText(100), entry])).max(200, 'At most 200 entries')],
    'Give a text, a number, nothing, or a list.',
  ),
);

const MESSAGE = (wrong: Readonly<Record<string, string>>): string => {
  const [first] = Object.entries(wrong);
  return first ? `${first[0]}: ${first[1]}` : 'Not valid.';
};

/** Attributes as they will be kept. @throws Failure `invalid`, at the attributes */
export async function acceptedAttributes(
  db: Db,
  table: CodeTable,
  before: AttributeValues,
  given: AttributeValues,
): Promise<AttributeValues> {
  const checked = checkedAttributes(table, before, given);
  if ('wrong' in checked) throw new Failure('invalid', MESSAGE(checked.wrong), checked.wrong);
  const wrong: Record<string, string> = {};
  for (const attribute of table.attributes) {
    const missing = await missingCode(db, attribute, before[attribute.name], checked.values[attribute.name]);
    if (missing !== null) wrong[attribute.name] = `There is no ${missing}`;
  }
  if (Object.keys(wrong).length > 0) throw new Failure('invalid', MESSAGE(wrong), wrong);
  return checked.values;
}

/** The first code among those that were not said before which its table does not have. */
async function missingCode(db: Db, { kind }: CodeAttribute, before: unknown, after: unknown): Promise<string | null> {
  if (kind.as !== 'code' && kind.as !== 'codes') return null;
  const known = new Set([before].flat());
  const said = [after].flat().filter((code): code is string => typeof code === 'string' && !known.has(code));
  if (said.length === 0) return null;
  const there = new Set(await codesIn(db, kind.of));
  return said.find((code) => !there.has(code)) ?? null;
}

/** Codes of a table that others refer to. */
async function codesIn(db: Db, source: string): Promise<string[]> {
  if (source !== GENERAL_LEDGER) return (await codeRows(db, tableNamed(source))).map(({ code }) => code);
  return (await db.selectFrom('gl_account').select('code').execute()).map(({ code }) => code);
}
