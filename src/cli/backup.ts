import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { Command } from 'commander';
import type { Keep } from '#db/retention.ts';
import { UsageError } from './exit.ts';
import { say } from './output.ts';
import { databaseAddress } from './paths.ts';
import { progressLine } from './progress.ts';
import { type GlobalOptions, withDatabase } from './session.ts';

const PERCENT = 100;

interface BackupOptions extends GlobalOptions {
  readonly keep?: string;
  readonly verify?: boolean;
  readonly full?: boolean;
}

/** Shows a share from 0 to 1 while the work is done. */
async function shown<T>(what: string, work: (onProgress: (fraction: number) => void) => Promise<T>): Promise<T> {
  const progress = progressLine();
  try {
    return await work((fraction) => progress.show(what, Math.round(fraction * PERCENT), PERCENT));
  } finally {
    progress.end();
  }
}

const sizeAndTime = ({ bytes, seconds }: { bytes: number; seconds: number }): string =>
  `${(bytes / 1024 ** 2).toFixed(1)} MB, ${seconds.toFixed(1)} s`;

/** `backup`: a proven copy, made while others work. */
export const backupCommand = (): Command =>
  new Command('backup')
    .summary('copy the database while others work, or prove a copy')
    .description(
      'Copy the database to a new file, and the files of its documents into a folder beside that, while others ' +
        'go on working, and prove the copy. Never overwrites. ' +
        'Given a folder, the file is named after the database and the moment.',
    )
    .argument('<file>', 'the file to make, the folder to make it in, or with --verify the backup to prove')
    .option('--keep <rule>', 'then remove older backups from the folder: 14 (the newest) or 7d5w12m')
    .option('--verify', 'make nothing; prove that this backup is sound')
    .option('--full', 'with --verify: print rows and digest of every table')
    .action(async (file: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<BackupOptions>();
      if (options.verify) await verifyFile(resolve(file), options.full === true);
      else await makeBackup(resolve(file), options);
    });

async function makeBackup(given: string, options: BackupOptions): Promise<void> {
  const { backup } = await import('#db/backup.ts');
  const { backupName, parseKeep, stampOf } = await import('#db/retention.ts');
  const isFolder = existsSync(given) && statSync(given).isDirectory();
  const keep = options.keep === undefined ? null : parseKeep(options.keep);
  if (options.keep !== undefined && keep === null) {
    throw new UsageError(`--keep ${options.keep}: give a number, or days, weeks and months such as 7d5w12m`);
  }
  if (keep && !isFolder) throw new UsageError('--keep needs a folder: meterdesk backup FOLDER --keep 7d5w12m');
  await withDatabase(options, async (database) => {
    const stem = basename(database.name, extname(database.name));
    const file = isFolder ? join(given, backupName(stem, stampOf(new Date()))) : given;
    const made = await shown('copied %', (tell) => backup(database, file, tell));
    say(`${file} is a sound copy (${sizeAndTime(made)}).`);
    if (keep) await removeOutdated(dirname(file), stem, keep);
  });
}

/** Only after a new one was proven, so that a good one is always there. */
async function removeOutdated(folder: string, stem: string, keep: Keep): Promise<void> {
  const { outdated } = await import('#db/retention.ts');
  const names = outdated(readdirSync(folder), stem, keep);
  const { filesBeside } = await import('#db/files/place.ts');
  for (const name of names) {
    rmSync(join(folder, name));
    rmSync(filesBeside(join(folder, name)), { recursive: true, force: true });
  }
  if (names.length > 0) say(`Removed ${names.length === 1 ? names[0] : `${names.length} older backups`}.`);
}

async function verifyFile(file: string, full: boolean): Promise<void> {
  const { prove, proveFiles, BackupError } = await import('#db/prove.ts');
  const { folderStore } = await import('#db/files/folder-store.ts');
  const { filesBeside } = await import('#db/files/place.ts');
  if (!existsSync(file)) throw new BackupError(`There is no file ${file}.`);
  const began = performance.now();
  const digests: string[] = [];
  let files = 0;
  const proven = await prove(file, {
    also: async (database, { earlier }) => {
      if (!earlier) files = await proveFiles(database, folderStore(filesBeside(file)));
      if (!full) return;
      const { tableTotals } = await import('#db/copy/totals.ts');
      const { copiedTables } = await import('#db/copy/tables.ts');
      for (const table of copiedTables()) {
        const { rows, digest } = await tableTotals(database.db, table);
        digests.push(`${table.name.padEnd(22)} ${String(rows).padStart(12)} rows  ${digest}`);
      }
    },
  });
  for (const line of digests) say(line);
  const told = sizeAndTime({ bytes: statSync(file).size, seconds: (performance.now() - began) / 1000 });
  say(
    proven.earlier
      ? `${file} is whole (${told}). An earlier version made it; restoring brings it up to date and proves its books.`
      : `${file} is sound: ${proven.rules} rules hold, ${files} files of documents are whole (${told}).`,
  );
}

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
      const { stampOf } = await import('#db/retention.ts');
      const restored = await shown('restored %', (tell) =>
        restore(resolve(file), address.file, stampOf(new Date()), tell),
      );
      const kept = restored.kept ? ` What was there is kept as ${restored.kept}.` : '';
      say(`${address.file} is restored (${sizeAndTime(restored)}).${kept}`);
    });
