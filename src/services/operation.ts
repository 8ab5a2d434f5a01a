import type { z } from 'zod';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Database } from '#db/database.ts';
import type { Entities, Em } from '#db/orm.ts';
import type { Db } from '#db/schema.ts';
import type { FileStore } from '#db/files/store.ts';
import type { Exchange } from '#gateways/exchange.ts';
import type { HostedCardForm } from '#gateways/hosted-card/hosted-card.ts';
import type { Press } from '#gateways/press/press.ts';
import type { Actor } from './actor.ts';
import type { Vault } from './secrets/vault.ts';
import type { Sight } from './sight.ts';

/** What a query may use. Nothing here reaches the world outside the database. */
export interface QueryContext {
  readonly db: Db;
  readonly actor: Actor;
  /** The business date. */
  readonly today: CivilDate;
  /** The instant at which the operation began, epoch ms. */
  readonly now: number;
  /** Seals and opens sensitive values. */
  readonly vault: Vault;
  /** What documents hold. */
  readonly files: FileStore;
  /** Which customers may be seen: `where` clauses of searches depend on it. */
  readonly sight: Sight;
  /** Aborted when the caller no longer wants the answer: asked between statements of long reads. */
  readonly signal?: AbortSignal;
}

/** What a command may use; `db` and `em` share its one transaction. */
export interface CommandContext extends QueryContext {
  readonly em: Em;
  /** Entity definitions, handed in so that declaring a command does not load the ORM. */
  readonly e: Entities;
  readonly newId: () => number;
  /** Next value of a named series, locked until commit. */
  readonly nextNumber: (series: string) => Promise<number>;
  /** Says what the audit row of this command shall tell. Call once a record. */
  readonly audit: (change: AuditChange) => void;
  readonly progress: Progress;
}

/** Tells who waits how far a long command has come; `of` is null while nobody knows. */
export type Progress = (phase: string, done: number, of: number | null) => void;

/** What may be used before the transaction is opened. */
export interface Preparation extends Pick<QueryContext, 'actor' | 'today' | 'now' | 'vault'> {
  /** For what has a transaction of its own, such as proving afresh who the actor is. */
  readonly database: Database;
  /** Reads outside any transaction. */
  readonly db: Db;
  readonly progress: Progress;
  readonly signal: AbortSignal | undefined;
  /** Makes documents; none where nothing is put on paper. */
  readonly press: Press | undefined;
  /** Where files come in; none where nobody brings any. */
  readonly exchange: Exchange | undefined;
  /** The processor's form for cards; none where no cards are set up. */
  readonly cards: HostedCardForm | undefined;
}

/** One record that a command touched. */
export interface AuditChange {
  readonly entity: string;
  readonly entityId: number;
  readonly customerId?: number | null;
  /** Field → [before, after]; secrets as `•`. */
  readonly changes?: Readonly<Record<string, readonly [unknown, unknown]>>;
  /** Why, where the operator was asked. */
  readonly reason?: string;
}

/** The record that an operation is about; the runner refuses it to who may not see that customer. */
export type Subject =
  | { readonly customerId: number }
  | { readonly accountId: number }
  | { readonly locationId: number }
  | { readonly noteId: number }
  | { readonly documentId: number };

interface OperationBase<I, O> {
  /** Stable `noun.verb`: audit, permissions, palette and headless calls know it by this. */
  readonly name: string;
  /** One line for `meterdesk ops` and the reference. */
  readonly summary: string;
  /** Permission needed; `null` only for what every signed-in user may do. */
  readonly permission: string | null;
  /** The only validation; its messages are shown to operators. */
  readonly input: z.ZodType<I>;
  readonly subject?: (input: I) => Subject | null;
  /** `run` itself refuses a subject that may not be seen, by a row that it reads anyway. */
  readonly checksSubject?: true;
  /**
   * Holds a credential: never on a command line, and no idempotency key, since answers are kept.
   * `input`: only what is sent holds one; a repeat is then known by its key alone.
   */
  readonly secret?: true | 'input';
  /**
   * Fields whose long digits are numbers of records or places in a list: not taken for numbers
   * of payment cards, which the runner refuses in all other texts.
   */
  readonly identifiers?: readonly string[];
  /** Phantom: keeps the answer's type with the record. */
  readonly answer?: O;
}

export interface Query<I = unknown, O = unknown> extends OperationBase<I, O> {
  readonly kind: 'query';
  /** The record whose reading is an event, where it is not the subject; null: reading this is none. */
  readonly viewed?: (input: I, answer: O) => Subject | null;
  readonly run: (ctx: QueryContext, input: I) => Promise<O>;
}

export interface CommandOperation<I = unknown, O = unknown, P = unknown> extends OperationBase<I, O> {
  readonly kind: 'command';
  /** Changes nothing that anybody else sees (one's own drafts): it writes no audit row, and wakes no other screen. */
  readonly unaudited?: boolean;
  /** Leaves its subject as it is (a paper about it): who may only read a customer may do it. */
  readonly readsSubject?: true;
  /** What may not happen inside a transaction, such as hashing a password or reading a file; runs after the right was checked. */
  readonly prepare?: (input: I, aids: Preparation) => Promise<P>;
  /** Lets go of what was prepared, whatever became of the command. */
  readonly release?: (prepared: P) => void;
  readonly run: (ctx: CommandContext, input: I, prepared: P) => Promise<O>;
  /** The answer as the caller gets it, made when the change and its audit row are on the disk. */
  committed?(answer: O, prepared: P): O | Promise<O>;
}

export type Operation<I = unknown, O = unknown> = Query<I, O> | CommandOperation<I, O>;

/** An operation of any input and answer, as registries hold them. */
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyOperation = Operation<any, any>;

/** Declares a read. */
export const query = <I, O>(definition: Omit<Query<I, O>, 'kind'>): Query<I, O> => ({ kind: 'query', ...definition });

/** Declares a change. */
export const command = <I, O, P = undefined>(
  definition: Omit<CommandOperation<I, O, P>, 'kind'>,
): CommandOperation<I, O> => ({ kind: 'command', ...definition }) as CommandOperation<I, O>;

/** Runs an operation as the signed-in actor: the only way in for screens, calls, imports and jobs. */
export type Call = <I, O>(operation: Operation<I, O>, input: I, options?: CallOptions) => Promise<O>;

export interface CallOptions {
  /** Made by the caller before the call: a repeat with the same key answers again and does nothing. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
  /** Why, in the trail of the records for which the operation itself names no reason. */
  readonly reason?: string;
}
