import type { MigrationObject } from '@mikro-orm/core';
import type { AbstractSqlDriver, MikroORM, Options } from '@mikro-orm/sql';
import { Migration, Migrator } from '@mikro-orm/migrations';
import * as entityModule from './entities/index.ts';
import { migrations } from './migrations/index.ts';
import type { DualMigration } from './migrations/dual.ts';
import { isPostgres } from './types.ts';
import type { Em, Orm } from './orm.ts';
import type { Db } from './schema.ts';

/** Tables that the entities do not describe; the schema comparison leaves them alone. */
export const HAND_WRITTEN_TABLES = [
  'search_key',
  'search_document',
  'search_word',
  'search_deletion',
  'note_word',
  'schema_migration',
  'meterdesk_present',
];

function asClass(migration: DualMigration): MigrationObject {
  return {
    name: migration.name,
    class: class extends Migration {
      override up(): void {
        const platform = this.driver.getPlatform();
        for (const sql of migration[isPostgres(platform) ? 'postgresql' : 'sqlite'].up) this.addSql(sql);
      }
    },
  };
}

/** What both engines' ORMs have in common. */
export const commonOptions = {
  entities: [...entityModule.entities],
  extensions: [Migrator],
  migrations: {
    tableName: 'schema_migration',
    migrationsList: migrations.map(asClass),
    snapshot: false,
    silent: true,
    allOrNothing: true,
    disableForeignKeys: false,
  },
  schemaGenerator: { skipTables: HAND_WRITTEN_TABLES, ignoreTriggers: true },
  allowGlobalContext: false,
  ignoreUndefinedInQuery: true,
  contextName: 'meterdesk',
} satisfies Options<AbstractSqlDriver>;

/** Wraps a MikroORM as the program uses it. */
export function wrapOrm(
  mikro: MikroORM,
  options: {
    transaction?: object;
    /** Runs first in every transaction. */
    begin?: (db: Db) => Promise<unknown>;
    migrateUp: () => Promise<void>;
    close: () => Promise<void>;
  },
): Orm {
  return {
    entities: entityModule,
    mikro,
    transaction: (work) =>
      mikro.em.fork().transactional(async (em) => {
        const db = (em as unknown as Em).getKysely() as unknown as Db;
        await options.begin?.(db);
        return work(em as unknown as Em, db);
      }, options.transaction),
    pending: async () => (await mikro.migrator.getPending()).map((m) => m.name),
    migrateUp: options.migrateUp,
    close: options.close,
  };
}
