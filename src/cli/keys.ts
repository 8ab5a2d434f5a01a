import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Database } from '#db/database.ts';
import { Failure } from '#services/failure.ts';
import type { Call, Progress } from '#services/operation.ts';
import type { Renewed } from '#services/secrets/reseal.ts';
import { formatOf, say, sayAnswer } from './output.ts';
import { databaseAddress, keyFileOf } from './paths.ts';
import { progressLine } from './progress.ts';
import { type GlobalOptions, type SignInOptions, signedIn, withSignIn } from './session.ts';

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

const status = (): Command =>
  withSignIn(new Command('status'))
    .summary('list the keys and how much each one seals')
    .option('--json', 'as JSON')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions & { json?: boolean }>();
      const { keyStates } = await import('#services/secrets/key-operations.ts');
      await sayAnswer(await signedIn(options, (call) => call(keyStates, {})), formatOf(options));
    });

/** Does the work with a line of progress, and tells how much was done in what time. */
async function renewing(
  what: string,
  work: (onProgress: Progress) => Promise<Renewed>,
  things = 'numbers',
): Promise<void> {
  const progress = progressLine();
  const began = performance.now();
  const { renewed, damaged } = await work(progress.show).finally(progress.end);
  say(`${renewed.toLocaleString('en-US')} ${things} ${what} in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  if (damaged > 0) say(`${damaged} do not open and were left as they are: meterdesk check names them.`);
}

/** A new key, unless an earlier change was broken off and is gone on with. */
async function rotateKeys(call: Call, database: Database, index: boolean): Promise<void> {
  const { dropKeys, keyStates, newKey } = await import('#services/secrets/key-operations.ts');
  const { indexAll, resealAll } = await import('#services/secrets/reseal.ts');
  const states = await call(keyStates, {});
  const unfinished = (purpose: string): boolean =>
    states.some((key) => key.purpose === purpose && key.retired !== null && key.numbers > 0);
  if (unfinished('field')) say('The last change was not finished: going on with it.');
  else await call(newKey, { purpose: 'field' as const });
  await renewing('sealed anew', (onProgress) => resealAll(database, onProgress));
  const { resealFiles } = await import('#services/documents/seal.ts');
  await renewing('sealed anew', (onProgress) => resealFiles(database, onProgress), 'files of documents');
  if (index) {
    if (!unfinished('index')) await call(newKey, { purpose: 'index' as const });
    await renewing('indexed anew', (onProgress) => indexAll(database, onProgress));
  }
  const { erased, kept } = await call(dropKeys, {});
  say(`Erased ${erased} of ${erased + kept} retired keys.`);
}

const rotate = (): Command =>
  withSignIn(new Command('rotate'))
    .summary('seal all sensitive numbers with a new key')
    .description(
      'Make a new data key, seal everything anew while others work, and erase the old key. ' +
        'Broken off, it goes on where it was when it is started again.',
    )
    .option('--index', 'also make anew what numbers are found by: about 65 ms each')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions & { index?: boolean }>();
      await signedIn(options, (call, database) => rotateKeys(call, database, options.index === true));
    });

const rewrap = (): Command =>
  withSignIn(new Command('rewrap'))
    .summary('put the keys under another key file')
    .description(
      'Put the keys that seal sensitive numbers under the master key of another file (meterdesk keys init --key-file). ' +
        'The old file is then needed only for backups made before.',
    )
    .requiredOption('--new-key-file <path>', 'the file of the new master key')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions & { newKeyFile: string }>();
      const file = { ...keyFileOf(databaseAddress(options.db)), path: resolve(options.newKeyFile), credential: false };
      const { KeyFileRefused, readKeyFile } = await import('#gateways/key-file.ts');
      const { rewrapUnder } = await import('#services/secrets/key-operations.ts');
      const bytes = await readKeyFile(file).catch((error: unknown) => {
        throw error instanceof KeyFileRefused ? new Failure('refused', error.message, {}, error) : error;
      });
      const keys = { place: file.path, read: async () => bytes };
      const { keys: count } = await signedIn(options, (call) => call(rewrapUnder(keys), {}));
      say(`${count} keys are under ${file.path} now.`);
      say('Put it in the place of the old key file, or name it in METERDESK_KEY_FILE, before anybody goes on.');
    });

/** `keys`: the keys that seal sensitive numbers. */
export const keysCommand = (): Command =>
  new Command('keys')
    .summary('make and change the keys of sensitive numbers')
    .description(
      'Make the key file of sensitive numbers, and change the keys. All but `init` need a signed-in administrator.',
    )
    .addCommand(init())
    .addCommand(status())
    .addCommand(rotate())
    .addCommand(rewrap());
