import { rightsInWords } from '#domain/permission-areas.ts';
import { EVERYTHING, type Permission } from '#domain/permissions.ts';
import { listCodeValues } from '#services/code-tables/values.ts';
import { changeGroup } from '#services/users/groups.ts';
import type { GroupRow } from '#services/users/list-groups.ts';
import { customersOf, type GroupsContext } from './model.ts';

/** Ticks the rights; what was done in words, null when left. */
export async function chooseRights(ctx: GroupsContext, group: GroupRow): Promise<string | null> {
  const choices = rightsInWords().map(({ permission, area, words }) => ({
    value: permission,
    label: permission === EVERYTHING ? 'everything' : permission,
    detail: words,
    area,
  }));
  const picked = await ctx.pickMany({ title: `Rights of ${group.code}`, choices, ticked: group.permissions });
  if (picked === null) return null;
  const permissions = picked as readonly (Permission | typeof EVERYTHING)[];
  await ctx.call(changeGroup, { code: group.code, version: group.version, permissions: [...permissions] });
  return `Rights of ${group.code} are saved; who is signed in has them from the next key.`;
}

/** Chooses all customers, or customer groups and which of them may only be read. */
export async function chooseCustomers(ctx: GroupsContext, group: GroupRow): Promise<string | null> {
  const { code, version } = group;
  const reach = await ctx.choose(`Customers that ${code} sees`, [
    { value: 'all' as const, label: 'All customers' },
    { value: 'some' as const, label: 'Only some customer groups' },
  ]);
  if (reach === null) return null;
  if (reach === 'all') {
    await ctx.call(changeGroup, { code, version, customers: 'all' });
    return `${code} sees all customers.`;
  }
  const values = await ctx.call(listCodeValues, { table: 'customer_group', all: false });
  if (values.length === 0) {
    ctx.toast('There are no customer groups: add some to the code table first.', 'warning');
    return null;
  }
  const before = group.customers === 'all' ? [] : group.customers;
  const choices = values.map((value) => ({ value: value.code, label: value.code, detail: value.name }));
  const seen = await ctx.pickMany({
    title: `Customer groups that ${code} sees`,
    choices,
    ticked: before.map((one) => one.group),
  });
  if (seen === null) return null;
  const readable = choices.filter(({ value }) => seen.includes(value));
  const ticked = before.filter(({ group: one, readOnly }) => readOnly && seen.includes(one)).map((one) => one.group);
  const read =
    seen.length === 0 ? [] : await ctx.pickMany({ title: 'Of these, only to be read', choices: readable, ticked });
  if (read === null) return null;
  const customers = seen.map((one) => ({ group: one, readOnly: read.includes(one) }));
  await ctx.call(changeGroup, { code, version, customers });
  return `${code} sees customers of: ${customersOf({ ...group, customers })}.`;
}

/** All about a group, to read. */
export function showGroup(ctx: GroupsContext, group: GroupRow): Promise<void> {
  const held = new Set(group.permissions);
  const rights = rightsInWords().filter(({ permission }) => held.has(permission) || held.has(EVERYTHING));
  return ctx.show(`Group ${group.code}`, [
    group.name,
    ...(group.description ? [group.description] : []),
    '',
    `Users (${group.members.length}): ${group.members.join(', ')}`,
    `Customers: ${customersOf(group)}`,
    '',
    `Rights (${rights.length})`,
    ...rights.map(
      ({ permission, words }) => `  ${(permission === EVERYTHING ? 'everything' : permission).padEnd(18)} ${words}`,
    ),
  ]);
}
