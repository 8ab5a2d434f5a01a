import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Database } from '#db/database.ts';
import { entities } from '#db/entities/index.ts';
import type { Schema } from '#db/schema.ts';
import { type ImportSummary, runImport } from '#services/imports/run.ts';
import { freshDatabase, runnerFor } from '#test/support/database.ts';

const root = new URL('../..', import.meta.url).pathname;

/** Path of a made-up file. */
export const sample = (name: string): string => join(root, 'test/samples', name);
export const sampleText = (name: string): string => readFileSync(sample(name), 'utf8');

/** A profile as JSON, to be changed by a test. */
export const profileJson = (name: 'nycha-water' | 'ibm-ar') =>
  JSON.parse(readFileSync(join(root, `db/import/profiles/${name}.json`), 'utf8')) as {
    files: Record<string, { duplicates: string }>;
  };

/** Writes a file into a folder that goes when the test ends. */
export function fileWith(name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** The samples of the three layouts. */
export const SAMPLES = {
  water: { profile: 'nycha-water', files: [sample('water-bills.csv'), sample('water-addresses.csv')] },
  invoices: { profile: 'ibm-ar', files: [sample('invoices.csv')] },
  harbor: {
    profile: sample('harbor.json'),
    files: ['harbor-customers.csv', 'harbor-readings.csv', 'harbor-payments.csv'].map(sample),
  },
} as const;

interface Asked {
  readonly profile: string;
  readonly files: readonly string[];
  readonly dryRun?: boolean;
  readonly acceptValid?: boolean;
  readonly rejects?: string | null;
  readonly expect?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** Imports as an administrator. */
export const importInto = (database: Database, { files, signal, ...asked }: Asked): Promise<ImportSummary> =>
  runnerFor(database)(
    runImport,
    { dryRun: false, acceptValid: false, rejects: null, expect: {}, ...asked, files: [...files] },
    { signal },
  );

/** A new database with a sample in it. */
export async function imported(asked: Asked): Promise<{ database: Database; summary: ImportSummary }> {
  const database = await freshDatabase();
  return { database, summary: await importInto(database, asked) };
}

/** Digest of every row of every table, to prove that nothing changed. */
export async function digestOf(database: Database, without: readonly string[] = []): Promise<string> {
  const hash = createHash('sha256');
  const tables = [...entities.map((entity) => entity.meta.tableName), 'search_key', 'search_word', 'search_deletion'];
  for (const table of tables.sort().filter((name) => !without.includes(name))) {
    const rows = await database.db
      .selectFrom(table as keyof Schema)
      .selectAll()
      .execute();
    const texts = rows.map((row) => JSON.stringify(row)).sort();
    hash.update(`${table}\n${texts.join('\n')}\n`);
  }
  return hash.digest('hex');
}

/** How many records an import created and changed, by kind; only those with any. */
export const changes = (summary: ImportSummary): Record<string, string> =>
  Object.fromEntries(
    summary.records
      .filter(({ created, changed }) => created + changed > 0)
      .map(({ record, created, changed }) => [record, `+${created} ~${changed}`]),
  );
