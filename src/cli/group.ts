import { Command } from 'commander';
import { Failure } from '#services/failure.ts';
import type { Call } from '#services/operation.ts';
import type { GroupRow } from '#services/users/list-groups.ts';
import { factsOf, type GroupOptions, rightsAfter, withFacts } from './group-options.ts';
import { listed } from './input.ts';
import { formatOf, sayAnswer, sayJson } from './output.ts';
import { type SignInOptions, signedIn, withSignIn } from './session.ts';

/** @throws Failure `not_found` */
async function groupNamed(call: Call, code: string): Promise<GroupRow> {
  const { listGroups } = await import('#services/users/list-groups.ts');
  const group = (await call(listGroups, {})).find((one) => one.code === code.toLowerCase());
  if (!group) throw new Failure('not_found', `There is no group ${code}.`);
  return group;
}

const list = (): Command =>
  withSignIn(new Command('list'))
    .summary('list groups, their rights and members')
    .option('--json', 'as JSON')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions & { json?: boolean }>();
      const { listGroups } = await import('#services/users/list-groups.ts');
      const groups = await signedIn(options, (call) => call(listGroups, {}));
      if (options.json) return sayJson(groups);
      const inWords = (one: GroupRow) =>
        one.customers === 'all'
          ? 'all'
          : one.customers.map((c) => (c.readOnly ? `${c.group}:read` : c.group)).join(',');
      await sayAnswer(
        groups.map((group) => ({ ...group, customers: inWords(group) })),
        formatOf(options),
      );
    });

const add = (): Command =>
  withFacts(withSignIn(new Command('add')))
    .summary('add a group')
    .argument('<code>', 'short name, lower case')
    .requiredOption('--name <name>', 'name as shown')
    .action(async (code: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GroupOptions & { name: string }>();
      const { addGroup } = await import('#services/users/groups.ts');
      sayJson(await signedIn(options, (call) => call(addGroup, { ...factsOf(options), name: options.name, code })));
    });

const change = (): Command =>
  withFacts(withSignIn(new Command('change')))
    .summary('change a group, its rights or its customers')
    .description('Change a group; what is not given stays. Those who are signed in have the new rights at once.')
    .argument('<code>')
    .option('--name <name>', 'name as shown')
    .option('--new-code <code>', 'another short name')
    .option('--give <names>', 'rights to add to those it has', listed)
    .option('--take <names>', 'rights to take away', listed)
    .action(async (code: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GroupOptions>();
      const { changeGroup } = await import('#services/users/groups.ts');
      sayJson(
        await signedIn(options, async (call) => {
          const group = await groupNamed(call, code);
          const given = factsOf(options);
          const permissions = rightsAfter(given.permissions ?? group.permissions, options);
          return call(changeGroup, {
            ...given,
            ...(permissions && { permissions }),
            ...(options.newCode !== undefined && { newCode: options.newCode }),
            code: group.code,
            version: group.version,
          });
        }),
      );
    });

const remove = (): Command =>
  withSignIn(new Command('remove'))
    .summary('remove a group that nobody is in')
    .argument('<code>')
    .action(async (code: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions>();
      const { removeGroup } = await import('#services/users/groups.ts');
      sayJson(
        await signedIn(options, async (call) => {
          const { code: known, version } = await groupNamed(call, code);
          return call(removeGroup, { code: known, version });
        }),
      );
    });

/** `group`: what groups of users may do. */
export const groupCommand = (): Command =>
  new Command('group')
    .summary('list, add, change and remove groups and their rights')
    .addCommand(list())
    .addCommand(add())
    .addCommand(change())
    .addCommand(remove());
