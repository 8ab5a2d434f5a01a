/**
 * Writes the next migration by comparing the entities with the last snapshots, for both
 * engines and without a database: `node db/migrations/generate.ts NAME`. Review what it
 * writes, above all every `drop`, and add it to `index.ts` and `names.ts`.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { defineConfig as postgresConfig, MikroORM as Postgres } from '@mikro-orm/postgresql';
import { defineConfig as sqliteConfig, MikroORM as Sqlite } from '@mikro-orm/sqlite';
import { Migrator, TSMigrationGenerator } from '@mikro-orm/migrations';
import { entities } from '../entities/index.ts';

const here = (name: string): string => new URL(name, import.meta.url).pathname;
const title = process.argv[2];
if (!title) throw new Error('usage: node db/migrations/generate.ts NAME');

/** Statements that lead from the snapshot to the entities; the snapshot moves on. */
async function differences(engine: 'sqlite' | 'postgresql'): Promise<string[]> {
  const snapshotName = `.snapshot-${engine}`;
  const file = here(`${snapshotName}.json`);
  if (!existsSync(file)) writeFileSync(file, '{"tables":[],"namespaces":[]}');
  let up: string[] = [];
  class Capture extends TSMigrationGenerator {
    override async generate(diff: { up: string[] }): Promise<[string, string]> {
      up = diff.up;
      return ['', ''];
    }
  }
  const common = {
    entities: [...entities],
    extensions: [Migrator],
    migrations: { path: here('.'), snapshotName, generator: Capture, snapshot: true },
    contextName: engine,
  };
  const mikro =
    engine === 'sqlite'
      ? new Sqlite(sqliteConfig({ ...common, dbName: ':memory:' }))
      : new Postgres(postgresConfig({ ...common, dbName: 'none' }));
  await mikro.migrator.create(undefined, false, false, title);
  await mikro.close(true);
  return up.map((line) => line.trim()).filter(Boolean);
}

const sqlite = await differences('sqlite');
const postgresql = await differences('postgresql');
const block = (engine: string, up: string[]): string =>
  `  ${engine}: {\n    up: [\n${up.map((line) => `      ${JSON.stringify(line)},\n`).join('')}    ],\n  },\n`;
writeFileSync(
  here(`${title}.ts`),
  `import type { DualMigration } from './dual.ts';\n\nexport const migration: DualMigration = {\n  name: '${title}',\n${block('sqlite', sqlite)}${block('postgresql', postgresql)}};\n`,
);
process.stdout.write(`${title}.ts: ${sqlite.length} + ${postgresql.length} statements\n`);
