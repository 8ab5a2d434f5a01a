import { naturalKey, sortKey } from '#domain/sort-key.ts';
import type { Insertable, Kysely } from 'kysely';
import type { Schema } from '../../schema.ts';
import { insertRows } from '../../bulk.ts';
import type { ApplyContext, ChangedItem, Item } from '../apply-context.ts';
import { RowProblem } from '../problem.ts';
import type { Scalar } from '../values.ts';
import type { CodeTable } from './fields.ts';
import { FIELDS } from './fields.ts';
import type { EntityName } from './names.ts';

type Cells = Record<string, string | number | null>;

/** How an entity that is not money becomes a row of its table. */
interface Master {
  readonly table: keyof Schema & string;
  /** What a new row has where the profile says nothing. */
  readonly defaults: (ctx: ApplyContext, item: Item) => Cells;
  /** Columns that follow from the fields; called with the fields of a whole record. */
  readonly derived?: (values: Readonly<Record<string, Scalar>>) => Cells;
  /** Field → column where the name is not simply the field's in snake_case. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Versioned rows show a conflict to who edits them meanwhile. */
  readonly createdAt?: true;
}

const snake = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `Rivera, Ana M`, or the business name (guide: domain §1.2). */
function displayName(v: Readonly<Record<string, Scalar>>): string {
  if (v.businessName) return String(v.businessName);
  const given = [v.firstName, v.middleName].filter(Boolean).join(' ');
  const last = [v.lastName, v.suffix].filter(Boolean).join(' ');
  return [last, given].filter(Boolean).join(', ') || String(v.number);
}

function digitsOf(number: Scalar): string {
  const digits = String(number).replace(/\D/g, '');
  return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
}

const MASTERS: Readonly<Partial<Record<EntityName, Master>>> = {
  customer: {
    table: 'customer',
    createdAt: true,
    defaults: (ctx, { record }) => ({
      kind: record.values.businessName ? 'profit' : 'individual',
      account_status: 'current',
      status_assigned_on: ctx.today,
      active: 1,
      public: 1,
      bankrupt: 0,
      no_payments: 0,
      no_checks: 0,
      no_collections: 0,
      mail_notices: 1,
      email_notices: 0,
      web_user: 0,
    }),
    derived: (v) => {
      const name = displayName(v);
      return { number_key: naturalKey(String(v.number)), display_name: name, sort_name: sortKey(name) };
    },
  },
  address: {
    table: 'customer_address',
    columns: { primary: 'is_primary' },
    defaults: () => ({ type: 'mailing', is_primary: 1, country: 'US' }),
  },
  phone: {
    table: 'customer_phone',
    columns: { primary: 'is_primary' },
    defaults: () => ({ type: 'home', is_primary: 1 }),
    derived: (v) => ({ digits: digitsOf(v.number ?? '') }),
  },
  email: { table: 'customer_email', columns: { primary: 'is_primary' }, defaults: () => ({ is_primary: 1 }) },
  location: {
    table: 'location',
    defaults: (_, { record }) => ({ country: 'US', rental: record.values.owner ? 1 : 0 }),
    derived: (v) => ({
      number_key: naturalKey(String(v.number)),
      street: String(v.street ?? String(v.line1).replace(/^\d[\w/-]*\s+/, '')),
    }),
  },
  account: {
    table: 'account',
    createdAt: true,
    columns: { budget: 'budget_cents' },
    defaults: (_, { record }) => ({ activity: record.values.movedOutOn ? 'final' : 'current' }),
  },
  service: {
    table: 'account_service',
    columns: { service: 'service_type_id', rate: 'rate_code_id' },
    defaults: (_, { record }) => ({
      status: record.values.endedOn ? 'off' : 'on',
      active: record.values.endedOn ? 0 : 1,
    }),
  },
  meter: {
    table: 'meter',
    columns: { multiplier: 'multiplier_milli' },
    defaults: () => ({ dials: 6, multiplier_milli: 1000 }),
  },
  installation: {
    table: 'meter_installation',
    columns: { service: 'service_type_id', installReading: 'install_read_milli', removeReading: 'remove_read_milli' },
    defaults: () => ({ install_read_milli: 0 }),
  },
};

/** The master of an entity. @throws Error for money and reads, which have writers of their own */
function masterOf(entity: EntityName): Master {
  const master = MASTERS[entity];
  if (!master) throw new Error(`${entity} is not a master record`);
  return master;
}

const CODE_NAMES: Readonly<Record<CodeTable, string>> = {
  services: 'service',
  rates: 'rate code',
  revenueClasses: 'revenue class',
  routes: 'route',
  cycles: 'cycle',
};

/** The identity of a code. @throws RowProblem when the table has no such code */
export function codeId(ctx: ApplyContext, table: CodeTable, code: Scalar): number | null {
  if (code === null) return null;
  const id = ctx.codes[table].get(String(code));
  if (id === undefined) throw new RowProblem(`there is no ${CODE_NAMES[table]} “${String(code)}”`);
  return id;
}

