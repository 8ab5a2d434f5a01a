import type { TransactionKind } from '#db/entities/ledger.ts';
import { idList } from '#db/bulk-add.ts';
import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { DEBT_CLASSES, type DebtClass, NO_SERVICE_RANK, type OpenDebt } from '#domain/payoff.ts';
import type { AccountRef } from './rows.ts';

/** A posted line that is open: a debt, or open credit (OC; with a service SOC, guide: L4). */
export interface OpenItem extends OpenDebt {
  readonly accountId: number;
  readonly customerId: number;
  readonly effect: 1 | -1;
  readonly kind: TransactionKind;
  readonly createdAt: number;
}

const CLASS_OF_KIND: Partial<Record<TransactionKind, DebtClass>> = {
  nsf_fee: 'nsf_fee',
  penalty: 'penalty',
  deposit_charge: 'deposit',
};

/** Rank of a kind's class in the company's order; those that it does not name come after. */
export function classRankOf(kind: TransactionKind, classOrder: readonly DebtClass[]): number {
  if (classOrder.length === 0) return 0;
  const at = classOrder.indexOf(CLASS_OF_KIND[kind] ?? 'charge');
  return at < 0 ? DEBT_CLASSES.length : at;
}

/** Open posted lines of accounts, debts and credits, by account; each account has its list, be it empty. */
export async function openItems(
  db: Db,
  accounts: readonly AccountRef[],
  classOrder: readonly DebtClass[],
): Promise<Map<number, OpenItem[]>> {
  const items = new Map<number, OpenItem[]>(accounts.map(({ id }) => [id, []]));
  if (accounts.length === 0) return items;
  const rows = await db
    .selectFrom('ledger_line as l')
    .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
    .leftJoin('service_type as s', 's.id', 'l.service_type_id')
    .select([
      'l.id',
      'l.account_id as accountId',
      'l.customer_id as customerId',
      'l.open_cents as openCents',
      'l.due_on as dueOn',
      'l.effective_on as effectiveOn',
      'l.effect',
      'l.service_type_id as serviceTypeId',
      's.payoff_rank as rank',
      't.id as transactionId',
      't.number as invoice',
      't.kind',
      't.created_at as createdAt',
    ])
    .where('l.customer_id', 'in', idList(db, [...new Set(accounts.map(({ customerId }) => customerId))]))
    .where('l.account_id', 'in', idList(db, [...items.keys()]))
    .where('l.open_cents', '<>', 0)
    .where('t.status', '=', 'posted')
    .execute();
  for (const { rank, effect, ...row } of rows) {
    items.get(row.accountId)!.push({
      ...row,
      effect: effect as 1 | -1,
      payoffRank: rank ?? NO_SERVICE_RANK,
      classRank: classRankOf(row.kind, classOrder),
    });
  }
  return items;
}

/** Open credits as they are used up: those of any service before those of one, the oldest first. */
export const inCreditOrder = (credits: readonly OpenItem[]): OpenItem[] =>
  credits.toSorted((a, b) => {
    const [x, y] = [a.serviceTypeId === null ? 0 : 1, b.serviceTypeId === null ? 0 : 1];
    return x - y || (a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : a.id - b.id);
  });

/** What can pay what: open credit of one service only that service. */
export const fits = (credit: { readonly serviceTypeId: number | null }, debt: OpenItem): boolean =>
  credit.serviceTypeId === null || credit.serviceTypeId === debt.serviceTypeId;

/** Sum of open amounts. */
export const openSum = (items: readonly OpenDebt[]): Cents => items.reduce((sum, { openCents }) => sum + openCents, 0);

/** Debts of a list, without credits. */
export const debtsOf = (items: readonly OpenItem[]): OpenItem[] => items.filter(({ effect }) => effect > 0);
export const creditsOf = (items: readonly OpenItem[]): OpenItem[] => items.filter(({ effect }) => effect < 0);

/** What a list of open items was due before a day. */
export const dueBefore = (items: readonly OpenItem[], day: CivilDate): OpenItem[] =>
  debtsOf(items).filter(({ dueOn }) => dueOn !== null && dueOn < day);
