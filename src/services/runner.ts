import { createHash } from 'node:crypto';
import type { Database } from '#db/database.ts';
import type { Exchange } from '#gateways/exchange.ts';
import type { HostedCardForm } from '#gateways/hosted-card/hosted-card.ts';
import type { Press } from '#gateways/press/press.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { IdMaker } from '#domain/ids.ts';
import { type Actor, may } from './actor.ts';
import { appendAudit, commandFacts } from './audit.ts';
import { noteRefusal, noteView } from './audit/watch.ts';
import { refuseCardNumbers } from './card-guard.ts';
import { Failure, KEY_USED, unreadable } from './failure.ts';
import { nextNumber } from './numbers.ts';
import type {
  AnyOperation,
  AuditChange,
  Call,
  CallOptions,
  CommandContext,
  CommandOperation,
  Operation,
  Progress,
  QueryContext,
} from './operation.ts';
import { retrying } from './retry.ts';
import { committedHere, Rights } from './rights.ts';
import { sightOf } from './sight.ts';
import { assertChangeable, assertVisible } from './subject.ts';
import { vaultOf } from './secrets/vault.ts';
import { Trial } from './trial.ts';
import { type FaultSink, inOperatorWords } from './trouble.ts';

/** Real time and the business date, handed in so that tests and back-dated runs choose them. */
export interface Clock {
  readonly now: () => number;
  readonly today: () => CivilDate;
}

/** What the runner needs to know of its surroundings. */
export interface RunnerOptions {
  readonly database: Database;
  readonly actor: Actor;
  readonly clock: Clock;
  /** Told after each commit, so that other parts of this process can refresh. */
  readonly announce?: (operation: string) => void;
  /** Makes documents, for the operations that put something on paper. */
  readonly press?: Press;
  /** Brings files in, for the operations that take documents. */
  readonly exchange?: Exchange;
  /** The processor's form for cards, for the operations that set them up. */
  readonly cards?: HostedCardForm;
  /** Told when the actor's rights have changed. */
  readonly changed?: (actor: Actor) => void;
  /** Told of an error that nobody expected: the operator reads only that there was one. */
  readonly fault?: FaultSink;
}

/** The same for one call, with its actor as of now. */
interface Running extends RunnerOptions {
  readonly rights: Rights;
}

const ids = new IdMaker();

/**
 * The only way in: checks the input, the right and the subject, opens the transaction,
 * writes the audit row in it, and says in the operator's words what went wrong.
 */
export function createRunner(setting: RunnerOptions): Call {
  const rights = new Rights(setting.database, setting.actor, setting.clock.now, setting.changed);
  return async <I, O>(operation: Operation<I, O>, input: I, callOptions: CallOptions = {}): Promise<O> => {
    try {
      const options = { ...setting, rights, actor: await rights.current() };
      assertAllowed(options.actor, operation);
      refuseCardNumbers(operation, input);
      const parsed = parse(operation, input);
      callOptions.signal?.throwIfAborted();
      return operation.kind === 'query'
        ? await runQuery(options, operation, parsed, callOptions.signal)
        : await runCommand(options, operation, parsed, callOptions);
    } catch (error) {
      const failure = inOperatorWords(error);
      if (failure.code === 'unexpected') setting.fault?.(operation.name, failure.cause);
      await noteRefusal(setting, operation, input, failure);
      throw failure;
    }
  };
}

/** @throws Failure `invalid`, with a message at each field */
function parse<I, O>(operation: Operation<I, O>, input: unknown): I {
  const result = operation.input.safeParse(input);
  if (result.success) return result.data;
  throw unreadable(result.error.issues);
}

/** @throws Failure `forbidden` */
function assertAllowed(actor: Actor, { permission }: AnyOperation): void {
  if (may(actor, permission)) return;
  throw new Failure('forbidden', `You may not do this (${permission}). Ask an administrator.`);
}

function context(actor: Actor, { clock, database }: RunnerOptions): Omit<QueryContext, 'db'> {
  const { files } = database;
  return { actor, today: clock.today(), now: clock.now(), sight: sightOf(actor), vault: vaultOf(database), files };
}

