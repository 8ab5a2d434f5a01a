import type { AbstractSqlDriver, SqlEntityManager } from '@mikro-orm/sql';
import type * as entityModule from './entities/index.ts';

/** The entity definitions, as commands get them. */
export type Entities = typeof entityModule;

/** The unit of work of one command, the same on both engines. */
export type Em = SqlEntityManager<AbstractSqlDriver> & { '~entities'?: Entities['entities'] };
