import { Command, InvalidArgumentError } from 'commander';
import { listed } from './input.ts';
import { formatOf, sayAnswer, sayJson } from './output.ts';
import { type SignInOptions, signedIn, withSignIn } from './session.ts';

const whole = (text: string): number => {
  if (!/^\d{1,16}$/.test(text)) throw new InvalidArgumentError('Not a whole number.');
  return Number(text);
};

interface CreateOptions {
  readonly name: string;
  readonly days: number;
  readonly right?: string[];
}

const create = (): Command =>
  withSignIn(new Command('create'))
    .summary('make a token; it is shown once')
    .argument('<username>', 'whose rights the token has')
    .requiredOption('--name <what>', 'what it is for')
    .option(
      '--right <names>',
      'confine it to these rights, comma-separated or repeated (default: all of the user)',
      listed,
    )
    .option('--days <n>', 'how long it is valid', whole, 90)
    .action(async (username: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions & CreateOptions>();
      const { createToken } = await import('#services/users/tokens.ts');
      const input = { username, name: options.name, days: options.days, permissions: options.right };
      sayJson(await signedIn(options, (call) => call(createToken, input)));
    });

const list = (): Command =>
  withSignIn(new Command('list'))
    .summary('list tokens and their state')
    .option('--json', 'as JSON')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions & { json?: boolean }>();
      const { listTokens } = await import('#services/users/tokens.ts');
      await sayAnswer(await signedIn(options, (call) => call(listTokens, {})), formatOf(options));
    });

const revoke = (): Command =>
  withSignIn(new Command('revoke'))
    .summary('end a token at once')
    .argument('<id>', 'its id, as the list shows it', whole)
    .action(async (id: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions>();
      const { revokeToken } = await import('#services/users/tokens.ts');
      sayJson(await signedIn(options, (call) => call(revokeToken, { id })));
    });

/** `token`: credentials for headless calls. */
export const tokenCommand = (): Command =>
  new Command('token')
    .summary('make and revoke access tokens')
    .description('Credentials for headless calls. A token acts with the rights of its user; set it as METERDESK_TOKEN.')
    .addCommand(create())
    .addCommand(list())
    .addCommand(revoke());
