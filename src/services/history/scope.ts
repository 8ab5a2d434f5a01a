import type { ExpressionBuilder } from 'kysely';
import { z } from 'zod';
import type { Schema } from '#db/schema.ts';
import { isCivilDate } from '#domain/civil-date.ts';
import type { QueryContext } from '../operation.ts';
import type { Subject } from '../operation.ts';
import { HISTORY_VIEWS } from './kinds.ts';
import { seesAll, visible } from '../sight.ts';
import { shortText } from '#domain/typed-text.ts';

const id = z.number().int().positive();

/** A day, as operations take it. */
export const civilDay = shortText(10).refine(isCivilDate, 'No such day; write it as 2026-11-21.');

/** Whose ledger: exactly one of them. */
export const whom = { accountId: id.optional(), customerId: id.optional(), locationId: id.optional() };

/** Whose ledger, of those that a question may name. */
export interface Whom {
  readonly accountId?: number | undefined;
  readonly customerId?: number | undefined;
  readonly locationId?: number | undefined;
}

/** Whose history, which part of it, and as of which day. */
export const historyQuestion = z.object({
  ...whom,
  view: z.enum(HISTORY_VIEWS).default('all'),
  /** For the view by service. */
  serviceTypeId: id.optional(),
  /** For the view of one bill. */
  statementId: id.optional(),
  /** For the view of one invoice: its transaction. */
  invoiceId: id.optional(),
  /** As the ledger stood at the end of this day; without one, everything entered. */
  asOf: civilDay.optional(),
});
export type HistoryQuestion = z.infer<typeof historyQuestion>;

const named = ({ accountId, customerId, locationId }: Whom): number =>
  [accountId, customerId, locationId].filter((value) => value !== undefined).length;

/** Exactly one of account, customer and location. */
export function checkWhom(question: Whom, problem: z.core.$RefinementCtx): void {
  if (named(question) === 1) return;
  const message = 'Name one account, one customer or one location.';
  problem.addIssue({ code: 'custom', path: ['accountId'], message });
}

/** Exactly one of account, customer and location, and what the view needs. */
export function checkQuestion(question: HistoryQuestion, problem: z.core.$RefinementCtx): void {
  const say = (path: string, message: string) => problem.addIssue({ code: 'custom', path: [path], message });
  checkWhom(question, problem);
  if (question.view === 'service' && question.serviceTypeId === undefined) say('serviceTypeId', 'Name the service.');
  if (question.view === 'statement' && question.statementId === undefined) say('statementId', 'Name the bill.');
  if (question.view === 'invoice' && question.invoiceId === undefined) say('invoiceId', 'Name the invoice.');
}

/** The record that decides whether the actor may see it. */
export const questionSubject = ({ accountId, customerId, locationId }: Whom): Subject | null => {
  if (accountId !== undefined) return { accountId };
  if (customerId !== undefined) return { customerId };
  return locationId === undefined ? null : { locationId };
};

/** Rows of the ledger that a question is about. A location's are those of the residents the actor may see. */
export type Scope = { readonly customerId: number } | { readonly accountIds: readonly number[] };

/** Resolves a question to rows of the ledger. */
export async function scopeOf({ db, sight }: QueryContext, question: Whom): Promise<Scope> {
  if (question.accountId !== undefined) return { accountIds: [question.accountId] };
  if (question.customerId !== undefined) return { customerId: question.customerId };
  const accounts = await db
    .selectFrom('account')
    .innerJoin('customer', 'customer.id', 'account.customer_id')
    .select('account.id')
    .where('account.location_id', '=', question.locationId!)
    .$if(!seesAll(sight), (q) =>
      q.where((eb) => visible(sight, { public: eb.ref('customer.public'), group: eb.ref('customer.customer_group') })),
    )
    .execute();
  return { accountIds: accounts.map((account) => account.id) };
}

/** `where` of a scope on the ledger. */
export const inScope = (scope: Scope) => (eb: ExpressionBuilder<Schema & { t: Schema['ledger_transaction'] }, 't'>) =>
  'customerId' in scope
    ? eb('t.customer_id', '=', scope.customerId)
    : scope.accountIds.length === 1
      ? eb('t.account_id', '=', scope.accountIds[0]!)
      : eb('t.account_id', 'in', scope.accountIds.length === 0 ? [-1] : scope.accountIds);
