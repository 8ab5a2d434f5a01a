import { resolve } from 'node:path';
import { Command } from 'commander';
import { UsageError } from './exit.ts';
import { say } from './output.ts';
import { databaseAddress } from './paths.ts';
import { progressLine } from './progress.ts';
import { type GlobalOptions, withDatabase } from './session.ts';

const PERCENT = 100;

/** Shows a share from 0 to 1 while the work is done. */
async function shown<T>(what: string, work: (onProgress: (fraction: number) => void) => Promise<T>): Promise<T> {
  const progress = progressLine();
  try {
    return await work((fraction) => progress.show(what, Math.round(fraction * PERCENT), PERCENT));
  } finally {
    progress.end();
  }
}

/** `backup`: a proven copy, made while others work. */
export const backupCommand = (): Command =>
  new Command('backup')
    .summary('copy the database while others work')
    .description('Copy the database to a new file while others go on working, and prove the copy. Never overwrites.')
    .argument('<file>', 'the file to make')
    .action(async (file: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { backup } = await import('#db/backup.ts');
      await withDatabase(options, (database) => shown('copied %', (tell) => backup(database, resolve(file), tell)));
      say(`${resolve(file)} is a sound copy.`);
    });

/** `restore`: puts a backup in the place of the database that `--db` names. */
export const restoreCommand = (): Command =>
  new Command('restore')
    .summary('put a backup in the place of the database')
    .description(
      'Prove a backup, then put it in the place of the database. Nobody may have that open; it is kept beside the new one.',
    )
    .argument('<file>', 'the backup')
    .action(async (file: string, _: unknown, command: Command) => {
      const { db } = command.optsWithGlobals<GlobalOptions>();
      const address = databaseAddress(db);
      if ('url' in address) throw new UsageError('On PostgreSQL use pg_restore; this verb restores SQLite files.');
      const { restore } = await import('#db/backup.ts');
      const stamp = new Date()
        .toISOString()
        .replaceAll(/[-:]|\..*/g, '')
        .replace('T', '-');
      const { kept } = await shown('restored %', (tell) => restore(resolve(file), address.file, stamp, tell));
      say(`${address.file} is restored.${kept ? ` What was there is kept as ${kept}.` : ''}`);
    });
