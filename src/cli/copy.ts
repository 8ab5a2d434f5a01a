import { existsSync, rmSync } from 'node:fs';
import { Command } from 'commander';
import type { Copied } from '#db/copy/copy.ts';
import type { Database, DatabaseAddress } from '#db/database.ts';
import { Failure } from '#services/failure.ts';
import { UsageError } from './exit.ts';
import { say, sayJson, tell } from './output.ts';
import { databaseAddress, filesFolderOf } from './paths.ts';
import { progressLine } from './progress.ts';

interface CopyOptions {
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
}

/** `copy`: moves a utility between SQLite and PostgreSQL, either way. */
export const copyCommand = (): Command =>
  new Command('copy')
    .summary('copy a utility to another database, of either engine')
    .description(
      'Copy everything into a new or empty database, SQLite or PostgreSQL. The source is read as of one moment ' +
        'and may be in use. Kept only when rows, sums, digests, books and audit trail are equal on both sides.',
    )
    .requiredOption('--from <database>', 'file or postgres:// address to read')
    .requiredOption('--to <database>', 'file or postgres:// address to fill; a file need not be there')
    .option('--json', 'print the control totals as JSON')
    .action(async (options: CopyOptions) => {
      const copied = await copy(databaseAddress(options.from, {}), databaseAddress(options.to, {}));
      if (options.json) sayJson(plain(copied));
      else await report(copied);
    });

async function copy(from: DatabaseAddress, to: DatabaseAddress): Promise<Copied> {
  if (JSON.stringify(from) === JSON.stringify(to)) throw new UsageError('--from and --to are the same database.');
  if ('file' in from && !existsSync(from.file)) throw new Failure('unavailable', `There is no database ${from.file}.`);
  const isNew = 'file' in to && !existsSync(to.file);
  const source = await opened(from);
  try {
    const target = await opened(to);
    let kept = false;
    try {
      const copied = await run(source, target);
      kept = true;
      return copied;
    } finally {
      await target.close();
      if (isNew && !kept) {
        for (const suffix of ['', '-wal', '-shm', '.files']) rmSync(to.file + suffix, { recursive: true, force: true });
      }
    }
  } finally {
    await source.close();
  }
}

async function opened(address: DatabaseAddress): Promise<Database> {
  const { openDatabase } = await import('#db/open.ts');
  return openDatabase(address, { filesFolder: filesFolderOf(), onNotice: tell }).catch(inWords);
}

async function inWords(error: unknown): Promise<never> {
  if (error instanceof Error && ['CopyError', 'NewerSchemaError'].includes(error.name)) throw error;
  throw (await import('#services/trouble.ts')).inOperatorWords(error);
}

async function run(source: Database, target: Database): Promise<Copied> {
  const { copyDatabase } = await import('#db/copy/copy.ts');
  const { checkDatabase } = await import('#services/check/check.ts');
  const progress = progressLine();
  const cancelled = new AbortController();
  const cancel = (): void => cancelled.abort(new Failure('refused', 'Cancelled; nothing was kept.'));
  process.once('SIGINT', cancel);
  try {
    return await copyDatabase(source, target, {
      onProgress: progress.show,
      signal: cancelled.signal,
      prove: async (db) => {
        const { rules } = await checkDatabase(db, { limit: 1 });
        return rules.flatMap(({ findings }) => findings.map(({ message }) => message));
      },
    }).catch(inWords);
  } finally {
    process.off('SIGINT', cancel);
    progress.end();
  }
}

const CENTS = 100n;

function amount(cents: bigint): string {
  const whole = cents < 0n ? -cents : cents;
  return `${cents < 0n ? '-' : ''}${whole / CENTS}.${String(whole % CENTS).padStart(2, '0')}`;
}

const plain = ({ tables, ...copied }: Copied) => ({
  ...copied,
  tables: tables.map(({ cents, ...table }) => ({ ...table, amount: amount(cents) })),
});

async function report(copied: Copied): Promise<void> {
  const { tableText } = await import('./table.ts');
  const { rowsOf } = await import('./rows.ts');
  const tables = plain(copied).tables.filter(({ rows }) => rows > 0);
  const shown = tables.map(({ table, rows, amount: sum, digest }) => ({
    table,
    rows,
    amount: sum,
    digest: digest.slice(0, 16),
  }));
  say('Equal on both sides:');
  say(tableText(rowsOf(shown)));
  say(`Ledger ${amount(BigInt(copied.ledgerCents))}, balances ${amount(BigInt(copied.balanceCents))}.`);
  const { auditHead } = copied;
  say(auditHead ? `Audit trail to entry ${auditHead.seq}, ${auditHead.hash}.` : 'There is no audit trail yet.');
  say(`${copied.rows} rows copied in ${copied.seconds.toFixed(1)} s; the copy was proven.`);
}
