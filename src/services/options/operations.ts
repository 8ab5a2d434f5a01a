import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { COMPANY_OPTIONS, type CompanyOptionName, type CompanyOptions, readOptions } from '#domain/company-options.ts';
import { Failure } from '../failure.ts';
import { type LastChange, lastChange } from '../last-change.ts';
import { command, query } from '../operation.ts';
import { shortText } from '#domain/typed-text.ts';

/** Reads the company's options; sign-in needs them before there is an actor. */
export async function loadOptions(db: Db): Promise<CompanyOptions> {
  return readOptions(await db.selectFrom('company_option').select(['name', 'value']).execute());
}

export const getOptions = query({
  name: 'options.get',
  summary: 'Company options in force',
  permission: null,
  input: z.object({}),
  run: ({ db }) => loadOptions(db),
});

const names = Object.keys(COMPANY_OPTIONS) as [CompanyOptionName, ...CompanyOptionName[]];

/** What an option may be made of; each then has its own rule. */
const optionValue = z.union(
  [
    shortText(2000),
    z.number(),
    z.boolean(),
    z.array(shortText(60)).max(100, 'At most 100 entries'),
    z.array(z.record(shortText(60), shortText())).max(100, 'At most 100 entries'),
    z.array(shortText(60)).max(100, 'At most 100 entries'),
  ],
  'Give a text, a number, yes or no, or a list of entries.',
);

const name = z.enum(names, 'There is no such option');

/** An option with what a form needs to edit it. */
export interface OptionRecord extends LastChange {
  readonly name: CompanyOptionName;
  readonly value: CompanyOptions[CompanyOptionName];
  /** 0 while the default is in force. */
  readonly version: number;
}

/** An option as the list of them shows it. */
export type OptionRow = Pick<OptionRecord, 'name' | 'value' | 'version'>;

export const listOptions = query({
  name: 'options.list',
  summary: 'All company options in force, each with its version',
  permission: 'options.edit',
  input: z.object({}),
  run: async ({ db }): Promise<OptionRow[]> => {
    const rows = await db.selectFrom('company_option').select(['name', 'value', 'version']).execute();
    const options = readOptions(rows);
    return names.map((one) => ({
      name: one,
      value: options[one],
      version: rows.find((row) => row.name === one)?.version ?? 0,
    }));
  },
});

export const readOption = query({
  name: 'options.read',
  summary: 'One company option, its version and who changed the options last',
  permission: 'options.edit',
  input: z.object({ name }),
  run: async ({ db }, { name }): Promise<OptionRecord> => {
    const row = await db.selectFrom('company_option').select('version').where('name', '=', name).executeTakeFirst();
    const value = (await loadOptions(db))[name];
    return { name, value, version: row?.version ?? 0, ...(await lastChange(db, 'CompanyOption', 0)) };
  },
});

export const setOption = command({
  name: 'options.set',
  summary: 'Change one company option',
  permission: 'options.edit',
  input: z.object({
    name,
    value: optionValue,
    /** The version that was read, 0 for the default; a script that knows what it wants leaves it out. */
    version: z.int().nonnegative().optional(),
  }),
  run: async ({ em, e, db, audit }, { name, value, version }): Promise<CompanyOptions> => {
    const parsed = COMPANY_OPTIONS[name].safeParse(value);
    if (!parsed.success) {
      const message = parsed.error.issues[0]!.message;
      throw new Failure('invalid', message, { value: message });
    }
    const before = (await loadOptions(db))[name];
    if (name === 'demo' && parsed.data === true && before !== true) {
      const message = 'A demo utility is one from its making: no other becomes one.';
      throw new Failure('refused', message, { value: message });
    }
    const row = await em.findOne(e.CompanyOption, name);
    if (version !== undefined && version !== (row?.version ?? 0)) {
      throw new Failure('conflict', 'Somebody else has changed this option meanwhile. Nothing was saved.');
    }
    if (row) row.value = JSON.stringify(parsed.data);
    else em.create(e.CompanyOption, { name, value: JSON.stringify(parsed.data) });
    await em.flush();
    audit({ entity: 'CompanyOption', entityId: 0, changes: { [name]: [before, parsed.data] } });
    return loadOptions(db);
  },
});

export const optionOperations = [getOptions, listOptions, readOption, setOption] as const;
