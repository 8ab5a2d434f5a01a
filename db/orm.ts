import type { AbstractSqlDriver, MikroORM, SqlEntityManager } from '@mikro-orm/sql';
import type * as entityModule from './entities/index.ts';
import type { Db } from './schema.ts';

/** The entity definitions, as commands get them. */
export type Entities = typeof entityModule;

/** The unit of work of one command, the same on both engines. */
export type Em = SqlEntityManager<AbstractSqlDriver> & { '~entities'?: Entities['entities'] };

/** A started unit-of-work side of a database. */
export interface Orm {
  readonly entities: Entities;
  /**
   * Runs `work` in one transaction of its own fork; `db` is Kysely in that same
   * transaction. Nothing but database calls may be awaited inside.
   */
  readonly transaction: <T>(work: (em: Em, db: Db) => Promise<T>) => Promise<T>;
  /** Names of migrations not yet run. */
  readonly pending: () => Promise<string[]>;
  readonly migrateUp: () => Promise<void>;
  readonly mikro: MikroORM;
  readonly close: () => Promise<void>;
}
