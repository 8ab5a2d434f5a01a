import type { TokenRow } from '#services/users/tokens.ts';
import type { Column } from '#ui/table/columns.ts';

const TONES = { active: 'text', expired: 'dim', revoked: 'dim' } as const;

export const columns: readonly Column<TokenRow>[] = [
  { id: 'username', title: 'User', min: 10, max: 32, grow: 1, priority: 9, text: (token) => token.username },
  { id: 'name', title: 'For', min: 14, max: 80, grow: 3, priority: 8, text: (token) => token.name },
  {
    id: 'state',
    title: 'State',
    min: 8,
    priority: 7,
    text: (token) => token.state,
    tone: (token) => TONES[token.state],
  },
  {
    id: 'rights',
    title: 'Rights',
    min: 6,
    align: 'right',
    priority: 5,
    text: ({ permissions }) => (permissions === null ? 'all' : String(permissions.length)),
    sortKey: ({ permissions }) => permissions?.length ?? Number.MAX_SAFE_INTEGER,
  },
  {
    id: 'lastDay',
    title: 'Last day',
    min: 10,
    priority: 6,
    text: (token) => token.lastDay ?? 'none',
    sortKey: (token) => token.lastDay,
  },
  {
    id: 'used',
    title: 'Last used',
    min: 10,
    priority: 6,
    text: (token) => token.lastUsedOn ?? 'never',
    sortKey: (token) => token.lastUsedOn,
  },
  { id: 'by', title: 'Made by', min: 8, max: 32, grow: 1, priority: 3, text: (token) => token.createdBy ?? 'unknown' },
];
