import type { AttributeValues } from '#domain/code-tables/attributes.ts';
import { enteredAttribute } from '#domain/code-tables/attribute-text.ts';
import { CODE_TABLES, codeTable, keptCode } from '#domain/code-tables/index.ts';
import type { CodeTable } from '#domain/code-tables/table.ts';
import { Failure } from '../failure.ts';
import { putCode } from '../code-tables/add.ts';
import { reviseCode } from '../code-tables/change.ts';
import { setActive } from '../code-tables/remove.ts';
import { type CodeRow, codeRows, orderCodes } from '../code-tables/store.ts';
import type { Importing, Outcome } from './plan.ts';
import type { SaidCode, SaidSetup } from './read.ts';

const COMMON: ReadonlySet<string> = new Set(['code', 'name', 'system', 'retired']);

/** What a file says of a code's attributes, as it is stored; what it leaves out is as usual. */
function attributesSaid(table: CodeTable, said: SaidCode): AttributeValues {
  const wrong: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  for (const key of Object.keys(said)) {
    if (!COMMON.has(key) && !table.attributes.some(({ name }) => name === key))
      wrong[key] = `${table.title} has no ${key}`;
  }
  for (const attribute of table.attributes) {
    const { name, kind, schema } = attribute;
    const given = said[name];
    if (given === undefined) {
      values[name] = schema.safeParse(undefined).data;
      continue;
    }
    const list = Array.isArray(given) ? given.map(String) : null;
    if (list === null && typeof given !== 'string') wrong[name] = 'Write one value, or a list';
    else {
      const text = list === null ? String(given) : list.join(kind.as === 'codes' ? ',' : '\n');
      const entered = enteredAttribute(attribute, kind.as === 'flag' ? text === 'true' : text);
      if ('problem' in entered) wrong[name] = entered.problem;
      else values[name] = entered.value;
    }
  }
  const [first] = Object.values(wrong);
  if (first !== undefined) throw new Failure('invalid', first, wrong);
  return values;
}

async function one(
  importing: Importing,
  table: CodeTable,
  said: SaidCode,
  there: CodeRow | undefined,
): Promise<string> {
  const { ctx } = importing;
  const section = `tables.${table.name}`;
  const attributes = attributesSaid(table, said);
  const active = said.retired ? 0 : 1;
  if (!there) {
    if (said.system) {
      throw new Failure('refused', `This version of the program has no system ${table.one} ${said.code}`, {
        code: 'unknown',
      });
    }
    const { code } = await putCode(ctx, table, { code: said.code, name: said.name, attributes, active });
    importing.did(section, code, 'added');
    return code;
  }
  const revised = await reviseCode(ctx, table, there, { name: said.name, attributes });
  let outcome: Outcome = revised.version === there.version ? 'unchanged' : 'changed';
  if (revised.active !== active) {
    await setActive(ctx, table, revised, active);
    outcome = active === 0 ? 'retired' : 'restored';
  }
  importing.did(section, there.code, outcome);
  return there.code;
}

/** The order of the file; what it does not name stays behind. */
async function order(importing: Importing, table: CodeTable, said: readonly string[]): Promise<void> {
  if (!table.ordered) return;
  const rows = await codeRows(importing.ctx.db, table);
  const place = (row: CodeRow): number => {
    const at = said.indexOf(row.code);
    return at < 0 ? said.length : at;
  };
  const wanted = rows.toSorted((a, b) => place(a) - place(b));
  if (wanted.every((row, index) => row === rows[index])) return;
  await orderCodes(importing.ctx.db, table, wanted);
  importing.did(`tables.${table.name}`, 'order', 'moved');
}

async function oneTable(importing: Importing, table: CodeTable, list: readonly SaidCode[]): Promise<void> {
  const before = await codeRows(importing.ctx.db, table);
  const named: string[] = [];
  for (const [index, said] of list.entries()) {
    const path = ['tables', table.name, index];
    const code = keptCode(table, said.code, said);
    if (named.includes(code)) {
      importing.wrong([...path, 'code'], `${code} is there twice`);
      continue;
    }
    named.push(code);
    const there = before.find((row) => row.code === code);
    await importing.one(path, async () => void (await one(importing, table, said, there)));
  }
  for (const row of before.filter(
    ({ code, active, system }) => !named.includes(code) && active === 1 && system === 0,
  )) {
    await setActive(importing.ctx, table, row, 0);
    importing.did(`tables.${table.name}`, row.code, 'retired');
  }
  await order(importing, table, named);
}

/** The code tables of a file, in the order in which they refer to one another. */
export async function importTables(importing: Importing, { tables }: SaidSetup): Promise<void> {
  for (const name of Object.keys(tables)) {
    if (!codeTable(name)) importing.wrong(['tables', name], 'There is no such code table');
  }
  for (const table of CODE_TABLES) {
    const list = tables[table.name];
    if (list) await oneTable(importing, table, list);
  }
}
