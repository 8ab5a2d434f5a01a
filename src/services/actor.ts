import { EVERYTHING } from '#domain/permissions.ts';

/** All customers, or those of some customer groups (by code), which may be changed or only read. */
export type CustomerReach = 'all' | ReadonlyMap<string, 'change' | 'read'>;

/** The signed-in user on whose behalf an operation runs. */
export interface Actor {
  readonly userId: number;
  readonly username: string;
  readonly displayName: string;
  /** Codes of the groups; rights are their union. */
  readonly groups: readonly string[];
  readonly permissions: ReadonlySet<string>;
  /** Highest level of the groups: notes up to it are shown. */
  readonly level: number;
  /** The same for documents; the level of notes when it is left out. */
  readonly documentLevel?: number;
  /** Largest credit given without another's approval, cents; null or left out: any. */
  readonly creditLimitCents?: number | null;
  /** Customers that may be seen; all when it is left out. */
  readonly customers?: CustomerReach;
  /** Address of the line or name of the terminal, for the audit. */
  readonly origin?: string | null;
  /** Where the call comes from, for the audit. */
  readonly source: 'screen' | 'call' | 'import' | 'job';
}

/** Permission that lets its holder see customers whose Public flag is off. */
export const SEE_PRIVATE = 'customers.private';

export const may = (actor: Actor, permission: string | null): boolean =>
  permission === null || actor.permissions.has(permission) || actor.permissions.has(EVERYTHING);
