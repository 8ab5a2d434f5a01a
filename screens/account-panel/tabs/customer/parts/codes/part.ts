import { customerCodes, type UserCodeRow } from '#services/user-codes/read.ts';
import { addCustomerCode, changeCustomerCode, removeCustomerCode } from '#services/user-codes/write.ts';
import { takingBack } from '#ui/undo.ts';
import { fact } from '../../../../document/lines.ts';
import { type CodesOf, newUserCodeForm, userCodeForm } from '../../../../records/code-forms.ts';
import { nameCells } from '../../../../records/field-form.ts';
import { type CustomerPart, type PartContext, recordOf } from '../part.ts';

const codesOf = ({ call, customerId }: Pick<PartContext, 'call' | 'customerId'>): CodesOf => ({
  level: 'customer',
  list: () => call(customerCodes, { customerId }),
  add: (given, options) => call(addCustomerCode, { customerId, ...given }, options),
  change: (given, options) => call(changeCustomerCode, { customerId, ...given }, options),
  remove: (given, options) => call(removeCustomerCode, { customerId, ...given }, options),
});

const rowOf = (rows: readonly UserCodeRow[], lineId: string): UserCodeRow | undefined =>
  rows.find(({ id }) => id === recordOf(lineId));

async function add(ctx: PartContext): Promise<void> {
  const form = await newUserCodeForm(ctx, codesOf(ctx));
  if (form === 'none') return ctx.toast('Every caption has its value already. Setup (=SET) adds captions.', 'info');
  const added = form && (await ctx.form(form));
  if (!added) return;
  await ctx.refresh();
  ctx.toast(`${added.captionName} is ${added.valueName}.`, 'good');
  ctx.reveal(`codes.${added.id}`);
}

async function edit(ctx: PartContext, rows: readonly UserCodeRow[], lineId: string): Promise<void> {
  const row = rowOf(rows, lineId);
  if (!row) return add(ctx);
  const saved = await ctx.form(await userCodeForm(ctx, codesOf(ctx), row));
  if (!saved) return;
  await ctx.refresh();
  ctx.toast(`${saved.captionName} is ${saved.valueName}.`, 'good');
}

/** What `restore` brings back. */
type Kept = Pick<UserCodeRow, 'caption' | 'value'>;

/** The customer's user-defined codes. */
export const codesPart: CustomerPart<readonly UserCodeRow[]> = {
  id: 'codes',
  title: 'Customer Codes',
  short: 'Codes',
  permission: 'customers.read',
  edit: 'customers.edit',
  load: ({ call }, customerId) => call(customerCodes, { customerId }),
  alert: (rows) => rows.length > 0,
  lines: (rows, { width }) => {
    const labelWidth = nameCells(
      rows.map(({ captionName }) => captionName),
      width,
    );
    return rows.map((row) => fact(`codes.${row.id}`, row.captionName, row.valueName, { labelWidth }));
  },
  open: edit,
  addTitle: 'a customer code',
  add: (ctx) => add(ctx),
  remove: (ctx, rows, lineId) => {
    const row = rowOf(rows, lineId);
    if (!row) return 'There is no code on this line.';
    return {
      title: 'Take this code away?',
      lines: [`${row.captionName}: ${row.valueName}`],
      action: 'Delete code',
      run: async () => {
        const { id, version } = row;
        const { caption, value } = await codesOf(ctx).remove({ id, version });
        const kept: Kept = { caption, value };
        const undo = takingBack(`user code ${id}`, 0, (_, how) => codesOf(ctx).add(kept, how));
        return { told: `${row.captionName} is taken away.`, kept, undo: { ...undo, from: version } };
      },
    };
  },
  restore: async (ctx, kept) => {
    const { captionName, valueName } = await codesOf(ctx).add(kept as Kept);
    return `${captionName} is ${valueName} again.`;
  },
};
