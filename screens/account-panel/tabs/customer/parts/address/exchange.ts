import { unreadable } from '#services/failure.ts';
import type { LastChange } from '#services/last-change.ts';
import type { Call, CallOptions } from '#services/operation.ts';
import type { Kept, ReachKind, Typed } from '#services/customers/reach/kind.ts';
import type {
  Again,
  Other,
  ReachOperations,
  ReachReceipt,
  ReachRemoved,
  Seen,
  Which,
} from '#services/customers/reach/operations.ts';

/** What a form of the part holds: all texts, and whether it is primary. */
export type ReachValues = Typed & Readonly<Record<string, string | boolean>>;

/** The operations on one list, with what a form holds in the place of their own types. */
export interface Exchange {
  readonly noun: 'address' | 'phone' | 'email';
  /** `address`, `phone`, `e-mail address`. */
  readonly word: string;
  /** Code table of its types. */
  readonly types: string;
  readonly told: (values: ReachValues) => string;
  readonly get: (call: Call, which: Which) => Promise<Kept & LastChange & { readonly values: ReachValues }>;
  readonly add: (
    call: Call,
    given: { readonly customerId: number; readonly values: ReachValues } & Again,
    options?: CallOptions,
  ) => Promise<ReachReceipt>;
  readonly edit: (
    call: Call,
    given: Seen & { readonly values: ReachValues } & Other,
    options?: CallOptions,
  ) => Promise<ReachReceipt>;
  readonly remove: (call: Call, given: Seen & Other, options?: CallOptions) => Promise<ReachRemoved<ReachValues>>;
}

/** `held`: what a form holds of a record. `said`: what it says, where it holds that in another manner. */
export function exchange<T extends Typed>(
  { noun, word, types, input, told }: ReachKind<T>,
  operations: ReachOperations<T>,
  held: (one: T) => ReachValues,
  said: (values: ReachValues) => ReachValues = (values) => values,
): Exchange {
  const read = (values: ReachValues): T => {
    const parsed = input.safeParse(said(values));
    if (parsed.success) return parsed.data;
    throw unreadable(parsed.error.issues);
  };
  return {
    noun,
    word,
    types,
    told: (values) => told(read(values)),
    get: async (call, which) => {
      const record = await call(operations.get, which);
      const { id, version, changedBy, changedAt } = record;
      return { id, version, changedBy, changedAt, values: held(record) };
    },
    add: async (call, given, options) => call(operations.add, { ...given, values: read(given.values) }, options),
    edit: async (call, given, options) => call(operations.edit, { ...given, values: read(given.values) }, options),
    remove: async (call, given, options) => {
      const answer = await call(operations.remove, given, options);
      return { ...answer, removed: held(answer.removed) };
    },
  };
}
