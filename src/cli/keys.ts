import { resolve } from 'node:path';
import { Command } from 'commander';
import { Failure } from '#services/failure.ts';
import { say } from './output.ts';
import { databaseAddress, keyFileOf } from './paths.ts';
import type { GlobalOptions } from './session.ts';

const init = (): Command =>
  new Command('init')
    .summary('make the key file of sensitive numbers')
    .description(
      'Make the master key that seals sensitive numbers, in a file that only its owner can read. ' +
        'Keep copies apart from the database and its backups: without it the numbers are lost.',
    )
    .option('--key-file <path>', 'where (default: METERDESK_KEY_FILE, or the folder of settings)')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { keyFile?: string }>();
      const usual = keyFileOf(databaseAddress(options.db));
      const file = options.keyFile ? { ...usual, path: resolve(options.keyFile) } : usual;
      const { KeyFileRefused, makeKeyFile } = await import('#gateways/key-file.ts');
      await makeKeyFile(file).catch((error: unknown) => {
        throw error instanceof KeyFileRefused ? new Failure('refused', error.message, {}, error) : error;
      });
      say(`${file.path} is the key. Keep a copy in another place than the database and its backups.`);
      if (file.path !== usual.path) say(`Tell the program where it is: METERDESK_KEY_FILE=${file.path}`);
    });

/** `keys`: the keys that seal sensitive numbers. */
export const keysCommand = (): Command =>
  new Command('keys').summary('make and change the keys of sensitive numbers').addCommand(init());
