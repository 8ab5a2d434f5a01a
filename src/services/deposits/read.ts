import { depositChanges } from '#db/deposit-sums.ts';
import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { depositInterest } from '#domain/deposit-interest.ts';
import type { DepositHolder, DepositStatus, DepositTerms } from '#domain/deposit.ts';
import type { Cents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import type { CommandContext, QueryContext, Subject } from '../operation.ts';
import { assertChangeable, assertVisible } from '../subject.ts';
import { depositCodesBy, termsAmong } from './terms.ts';

/** A deposit as it is stored. */
export interface StoredDeposit {
  readonly id: number;
  readonly number: string | null;
  readonly holder: DepositHolder;
  readonly customerId: number | null;
  readonly locationId: number | null;
  readonly accountId: number | null;
  readonly code: string;
  readonly status: DepositStatus;
  readonly serviceTypeId: number | null;
  readonly chargedOn: CivilDate;
  readonly chargedCents: Cents;
  readonly collectedCents: Cents;
  readonly heldCents: Cents;
  readonly instalments: number;
  readonly interestCents: Cents;
  readonly interestThroughOn: CivilDate | null;
  readonly releasedOn: CivilDate | null;
  readonly transferredFromId: number | null;
  readonly remarks: string | null;
  readonly version: number;
}

const COLUMNS = [
  'd.id',
  'd.number',
  'd.holder',
  'd.customer_id as customerId',
  'd.location_id as locationId',
  'd.account_id as accountId',
  'd.code',
  'd.status',
  'd.service_type_id as serviceTypeId',
  'd.charged_on as chargedOn',
  'd.charged_cents as chargedCents',
  'd.collected_cents as collectedCents',
  'd.held_cents as heldCents',
  'd.instalments',
  'd.interest_cents as interestCents',
  'd.interest_through_on as interestThroughOn',
  'd.released_on as releasedOn',
  'd.transferred_from_id as transferredFromId',
  'd.remarks',
  'd.version',
] as const;

/** Deposits with every column. */
export const storedDeposits = (db: Db) => db.selectFrom('deposit as d').select(COLUMNS);

const subjectOf = ({ customerId, locationId }: StoredDeposit): Subject =>
  customerId === null ? { locationId: locationId! } : { customerId };

/** @throws Failure `not_found`, also for a customer who may not be seen */
export async function depositToRead(ctx: QueryContext, depositId: number): Promise<StoredDeposit> {
  const deposit = await storedDeposits(ctx.db).where('d.id', '=', depositId).executeTakeFirst();
  if (!deposit) throw new Failure('not_found', 'No such record, or it is private.');
  await assertVisible(ctx, subjectOf(deposit));
  return deposit;
}

/** The same for a change of the version that was read. @throws Failure `conflict` when somebody was faster */
export async function depositToChange(
  ctx: CommandContext,
  { depositId, version }: { readonly depositId: number; readonly version?: number | undefined },
): Promise<StoredDeposit> {
  const deposit = await depositToRead(ctx, depositId);
  await assertChangeable(ctx, subjectOf(deposit));
  if (version !== undefined && version !== deposit.version) {
    throw new Failure('conflict', 'Something happened to this deposit meanwhile. Look at it again; nothing was saved.');
  }
  return deposit;
}

/** What is charged and neither paid nor taken back. */
export const uncollected = ({ chargedCents, collectedCents }: StoredDeposit): Cents =>
  Math.max(0, chargedCents - collectedCents);

/** Terms of a deposit's code. */
export const termsOf = async (db: Db, { code }: Pick<StoredDeposit, 'code'>): Promise<DepositTerms> =>
  termsAmong(await depositCodesBy(db), code);

/** Interest that was earned and not credited yet by the end of a day. */
export async function accruedInterest(
  db: Db,
  deposit: Pick<StoredDeposit, 'id' | 'interestThroughOn'>,
  terms: DepositTerms,
  on: CivilDate,
): Promise<Cents> {
  if (terms.interest === 'none') return 0;
  return depositInterest(terms, await depositChanges(db, [deposit.id]), deposit.interestThroughOn, on);
}

/** The account and liability that a deposit was charged on; undefined of one that came from elsewhere. */
export const chargedOn = (db: Db, depositId: number) =>
  db
    .selectFrom('ledger_transaction as t')
    .innerJoin('ledger_line as l', 'l.transaction_id', 't.id')
    .select(['t.account_id as accountId', 'l.credit_gl as gl'])
    .where('t.deposit_id', '=', depositId)
    .where('t.kind', 'in', ['deposit_charge', 'transfer_in'])
    .orderBy('t.id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Posted debts of a customer that were due before a day. */
export async function pastDueOf(db: Db, customerId: number, day: CivilDate): Promise<Cents> {
  const row = await db
    .selectFrom('ledger_line as l')
    .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
    .select((eb) => eb.fn.sum<number | null>('l.open_cents').as('cents'))
    .where('l.customer_id', '=', customerId)
    .where((eb) => eb('l.open_cents', '<>', eb.lit(0)))
    .where('l.effect', '=', 1)
    .where('l.due_on', '<', day)
    .where('t.status', '=', 'posted')
    .executeTakeFirst();
  return Number(row?.cents ?? 0);
}
