import { EVERYTHING } from '#domain/permissions.ts';
import type { GroupRow } from '#services/users/list-groups.ts';
import { money } from '#ui/money.ts';
import type { Column } from '#ui/table/columns.ts';
import { customersOf } from './model.ts';

const count = ({ permissions }: GroupRow): string =>
  permissions.includes(EVERYTHING) ? 'all' : String(permissions.length);

export const columns: readonly Column<GroupRow>[] = [
  { id: 'code', title: 'Group', min: 13, max: 25, grow: 1, priority: 9, text: (group) => group.code },
  { id: 'name', title: 'Name', min: 14, max: 50, grow: 3, priority: 7, text: (group) => group.name },
  { id: 'rights', title: 'Rights', min: 6, align: 'right', priority: 8, text: count },
  {
    id: 'members',
    title: 'Users',
    min: 5,
    align: 'right',
    priority: 6,
    text: (group) => String(group.members.length),
    sortKey: (group) => group.members.length,
  },
  { id: 'level', title: 'Notes', min: 5, align: 'right', priority: 5, text: (group) => String(group.level) },
  { id: 'documents', title: 'Docs', min: 4, align: 'right', priority: 3, text: (group) => String(group.documentLevel) },
  {
    id: 'credit',
    title: 'Credit to',
    min: 9,
    align: 'right',
    priority: 4,
    text: ({ creditLimitCents }) => (creditLimitCents === null ? 'any' : money(creditLimitCents)),
    sortKey: ({ creditLimitCents }) => creditLimitCents ?? Number.MAX_SAFE_INTEGER,
  },
  { id: 'factor', title: '2nd factor', min: 10, priority: 2, text: (group) => (group.needsTotp ? 'needed' : '') },
  { id: 'customers', title: 'Customers', min: 9, max: 40, grow: 2, priority: 4, text: customersOf },
];
