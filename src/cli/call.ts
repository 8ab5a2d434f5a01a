import { Command, Option } from 'commander';
import { UsageError } from './exit.ts';
import { rest } from './input.ts';
import { type Format, sayAnswer } from './output.ts';
import { type SignInOptions, signedIn, withSignIn } from './session.ts';

interface CallOptions extends SignInOptions {
  readonly json?: string;
  readonly key?: string;
  readonly format: Format;
}

/** `call`: runs one operation, signed in, and prints its answer. */
export const callCommand = (): Command =>
  withSignIn(
    new Command('call')
      .summary('run one operation')
      .description('Run one operation as a signed-in user and print its answer. `meterdesk ops` lists them.')
      .argument('<name>', 'the operation, as `meterdesk ops` names it')
      .option('--json <input>', 'input as JSON; - reads it from standard input')
      .option('--key <key>', 'idempotency key: a repeat with the same key answers again and does nothing')
      .addOption(new Option('--format <format>', 'how to print').choices(['json', 'table', 'csv']).default('json')),
  ).action(async (name: string, _: unknown, command: Command) => {
    const options = command.optsWithGlobals<CallOptions>();
    const operation = await named(name);
    if (operation.secret && options.json !== undefined && options.json !== '-') {
      throw new UsageError(`${name} takes a credential: give its input on standard input (--json -).`);
    }
    const answer = await signedIn(options, async (call) =>
      call(operation, await inputOf(options.json), options.key ? { idempotencyKey: options.key } : {}),
    );
    await sayAnswer(answer, options.format);
  });

async function named(name: string) {
  const { operations, operationNamed } = await import('#services/index.ts');
  const operation = operationNamed(name);
  if (operation) return operation;
  const noun = name.split('.')[0]!;
  const near = operations.filter((one) => one.name.startsWith(`${noun}.`)).map((one) => one.name);
  const hint = near.length > 0 ? `Of ${noun} there are: ${near.join(', ')}.` : '`meterdesk ops` lists them.';
  throw new UsageError(`There is no operation ${name}. ${hint}`);
}

async function inputOf(json: string | undefined): Promise<unknown> {
  const text = json === '-' ? await rest() : (json ?? '{}');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError('The input is not JSON.');
  }
}