async function runQuery<I, O>(
  options: Running,
  operation: Operation<I, O> & { kind: 'query' },
  input: I,
  signal?: AbortSignal,
) {
  const db = options.database.db;
  const base = context(options.actor, options);
  const subject = operation.subject?.(input);
  if (subject && !operation.checksSubject) await assertVisible({ ...base, db }, subject);
  const answer = await operation.run({ ...base, db, signal }, input);
  noteView(options, operation, input, answer);
  return answer;
}

async function runCommand<I, O>(
  options: Running,
  operation: CommandOperation<I, O>,
  input: I,
  { idempotencyKey, signal, progress = () => {}, reason }: CallOptions,
): Promise<O> {
  if (operation.secret === true && idempotencyKey) {
    throw new Failure('refused', 'This operation takes no idempotency key: its answer is never kept.');
  }
  const { database } = options;
  const { actor, today, now, vault } = context(options.actor, options);
  const { press, exchange, cards } = options;
  const aids = { database, db: database.db, actor, today, now, vault, signal, progress, press, exchange, cards };
  const prepared = await operation.prepare?.(input, aids);
  try {
    const answer = await committed(options, operation, { input, prepared, key: idempotencyKey, progress, reason });
    return operation.committed ? await operation.committed(answer, prepared) : answer;
  } catch (error) {
    if (error instanceof Trial) return error.answer as O;
    throw error;
  } finally {
    operation.release?.(prepared);
  }
}

/** Runs the command in a transaction, again when the database was busy. */
async function committed<I, O>(options: Running, operation: CommandOperation<I, O>, request: Request<I>): Promise<O> {
  const orm = await options.database.orm();
  const answer = await retrying(ids, () =>
    orm.transaction((em, db) => inTransaction(options, operation, request, { em, db, e: orm.entities })),
  );
  committedHere(options.database);
  options.announce?.(operation.name);
  return answer;
}

type Unit = Pick<CommandContext, 'em' | 'db' | 'e'>;

/** What one command is asked, with what was prepared for it. */
interface Request<I> {
  readonly input: I;
  readonly prepared: unknown;
  readonly key: string | undefined;
  readonly progress: Progress;
  readonly reason: string | undefined;
}

async function inTransaction<I, O>(
  options: Running,
  operation: CommandOperation<I, O>,
  { input, prepared, key, progress, reason }: Request<I>,
  unit: Unit,
): Promise<O> {
  const actor = await options.rights.within(unit.db);
  assertAllowed(actor, operation);
  const base = context(actor, options);
  const subject = operation.subject?.(input);
  const mayBe = operation.readsSubject ? assertVisible : assertChangeable;
  if (subject) await mayBe({ ...base, db: unit.db }, subject);
  // Of a short number even a hash would tell it.
  const asked = operation.secret ? null : input;
  const inputHash = key
    ? createHash('sha256')
        .update(JSON.stringify([actor.userId, asked]))
        .digest('hex')
    : '';
  if (key) {
    const earlier = await replay<O>(unit.db, operation.name, key, inputHash);
    if (earlier) return earlier.answer;
  }
  const changes: AuditChange[] = [];
  const newId = (): number => ids.next();
  const answer = await operation.run(
    {
      ...base,
      ...unit,
      newId,
      nextNumber: (series) => nextNumber(unit.db, series),
      audit: (change) => void changes.push(change),
      progress,
    },
    input,
    prepared,
  );
  await unit.em.flush();
  const facts = { at: base.now, operation: operation.name, newId, actor, reason };
  if (!operation.unaudited) await appendAudit(unit.db, commandFacts(facts, changes));
  if (key) await remember(unit.db, { key, operation: operation.name, inputHash, answer, at: base.now });
  return answer;
}

async function replay<O>(
  db: Unit['db'],
  operation: string,
  key: string,
  inputHash: string,
): Promise<{ answer: O } | null> {
  const row = await db.selectFrom('idempotent_answer').selectAll().where('key', '=', key).executeTakeFirst();
  if (!row) return null;
  if (row.operation !== operation || row.input_hash !== inputHash) {
    throw new Failure('refused', KEY_USED);
  }
  return { answer: JSON.parse(row.answer) as O };
}

async function remember(
  db: Unit['db'],
  row: { key: string; operation: string; inputHash: string; answer: unknown; at: number },
): Promise<void> {
  await db
    .insertInto('idempotent_answer')
    .values({
      key: row.key,
      operation: row.operation,
      input_hash: row.inputHash,
      answer: JSON.stringify(row.answer ?? null),
      at: row.at,
    })
    .execute();
}
