import { z } from 'zod';
import { may } from '../../actor.ts';
import { type CustomField, fieldsOf } from '../../custom-fields/read.ts';
import { codeValues } from '../../code-tables/values.ts';
import { depositCodesBy } from '../../deposits/terms.ts';
import { query, type QueryContext } from '../../operation.ts';

export interface NamedChoice {
  readonly value: string;
  readonly label: string;
}

/** A row of a table that others point to by identity: people choose it by its code. */
export interface StoredChoice extends NamedChoice {
  readonly id: number;
}

/** What the fields of a new customer may hold, in the order of their lists. */
export interface NewCustomerChoices {
  /** By code table. */
  readonly codes: Awaited<ReturnType<typeof codesOf>>;
  readonly revenueClasses: readonly StoredChoice[];
  readonly cycles: readonly StoredChoice[];
  readonly routes: readonly StoredChoice[];
  readonly statementFormats: readonly NamedChoice[];
  /** What the actor may enter beside the customer. */
  readonly rights: Readonly<Record<'deposits' | 'numbers' | 'locations' | 'private', boolean>>;
  /** Whether sensitive numbers can be sealed here: a company just beginning has no key yet. */
  readonly keyFile: boolean;
  readonly deposits: readonly (NamedChoice & { readonly amountCents: number })[];
  /** Whether the company has a location at all. */
  readonly anyLocation: boolean;
  /** The company's own fields of customers. */
  readonly custom: readonly CustomField[];
  /** Services, each with its rates. */
  readonly services: readonly {
    readonly id: number;
    readonly code: string;
    readonly name: string;
    readonly rates: readonly StoredChoice[];
  }[];
}

async function codesOf({ db }: QueryContext) {
  const named = async (table: string): Promise<readonly NamedChoice[]> =>
    (await codeValues(db, table)).map(({ code, name }) => ({ value: code, label: name }));
  return {
    account_status: await named('account_status'),
    address_type: await named('address_type'),
    phone_type: await named('phone_type'),
    email_type: await named('email_type'),
    terms: await named('terms'),
    branch: await named('branch'),
    salesperson: await named('salesperson'),
    chain_account: await named('chain_account'),
    customer_group: await named('customer_group'),
    identity_check: await named('identity_check'),
    bill_group: await named('bill_group'),
    tax_group: await named('tax_group'),
  } as const;
}

const listed = (rows: readonly { id: number; code: string; name: string }[]): StoredChoice[] =>
  rows.map(({ id, code, name }) => ({ id, value: code, label: name }));

async function listOf({ db }: QueryContext, table: 'revenue_class' | 'cycle' | 'route'): Promise<StoredChoice[]> {
  return listed(
    await db.selectFrom(table).select(['id', 'code', 'name']).where('active', '=', 1).orderBy('code').execute(),
  );
}

async function servicesOf({ db }: QueryContext): Promise<NewCustomerChoices['services']> {
  const services = await db
    .selectFrom('service_type')
    .select(['id', 'code', 'name'])
    .where('active', '=', 1)
    .orderBy('payoff_rank')
    .execute();
  const rates = await db
    .selectFrom('rate_code')
    .select(['id', 'code', 'name', 'service_type_id as serviceTypeId'])
    .where('active', '=', 1)
    .orderBy('code')
    .execute();
  return services.map((service) => ({
    ...service,
    rates: listed(rates.filter(({ serviceTypeId }) => serviceTypeId === service.id)),
  }));
}

/** No record has this identity: fields are then empty. */
const NOBODY = 0;

export const newCustomerChoices = query({
  name: 'customer.new-choices',
  summary: 'What the fields of a new customer may hold',
  permission: 'customers.create',
  input: z.object({}),
  run: async (ctx): Promise<NewCustomerChoices> => {
    const formats = await ctx.db
      .selectFrom('paper_format')
      .select(['code', 'name'])
      .where('kind', '=', 'statement')
      .where('active', '=', 1)
      .orderBy('code')
      .execute();
    const deposits = [...(await depositCodesBy(ctx.db)).values()].filter(({ active }) => active === 1);
    return {
      codes: await codesOf(ctx),
      revenueClasses: await listOf(ctx, 'revenue_class'),
      cycles: await listOf(ctx, 'cycle'),
      routes: await listOf(ctx, 'route'),
      statementFormats: formats.map(({ code, name }) => ({ value: code, label: name })),
      rights: {
        deposits: may(ctx.actor, 'deposits.manage'),
        numbers: may(ctx.actor, 'sensitive.edit'),
        locations: may(ctx.actor, 'locations.edit'),
        private: may(ctx.actor, 'customers.private'),
      },
      keyFile: await ctx.vault.hasKeyFile(),
      deposits: deposits.map(({ code, name, terms }) => ({ value: code, label: name, amountCents: terms.amountCents })),
      anyLocation: (await ctx.db.selectFrom('location').select('id').limit(1).executeTakeFirst()) !== undefined,
      custom: (await fieldsOf(ctx.db, 'customer', NOBODY)).fields,
      services: await servicesOf(ctx),
    };
  },
});
