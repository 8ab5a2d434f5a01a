import { MikroORM, type Options } from '@mikro-orm/sqlite';
import type BetterSqlite from 'better-sqlite3';
import { commonOptions, wrapOrm } from './orm-options.ts';
import type { Orm } from './orm.ts';
import { ImmediateSqliteDialect } from './sqlite-dialect.ts';

/** Starts the unit of work over an open SQLite file. */
export function startSqliteOrm(file: BetterSqlite.Database): Orm {
  const mikro = new MikroORM({
    ...commonOptions,
    dbName: file.name,
    driverOptions: new ImmediateSqliteDialect(file),
  } as Options);
  return wrapOrm(mikro as never, {
    migrateUp: async () => {
      // SQLite ignores this pragma inside a transaction; with it on, rebuilding a parent table can empty its children.
      file.pragma('foreign_keys = off');
      try {
        await mikro.migrator.up();
        const broken = file.pragma('foreign_key_check') as unknown[];
        if (broken.length > 0) throw new Error(`migration left ${broken.length} broken references`);
      } finally {
        file.pragma('foreign_keys = on');
      }
    },
    close: async () => {
      await mikro.close();
      if (!file.memory) file.close();
    },
  });
}
