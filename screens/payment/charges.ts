import type { CivilDate } from '#domain/civil-date.ts';
import { type Cents, formatCents, parseCents } from '#domain/money.ts';
import { change, type PaymentContext } from './context.ts';
import { remainingCents } from './facts.ts';
import { type AccountDraft, type Entry, type PaymentState, sourceFirst } from './model.ts';

/** An open charge, or an open invoice, that money can be put on. */
export interface ChargeRow {
  readonly accountId: number;
  readonly accountNumber: string;
  /** The debit line (manual) or the invoice (spec). */
  readonly id: number;
  readonly label: string;
  readonly invoice: string;
  readonly dueOn: CivilDate | null;
  readonly openCents: Cents;
  readonly typed: string;
}

const words = (kind: string): string => kind.replaceAll('_', ' ');

function chargesOf({ facts, charges }: AccountDraft): ChargeRow[] {
  return facts.debts.map((debt) => ({
    accountId: facts.accountId,
    accountNumber: facts.number,
    id: debt.debitLineId,
    label: [debt.serviceCode ?? words(debt.kind), debt.description].filter(Boolean).join(' '),
    invoice: debt.invoice ?? '',
    dueOn: debt.dueOn,
    openCents: debt.openCents,
    typed: charges.get(debt.debitLineId) ?? '',
  }));
}

/** Invoices whole, in the order of their first debt. */
function invoicesOf({ facts, charges }: AccountDraft): ChargeRow[] {
  const invoices = Map.groupBy(facts.debts, ({ transactionId }) => transactionId);
  return [...invoices].map(([id, debts]) => ({
    accountId: facts.accountId,
    accountNumber: facts.number,
    id,
    label: words(debts[0]!.kind),
    invoice: debts[0]!.invoice ?? '',
    dueOn: debts[0]!.dueOn,
    openCents: debts.reduce((sum, { openCents }) => sum + openCents, 0),
    typed: charges.get(id) ?? '',
  }));
}

/** What can be paid by hand, in payoff order, the source account first. */
export const chargeRows = (entry: Entry): ChargeRow[] =>
  sourceFirst(entry).flatMap((account) => (entry.mode === 'spec' ? invoicesOf(account) : chargesOf(account)));

function put(ctx: PaymentContext, { accountId, id }: ChargeRow, text: string): void {
  const { entry } = ctx.get();
  const accounts = entry.accounts.map((account) => {
    if (account.facts.accountId !== accountId) return account;
    const charges = new Map(account.charges);
    if (text === '') charges.delete(id);
    else charges.set(id, text);
    return { ...account, charges };
  });
  change(ctx, { accounts });
}

export const currentCharge = ({ entry, row }: PaymentState): ChargeRow | undefined => chargeRows(entry)[row];

/** The amount of the row with the cursor, as typed. */
export function typeCharge(ctx: PaymentContext, edit: (text: string) => string): void {
  const row = currentCharge(ctx.get());
  if (row) put(ctx, row, edit(row.typed));
}

/** As much of what remains as the charge takes, and on to the next. */
export function payThis(ctx: PaymentContext): void {
  const state = ctx.get();
  const row = currentCharge(state);
  if (!row) return;
  const own = Math.max(0, parseCents(row.typed) ?? 0);
  const cents = Math.max(0, Math.min(row.openCents, remainingCents(state) + own));
  put(ctx, row, cents > 0 ? formatCents(cents) : '');
  ctx.set({ row: Math.min(state.row + 1, chargeRows(state.entry).length - 1), fresh: true });
}

/** What remains goes to the charges in their order. */
export function payAll(ctx: PaymentContext): void {
  clearCharges(ctx);
  let left = remainingCents(ctx.get());
  for (const row of chargeRows(ctx.get().entry)) {
    const cents = Math.min(left, row.openCents);
    if (cents <= 0) break;
    put(ctx, row, formatCents(cents));
    left -= cents;
  }
}

/** Nothing is put on anything any more. */
export const clearCharges = (ctx: PaymentContext): void =>
  change(ctx, { accounts: ctx.get().entry.accounts.map((account) => ({ ...account, charges: new Map() })) });
