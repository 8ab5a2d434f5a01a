import type { Database } from '#db/database.ts';
import { databaseTrouble } from '#db/errors.ts';
import { type Actor, may, SEE_PRIVATE } from '../actor.ts';
import type { Failure } from '../failure.ts';
import type { AnyOperation, Subject } from '../operation.ts';
import { outboxOf } from './outbox.ts';

/** How long an answer waits for its refusal to be written: behind a busy database it goes on alone. */
const PATIENCE_MS = 150;

/** Who does something, where and when. */
interface Scene {
  readonly database: Database;
  readonly actor: Actor;
  readonly clock: { readonly now: () => number };
}

/** Whether there are customers whom this actor may not see. */
const isKeptFromSome = (actor: Actor): boolean => !may(actor, SEE_PRIVATE) || (actor.customers ?? 'all') !== 'all';

/**
 * What is an event: a right that was lacking, a record asked for that may not be seen (its asker
 * is told that there is none), a command that a rule of the trade forbids, somebody else's change in
 * the way, a fault. Of what is in the trail when it is done the outcome belongs there too (PCI DSS
 * 10.2; guide: reliability §5.5). What is mistyped, taken already, not there or cancelled is none.
 */
function outcomeOf(
  operation: AnyOperation,
  { code, cause }: Failure,
  actor: Actor,
  subject: Subject | null,
): 'refused' | 'failed' | null {
  const { kind } = operation;
  if (code === 'forbidden') return 'refused';
  if (code === 'refused') {
    const isRule = databaseTrouble(cause) !== 'duplicate';
    return operation.kind === 'command' && !operation.unaudited && isRule ? 'refused' : null;
  }
  if (code === 'not_found') return subject && isKeptFromSome(actor) ? 'refused' : null;
  return kind === 'command' && (code === 'conflict' || code === 'unexpected') ? 'failed' : null;
}

/** The record that was asked for, as far as the input says so. */
function subjectOf(operation: AnyOperation, input: unknown): Subject | null {
  const parsed = operation.input.safeParse(input);
  return parsed.success ? (operation.subject?.(parsed.data) ?? null) : null;
}

/** Puts a refused or failed operation in the audit trail, in a transaction of its own. */
export async function noteRefusal(
  { database, actor, clock }: Scene,
  operation: AnyOperation,
  input: unknown,
  failure: Failure,
): Promise<void> {
  const subject = subjectOf(operation, input);
  const outcome = outcomeOf(operation, failure, actor, subject);
  if (outcome === null) return;
  const noted = { at: clock.now(), actor, operation: operation.name, outcome, subject, refusal: failure.code };
  // A trail that cannot be written must not hide the refusal; the outbox tries no second time.
  const written = outboxOf(database)
    .refused(noted)
    .catch(() => {});
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, PATIENCE_MS);
  await Promise.race([written, late]);
  clearTimeout(timer);
}

/** Keeps in mind that a record was looked at; written later, so that the read costs nothing. */
export function noteView(
  { database, actor, clock }: Scene,
  operation: AnyOperation,
  input: unknown,
  answer: unknown,
): void {
  if (operation.kind !== 'query') return;
  const subject = operation.viewed ? operation.viewed(input, answer) : (operation.subject?.(input) ?? null);
  if (subject === null) return;
  outboxOf(database).viewed({ at: clock.now(), actor, operation: operation.name, outcome: 'done', subject });
}
