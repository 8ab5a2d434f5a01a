import type { Database } from '#db/database.ts';
import type { Db } from '#db/schema.ts';
import { EVERYTHING } from '#domain/permissions.ts';
import type { Actor } from './actor.ts';
import { Failure } from './failure.ts';
import { nextNumber } from './numbers.ts';
import { type Parameter, prepared } from './prepared.ts';
import { loadActor } from './users/load-actor.ts';

/** Series that rises with every change of a user, a group or a right. */
const SERIES = 'rights';

/** Makes every open session read its rights anew; in the transaction of the change. */
export const raiseRights = (db: Db): Promise<number> => nextNumber(db, SERIES);

interface StandingKeys {
  readonly userId: number;
}

/** Whether the user may still be here, and the number of the rights in force, in one statement. */
const standingOf = prepared((db, p: Parameter<StandingKeys>) =>
  db
    .selectFrom('app_user as u')
    .leftJoin('counter as n', (on) => on.on('n.name', '=', SERIES))
    .select(['u.active', 'u.locked_until as lockedUntil', 'n.value as rights'])
    .where('u.id', '=', p('userId')),
);

/** Commits of this process: the change counter of a connection does not tell those of its own. */
const ownCommits = new WeakMap<Database, number>();

/** To be told after each commit of this process. */
export const committedHere = (database: Database): void =>
  void ownCommits.set(database, (ownCommits.get(database) ?? 0) + 1);

/** The actor of one session with the rights in force now, whoever changed them since. */
export class Rights {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #changed: ((actor: Actor) => void) | undefined;
  #actor: Actor;
  /** Number of the rights that the actor has; null before the first look. */
  #number: number | null = null;
  #asOf = '';
  #refusedUntilLooked = false;

  constructor(database: Database, actor: Actor, now: () => number, changed?: (actor: Actor) => void) {
    this.#database = database;
    this.#actor = actor;
    this.#now = now;
    this.#changed = changed;
  }

  /**
   * Before a read: looks only when something was committed, which SQLite tells without a statement.
   * PostgreSQL would need one to tell, so there the one that looks is run at once.
   * @throws Failure `forbidden` for a disabled or locked user
   */
  async current(): Promise<Actor> {
    const { engine, changeCounter, db } = this.#database;
    if (engine === 'postgresql') return this.within(db);
    const asOf = `${await changeCounter()} ${ownCommits.get(this.#database) ?? 0}`;
    if (asOf === this.#asOf && !this.#refusedUntilLooked) return this.#actor;
    const actor = await this.within(db);
    this.#asOf = asOf;
    return actor;
  }

  /**
   * The same within a command's transaction: what it reads cannot change before the commit.
   * @throws Failure `forbidden` for a disabled or locked user
   */
  async within(db: Db): Promise<Actor> {
    const before = this.#actor;
    const [found] = await standingOf(db, { userId: before.userId });
    // Users are never removed: without a row it is the installer, who has nothing that could be taken.
    if (!found) return before;
    this.#refusedUntilLooked = true;
    if (found.active !== 1) throw new Failure('forbidden', 'This user has been disabled. Ask an administrator.');
    if ((found.lockedUntil ?? 0) > this.#now()) {
      throw new Failure(
        'forbidden',
        'This user is locked after wrong passwords. Try again later or ask an administrator.',
      );
    }
    this.#refusedUntilLooked = false;
    const number = found.rights ?? 0;
    if (number === this.#number) return before;
    const fresh = await loadActor(db, before.userId, before.source);
    const actor = { ...before, ...fresh, origin: before.origin, permissions: kept(before, fresh.permissions) };
    this.#actor = actor;
    this.#number = number;
    if (inWords(actor) !== inWords(before)) this.#changed?.(actor);
    return actor;
  }
}

/** What makes two actors able to do the same. */
function inWords({ permissions, customers = 'all', ...actor }: Actor): string {
  const reach = customers === 'all' ? customers : [...customers].sort();
  const { displayName, groups, level, documentLevel = level, creditLimitCents = null } = actor;
  return JSON.stringify([displayName, groups, [...permissions].sort(), level, documentLevel, creditLimitCents, reach]);
}

/** A headless call may have been given fewer rights than its user has: those never grow. */
function kept({ source, permissions: before }: Actor, now: ReadonlySet<string>): ReadonlySet<string> {
  if (source === 'screen' || before.has(EVERYTHING)) return now;
  return now.has(EVERYTHING) ? before : before.intersection(now);
}
