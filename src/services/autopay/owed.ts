import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { sectionOf } from '../paper/entries.ts';

/** The latest statement of an account, and what happened to it since. */
export interface LatestBill {
  readonly billedOn: CivilDate;
  readonly dueOn: CivilDate;
  readonly balanceCents: Cents;
  /** Payments and credits after it, posted or not, less those that came back. */
  readonly creditsSinceCents: Cents;
  /** Day of the last bank draft after it; null: none. */
  readonly draftedOn: CivilDate | null;
}

/** An account as an automatic payment looks at it. */
export interface AccountOwed {
  readonly id: number;
  readonly number: string;
  readonly activity: 'current' | 'waiting' | 'final';
  readonly balanceCents: Cents;
  readonly unpostedCents: Cents;
  readonly budgetCents: Cents | null;
}

export interface BilledAccount extends AccountOwed {
  readonly bill: LatestBill | null;
}

/** Accounts looked at for a customer: those of a landlord with many houses go on in the draft run. */
const MOST = 200;

/** Accounts of a customer, or the one that is asked for; former ones only while they owe or are owed something. */
export async function billsOf(db: Db, customerId: number, accountId: number | null): Promise<AccountOwed[]> {
  const rows = await db
    .selectFrom('account as a')
    .leftJoin('account_balance as b', 'b.account_id', 'a.id')
    .select(['a.id', 'a.number', 'a.activity', 'a.budget_cents as budgetCents'])
    .select(['b.balance_cents as balanceCents', 'b.unposted_cents as unpostedCents'])
    .where('a.customer_id', '=', customerId)
    .$if(accountId !== null, (q) => q.where('a.id', '=', accountId))
    .$if(accountId === null, (q) =>
      q.where((eb) => eb.or([eb('a.activity', '<>', 'final'), eb('b.balance_cents', '<>', 0)])),
    )
    .orderBy('a.number')
    .limit(MOST)
    .execute();
  return rows.map((row) => ({ ...row, balanceCents: row.balanceCents ?? 0, unpostedCents: row.unpostedCents ?? 0 }));
}

/** The same with their latest statements, and what was paid since. */
export async function latestBills(db: Db, accounts: readonly AccountOwed[]): Promise<BilledAccount[]> {
  if (accounts.length === 0) return [];
  const statements = await latestStatements(
    db,
    accounts.map(({ id }) => id),
  );
  const since = await transactionsSince(db, statements);
  return accounts.map((account) => {
    const statement = statements.find(({ accountId }) => accountId === account.id);
    if (!statement) return { ...account, bill: null };
    const rows = since.filter(
      ({ accountId, status, effectiveOn, statementId }) =>
        accountId === account.id &&
        statementId !== statement.id &&
        (status === 'unposted' || effectiveOn > statement.billedOn),
    );
    const credits = rows.filter((row) => row.amountCents < 0 || sectionOf(row) === 'payments');
    const paid = -credits.reduce((sum, { amountCents }) => sum + amountCents, 0);
    const drafts = rows.filter(({ kind, method }) => kind === 'payment' && method === 'draft');
    const { billedOn, dueOn, balanceCents } = statement;
    const draftedOn = drafts.at(-1)?.effectiveOn ?? null;
    return { ...account, bill: { billedOn, dueOn, balanceCents, creditsSinceCents: Math.max(0, paid), draftedOn } };
  });
}

interface Statement {
  readonly id: number;
  readonly accountId: number;
  readonly billedOn: CivilDate;
  readonly dueOn: CivilDate;
  readonly balanceCents: Cents;
}

/** The statement with the most recent date of each account. */
const latestStatements = (db: Db, accountIds: readonly number[]): Promise<Statement[]> =>
  db
    .selectFrom('account as a')
    .innerJoin('statement as s', (on) =>
      on.on('s.id', '=', (eb) =>
        eb
          .selectFrom('statement as x')
          .select('x.id')
          .whereRef('x.account_id', '=', 'a.id')
          .orderBy('x.billed_on', 'desc')
          .orderBy('x.id', 'desc')
          .limit(1),
      ),
    )
    .select(['s.id', 's.account_id as accountId', 's.billed_on as billedOn', 's.due_on as dueOn'])
    .select('s.balance_cents as balanceCents')
    .where('a.id', 'in', accountIds)
    .execute();

/** What has moved the accounts since the first of these statements, the oldest first; what is not posted yet, always. */
async function transactionsSince(db: Db, statements: readonly Statement[]) {
  if (statements.length === 0) return [];
  const first = statements.map(({ billedOn }) => billedOn).toSorted()[0]!;
  return db
    .selectFrom('ledger_transaction')
    .select(['account_id as accountId', 'kind', 'status', 'effective_on as effectiveOn', 'method'])
    .select(['amount_cents as amountCents', 'statement_id as statementId'])
    .where(
      'account_id',
      'in',
      statements.map(({ accountId }) => accountId),
    )
    .where((eb) => eb.or([eb('effective_on', '>', first), eb('status', '=', 'unposted')]))
    .orderBy('effective_on')
    .orderBy('id')
    .execute();
}
