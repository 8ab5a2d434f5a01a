import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import type { QueryContext } from '../operation.ts';
import type { ReplayTransaction } from './replay.ts';

/** What an account's last bill said was owed, and everything since. */
export interface LastBill {
  readonly accountId: number;
  readonly accountNumber: string;
  /** `statement`: as billed; `charge`: there are no bills, so from the last charge; `none`: nor any charge. */
  readonly from: 'statement' | 'charge' | 'none';
  readonly number: string | null;
  readonly billedOn: CivilDate | null;
  readonly dueOn: CivilDate | null;
  /** The charge on it. */
  readonly transactionId: number | null;
  readonly billedCents: Cents;
  /** Entered later with a date up to the bill's, so not on it. */
  readonly backdatedCents: Cents;
  /** The oldest first. */
  readonly since: readonly ReplayTransaction[];
}

interface Billed {
  readonly id: number;
  readonly accountId: number;
  readonly number: string;
  readonly billedOn: CivilDate;
  readonly dueOn: CivilDate;
  readonly balanceCents: Cents;
}

/**
 * The last bill of each account that has posted transactions.
 * @param posted the oldest first, up to the day asked for
 * @param asOf bills up to this day; without one, all
 */
export async function lastBills(
  ctx: QueryContext,
  posted: readonly ReplayTransaction[],
  asOf: CivilDate | undefined,
): Promise<LastBill[]> {
  const accounts = Map.groupBy(posted, ({ accountId }) => accountId);
  const bills = await latestStatements(ctx, [...accounts.keys()], asOf);
  return [...accounts].map(([accountId, transactions]) => {
    const bill = bills.get(accountId);
    return bill === undefined ? sinceCharge(transactions) : sinceBill(bill, transactions);
  });
}

async function latestStatements(
  { db }: QueryContext,
  accountIds: readonly number[],
  asOf: CivilDate | undefined,
): Promise<Map<number, Billed>> {
  const rows = await db
    .selectFrom('statement')
    .select(['id', 'account_id as accountId', 'number', 'billed_on as billedOn', 'due_on as dueOn'])
    .select('balance_cents as balanceCents')
    .where('account_id', 'in', [-1, ...accountIds])
    .$if(asOf !== undefined, (q) => q.where('billed_on', '<=', asOf!))
    .orderBy('billed_on')
    .orderBy('id')
    .execute();
  return new Map(rows.map((row) => [row.accountId, row]));
}

/**
 * The bill stands where the ledger had the balance that it tells, among what happened on its
 * day. Where there is no such place, something was entered later with an earlier date: then it
 * stands behind the last of its own charges, and the difference is told apart.
 */
function sinceBill(bill: Billed, transactions: readonly ReplayTransaction[]): LastBill {
  const end = transactions.findLastIndex(({ effectiveOn }) => effectiveOn <= bill.billedOn) + 1;
  const balances = [0];
  for (const { amountCents } of transactions) balances.push(balances.at(-1)! + amountCents);
  const ofDay = (place: number): boolean => place === end || transactions[place]!.effectiveOn === bill.billedOn;
  let place = end;
  while (balances[place] !== bill.balanceCents && place > 0 && ofDay(place - 1)) place -= 1;
  if (balances[place] !== bill.balanceCents) {
    const charged = transactions.findLastIndex(({ statementId }) => statementId === bill.id) + 1;
    place = charged === 0 ? end : charged;
  }
  const charge = transactions.find(({ statementId, kind }) => statementId === bill.id && kind === 'charge');
  return {
    accountId: bill.accountId,
    accountNumber: transactions[0]!.accountNumber,
    from: 'statement',
    number: bill.number,
    billedOn: bill.billedOn,
    dueOn: bill.dueOn,
    transactionId: charge?.id ?? null,
    billedCents: bill.balanceCents,
    backdatedCents: balances[place]! - bill.balanceCents,
    since: transactions.slice(place),
  };
}

function sinceCharge(transactions: readonly ReplayTransaction[]): LastBill {
  const at = transactions.findLastIndex(({ kind }) => kind === 'charge');
  const charge = transactions[at];
  const { accountId, accountNumber } = transactions[0]!;
  return {
    accountId,
    accountNumber,
    from: charge ? 'charge' : 'none',
    number: charge?.number ?? null,
    billedOn: charge?.effectiveOn ?? null,
    dueOn: null,
    transactionId: charge?.id ?? null,
    billedCents: transactions.slice(0, at + 1).reduce((total, { amountCents }) => total + amountCents, 0),
    backdatedCents: 0,
    since: transactions.slice(at + 1),
  };
}
