import { addDays } from '#domain/civil-date.ts';
import { rightsInWords } from '#domain/permission-areas.ts';
import { EVERYTHING, type Permission } from '#domain/permissions.ts';
import { may } from '#services/actor.ts';
import { listGroups } from '#services/users/list-groups.ts';
import { listUsers, type UserRow } from '#services/users/list.ts';
import { createToken } from '#services/users/tokens.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import type { TokensContext } from './model.ts';

const USUAL_DAYS = 90;
/** Time to write it down or to copy it. */
const SHOWN_SECONDS = 120;

type TokenValues = FormValues & { readonly name: string; readonly until: string };
type Made = Awaited<ReturnType<typeof createToken.run>>;

const FIELDS: readonly FormField[] = [
  {
    name: 'name',
    label: 'For',
    kind: 'text',
    required: true,
    maxLength: 80,
    help: 'The job or program that works with it, to tell later what needs it.',
  },
  {
    name: 'until',
    label: 'Last day',
    kind: 'date',
    required: true,
    help: 'The token lets in until the end of this day, a year at most.',
  },
];

/** Rights that a token of this user can have: those of the user that its maker holds too. */
async function grantable(ctx: TokensContext, user: UserRow) {
  const groups = await ctx.call(listGroups, {});
  const held = new Set(groups.filter(({ code }) => user.groups.includes(code)).flatMap((group) => group.permissions));
  return rightsInWords().filter(
    ({ permission }) =>
      permission !== EVERYTHING && (held.has(EVERYTHING) || held.has(permission)) && may(ctx.actor, permission),
  );
}

/** The rights to confine it to; `all` for all of its user, null when left. */
async function chooseRights(ctx: TokensContext, user: UserRow): Promise<readonly string[] | 'all' | null> {
  const reach = await ctx.choose(`What may the token of ${user.username} do?`, [
    { value: 'some' as const, label: 'Only some rights', detail: 'what its job needs' },
    { value: 'all' as const, label: `Everything that ${user.username} may do` },
  ]);
  if (reach !== 'some') return reach;
  const rights = await grantable(ctx, user);
  const choices = rights.map(({ permission, area, words }) => ({
    value: permission,
    label: permission,
    detail: words,
    area,
  }));
  return ctx.pickMany({ title: `Rights of the token of ${user.username}`, choices, ticked: [] });
}

const tokenForm = (
  ctx: TokensContext,
  { username }: UserRow,
  rights: readonly string[] | 'all',
): FormDefinition<TokenValues, Made> => ({
  title: `Token of ${username}`,
  fields: FIELDS,
  initial: { name: '', until: addDays(ctx.today, USUAL_DAYS) },
  today: ctx.today,
  save: ({ name, until }) =>
    ctx.call(createToken, {
      username,
      name,
      until,
      ...(rights === 'all' ? {} : { permissions: [...rights] as Permission[] }),
    }),
});

/** Asks for user, rights, purpose and last day, makes the token and shows it this once. */
export async function makeToken(ctx: TokensContext): Promise<void> {
  const users = (await ctx.call(listUsers, {})).filter(({ active }) => active);
  const user = await ctx.choose(
    'Whose token?',
    users.map((value) => ({ value, label: value.username, detail: `${value.name}, ${value.groups.join(', ')}` })),
  );
  if (user === null) return;
  const rights = await chooseRights(ctx, user);
  if (rights === null) return;
  if (rights.length === 0) return ctx.toast('A token needs at least one right.', 'warning');
  const made = await ctx.form(tokenForm(ctx, user, rights));
  if (made === null) return;
  await ctx.reload();
  await ctx.showSecret({
    title: `Token of ${made.username} for ${made.name}`,
    value: made.token,
    lines: ['Set it as METERDESK_TOKEN where its job runs.', 'It is not shown again; nobody can find it out.'],
    seconds: SHOWN_SECONDS,
    copyAs: 'the token',
  });
}
