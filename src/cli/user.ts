import { Command } from 'commander';
import { Failure } from '#services/failure.ts';
import { listed, newPassword } from './input.ts';
import { formatOf, sayAnswer, sayJson } from './output.ts';
import { clockFor, runnerOf, type SignInOptions, signInFrom, signedIn, withDatabase, withSignIn } from './session.ts';

interface AddOptions extends SignInOptions {
  readonly group?: readonly string[];
  readonly name?: string;
  readonly newPasswordStdin?: boolean;
}

const add = (): Command =>
  withSignIn(new Command('add'))
    .summary('add a user')
    .description(
      'Add a user. The password is asked for, or read from standard input. ' +
        'The first user of a database becomes its administrator and needs no sign-in.',
    )
    .argument('<username>')
    .option('--group <codes>', 'groups, comma-separated or repeated', listed)
    .option('--name <name>', 'name as shown (default: the user name)')
    .option('--new-password-stdin', 'read the new password from standard input, after that of --password-stdin')
    .action(async (username: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<AddOptions>();
      await withDatabase(
        options,
        async (database) => {
          const clock = await clockFor(database, options.today);
          const { hasNoUsers } = await import('#services/users/session.ts');
          const { installer } = await import('#services/users/installer.ts');
          const isNew = await hasNoUsers(database);
          const actor = isNew ? installer('call') : await signInFrom(database, options, clock.now());
          const call = await runnerOf(database, actor, clock);
          const { addFirstUser, addUser } = await import('#services/users/add.ts');
          const password = await newPassword(options.newPasswordStdin === true);
          const person = { username, displayName: options.name ?? username, password };
          const first = isNew && (options.group ?? []).every((code) => code === 'administrator');
          sayJson(
            first
              ? await call(addFirstUser, person)
              : await call(addUser, { ...person, groups: [...(options.group ?? [])] }),
          );
        },
        { create: true },
      );
    });

const list = (): Command =>
  withSignIn(new Command('list'))
    .summary('list users')
    .option('--json', 'as JSON')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions & { json?: boolean }>();
      const { listUsers } = await import('#services/users/list.ts');
      const answer = await signedIn(options, (call) => call(listUsers, {}));
      await sayAnswer(answer, formatOf(options));
    });

const change = (): Command =>
  withSignIn(new Command('change'))
    .summary('change the name or the groups of a user')
    .argument('<username>')
    .option('--name <name>', 'name as shown')
    .option('--group <codes>', 'all groups of the user, comma-separated or repeated', listed)
    .action(async (username: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<AddOptions>();
      const { changeUser } = await import('#services/users/change-user.ts');
      const { listUsers } = await import('#services/users/list.ts');
      sayJson(
        await signedIn(options, async (call) => {
          const user = (await call(listUsers, {})).find((one) => one.username === username.toLowerCase());
          if (!user) throw new Failure('not_found', `There is no user ${username}.`);
          return call(changeUser, {
            username: user.username,
            version: user.version,
            ...(options.name !== undefined && { displayName: options.name }),
            ...(options.group && { groups: [...options.group] }),
          });
        }),
      );
    });

const setPassword = (): Command =>
  withSignIn(new Command('password'))
    .summary('give a user a new password')
    .argument('<username>')
    .option('--new-password-stdin', 'read the new password from standard input, after that of --password-stdin')
    .action(async (username: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<AddOptions>();
      const { setPassword: operation } = await import('#services/users/change.ts');
      sayJson(
        await signedIn(options, async (call) =>
          call(operation, { username, password: await newPassword(options.newPasswordStdin === true) }),
        ),
      );
    });

const disable = (): Command =>
  withSignIn(new Command('disable'))
    .summary('stop a user from signing in')
    .argument('<username>')
    .option('--undo', 'let the user sign in again')
    .action(async (username: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions & { undo?: boolean }>();
      const { disableUser, enableUser } = await import('#services/users/change.ts');
      sayJson(await signedIn(options, (call) => call(options.undo ? enableUser : disableUser, { username })));
    });

/** `user`: people who may sign in. */
export const userCommand = (): Command =>
  new Command('user')
    .summary('add, list, change and disable users')
    .description('Manage the people who may sign in. All but the very first `add` need a signed-in administrator.')
    .addCommand(add())
    .addCommand(list())
    .addCommand(change())
    .addCommand(setPassword())
    .addCommand(disable());
