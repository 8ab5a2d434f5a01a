import { CompiledQuery } from 'kysely';
import { addDays } from '#domain/civil-date.ts';
import { adjustBill } from '#services/corrections/adjust-bill.ts';
import { enterAdjustment } from '#services/corrections/adjust.ts';
import { billNow } from '#services/corrections/bill-special-charges.ts';
import type { CorrectionReceipt } from '#services/corrections/receipt.ts';
import type { CorrectionContext } from '#services/corrections/context.ts';
import { applyCredit, convertCredit } from '#services/corrections/credit.ts';
import { recoverBadDebt } from '#services/corrections/recovery.ts';
import { enterRefund } from '#services/corrections/refund.ts';
import { reinstate } from '#services/corrections/reinstate.ts';
import { returnPayment } from '#services/corrections/return-payment.ts';
import { reverseCharges } from '#services/corrections/reverse-charges.ts';
import { reversePayment } from '#services/corrections/reverse-payment.ts';
import { addSpecialCharge } from '#services/corrections/special-charges.ts';
import { transferBalance } from '#services/corrections/transfer-balance.ts';
import { transferPayment } from '#services/corrections/transfer-payment.ts';
import { writeOff } from '#services/corrections/write-off.ts';
import { applyDeposit } from '#services/deposits/apply.ts';
import { chargeDeposit } from '#services/deposits/charge.ts';
import { refundDeposit } from '#services/deposits/refund.ts';
import type { Deferred } from '#services/deferred/deferring.ts';
import { participate } from '#services/deferred/participate.ts';
import { participationOf } from '#services/deferred/participation.ts';
import { Failure } from '#services/failure.ts';
import { enter } from '#services/ledger/enter.ts';
import { post } from '#services/ledger/post.ts';
import type { CommandContext } from '#services/operation.ts';
import type { AccountRef } from '#test/support/premises.ts';
import type { Step } from './ledger-steps.ts';

/** What a history is played on. */
export interface Stage {
  /** Two of one customer, one of another. */
  readonly accounts: readonly AccountRef[];
  /** Two kinds of service. */
  readonly services: readonly number[];
  /** Codes of deferred charges. */
  readonly charges: readonly string[];
}

/** How many steps were done, and how many a rule refused; by what they are. */
export interface Played {
  readonly done: Map<Step['do'], number>;
  readonly refused: Map<Step['do'], number>;
}

const CHECKS = ['check', 'card', 'cash', 'draft'] as const;
const MODES = ['automatic', 'manual', 'fifo'] as const;

const nth = <T>(list: readonly T[], place: number): T | undefined => list[place % Math.max(1, list.length)];

/**
 * Plays a history with the program's own operations, on a business date of its own that only goes
 * forward. A step that a rule refuses leaves nothing behind.
 */
export class LedgerPlayer {
  #ctx: CorrectionContext;
  readonly #stage: Stage;
  readonly #payments: { id: number; tenderIds: number[]; methods: string[] }[] = [];
  readonly #charges: { id: number; lineIds: readonly number[] }[] = [];
  readonly #writeOffs: number[] = [];
  readonly #deposits: number[] = [];
  /** What was not as it must be while it happened. */
  readonly problems: string[] = [];
  readonly played: Played = { done: new Map(), refused: new Map() };

  constructor(ctx: CommandContext, stage: Stage, today = '2026-08-15') {
    this.#ctx = { ...ctx, today, trial: false, approved: true, warn: () => {} };
    this.#stage = stage;
  }

  get today(): string {
    return this.#ctx.today;
  }

  async play(steps: readonly Step[]): Promise<void> {
    const raw = (text: string) => this.#ctx.db.executeQuery(CompiledQuery.raw(text));
    for (const step of steps) {
      await raw('savepoint step');
      try {
        await this.#step(step);
        this.#count(this.played.done, step);
      } catch (error) {
        if (!(error instanceof Failure) || error.code === 'unexpected') throw error;
        await raw('rollback to savepoint step');
        this.#count(this.played.refused, step);
      }
      await raw('release savepoint step');
    }
  }

