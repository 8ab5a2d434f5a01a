import type { z } from 'zod';
import type { Db } from '#db/schema.ts';
import type { Problems } from '#domain/reach.ts';

/** Tables of what a customer has several of, of which one is primary. */
export type ReachTable = 'customer_address' | 'customer_phone' | 'customer_email';

/** What is typed of one of several. */
export interface Typed {
  readonly type: string;
  readonly primary: boolean;
}

/** One as it is kept. */
export interface Kept {
  readonly id: number;
  readonly version: number;
}

/** Addresses, phones or e-mail addresses: what the operations on them differ in. */
export interface ReachKind<T extends Typed> {
  /** First part of the operations' names. */
  readonly noun: 'address' | 'phone' | 'email';
  /** As audit and versions know the record. */
  readonly entity: 'CustomerAddress' | 'CustomerPhone' | 'CustomerEmail';
  readonly table: ReachTable;
  /** Code table of its types. */
  readonly types: string;
  /** `address`, `phone`, `e-mail address`. */
  readonly word: string;
  readonly input: z.ZodType<T>;
  readonly problems: (typed: T) => Problems;
  /** Loads what `settled` needs. */
  readonly prepare?: () => Promise<void>;
  /** As it is kept, in the manner of the trade. */
  readonly settled: (typed: T) => T;
  /** One on a line, for messages. */
  readonly told: (one: T) => string;
  readonly read: (db: Db, customerId: number) => Promise<readonly (T & Kept)[]>;
  readonly insert: (db: Db, key: { readonly id: number; readonly customerId: number }, one: T) => Promise<unknown>;
  readonly update: (db: Db, id: number, one: T) => Promise<unknown>;
}
