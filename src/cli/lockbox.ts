import { Command } from 'commander';
import { parseCents } from '#domain/money.ts';
import type { LockboxReceipt } from '#services/lockbox/import.ts';
import type { LockboxProfile } from '#services/lockbox/profile.ts';
import { Failure } from '#services/failure.ts';
import { UsageError } from './exit.ts';
import { say, sayJson } from './output.ts';
import { type SignInOptions, signedIn, withSignIn } from './session.ts';

interface LockboxOptions extends SignInOptions {
  readonly profile: string;
  readonly total?: string;
  readonly count?: string;
  readonly deposited?: string;
  readonly json?: boolean;
}

/** `lockbox`: takes a bank's file of payments. */
export const lockboxCommand = (): Command =>
  withSignIn(
    new Command('lockbox')
      .summary('take a bank’s lockbox file')
      .description(
        'Take the payments of a bank’s lockbox file, all or nothing. What cannot be credited waits as exceptions ' +
          '(screen LBX). The same file is taken once only.',
      )
      .argument('<file>', 'the file')
      .option('--profile <name>', 'csv, fixed, or the path of a profile of your own (.json)', 'csv')
      .option('--total <amount>', 'control total of the deposit slip; needed where the file has no trailer')
      .option('--count <number>', 'control count of the deposit slip')
      .option('--deposited <date>', 'day of deposit YYYY-MM-DD, where the file does not say it')
      .option('--json', 'print the answer as JSON'),
  ).action(async (file: string, _: unknown, command: Command) => {
    const options = command.optsWithGlobals<LockboxOptions>();
    const { importLockbox } = await import('#services/lockbox/import.ts');
    const { name, lines } = await linesOf(file);
    const { total, count, deposited } = options;
    const input = {
      name,
      lines: [...lines],
      profile: await profileOf(options.profile),
      ...(total === undefined ? {} : { controlCents: centsOf(total) }),
      ...(count === undefined ? {} : { controlCount: countOf(count) }),
      ...(deposited === undefined ? {} : { depositedOn: deposited }),
    };
    const receipt = await signedIn(options, (call) => call(importLockbox, input));
    if (options.json) return sayJson(receipt);
    await sayHuman(receipt);
  });

function centsOf(text: string): number {
  const cents = parseCents(text);
  if (cents === null || cents < 0) throw new UsageError(`--total ${text}: not an amount.`);
  return cents;
}

function countOf(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`--count ${text}: not a count.`);
  return Number(text);
}

async function linesOf(path: string) {
  const { readLines } = await import('#gateways/bank-file.ts');
  const { FileRefused } = await import('#gateways/files.ts');
  try {
    return await readLines({ path, folder: process.cwd() });
  } catch (error) {
    if (error instanceof FileRefused) throw new Failure('refused', `${path}: ${error.message}`);
    throw error;
  }
}

/** A profile that comes with the program by its name, or one of a file. */
async function profileOf(named: string): Promise<string | LockboxProfile> {
  const { lockboxProfile, PROFILE_NAMES } = await import('#services/lockbox/profile.ts');
  if (PROFILE_NAMES.includes(named)) return named;
  if (!named.endsWith('.json')) {
    throw new UsageError(
      `--profile ${named}: there are ${PROFILE_NAMES.join(' and ')}; or give the path of a .json file.`,
    );
  }
  const { lines } = await linesOf(named);
  try {
    return lockboxProfile.parse(JSON.parse(lines.join('\n')));
  } catch {
    throw new UsageError(`${named} is no profile of a lockbox file; the README shows one.`);
  }
}

async function sayHuman({ batchNumber, items, totalCents, matched, exceptions }: LockboxReceipt): Promise<void> {
  const { formatCents } = await import('#domain/money.ts');
  say(`Batch ${batchNumber}: ${items} payments, ${formatCents(totalCents)}.`);
  say(`${matched} are credited, ${exceptions} wait as exceptions.`);
}
