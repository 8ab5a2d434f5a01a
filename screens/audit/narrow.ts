import { type AuditFilters, OUTCOMES, SOURCES } from '#services/audit/filters.ts';
import type { FormField } from '#ui/form/definition.ts';
import { kindInWords } from './columns.ts';
import { type AuditContext, show } from './fetch.ts';

const KINDS = [
  'Customer',
  'Account',
  'Location',
  'Note',
  'AppUser',
  'UserGroup',
  'AccessToken',
  'CompanyOption',
  'List',
];

const choices = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

const fields: readonly FormField[] = [
  { name: 'from', label: 'From', kind: 'date', help: 'The first day.' },
  { name: 'to', label: 'To', kind: 'date', help: 'The last day.' },
  { name: 'user', label: 'User', kind: 'text', maxLength: 60, help: 'The name that is typed to sign in.' },
  { name: 'operation', label: 'Operation', kind: 'text', maxLength: 80, help: 'A name, or how it begins: note.' },
  { name: 'number', label: 'Number', kind: 'text', maxLength: 60, help: 'Of a customer, an account or a location.' },
  {
    name: 'entity',
    label: 'Kind of record',
    kind: 'code',
    choices: KINDS.map((value) => ({ value, label: kindInWords(value) })),
  },
  { name: 'outcome', label: 'Outcome', kind: 'code', choices: choices(OUTCOMES) },
  { name: 'source', label: 'By way of', kind: 'code', choices: choices(SOURCES) },
  { name: 'origin', label: 'From where', kind: 'text', maxLength: 200, help: 'A part of the address or terminal.' },
  { name: 'text', label: 'Text in changes', kind: 'text', maxLength: 200, help: 'A field or a value that changed.' },
];

type Typed = Record<(typeof fields)[number]['name'], string>;

/** Asks what to narrow the trail to; empty fields narrow nothing. */
export async function narrow(ctx: AuditContext): Promise<void> {
  const now = ctx.get().filters;
  const initial = Object.fromEntries(fields.map(({ name }) => [name, String(now[name as keyof AuditFilters] ?? '')]));
  const filters = await ctx.form<Typed, AuditFilters>({
    title: 'Narrow the audit trail',
    verb: 'Show',
    fields,
    initial,
    today: ctx.today,
    save: async (typed) => {
      const given = Object.entries(typed).flatMap(([name, value]) =>
        value.trim() === '' ? [] : [[name, value.trim()]],
      );
      return Object.fromEntries(given) as AuditFilters;
    },
  });
  if (filters) await show(ctx, { filters });
}
