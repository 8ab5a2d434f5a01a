/** Every right that an operation can ask for, with what it lets its holder do. */
export const PERMISSIONS = {
  'lookup.use': 'Find customers, accounts, locations and meters',
  'accounts.read': 'Read accounts, customers and locations',
  'history.read': 'Read the ledger of accounts',
  'usage.read': 'Read meters and consumption',
  'notes.read': 'Read notes',
  'notes.edit': 'Write and change notes',
  'customers.private': 'See customers whose Public flag is off',
  'lists.export': 'Write lists to files',
  'options.read': 'Read company options and code tables',
  'options.edit': 'Change company options and code tables',
  'users.read': 'See users, groups and rights',
  'users.manage': 'Add and change users, groups, rights and tokens',
  'audit.read': 'Read the audit trail',
  'import.run': 'Import files',
  'system.check': 'Check and back up the database',
} as const;

export type Permission = keyof typeof PERMISSIONS;

/** Held by administrators: every right, also those of operations yet to come. */
export const EVERYTHING = '*';

/** A group as a new utility has it. Users may be in several; their rights are the union. */
export interface DefaultGroup {
  readonly code: string;
  readonly name: string;
  /** 1 general, 2 some restricted, 3 management. */
  readonly level: 1 | 2 | 3;
  readonly permissions: readonly (Permission | typeof EVERYTHING)[];
}

const READ = ['lookup.use', 'accounts.read', 'history.read', 'usage.read', 'notes.read', 'options.read'] as const;

/** Default groups (guide: domain §10.4). */
export const DEFAULT_GROUPS: readonly DefaultGroup[] = [
  { code: 'administrator', name: 'Administrators', level: 3, permissions: [EVERYTHING] },
  {
    code: 'manager',
    name: 'Managers',
    level: 3,
    permissions: [...READ, 'notes.edit', 'lists.export', 'users.read', 'audit.read'],
  },
  { code: 'billing', name: 'Billing', level: 2, permissions: [...READ, 'notes.edit', 'lists.export', 'import.run'] },
  { code: 'cashier', name: 'Cashiers', level: 1, permissions: [...READ] },
  { code: 'callcenter', name: 'Call center', level: 1, permissions: [...READ, 'notes.edit'] },
  { code: 'collector', name: 'Collectors', level: 2, permissions: [...READ, 'notes.edit', 'lists.export'] },
  { code: 'field', name: 'Field', level: 1, permissions: ['lookup.use', 'accounts.read', 'usage.read', 'notes.read'] },
  { code: 'auditor', name: 'Auditors', level: 3, permissions: [...READ, 'users.read', 'audit.read', 'system.check'] },
];
