import { z } from 'zod';
import { addDays, addMonths, type CivilDate } from '#domain/civil-date.ts';
import { DEPOSIT_HOLDERS, instalmentsOf } from '#domain/deposit.ts';
import { formatCents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { serviceCodes, GL } from '../ledger/gl.ts';
import { assertOpenPeriod } from '../ledger/periods.ts';
import type { NewLine } from '../ledger/rows.ts';
import { command, type CommandContext } from '../operation.ts';
import { loadOptions } from '../options/operations.ts';
import { shortText, typedText } from '#domain/typed-text.ts';
import { book } from './book.ts';
import { date, type DepositReceipt, id, positive, receipt, remarks } from './input.ts';
import { storedDeposits } from './read.ts';
import { type DepositCode, depositCodesBy } from './terms.ts';

/** Days until a deposit is due, unless the operator says otherwise. */
const DUE_DAYS = 21;

/** Number as it is printed: D0000001. */
export const depositNumber = (n: number): string => `D${String(n).padStart(7, '0')}`;

const input = z.object({
  accountId: id,
  holder: z.enum(DEPOSIT_HOLDERS, 'Choose account, customer or location').optional(),
  code: shortText(40).min(1, 'Choose what kind of deposit it is'),
  /** The code's amount when left out. */
  amountCents: positive.optional(),
  /** Charged on, and due; of instalments the first, the others follow month by month. */
  on: date.optional(),
  dueOn: date.optional(),
  instalments: z.int().min(1, 'At least one').max(60, 'At most 60').optional(),
  serviceTypeId: id.nullish(),
  remarks,
  /** Why more may be held of this customer than the company's limit. */
  overrideReason: typedText(200).nullish(),
});
type Input = z.output<typeof input>;

const field = (name: string, message: string): Failure => new Failure('invalid', message, { [name]: message });

/** @throws Failure at the field that is wrong */
async function checked(ctx: CommandContext, asked: Input): Promise<{ code: DepositCode; amountCents: number }> {
  const code = (await depositCodesBy(ctx.db)).get(asked.code);
  if (!code || code.active === 0) throw field('code', 'There is no such deposit code.');
  const amountCents = asked.amountCents ?? code.terms.amountCents;
  if (amountCents === 0) throw field('amountCents', 'Enter the amount: this code proposes none.');
  const options = await loadOptions(ctx.db);
  const most = options.depositInstalments ? options.mostInstalments : 1;
  if ((asked.instalments ?? 1) > most) {
    throw field('instalments', most === 1 ? 'Instalments are not allowed.' : `At most ${most} instalments.`);
  }
  const gl = await ctx.db
    .selectFrom('gl_account')
    .select('kind')
    .where('code', '=', code.terms.gl)
    .where('kind', '=', 'liability')
    .executeTakeFirst();
  if (!gl) throw field('code', `Code ${code.code} is held on ${code.terms.gl}, which is no liability of the ledger.`);
  if (asked.serviceTypeId && !(await serviceCodes(ctx.db)).has(asked.serviceTypeId)) {
    throw field('serviceTypeId', 'There is no such service.');
  }
  await assertUnderLimit(ctx, asked, amountCents, options.mostDepositCents);
  return { code, amountCents };
}

/** The most that may be held of one customer (guide: §4.5), unless somebody says why not. */
async function assertUnderLimit(ctx: CommandContext, asked: Input, cents: number, most: number): Promise<void> {
  if (most === 0 || asked.overrideReason) return;
  const row = await ctx.db
    .selectFrom('deposit as d')
    .innerJoin('account as a', 'a.customer_id', 'd.customer_id')
    .where('a.id', '=', asked.accountId)
    .select((eb) => [
      eb.fn.sum<number | null>('d.held_cents').as('held'),
      eb.fn.sum<number | null>(eb('d.charged_cents', '-', eb.ref('d.collected_cents'))).as('open'),
    ])
    .where('d.status', 'in', ['charged', 'partial', 'held'])
    .executeTakeFirst();
  const there = Number(row?.held ?? 0) + Number(row?.open ?? 0);
  if (there + cents <= most) return;
  const message = `${formatCents(there)} is held or charged already; at most ${formatCents(most)} of one customer.`;
  throw new Failure('refused', message, { amountCents: message });
}

const linesOf = (ctx: CommandContext, asked: Input, to: { amountCents: number; gl: string; number: string }) => {
  const first = asked.dueOn ?? addDays(asked.on ?? ctx.today, DUE_DAYS);
  const parts = instalmentsOf(to.amountCents, asked.instalments ?? 1);
  return parts.map((cents, index): NewLine & { readonly dueOn: CivilDate } => ({
    serviceTypeId: asked.serviceTypeId,
    debitGl: GL.receivable,
    creditGl: to.gl,
    amountCents: cents,
    effect: 1,
    description: `Deposit ${to.number}${parts.length === 1 ? '' : `, instalment ${index + 1} of ${parts.length}`}`,
    dueOn: addMonths(first, index),
  }));
};

/** Charges a deposit: it is held as far as it is paid. */
export const chargeDeposit = command({
  name: 'deposit.charge',
  summary: 'Charge a deposit, at once or in instalments',
  permission: 'deposits.manage',
  input,
  subject: ({ accountId }) => ({ accountId }),
  run: async (ctx, asked): Promise<DepositReceipt> => {
    const { code, amountCents } = await checked(ctx, asked);
    const holder = asked.holder ?? 'account';
    const on = asked.on ?? ctx.today;
    if (asked.dueOn !== undefined && asked.dueOn < on) throw field('dueOn', 'It cannot be due before it is charged.');
    await assertOpenPeriod(ctx.db, [on]);
    const account = await ctx.db
      .selectFrom('account')
      .select(['id', 'customer_id as customerId', 'location_id as locationId'])
      .where('id', '=', asked.accountId)
      .executeTakeFirst();
    if (!account) throw new Failure('not_found', 'There is no such account.');
    const number = depositNumber(await ctx.nextNumber('deposit'));
    const lines = linesOf(ctx, asked, { amountCents, gl: code.terms.gl, number });
    const depositId = ctx.newId();
    await ctx.db
      .insertInto('deposit')
      .values({
        id: depositId,
        holder,
        customer_id: account.customerId,
        location_id: holder === 'customer' ? null : account.locationId,
        account_id: holder === 'account' ? account.id : null,
        code: code.code,
        number,
        status: 'charged',
        service_type_id: asked.serviceTypeId ?? null,
        charged_on: on,
        charged_cents: 0,
        collected_cents: 0,
        held_cents: 0,
        instalments: lines.length,
        remarks: asked.remarks ?? null,
      })
      .execute();
    const deposit = await storedDeposits(ctx.db).where('d.id', '=', depositId).executeTakeFirstOrThrow();
    await book(
      ctx,
      { deposit, account, on },
      { kind: 'deposit_charge', dueOn: lines[0]!.dueOn, number, memo: code.name, lines },
    );
    const changes = { number: [null, number], code: [null, code.code], chargedCents: [null, amountCents] } as const;
    return receipt(ctx, deposit, changes, asked.overrideReason ?? undefined);
  },
});
