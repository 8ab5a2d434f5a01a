import type { UserRow } from '#services/users/list.ts';
import type { Column } from '#ui/table/columns.ts';
import { secondFactorOf, stateOf } from './model.ts';

const TONES = { active: 'text', disabled: 'dim', locked: 'warning' } as const;

/** To the minute, as the trade's day counts in UTC everywhere in the program. */
const minute = (at: string | null): string => (at === null ? 'never' : at.slice(0, 16).replace('T', ' '));

export const columns: readonly Column<UserRow>[] = [
  { id: 'username', title: 'User', min: 10, max: 32, grow: 1, priority: 9, text: (user) => user.username },
  { id: 'name', title: 'Name', min: 14, max: 36, grow: 2, priority: 7, text: (user) => user.name },
  { id: 'groups', title: 'Groups', min: 14, grow: 3, priority: 8, text: (user) => user.groups.join(', ') },
  {
    id: 'state',
    title: 'State',
    min: 8,
    priority: 6,
    text: stateOf,
    tone: (user) => TONES[stateOf(user) as keyof typeof TONES],
  },
  {
    id: 'seen',
    title: 'Last sign-in',
    min: 16,
    priority: 5,
    text: (user) => minute(user.lastSignIn),
    sortKey: (user) => user.lastSignIn,
  },
  {
    id: 'factor',
    title: '2nd factor',
    min: 10,
    priority: 2,
    text: secondFactorOf,
    tone: (user) => (secondFactorOf(user) === 'missing' ? 'warning' : 'text'),
  },
];
