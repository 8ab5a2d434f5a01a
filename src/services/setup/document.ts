import type { Db } from '#db/schema.ts';
import { attributeText } from '#domain/code-tables/attribute-text.ts';
import { CODE_TABLES, ownCode } from '#domain/code-tables/index.ts';
import type { CodeAttribute, CodeTable } from '#domain/code-tables/table.ts';
import { COMPANY_OPTIONS, type CompanyOptionName } from '#domain/company-options.ts';
import { formatCents } from '#domain/money.ts';
import { type CodeRow, codeRows } from '../code-tables/store.ts';
import { glAccounts } from '../gl/accounts.ts';
import { loadOptions } from '../options/operations.ts';
import { groupRows } from '../users/list-groups.ts';

/** What the file of a setup says; its shape is checked in `read.ts`. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };
export type PlainRecord = Readonly<Record<string, Plain>>;

/** Which form of the file this is. */
export const SETUP_FORM = '1';

/** Options that say what this database is, not how the utility works: a made-up one, and its day. */
const OWN_OPTIONS: ReadonlySet<CompanyOptionName> = new Set(['demo', 'demoUsers', 'demoPassword', 'businessDate']);
export const movable = (name: CompanyOptionName): boolean => !OWN_OPTIONS.has(name);

/** An attribute as the file says it; undefined where it is what it would be anyway. */
export function attributeSaid({ kind, schema }: CodeAttribute, value: unknown): Plain | undefined {
  const otherwise = schema.safeParse(undefined);
  if (otherwise.success && JSON.stringify(otherwise.data) === JSON.stringify(value)) return undefined;
  if (kind.as === 'flag') return value === 1;
  if (kind.as === 'codes') return value as readonly string[];
  const text = attributeText(kind, value);
  if (kind.as === 'number') return value as number | null;
  if (kind.as === 'percent' && value !== null) return `${text} %`;
  if (kind.as === 'choices' || kind.as === 'rates') return String(text).split('\n');
  return text;
}

/** A code as the file says it: what is as usual is left out. */
export function codeSaid(table: CodeTable, row: CodeRow): PlainRecord {
  const attributes = table.attributes.flatMap((attribute): [string, Plain][] => {
    const said = attributeSaid(attribute, row.attributes[attribute.name]);
    return said === undefined ? [] : [[attribute.name, said]];
  });
  return {
    code: ownCode(table, row.code),
    name: row.name,
    ...(row.system === 1 ? { system: true } : {}),
    ...(row.active === 0 ? { retired: true } : {}),
    ...Object.fromEntries(attributes),
  };
}

async function optionsSaid(db: Db): Promise<PlainRecord> {
  const chosen = new Set((await db.selectFrom('company_option').select('name').execute()).map(({ name }) => name));
  const values = await loadOptions(db);
  const names = (Object.keys(COMPANY_OPTIONS) as CompanyOptionName[]).filter((name) => chosen.has(name));
  return Object.fromEntries(names.filter(movable).map((name) => [name, values[name] as Plain]));
}

async function tablesSaid(db: Db): Promise<PlainRecord> {
  const tables: Record<string, Plain> = {};
  for (const table of CODE_TABLES) {
    const rows = await codeRows(db, table);
    if (rows.length > 0) tables[table.name] = rows.map((row) => codeSaid(table, row));
  }
  return tables;
}

async function groupsSaid(db: Db): Promise<Plain> {
  const groups = (await groupRows(db)).toSorted((a, b) => (a.code < b.code ? -1 : 1));
  return groups.map((group): PlainRecord => ({
    code: group.code,
    name: group.name,
    ...(group.description === null ? {} : { description: group.description }),
    level: group.level,
    documentLevel: group.documentLevel,
    creditLimit: group.creditLimitCents === null ? 'any' : formatCents(group.creditLimitCents),
    ...(group.needsTotp ? { secondFactor: true } : {}),
    customers:
      group.customers === 'all'
        ? 'all'
        : group.customers.map((one) => (one.readOnly ? `${one.group} (read)` : one.group)),
    rights: group.permissions.toSorted(),
  }));
}

async function formatsSaid(db: Db): Promise<Plain> {
  const rows = await db
    .selectFrom('paper_format')
    .select(['code', 'kind', 'name', 'layout', 'standard', 'active', 'system'])
    .orderBy('code')
    .execute();
  return rows.map((row): PlainRecord => ({
    code: row.code,
    kind: row.kind,
    name: row.name,
    ...(row.standard === 1 ? { standard: true } : {}),
    ...(row.active === 0 ? { retired: true } : {}),
    // What the program brings along is the same everywhere: only what was chosen about it is said.
    ...(row.system === 1 ? { system: true } : { layout: JSON.parse(row.layout) as Plain }),
  }));
}

/** All of a utility's setup, in an order that does not change by itself; no secret is a part of it. */
export async function setupOf(db: Db): Promise<PlainRecord> {
  return {
    'meterdesk-setup': Number(SETUP_FORM),
    options: await optionsSaid(db),
    ledger: (await glAccounts(db)).map(({ code, name, kind }) => ({ code, name, kind })),
    tables: await tablesSaid(db),
    groups: await groupsSaid(db),
    formats: await formatsSaid(db),
    // Codes that a table lacks are retired by an import: a file that was cut off must not pass for a whole one.
    complete: true,
  };
}
