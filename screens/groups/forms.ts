import { formatCents, parseCents } from '#domain/money.ts';
import { addGroup, changeGroup } from '#services/users/groups.ts';
import { getGroup } from '#services/users/present.ts';
import type { GroupRow } from '#services/users/list-groups.ts';
import type { Choice } from '#ui/choice.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import type { GroupsContext } from './model.ts';

export type GroupValues = FormValues & {
  readonly newCode: string;
  readonly name: string;
  readonly description: string;
  readonly level: string;
  readonly documentLevel: string;
  readonly creditLimitCents: string;
  readonly needsTotp: boolean;
};

const LEVELS: readonly Choice<string>[] = [
  { value: '1', label: '1 general' },
  { value: '2', label: '2 some restricted' },
  { value: '3', label: '3 management' },
];

/** Named as the operation's fields, so that its messages land at them. */
const fields: readonly FormField[] = [
  {
    name: 'newCode',
    label: 'Code',
    kind: 'text',
    required: true,
    maxLength: 25,
    help: 'Short, lower case: what lists and commands name the group by.',
  },
  { name: 'name', label: 'Name', kind: 'text', required: true, maxLength: 50 },
  { name: 'description', label: 'Description', kind: 'text', maxLength: 200 },
  {
    name: 'level',
    label: 'Notes up to',
    kind: 'code',
    required: true,
    choices: LEVELS,
    help: 'Members read notes that are kept to this level or a lower one.',
  },
  {
    name: 'documentLevel',
    label: 'Documents up to',
    kind: 'code',
    required: true,
    choices: LEVELS,
    help: 'The same for documents.',
  },
  {
    name: 'creditLimitCents',
    label: 'Credit limit',
    kind: 'amount',
    help: 'The largest credit that a member gives alone; empty: any.',
  },
  { name: 'needsTotp', label: 'Second factor', kind: 'flag', help: 'Members sign in with a code of their telephone.' },
];

const factsOf = (values: GroupValues) => ({
  name: values.name,
  description: values.description === '' ? null : values.description,
  level: Number(values.level),
  documentLevel: Number(values.documentLevel),
  creditLimitCents: values.creditLimitCents === '' ? null : parseCents(values.creditLimitCents),
  needsTotp: values.needsTotp,
});

type GroupForm = FormDefinition<GroupValues, { readonly code: string }>;

/** The form of a new group, which has no right at first. */
export const addForm = (ctx: GroupsContext): GroupForm => ({
  title: 'Add group',
  fields,
  initial: {
    newCode: '',
    name: '',
    description: '',
    level: '1',
    documentLevel: '1',
    creditLimitCents: formatCents(0),
    needsTotp: false,
  },
  today: ctx.today,
  save: (values, _, idempotencyKey) =>
    ctx.call(addGroup, { code: values.newCode, ...factsOf(values) }, { idempotencyKey }),
});

/** A group as its form holds it. */
const valuesOf = (group: GroupRow): GroupValues => ({
  newCode: group.code,
  name: group.name,
  description: group.description ?? '',
  level: String(group.level),
  documentLevel: String(group.documentLevel),
  creditLimitCents: group.creditLimitCents === null ? '' : formatCents(group.creditLimitCents),
  needsTotp: group.needsTotp,
});

/** The form of what a group is; its rights and customers are chosen apart. */
export const editForm = (ctx: GroupsContext, group: GroupRow): GroupForm => ({
  title: `Group ${group.code}`,
  fields,
  initial: valuesOf(group),
  version: group.version,
  today: ctx.today,
  current: async () => {
    const { version, changedBy, changedAt, ...present } = await ctx.call(getGroup, { code: group.code });
    return { values: valuesOf({ ...present, version }), version, changedBy, changedAt };
  },
  save: (values, version) =>
    ctx.call(changeGroup, {
      code: group.code,
      version,
      newCode: values.newCode,
      ...factsOf(values),
    }),
});