/** Columns of the given fields of a record. */
function columnsFor(ctx: ApplyContext, master: Master, item: Item, names: readonly string[]): Cells {
  const out: Cells = {};
  const fields = FIELDS[item.rule.entity];
  for (const name of names) {
    const field = fields[name]!;
    const value = item.record.values[name] ?? null;
    if (field.type === 'ref') out[`${snake(name)}_id`] = item.refs[name] ?? null;
    else if (field.type === 'code')
      out[master.columns?.[name] ?? `${snake(name)}_id`] = codeId(ctx, field.table, value);
    else if (value !== null) out[master.columns?.[name] ?? snake(name)] = value;
    else if (!hasDefault(master, ctx, item, master.columns?.[name] ?? snake(name))) {
      out[master.columns?.[name] ?? snake(name)] = null;
    }
  }
  return out;
}

const hasDefault = (master: Master, ctx: ApplyContext, item: Item, column: string): boolean =>
  column in master.defaults(ctx, item);

function everyColumn(master: Master, entity: EntityName): string[] {
  return Object.entries(FIELDS[entity]).map(([name, field]) => {
    if (master.columns?.[name]) return master.columns[name];
    return field.type === 'ref' || field.type === 'code' ? `${snake(name)}_id` : snake(name);
  });
}

/** Columns that this program keeps itself beside those a profile can fill. */
const LOCATION_ONLY: readonly string[] = ['customer_id', 'location_id'];

/** Writes new master records. */
export async function insertMasters(ctx: ApplyContext, items: readonly Item[]): Promise<void> {
  const [first] = items;
  if (!first) return;
  const { entity } = first.rule;
  const master = masterOf(entity);
  const blank = Object.fromEntries(everyColumn(master, entity).map((column) => [column, null]));
  const owners = entity === 'service' ? await ownersOf(ctx, items) : null;
  const rows = items.map((item) => ({
    id: item.id,
    ...blank,
    ...master.defaults(ctx, item),
    ...columnsFor(ctx, master, item, Object.keys(item.rule.fields)),
    ...master.derived?.(item.record.values),
    ...(owners && pick(owners.get(item.refs.account!), LOCATION_ONLY)),
    ...(master.createdAt ? { created_at: ctx.now } : {}),
    version: 1,
  }));
  await insertRows(ctx.db, master.table, rows as unknown as Insertable<Schema[typeof master.table]>[]);
  if (entity === 'account') for (const { id, refs } of items) openBalance(ctx, id, refs);
}

/** Every account has a balance, be it of nothing. */
function openBalance(ctx: ApplyContext, id: number, refs: Item['refs']): void {
  ctx.staging.addBalance({ id, customerId: refs.customer!, locationId: refs.location! }, 0);
}

async function ownersOf(ctx: ApplyContext, items: readonly Item[]): Promise<ReadonlyMap<number, Cells>> {
  const ids = [...new Set(items.map((item) => item.refs.account!))];
  const rows = await ctx.db
    .selectFrom('account')
    .select(['id', 'customer_id', 'location_id'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row as Cells]));
}

const pick = (cells: Cells | undefined, names: readonly string[]): Cells =>
  Object.fromEntries(names.map((name) => [name, cells?.[name] ?? null]));

/**
 * Whose an account, an address or an installation is decides where its money and reads stand:
 * that is moved by people, not by a file. Only a location's owner may be another one.
 */
function assertStays(item: ChangedItem, before: Cells): void {
  const fields = FIELDS[item.rule.entity];
  for (const name of item.fields) {
    if (fields[name]!.type !== 'ref' || name === 'owner') continue;
    if (before[`${name}_id`] !== item.refs[name]) throw new RowProblem(`its ${name} is another one than before`);
  }
}

/** Changes just the fields whose value in the file is another than last time. */
export async function updateMaster(ctx: ApplyContext, item: ChangedItem): Promise<void> {
  const master = masterOf(item.rule.entity);
  const db = ctx.db as unknown as Kysely<Record<string, Cells & { id: number; version: number }>>;
  const before = await db.selectFrom(master.table).selectAll().where('id', '=', item.id).executeTakeFirstOrThrow();
  assertStays(item, before);
  const values = wholeValues(master, item, before);
  const wanted = { ...columnsFor(ctx, master, item, item.fields), ...master.derived?.(values) };
  const changes = Object.entries(wanted).filter(([column, value]) => before[column] !== value);
  if (changes.length === 0) return;
  await db
    .updateTable(master.table)
    .set((eb) => ({ ...Object.fromEntries(changes), version: eb('version', '+', 1) }) as never)
    .where('id', '=', item.id)
    .execute();
  ctx.changed({
    entity: master.table,
    entityId: item.id,
    customerId: Number(before.customer_id ?? (master.table === 'customer' ? item.id : 0)) || null,
    changes: Object.fromEntries(changes.map(([column, value]) => [column, [before[column], value] as const])),
  });
}

/** The record as it will be: unchanged fields as they are in the database, where staff may have edited them. */
function wholeValues(master: Master, item: ChangedItem, before: Cells): Record<string, Scalar> {
  const values: Record<string, Scalar> = {};
  for (const name of Object.keys(FIELDS[item.rule.entity])) {
    const changed = item.fields.includes(name);
    values[name] = changed
      ? (item.record.values[name] ?? null)
      : (before[master.columns?.[name] ?? snake(name)] ?? null);
  }
  return values;
}
