import { customerFields, type RecordFields } from '#services/custom-fields/read.ts';
import { saveCustomerFields } from '#services/custom-fields/write.ts';
import { anyFilled, fieldLines, fieldsForm, type FieldsOf } from '../../../../records/field-form.ts';
import type { CustomerPart, PartContext } from '../part.ts';

const of = ({ call, customerId }: PartContext): FieldsOf => ({
  record: `fields of customer ${customerId}`,
  read: () => call(customerFields, { customerId }),
  save: (values, version, options) => call(saveCustomerFields, { customerId, values, version }, options),
});

async function edit(ctx: PartContext): Promise<boolean> {
  const fields = await of(ctx).read();
  if (fields.fields.length === 0) {
    ctx.toast('There are no custom fields of customers. Setup (=SET) adds some.', 'info');
    return false;
  }
  const saved = await ctx.form(fieldsForm(ctx, fields, of(ctx), ctx.draft('fields', ctx.customerId)));
  if (saved) {
    await ctx.refresh();
    ctx.toast('Custom fields are saved.', 'good');
  }
  return true;
}

/** The customer's custom fields, in the order that setup gives them. */
export const fieldsPart: CustomerPart<RecordFields> = {
  id: 'fields',
  title: 'Custom Fields',
  short: 'Fields',
  permission: 'customers.read',
  edit: 'customers.edit',
  load: ({ call }, customerId) => call(customerFields, { customerId }),
  alert: anyFilled,
  lines: ({ fields }, { width }) => fieldLines('fields', fields, width),
  open: async (ctx) => void (await edit(ctx)),
  forms: { fields: async (ctx, customerId) => (customerId === ctx.customerId ? edit(ctx) : false) },
};
