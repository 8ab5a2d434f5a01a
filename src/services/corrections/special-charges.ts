import { z } from 'zod';
import { type Cents, formatCents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import { type CommandContext, query } from '../operation.ts';
import { assertChangeable } from '../subject.ts';
import { typedText } from '#domain/typed-text.ts';
import { chosenCode } from './codes.ts';
import { type CorrectionReceipt, entered } from './receipt.ts';
import { code, id, version } from './fields.ts';
import { waitingCorrection } from './waiting-charge.ts';

/** What a special charge says. */
const facts = z.object({
  code: code.describe('code of table charge_code'),
  description: typedText(120).default('').describe('that of the code, unless said otherwise'),
  cents: z
    .int('Enter an amount.')
    .min(-1_000_000_000, 'Too much.')
    .max(1_000_000_000, 'Too much.')
    .refine((cents) => cents !== 0, 'Enter an amount.')
    .describe('above zero a charge, below a credit'),
  taxable: z.boolean().optional().describe('that of the code, unless said otherwise'),
  serviceTypeId: id.nullable().default(null),
  reason: typedText(200).nullable().default(null),
});

/** What a command answers with; nothing is entered before the bill. */
export interface SpecialChargeReceipt extends CorrectionReceipt {
  readonly specialChargeId: number;
  readonly version: number;
}

const receipt = (specialChargeId: number, read: number): SpecialChargeReceipt => ({
  ...entered(),
  specialChargeId,
  version: read,
});

async function valuesOf(ctx: CommandContext, asked: z.output<typeof facts>) {
  const chosen = await chosenCode(ctx.db, 'charge_code', asked.code, 'code');
  if (asked.serviceTypeId !== null) {
    const service = await ctx.db
      .selectFrom('service_type')
      .select('id')
      .where('id', '=', asked.serviceTypeId)
      .executeTakeFirst();
    if (!service) throw new Failure('invalid', 'Choose a service.', { serviceTypeId: 'There is no such service.' });
  }
  return {
    code: chosen.code,
    description: asked.description.trim() === '' ? chosen.name : asked.description.trim(),
    amount_cents: asked.cents,
    taxable: asked.taxable === undefined ? chosen.taxable : asked.taxable ? (1 as const) : (0 as const),
    service_type_id: asked.serviceTypeId,
    reason: asked.reason,
  };
}

/** Charges that wait for the next bill of an account (guide: domain §3.11). */
export const addSpecialCharge = waitingCorrection({
  name: 'specialCharge.add',
  summary: 'Add a special charge that waits for the next bill',
  input: facts.extend({ accountId: id }),
  subject: ({ accountId }) => ({ accountId }),
  accountOf: (_, { accountId }) => Promise.resolve(accountId),
  run: async (ctx, { accountId, ...asked }): Promise<SpecialChargeReceipt> => {
    const { customerId } = (await accountRefs(ctx.db, [accountId])).get(accountId)!;
    const values = await valuesOf(ctx, asked);
    const specialChargeId = ctx.newId();
    await ctx.db
      .insertInto('special_charge')
      .values({
        id: specialChargeId,
        account_id: accountId,
        customer_id: customerId,
        ...values,
        status: 'pending',
        created_on: ctx.today,
        created_at: ctx.now,
        created_by: ctx.actor.username,
        version: 1,
      })
      .execute();
    ctx.audit({
      entity: 'SpecialCharge',
      entityId: specialChargeId,
      customerId,
      changes: { amount: [null, formatCents(asked.cents)], code: [null, values.code] },
      ...(asked.reason === null ? {} : { reason: asked.reason }),
    });
    return receipt(specialChargeId, 1);
  },
});

async function pending(ctx: CommandContext, specialChargeId: number, read: number) {
  const row = await ctx.db
    .selectFrom('special_charge')
    .selectAll()
    .where('id', '=', specialChargeId)
    .executeTakeFirst();
  if (!row) throw new Failure('not_found', 'There is no such special charge.');
  await assertChangeable(ctx, { accountId: row.account_id });
  if (row.status === 'billed') throw new Failure('refused', 'It is billed: reverse it on the bill instead.');
  if (row.status === 'removed' || row.version !== read) {
    throw new Failure('conflict', 'Somebody else has changed or removed this meanwhile.');
  }
  return row;
}

const chargedAccount = async (
  ctx: CommandContext,
  { specialChargeId, version: read }: { readonly specialChargeId: number; readonly version: number },
): Promise<number> => (await pending(ctx, specialChargeId, read)).account_id;

export const editSpecialCharge = waitingCorrection({
  name: 'specialCharge.edit',
  summary: 'Change a special charge that is not billed yet',
  input: facts.extend({ specialChargeId: id, version }),
  accountOf: chargedAccount,
  run: async (ctx, { specialChargeId, version: read, ...asked }): Promise<SpecialChargeReceipt> => {
    const before = await pending(ctx, specialChargeId, read);
    const values = await valuesOf(ctx, asked);
    await ctx.db
      .updateTable('special_charge')
      .set({ ...values, version: read + 1 })
      .where('id', '=', specialChargeId)
      .execute();
    ctx.audit({
      entity: 'SpecialCharge',
      entityId: specialChargeId,
      customerId: before.customer_id,
      changes: {
        amount: [formatCents(before.amount_cents), formatCents(values.amount_cents)],
        code: [before.code, values.code],
        description: [before.description, values.description],
      },
    });
    return receipt(specialChargeId, read + 1);
  },
});

export const removeSpecialCharge = waitingCorrection({
  name: 'specialCharge.remove',
  summary: 'Remove a special charge that is not billed yet',
  input: z.object({ specialChargeId: id, version, reason: typedText(200).nullable().default(null) }),
  accountOf: chargedAccount,
  run: async (ctx, { specialChargeId, version: read, reason }): Promise<SpecialChargeReceipt> => {
    const before = await pending(ctx, specialChargeId, read);
    await ctx.db
      .updateTable('special_charge')
      .set({ status: 'removed', reason: reason ?? before.reason, version: read + 1 })
      .where('id', '=', specialChargeId)
      .execute();
    ctx.audit({
      entity: 'SpecialCharge',
      entityId: specialChargeId,
      customerId: before.customer_id,
      changes: { status: ['pending', 'removed'] },
      ...(reason === null ? {} : { reason }),
    });
    return receipt(specialChargeId, read + 1);
  },
});

/** A special charge as a list shows it. */
export interface SpecialChargeRow {
  readonly specialChargeId: number;
  readonly code: string;
  readonly description: string;
  readonly amountCents: Cents;
  readonly taxable: 0 | 1;
  readonly serviceTypeId: number | null;
  readonly status: 'pending' | 'billed' | 'removed';
  readonly transactionId: number | null;
  readonly reason: string | null;
  readonly createdOn: string;
  readonly createdBy: string;
  readonly version: number;
}

export const listSpecialCharges = query({
  name: 'specialCharge.list',
  summary: 'Special charges of an account, those that wait first',
  permission: 'history.read',
  input: z.object({ accountId: id, all: z.boolean().default(false).describe('billed and removed ones too') }),
  subject: ({ accountId }) => ({ accountId }),
  run: ({ db }, { accountId, all }): Promise<SpecialChargeRow[]> =>
    db
      .selectFrom('special_charge')
      .select([
        'id as specialChargeId',
        'code',
        'description',
        'amount_cents as amountCents',
        'taxable',
        'service_type_id as serviceTypeId',
        'status',
        'transaction_id as transactionId',
        'reason',
        'created_on as createdOn',
        'created_by as createdBy',
        'version',
      ])
      .where('account_id', '=', accountId)
      .$if(!all, (q) => q.where('status', '=', 'pending'))
      .orderBy('status', 'desc')
      .orderBy('id')
      .execute(),
});
