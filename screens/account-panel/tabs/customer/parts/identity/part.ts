import type { RecordField } from '#domain/customer-record.ts';
import { listCodeValues } from '#services/code-tables/values.ts';
import type { CustomerIdentity } from '#services/customers/customer-details.ts';
import { PARTS } from '../../../../parts.ts';
import type { CustomerPart, PartContext } from '../part.ts';
import { DEALING, recordForm, WHO } from './form.ts';
import { FIELD_OF_LINE, identityLines } from './lines.ts';
import { disallow } from './methods.ts';

const EDIT = 'customers.edit';

async function edit(ctx: PartContext, names: readonly RecordField[], begin?: RecordField): Promise<boolean> {
  const done = await ctx.form(await recordForm(ctx, names, begin));
  if (done === null) return true;
  if (done.hidden) {
    ctx.back();
    ctx.toast('Saved. The customer is private now: you no longer see it.', 'warning');
    return true;
  }
  await ctx.refresh();
  ctx.toast(done.endedAutopays > 0 ? 'Saved; the automatic payment has ended.' : 'Saved.', 'good');
  return true;
}

/** Refused methods by their names, which are asked for only where there are any. */
async function withMethodNames({ call, details }: Pick<PartContext, 'call' | 'details'>): Promise<CustomerIdentity> {
  const { identity } = details;
  if (identity.disallowedMethods.length === 0) return identity;
  const methods = await call(listCodeValues, { table: 'payment_method', all: true });
  const nameOf = (code: string): string => methods.find((one) => one.code === code)?.name ?? code;
  return { ...identity, disallowedMethods: identity.disallowedMethods.map(nameOf) };
}

/** The Customer ID section, which stands before the parts. */
export const identityPart: CustomerPart<CustomerIdentity> = {
  id: 'id',
  title: 'Customer',
  short: 'Customer',
  number: PARTS.id,
  permission: null,
  edit: EDIT,
  early: true,
  load: withMethodNames,
  alert: () => false,
  lines: identityLines,
  open: async (ctx, _, lineId) => {
    if (lineId === 'id.refused') await disallow(ctx);
    else await edit(ctx, lineId.startsWith('id.terms.') ? DEALING : WHO, FIELD_OF_LINE[lineId]);
  },
  forms: { who: (ctx) => edit(ctx, WHO), dealing: (ctx) => edit(ctx, DEALING) },
  commands: [
    {
      id: 'editCustomer',
      title: 'Edit the customer: name, status and flags',
      keys: ['e'],
      hint: 'Edit',
      footer: 36,
      permission: EDIT,
      background: true,
      run: async (ctx) => {
        await edit(ctx, WHO);
      },
    },
    {
      id: 'dealing',
      title: 'Groups, terms and holds of the customer',
      keys: ['T'],
      permission: EDIT,
      background: true,
      run: async (ctx) => {
        await edit(ctx, DEALING);
      },
    },
    {
      id: 'disallow',
      title: 'Refuse payment methods of the customer',
      permission: EDIT,
      background: true,
      run: (ctx) => disallow(ctx),
    },
  ],
};