  #count(counts: Map<Step['do'], number>, step: Step): void {
    counts.set(step.do, (counts.get(step.do) ?? 0) + 1);
  }

  #account(place: number): AccountRef {
    return nth(this.#stage.accounts, place)!;
  }

  #target<T>(list: readonly T[], place: number): T {
    const found = nth(list, place);
    if (found === undefined) throw new Failure('refused', 'There is none yet.');
    return found;
  }

  async #step(step: Step): Promise<void> {
    const ctx = this.#ctx;
    switch (step.do) {
      case 'wait':
        this.#ctx = { ...ctx, today: addDays(ctx.today, step.days) };
        return;
      case 'charge':
        return this.#charge(step);
      case 'pay':
        return this.#pay(step);
      case 'adjust':
        return this.#adjust(step);
      case 'post':
        return this.#postWaiting();
      case 'deposit':
      case 'applyDeposit':
      case 'refundDeposit':
        return this.#deposit(step);
      case 'takePart':
        return this.#takePart(step);
      case 'statement':
        return this.#statement(step.account);
      case 'period':
        return this.#period(step);
      default:
        return this.#correct(step);
    }
  }

  async #charge({ account, lines, back, due }: Step & { do: 'charge' }): Promise<void> {
    const ctx = this.#ctx;
    const effectiveOn = addDays(ctx.today, -back);
    const ids = lines.map(() => ctx.newId());
    const made = await enter(ctx, {
      account: this.#account(account),
      kind: 'charge',
      effectiveOn,
      dueOn: addDays(effectiveOn, due),
      lines: lines.map((cents, place) => ({
        id: ids[place]!,
        serviceTypeId: place === 0 ? null : nth(this.#stage.services, cents)!,
        // Every third line is a tax on the one before.
        ...(place === 2 ? { baseLineId: ids[1]!, shareMillionths: 82_500 } : {}),
        debitGl: '1200',
        creditGl: place === 2 ? '2300' : '4900',
        amountCents: cents,
        effect: 1,
      })),
    });
    await post(ctx, [made.id]);
    this.#charges.push({ id: made.id, lineIds: made.lineIds });
  }

  async #pay({ account, tenders, back, service, mode }: Step & { do: 'pay' }): Promise<void> {
    const ctx = this.#ctx;
    const to = this.#account(account);
    const paidOn = addDays(ctx.today, -back);
    const paymentId = ctx.newId();
    const customer = { customer_id: to.customerId };
    await ctx.db
      .insertInto('payment')
      .values({
        ...customer,
        id: paymentId,
        number: `R${paymentId}`,
        source_account_id: to.id,
        paid_on: paidOn,
        total_cents: tenders.reduce((sum, cents) => sum + cents, 0),
        channel: 'counter',
        mode: MODES[mode],
        created_at: ctx.now,
        created_by: ctx.actor.username,
        version: 1,
      })
      .execute();
    const ids: number[] = [];
    const payment = { tenderIds: [] as number[], methods: [] as string[] };
    for (const cents of tenders) {
      const method = nth(CHECKS, cents)!;
      const tenderId = ctx.newId();
      await ctx.db
        .insertInto('tender')
        .values({ ...customer, id: tenderId, payment_id: paymentId, method, amount_cents: cents, version: 1 })
        .execute();
      const serviceTypeId = service ? nth(this.#stage.services, cents)! : null;
      const part = await enter(ctx, {
        account: to,
        kind: 'payment',
        effectiveOn: paidOn,
        method,
        paymentId,
        tenderId,
        lines: [{ serviceTypeId, debitGl: '1010', creditGl: '1200', amountCents: cents, effect: -1 }],
      });
      ids.push(part.id);
      payment.tenderIds.push(tenderId);
      payment.methods.push(method);
    }
    await recoverBadDebt(ctx, ids);
    this.problems.push(...(await overcharged(ctx, to, await post(ctx, ids))));
    this.#payments.push({ id: ids[0]!, ...payment });
  }

  async #takePart({ account, charge: place, yes }: Step & { do: 'takePart' }): Promise<void> {
    const { customerId } = this.#account(account);
    const charge = nth(this.#stage.charges, place)!;
    const known = await participationOf(this.#ctx, customerId);
    const { version } = known.find((one) => one.charge === charge)!;
    await participate.run(this.#ctx, { customerId, charge, participates: yes, version }, undefined);
  }

  async #statement(place: number): Promise<void> {
    const account = this.#account(place);
    const id = this.#ctx.newId();
    const cents = await balanceOf(this.#ctx, account);
    const day = this.#ctx.today;
    const whose = { customer_id: account.customerId, account_id: account.id };
    const sums = { previous_cents: 0, payments_cents: 0, charges_cents: cents, balance_cents: cents };
    await this.#ctx.db
      .insertInto('statement')
      .values({ id, number: `S${id}`, ...whose, ...sums, billed_on: day, due_on: addDays(day, 20) })
      .execute();
  }

  async #adjust({ account, nth: place, credit, cents, back }: Step & { do: 'adjust' }): Promise<void> {
    const charge = place === null ? null : this.#target(this.#charges, place);
    await enterAdjustment.run(this.#ctx, {
      direction: credit ? 'credit' : 'debit',
      cents,
      reason: 'correction',
      effectiveOn: addDays(this.#ctx.today, -back),
      dueOn: null,
      lineId: charge === null ? null : nth(charge.lineIds, cents)!,
      serviceTypeId: null,
      memo: null,
      ...(charge === null ? { accountId: this.#account(account).id } : { transactionId: charge.id }),
    });
  }

  async #postWaiting(): Promise<void> {
    const waiting = await this.#ctx.db
      .selectFrom('ledger_transaction')
      .select('id')
      .where('status', '=', 'unposted')
      .orderBy('id')
      .execute();
    await post(
      this.#ctx,
      waiting.map(({ id }) => id),
    );
  }

  async #deposit(step: Step & { do: 'deposit' | 'applyDeposit' | 'refundDeposit' }): Promise<void> {
    if (step.do === 'deposit') {
      const { id: accountId } = this.#account(step.account);
      const charged = { accountId, code: 'standard', amountCents: step.cents };
      const { depositId } = await chargeDeposit.run(this.#ctx, charged, undefined);
      this.#deposits.push(depositId);
      return;
    }
    const depositId = this.#target(this.#deposits, step.nth);
    if (step.do === 'applyDeposit') await applyDeposit.run(this.#ctx, { depositId }, undefined);
    else await refundDeposit.run(this.#ctx, { depositId, overrideReason: 'Asked for' }, undefined);
  }

  async #period({ month, closed }: Step & { do: 'period' }): Promise<void> {
    const { db, newId } = this.#ctx;
    const starts = `2026-${String(month).padStart(2, '0')}-01`;
    const ends = addDays(`2026-${String(month + 1).padStart(2, '0')}-01`, -1);
    await db.deleteFrom('accounting_period').where('starts_on', '=', starts).execute();
    if (!closed || ends >= this.#ctx.today) return;
    await db
      .insertInto('accounting_period')
      .values({ id: newId(), name: starts, starts_on: starts, ends_on: ends, status: 'closed', version: 1 })
      .execute();
  }

  async #correct(step: Step): Promise<void> {
    const ctx = this.#ctx;
    const none = { memo: null, reference: null };
    const cents = 'cents' in step && step.cents !== null ? { cents: step.cents } : {};
    switch (step.do) {
      case 'return': {
        const { id: transactionId, tenderIds } = this.#target(this.#payments, step.nth);
        const chosen = [nth(tenderIds, step.tender)!];
        await returnPayment.run(ctx, { transactionId, tenderIds: chosen, reason: 'R01', ...none });
        return;
      }
      case 'reverse': {
        const { id: transactionId } = this.#target(this.#payments, step.nth);
        await reversePayment.run(ctx, { transactionId, reason: 'other', memo: null });
        return;
      }
      case 'transferPayment': {
        const { id: transactionId } = this.#target(this.#payments, step.nth);
        const toAccountId = this.#account(step.to).id;
        await transferPayment.run(ctx, { transactionId, toAccountId, memo: null, ...cents });
        return;
      }
      case 'transferBalance': {
        const [accountId, toAccountId] = [this.#account(step.from).id, this.#account(step.to).id];
        const what = step.credit ? 'credit' : 'debts';
        await transferBalance.run(ctx, { accountId, toAccountId, what, memo: null, ...cents });
        return;
      }
      default:
        await this.#correctBill(step, cents);
    }
  }

  async #correctBill(step: Step, cents: { cents?: number }): Promise<CorrectionReceipt | void> {
    const ctx = this.#ctx;
    const why = { reason: 'correction', memo: null };
    const on = (): { accountId: number } => ({ accountId: this.#account((step as { account: number }).account).id });
    switch (step.do) {
      case 'adjustBill': {
        const { id: transactionId, lineIds } = this.#target(this.#charges, step.nth);
        const lines = [{ lineId: nth(lineIds, step.line)!, amountCents: step.cents }];
        return adjustBill.run(ctx, { transactionId, lines, ...why });
      }
      case 'reverseCharges': {
        const { id: transactionId, lineIds } = this.#target(this.#charges, step.nth);
        const line = step.line === null ? {} : { lineIds: [nth(lineIds, step.line)!] };
        const rebill =
          step.rebill === null ? {} : { rebill: [{ lineId: nth(lineIds, step.line ?? 0)!, amountCents: step.rebill }] };
        return reverseCharges.run(ctx, { transactionId, reason: 'billed', memo: null, ...line, ...rebill });
      }
      case 'writeOff': {
        const receipt = await writeOff.run(ctx, { ...on(), reason: 'gone', memo: null, ...cents });
        this.#writeOffs.push(...receipt.transactionIds);
        return receipt;
      }
      case 'reinstate': {
        const transactionId = this.#target(this.#writeOffs, step.nth);
        return reinstate.run(ctx, { transactionId, reference: null, memo: null, ...cents });
      }
      case 'refund':
        return enterRefund.run(ctx, { ...on(), method: 'check', reference: null, memo: null, ...cents });
      case 'applyCredit':
        return applyCredit.run(ctx, on());
      case 'convertCredit':
        return convertCredit.run(ctx, { ...on(), memo: null });
      case 'special':
        return this.#special(on().accountId);
      default:
        throw new Error(`no such step: ${step.do}`);
    }
  }

  async #special(accountId: number): Promise<void> {
    const charge = { code: 'service', description: '', cents: 300, serviceTypeId: null, reason: null };
    await addSpecialCharge.command.run(this.#ctx, { accountId, ...charge }, undefined);
    await billNow.run(this.#ctx, { accountId });
  }
}

async function balanceOf({ db }: CommandContext, { id }: AccountRef): Promise<number> {
  const row = await db
    .selectFrom('account_balance')
    .select('balance_cents as cents')
    .where('account_id', '=', id)
    .executeTakeFirstOrThrow();
  return row.cents;
}

/** Charges of an overpayment never raise a balance above nothing: only those of any payment do (guide: domain §4.8). */
async function overcharged(ctx: CommandContext, account: AccountRef, made: readonly Deferred[]): Promise<string[]> {
  const sum = (trigger: Deferred['charge']['terms']['trigger']): number =>
    made.filter(({ charge }) => charge.terms.trigger === trigger).reduce((total, { cents }) => total + cents, 0);
  const balance = await balanceOf(ctx, account);
  return sum('overpayment') > 0 && balance > sum('payment')
    ? [`an overpayment was charged ${sum('overpayment')}: ${balance} is owed`]
    : [];
}
