import { SHORTEST, SHORTEST_WITH_CODE } from '#domain/password.ts';
import { addUser } from '#services/users/add.ts';
import { changeUser } from '#services/users/change-user.ts';
import { setPassword } from '#services/users/change.ts';
import { getUser } from '#services/users/present.ts';
import { listGroups } from '#services/users/list-groups.ts';
import type { UserRow } from '#services/users/list.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import type { UsersContext } from './model.ts';

type PersonValues = FormValues & { readonly username: string; readonly displayName: string; readonly password: string };

const usernameField: FormField = {
  name: 'username',
  label: 'User',
  kind: 'text',
  required: true,
  maxLength: 32,
  help: 'What is typed to sign in: letters, digits, dots and dashes.',
};
const nameField: FormField = { name: 'displayName', label: 'Name', kind: 'text', required: true, maxLength: 80 };
const passwordField: FormField = {
  name: 'password',
  label: 'Password',
  kind: 'secret',
  required: true,
  maxLength: 128,
  help: `${SHORTEST} characters at least, ${SHORTEST_WITH_CODE} with a second factor; use several words.`,
};

/** Groups to tick, with what each is; null when left. */
export async function pickGroups(ctx: UsersContext, title: string, ticked: readonly string[]) {
  const groups = await ctx.call(listGroups, {});
  const choices = groups.map(({ code, name, level, needsTotp }) => ({
    value: code,
    label: code,
    detail: `${name}, level ${level}${needsTotp ? ', second factor' : ''}`,
  }));
  return ctx.pickMany({ title, choices, ticked });
}

/** The form of a new user in these groups. */
export const addForm = (
  ctx: UsersContext,
  groups: readonly string[],
): FormDefinition<PersonValues, { username: string }> => ({
  title: `Add user to ${groups.join(', ')}`,
  fields: [usernameField, nameField, passwordField],
  initial: { username: '', displayName: '', password: '' },
  today: ctx.today,
  save: (values) => ctx.call(addUser, { ...values, groups: [...groups] }),
});

/** The form of how a user is called. */
export const nameForm = (
  ctx: UsersContext,
  { username, name, version }: UserRow,
): FormDefinition<FormValues & { readonly displayName: string }, { username: string }> => ({
  title: `User ${username}`,
  fields: [{ ...usernameField, kind: 'readonly' }, nameField],
  initial: { username, displayName: name },
  version,
  today: ctx.today,
  save: ({ displayName }, read) => ctx.call(changeUser, { username, version: read, displayName }),
  current: async () => {
    const { name: displayName, ...present } = await ctx.call(getUser, { username });
    return { ...present, values: { username, displayName } };
  },
});

/** The form of a new password. */
export const passwordForm = (
  ctx: UsersContext,
  { username }: UserRow,
): FormDefinition<FormValues & { readonly password: string }, { username: string }> => ({
  title: `Password of ${username}`,
  fields: [passwordField],
  initial: { password: '' },
  today: ctx.today,
  save: ({ password }) => ctx.call(setPassword, { username, password }),
});
