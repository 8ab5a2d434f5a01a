import { idList } from '#db/bulk-add.ts';
import type { Db } from '#db/schema.ts';
import { addDays, type CivilDate } from '#domain/civil-date.ts';
import { type PaymentMethod, refusalOf } from '#domain/payment-methods.ts';
import { type PayingAccount, payingAccounts, paymentMethods } from '../payments/methods.ts';
import type { LockboxRow } from './parse.ts';
import type { LockboxProblem } from './problems.ts';

/** A payment of a file with whose it is, or why nobody could be credited. */
export interface Matched {
  readonly item: LockboxRow;
  readonly paidOn: CivilDate;
  readonly account: PayingAccount | null;
  readonly problem: LockboxProblem | null;
}

/** A payment of the same account and amount so shortly before is the same one, come twice. */
const DUPLICATE_DAYS = 5;
const PIECE = 500;

/** Account ids by number as banks write it: with zeros in front, without dashes. */
async function accountsOf(db: Db, items: readonly LockboxRow[]): Promise<(number: string) => number | null> {
  const wanted = [...new Set(items.flatMap(({ accountNumber }) => formsOf(accountNumber)))];
  const found = new Map<string, number | null>();
  for (let from = 0; from < wanted.length; from += PIECE) {
    const some = wanted.slice(from, from + PIECE);
    const rows = await db.selectFrom('account').select(['id', 'number']).where('number', 'in', some).execute();
    for (const { id, number } of rows) found.set(number, id);
  }
  return (number) => {
    const ids = new Set(formsOf(number).flatMap((form) => found.get(form) ?? []));
    return ids.size === 1 ? [...ids][0]! : null;
  };
}

/** As written; without zeros in front; with a dash before the last two or three digits. */
function formsOf(number: string): string[] {
  const plain = number.replace(/^0+(?=.)/, '');
  const dashed = /^\d{3,}$/.test(plain) ? [2, 3].map((at) => `${plain.slice(0, -at)}-${plain.slice(-at)}`) : [];
  return [...new Set([number, plain, ...dashed])];
}

/** Payments as they may have come before: by account and amount. */
async function takenBefore(db: Db, accountIds: readonly number[], from: CivilDate) {
  const rows = await db
    .selectFrom('ledger_transaction')
    .select(['account_id as accountId', 'amount_cents as cents', 'effective_on as on', 'reference'])
    .where('account_id', 'in', idList(db, accountIds))
    .where('kind', '=', 'payment')
    .where('effective_on', '>=', from)
    .execute();
  return Map.groupBy(rows, ({ accountId, cents }) => `${accountId} ${-cents}`);
}

/** Finds for every payment the account that it is for, and what stands against crediting it. */
export async function matchItems(db: Db, items: readonly LockboxRow[], depositedOn: CivilDate): Promise<Matched[]> {
  const idOf = await accountsOf(db, items);
  const ids = [...new Set(items.flatMap(({ accountNumber }) => idOf(accountNumber) ?? []))];
  const accounts = await payingAccounts(db, ids);
  const final = await finalOf(db, ids);
  const methods = new Map((await paymentMethods(db)).map((method) => [method.code, method]));
  const earliest = items.reduce((day, { paidOn }) => (paidOn !== null && paidOn < day ? paidOn : day), depositedOn);
  const before = await takenBefore(db, ids, addDays(earliest, -DUPLICATE_DAYS));
  const inFile = new Set<string>();
  return items.map((item) => {
    const paidOn = item.paidOn ?? depositedOn;
    const account = accounts.get(idOf(item.accountNumber) ?? 0) ?? null;
    if (!account) return { item, paidOn, account, problem: 'unknown_account' };
    const same = `${account.id} ${item.cents} ${item.reference ?? ''}`;
    const earlier = before.get(`${account.id} ${item.cents}`) ?? [];
    const twice = inFile.has(same) || earlier.some((one) => isSame(one, item, paidOn));
    inFile.add(same);
    const problem = problemOf(account, item, { method: methods.get(item.method), final: final.has(account.id), twice });
    return { item, paidOn, account, problem };
  });
}

const isSame = (
  { on, reference }: { readonly on: CivilDate; readonly reference: string | null },
  item: LockboxRow,
  paidOn: CivilDate,
): boolean =>
  item.reference !== null && reference !== null
    ? reference === item.reference
    : on >= addDays(paidOn, -DUPLICATE_DAYS) && on <= paidOn;

function problemOf(
  { rules, balanceCents, unpostedCents }: PayingAccount,
  { cents }: LockboxRow,
  facts: { readonly method: PaymentMethod | undefined; readonly final: boolean; readonly twice: boolean },
): LockboxProblem | null {
  if (rules.noPayments) return 'no_payments';
  if (!facts.method || refusalOf(facts.method, rules) !== null) return 'disallowed';
  if (facts.twice) return 'duplicate';
  return facts.final && balanceCents + unpostedCents < cents ? 'closed_account' : null;
}

async function finalOf(db: Db, ids: readonly number[]): Promise<Set<number>> {
  const rows = await db
    .selectFrom('account')
    .select('id')
    .where('id', 'in', idList(db, ids))
    .where('activity', '=', 'final')
    .execute();
  return new Set(rows.map(({ id }) => id));
}
