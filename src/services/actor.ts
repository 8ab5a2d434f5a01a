import { EVERYTHING } from '#domain/permissions.ts';

/** The signed-in user on whose behalf an operation runs. */
export interface Actor {
  readonly userId: number;
  readonly username: string;
  readonly displayName: string;
  /** Codes of the groups; rights are their union. */
  readonly groups: readonly string[];
  readonly permissions: ReadonlySet<string>;
  /** Highest level of the groups: notes and documents up to it are shown. */
  readonly level: number;
  /** Where the call comes from, for the audit. */
  readonly source: 'screen' | 'call' | 'import' | 'job';
}

/** Permission that lets its holder see customers whose Public flag is off. */
export const SEE_PRIVATE = 'customers.private';

export const may = (actor: Actor, permission: string | null): boolean =>
  permission === null || actor.permissions.has(permission) || actor.permissions.has(EVERYTHING);
