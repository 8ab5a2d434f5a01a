import { newCustomerChoices } from '#services/customers/new/choices.ts';
import type { FormField } from '#ui/form/definition.ts';
import { withAdding } from '../setup/add-in-place.ts';
import { fieldsFor, type NewCustomerContext } from './model.ts';
import type { Section } from './sections.ts';

/** The code table behind a field, by its name: the same name means the same in every part. */
const TABLES: Readonly<Record<string, string>> = {
  accountStatus: 'account_status',
  identityCheck: 'identity_check',
  customerGroup: 'customer_group',
  customerGroup2: 'customer_group',
  branch: 'branch',
  defaultTerms: 'terms',
  terms: 'terms',
  salesperson: 'salesperson',
  chainAccount: 'chain_account',
  type: 'address_type',
  phoneType: 'phone_type',
  phone2Type: 'phone_type',
  emailType: 'email_type',
  billGroup: 'bill_group',
  revenueClass: 'revenue_class',
  cycle: 'cycle',
  route: 'route',
  taxGroup: 'tax_group',
  cycleTaxGroup: 'tax_group',
  code: 'deposit_code',
};

const valuesIn = (ctx: NewCustomerContext, section: Section, name: string) =>
  fieldsFor(ctx.get(), section).find((field) => field.name === name)?.choices ?? [];

/** The fields of a part, with adding in place where a company just beginning would find an empty list. */
export function fieldsToFill(ctx: NewCustomerContext, section: Section): readonly FormField[] {
  const fields = fieldsFor(ctx.get(), section);
  if (section === 'services' || section === 'fields') return fields;
  return withAdding(ctx, fields, TABLES).map((field) => {
    const { name, addNew } = field;
    if (!addNew) return field;
    return {
      ...field,
      addNew: async () => {
        const added = await addNew();
        if (!added) return null;
        // All lists anew: the code is offered in other parts, too, and some are sent by their identity.
        ctx.set({ choices: await ctx.call(newCustomerChoices, {}) });
        return valuesIn(ctx, section, name).find(({ value }) => value === added.value) ?? null;
      },
    };
  });
}
