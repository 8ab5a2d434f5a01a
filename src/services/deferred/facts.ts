import { idList } from '#db/bulk-add.ts';
import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { participates } from '#domain/deferred.ts';
import type { Cents } from '#domain/money.ts';
import { type DeferredCharge, deferredCharges } from './charges.ts';

/** What a payment brought to one account: all of its parts there, by any means of payment. */
export interface PaidPart {
  readonly accountId: number;
  readonly customerId: number;
  readonly effectiveOn: CivilDate;
  /** The last of its transactions, which is said to have brought a charge about. */
  readonly triggerId: number;
  /** Receipt number. */
  readonly number: string | null;
  readonly credits: readonly PaidCredit[];
}

/** A credit line of a payment, and the service that its money is bound to. */
export interface PaidCredit {
  readonly creditId: number;
  readonly serviceTypeId: number | null;
}

/** The statement that a payment is for: the latest of its account on the day that it took effect. */
export interface PaidStatement {
  readonly id: number;
  readonly billedOn: CivilDate;
  readonly balanceCents: Cents;
}

/** A service that an account has. */
export interface HeldService {
  readonly id: number;
  readonly code: string;
  readonly rank: number;
}

/** What decides which charges follow some payments; read once for any number. */
export interface DeferredFacts {
  readonly charges: readonly DeferredCharge[];
  /** Customers' own decisions, by customer and charge. */
  readonly decided: ReadonlyMap<string, 0 | 1>;
  /** By the transaction that triggers. */
  readonly statements: ReadonlyMap<number, PaidStatement>;
  /** Charged before and not taken back: account, charge and statement. */
  readonly charged: ReadonlySet<string>;
  /** By account, in the company's payoff order. */
  readonly services: ReadonlyMap<number, readonly HeldService[]>;
}

export const decisionKey = (customerId: number, charge: string): string => `${customerId} ${charge}`;
export const chargedKey = (accountId: number, statementId: number | null, charge: string): string =>
  `${accountId} ${statementId ?? ''} ${charge}`;

/**
 * Reads what is needed, some statements for any number of payments. One statement alone where no charge is set up.
 * @returns null when no charge can follow
 */
export async function deferredFacts(db: Db, parts: readonly PaidPart[]): Promise<DeferredFacts | null> {
  if (parts.length === 0) return null;
  const charges = await deferredCharges(db);
  if (charges.length === 0) return null;
  const decided = await decisions(db, parts);
  const may = parts.filter(({ customerId }) =>
    charges.some(({ code, terms }) => participates(terms, decided.get(decisionKey(customerId, code)))),
  );
  if (may.length === 0) return null;
  const statements = await statementsOf(db, may);
  const accounts = [...new Set(may.map(({ accountId }) => accountId))];
  return {
    charges,
    decided,
    statements,
    charged: await chargedBefore(
      db,
      accounts,
      [...statements.values()].map(({ id }) => id),
    ),
    services: await servicesOf(db, accounts),
  };
}

async function decisions(db: Db, parts: readonly PaidPart[]): Promise<Map<string, 0 | 1>> {
  const customers = [...new Set(parts.map(({ customerId }) => customerId))];
  const rows = await db
    .selectFrom('deferred_participation')
    .select(['customer_id as customerId', 'charge', 'participates as yes'])
    .where('customer_id', 'in', idList(db, customers))
    .execute();
  return new Map(rows.map(({ customerId, charge, yes }) => [decisionKey(customerId, charge), yes]));
}

/** A statement for each day on which some of them were paid. */
async function statementsOf(db: Db, parts: readonly PaidPart[]): Promise<Map<number, PaidStatement>> {
  const found = new Map<number, PaidStatement>();
  for (const [day, mine] of Map.groupBy(parts, ({ effectiveOn }) => effectiveOn)) {
    const accounts = [...new Set(mine.map(({ accountId }) => accountId))];
    const rows = await db
      .selectFrom('statement as s')
      .select(['s.id', 's.account_id as accountId', 's.billed_on as billedOn', 's.balance_cents as balanceCents'])
      .where('s.account_id', 'in', idList(db, accounts))
      .where('s.billed_on', '=', (eb) =>
        eb
          .selectFrom('statement as x')
          .select((own) => own.fn.max('x.billed_on').as('day'))
          .whereRef('x.account_id', '=', 's.account_id')
          .where('x.billed_on', '<=', day),
      )
      .orderBy('s.id')
      .execute();
    const latest = new Map(rows.map(({ accountId, ...statement }) => [accountId, statement]));
    for (const { accountId, triggerId } of mine) {
      const statement = latest.get(accountId);
      if (statement) found.set(triggerId, statement);
    }
  }
  return found;
}

async function chargedBefore(
  db: Db,
  accounts: readonly number[],
  statements: readonly number[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('deferred_posting')
    .select(['account_id as accountId', 'statement_id as statementId', 'charge'])
    .where('account_id', 'in', idList(db, accounts))
    .where('reversed_by_id', 'is', null)
    .where((eb) => eb.or([eb('statement_id', 'is', null), eb('statement_id', 'in', idList(db, statements))]))
    .execute();
  return new Set(rows.map(({ accountId, statementId, charge }) => chargedKey(accountId, statementId, charge)));
}

async function servicesOf(db: Db, accounts: readonly number[]): Promise<Map<number, HeldService[]>> {
  const rows = await db
    .selectFrom('account_service as a')
    .innerJoin('service_type as s', 's.id', 'a.service_type_id')
    .select(['a.account_id as accountId', 's.id', 's.code', 's.payoff_rank as rank'])
    .where('a.account_id', 'in', idList(db, accounts))
    .where('a.active', '=', 1)
    .orderBy('s.payoff_rank')
    .orderBy('s.id')
    .execute();
  return Map.groupBy(rows, ({ accountId }) => accountId);
}
