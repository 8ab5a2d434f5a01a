import { Command } from 'commander';
import { formatOf, sayAnswer } from './output.ts';
import { type SignInOptions, signedIn, withSignIn } from './session.ts';

/** `group`: what groups of users may do. */
export const groupCommand = (): Command =>
  new Command('group').summary('list groups and their rights').addCommand(
    withSignIn(new Command('list'))
      .summary('list groups and their rights')
      .option('--json', 'as JSON')
      .action(async (_: unknown, command: Command) => {
        const options = command.optsWithGlobals<SignInOptions & { json?: boolean }>();
        const { listGroups } = await import('#services/users/list-groups.ts');
        await sayAnswer(await signedIn(options, (call) => call(listGroups, {})), formatOf(options));
      }),
  );
