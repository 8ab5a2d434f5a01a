import { Kysely } from 'kysely';
import { countChanges } from './changes.ts';
import { closing } from './closing.ts';
import type { Engine } from './database.ts';
import type { Orm } from './orm.ts';
import type { PresenceStore } from './presence.ts';
import type { Db } from './schema.ts';

/** Opens a SQLite file, or `:memory:`; `alone`: one connection for everything. */
export async function openSqlite(path: string, alone: boolean, image?: Buffer): Promise<Engine> {
  const { openSqliteFile } = await import('./sqlite-file.ts');
  const { ImmediateSqliteDialect } = await import('./sqlite-dialect.ts');
  const writer = openSqliteFile(path, { image });
  // Reads have a connection of their own, so that a screen never waits for its own process's transaction.
  const reader = alone ? writer : openSqliteFile(path, { readonly: true });
  const db: Db = new Kysely({ dialect: new ImmediateSqliteDialect(reader) });
  const writes: Db = new Kysely({ dialect: new ImmediateSqliteDialect(writer) });
  const version = reader.prepare('pragma data_version').pluck();
  let orm: Promise<Orm> | null = null;
  let presence: Promise<PresenceStore> | null = null;
  const { add, run } = closing();
  return {
    engine: 'sqlite',
    name: path,
    db,
    file: writer,
    transaction: (work) => writes.transaction().execute(work),
    orm: () => (orm ??= startOrm(alone ? writer : openSqliteFile(path))),
    changeCounter: countChanges(db, () => version.get() as number),
    presence: () =>
      (presence ??= startPresence(path).catch((error: unknown) => {
        presence = null;
        throw error;
      })),
    beforeClose: add,
    close: async () => {
      try {
        await run();
        await (await presence?.catch(() => null))?.close();
        if (orm) await (await orm).close();
      } finally {
        if (reader !== writer) reader.close();
        writer.close();
      }
    },
  };
}

async function startOrm(file: import('better-sqlite3').Database): Promise<Orm> {
  const { startSqliteOrm } = await import('./orm-sqlite.ts');
  return startSqliteOrm(file);
}

async function startPresence(path: string): Promise<PresenceStore> {
  if (path === ':memory:') return (await import('./presence.ts')).presenceInProcess();
  return (await import('./presence-sqlite.ts')).openSqlitePresence(path);
}
