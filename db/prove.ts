import { databaseRules, type Finding, type Rule } from './check.ts';
import { engineRules } from './check/engine.ts';
import { addressesOf, faultyFiles } from './files/copy.ts';
import type { FileStore } from './files/store.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open.ts';
import { appliedMigrations } from './migrate.ts';
import { migrationNames } from './migrations/names.ts';
import { openReady } from './ready.ts';

/** A backup or a restore that did not happen, in the operator's words. */
export class BackupError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BackupError';
  }
}

/** What was proven of a file. */
export interface Proven {
  /** How many rules hold. */
  readonly rules: number;
  /** An earlier version of the program made it: only its pages and references could be proven. */
  readonly earlier: boolean;
}

/** Rules that hold whatever the schema is. */
const FILE_RULES: readonly Rule[] = engineRules.filter(({ name }) => ['integrity', 'foreign-keys'].includes(name));

const FIRST = 3;

/**
 * Proves a file that nobody else uses: pages, references, books.
 * @param upgrade brings a file of an earlier version up to date first, so that everything can be proven
 * @param also more to do with the proven file while it is open
 * @throws BackupError with the first things that do not hold
 */
export async function prove(
  file: string,
  {
    upgrade = false,
    also = async () => {},
  }: { upgrade?: boolean; also?: (database: Database, proven: Proven) => Promise<void> } = {},
): Promise<Proven> {
  try {
    if (upgrade) await (await openReady({ file })).close();
    const database = await openDatabase({ file }, { alone: true });
    try {
      const proven = await holds(database);
      await also(database, proven);
      database.file!.pragma('wal_checkpoint(truncate)');
      return proven;
    } finally {
      await database.close();
    }
  } catch (error) {
    if (error instanceof BackupError) throw error;
    throw new BackupError(`${file} cannot be read as a database of this program: ${(error as Error).message}`);
  }
}

/**
 * Proves that the files of a database's documents are all in a store, and what they were.
 * @returns how many there are
 * @throws BackupError with the first that are not
 */
export async function proveFiles(database: Database, store: FileStore): Promise<number> {
  const addresses = await addressesOf(database.db);
  const faults = await faultyFiles(store, addresses, { most: FIRST });
  if (faults.length === 0) return addresses.length;
  throw new BackupError(`Documents are not whole in ${store.place}: ${faults.join(' ')}`);
}

async function holds(database: Database): Promise<Proven> {
  const applied = await appliedMigrations(database);
  const unknown = applied.filter((name) => !migrationNames.includes(name));
  if (unknown.length > 0) throw new BackupError(`It was made by a newer meterdesk (it has ${unknown.join(', ')}).`);
  if (applied.length === 0) throw new BackupError('It is a database, but not one of this program.');
  const earlier = applied.length < migrationNames.length;
  const rules = earlier ? FILE_RULES : databaseRules;
  const found: Finding[] = [];
  for (const rule of rules) found.push(...(await rule.find(database.db, FIRST)));
  if (found.length === 0) return { rules: rules.length, earlier };
  const told = found
    .slice(0, FIRST)
    .map(({ account, message }) => (account ? `account ${account}: ${message}` : message));
  throw new BackupError(`The copy is not sound: ${told.join('; ')}`);
}
