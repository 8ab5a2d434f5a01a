import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { COMPANY_OPTIONS, type CompanyOptionName, type CompanyOptions, readOptions } from '#domain/company-options.ts';
import { Failure } from '../failure.ts';
import { command, query } from '../operation.ts';
import { shortText } from '../typed-text.ts';

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
    z.array(z.record(shortText(60), shortText())).max(100, 'At most 100 entries'),
  ],
  'Give a text, a number, yes or no, or a list of entries.',
);

export const setOption = command({
  name: 'options.set',
  summary: 'Change one company option',
  permission: 'options.edit',
  input: z.object({ name: z.enum(names, 'There is no such option'), value: optionValue }),
  run: async ({ em, e, db, audit }, { name, value }): Promise<CompanyOptions> => {
    const parsed = COMPANY_OPTIONS[name].safeParse(value);
    if (!parsed.success) {
      const message = parsed.error.issues[0]!.message;
      throw new Failure('invalid', message, { value: message });
    }
    const before = (await loadOptions(db))[name];
    const row = await em.findOne(e.CompanyOption, name);
    if (row) row.value = JSON.stringify(parsed.data);
    else em.create(e.CompanyOption, { name, value: JSON.stringify(parsed.data) });
    await em.flush();
    audit({ entity: 'CompanyOption', entityId: 0, changes: { [name]: [before, parsed.data] } });
    return loadOptions(db);
  },
});

export const optionOperations = [getOptions, setOption] as const;
