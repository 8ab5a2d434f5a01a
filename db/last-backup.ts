import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Beside the database, because the database may be what cannot be read any more. */
const recordOf = (database: string): string => `${database}-backup`;

/** Where the newest backup of a database is, and when it was made. */
export interface LastBackup {
  readonly file: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Writes down where the newest backup is, for whoever has to restore it. */
export function recordBackup(database: string, backup: LastBackup): void {
  writeFileSync(recordOf(database), `${JSON.stringify(backup)}\n`, { mode: 0o600 });
}

/** The newest backup that is still there; null when none is known. */
export function lastBackupOf(database: string): LastBackup | null {
  try {
    const { file, at } = JSON.parse(readFileSync(recordOf(database), 'utf8')) as Partial<LastBackup>;
    return typeof file === 'string' && typeof at === 'string' && existsSync(file) ? { file, at } : null;
  } catch {
    return null;
  }
}
