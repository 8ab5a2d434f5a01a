/** Every right that an operation can ask for, with what it lets its holder do. */
export const PERMISSIONS = {
  'lookup.use': 'Find customers, accounts, locations and meters',
  'accounts.read': 'Open accounts: the dashboard and its cards',
  'customers.read': 'Read the Customer tab',
  'customers.edit': 'Change customers: name, status, flags, addresses, phones, codes and fields',
  'customers.create': 'Enter new customers and move them in',
  'customers.weblogin': 'Reset the web login of customers',
  'autopay.edit': 'Set up and end automatic payments',
  'contacts.read': 'Read contacts: the Contacts tab',
  'contacts.edit': 'Enter and change contacts',
  'documents.read': 'Open documents that are not secure',
  'documents.edit': 'Attach, describe and take away documents',
  'documents.secure': 'Open and attach secure documents',
  'locations.read': 'Read the Location tab',
  'locations.edit': 'Change locations: rental, codes and fields',
  'owners.read': 'Read the Owner tab',
  'owners.edit': 'Name owners of locations and change them',
  'history.read': 'Read the ledger of accounts: the History tab',
  'usage.read': 'Read meters and consumption: the Usage tab',
  'notes.read': 'Read notes: the Notes tab',
  'notes.edit': 'Write and change notes',
  'customers.private': 'See customers whose Public flag is off',
  'sensitive.last4': 'See the last four digits of sensitive numbers',
  'sensitive.reveal': 'Reveal sensitive numbers, after signing in once more',
  'sensitive.edit': 'Enter and change sensitive numbers',
  'sensitive.search': 'Find customers by a whole sensitive number',
  'keys.manage': 'Change the keys that seal sensitive numbers',
  'payments.enter': 'Take payments',
  'payments.edit': 'Change and delete payments that are not posted',
  'payments.return': 'Enter returned items (NSF)',
  'payments.transfer': 'Transfer payments to other accounts',
  'payments.reverse': 'Reverse payments',
  'payments.refund': 'Refund open credit',
  'batches.manage': 'Open, balance and reopen batches',
  'batches.post': 'Post batches',
  'drawers.use': 'Have a cash drawer',
  'drawers.read': 'See the drawers of others',
  'lockbox.manage': 'Import lockbox files and work their exceptions',
  'adjustments.enter': 'Enter adjustments, up to the limit for credits',
  'adjustments.approve': 'Approve what is above another’s limit',
  'bills.adjust': 'Adjust bills and reverse their charges',
  'balances.transfer': 'Transfer balances between accounts and convert open credit',
  'writeoffs.enter': 'Write off debts and take that back',
  'charges.special': 'Add and remove special charges',
  'deposits.read': 'Read deposits',
  'deposits.manage': 'Charge, transfer, apply and refund deposits',
  'penalties.run': 'Calculate and post penalties',
  'periods.close': 'Close and open accounting periods',
  'paper.print': 'Print statements, receipts and reports',
  'paper.mail': 'Send statements and receipts by e-mail',
  'paper.formats': 'Change the formats of paper',
  'communications.read': 'See what was printed and sent',
  'lists.export': 'Write lists to files',
  'options.read': 'Read company options and code tables',
  'options.edit': 'Change company options and code tables',
  'users.read': 'See users, groups and rights',
  'users.manage': 'Add and change users',
  'groups.manage': 'Add and change groups and their rights',
  'tokens.manage': 'Make and revoke access tokens',
  'audit.read': 'Read the audit trail',
  'audit.export': 'Write checkpoints of the audit trail',
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
  /** Notes and documents up to this level: 1 general, 2 some restricted, 3 management. */
  readonly level: 1 | 2 | 3;
  readonly permissions: readonly (Permission | typeof EVERYTHING)[];
  /** Largest credit given without another's approval, cents; null: any. */
  readonly creditLimitCents: number | null;
}

const PANEL = ['lookup.use', 'accounts.read', 'customers.read', 'locations.read', 'owners.read'] as const;
const READ = [...PANEL, 'history.read', 'usage.read', 'notes.read', 'options.read'] as const;

/** What everybody who reads customers reads too, but for the field. */
const PEOPLE = ['contacts.read', 'documents.read'] as const;
/** Whoever keeps the records of customers. */
const DESK = [
  ...PEOPLE,
  'customers.edit',
  'customers.create',
  'contacts.edit',
  'documents.edit',
  'autopay.edit',
  'customers.weblogin',
] as const;

/** Whoever speaks with customers takes payments and gives receipts. */
const COUNTER = ['payments.enter', 'deposits.read', 'paper.print', 'paper.mail', 'communications.read'] as const;
const MONEY = [
  ...COUNTER,
  'payments.edit',
  'payments.return',
  'payments.transfer',
  'payments.refund',
  'batches.manage',
  'batches.post',
  'drawers.use',
  'lockbox.manage',
  'adjustments.enter',
  'bills.adjust',
  'balances.transfer',
  'charges.special',
  'deposits.manage',
  'penalties.run',
] as const;

/** Default groups (guide: domain §10.4). Auditors read everything masked. */
export const DEFAULT_GROUPS: readonly DefaultGroup[] = [
  { code: 'administrator', name: 'Administrators', level: 3, permissions: [EVERYTHING], creditLimitCents: null },
  {
    code: 'manager',
    name: 'Managers',
    level: 3,
    permissions: [
      ...READ,
      ...DESK,
      'documents.secure',
      'owners.edit',
      'locations.edit',
      'notes.edit',
      'lists.export',
      'users.read',
      'audit.read',
      'sensitive.last4',
      'sensitive.reveal',
      'sensitive.edit',
      'sensitive.search',
      ...MONEY,
      'payments.reverse',
      'drawers.read',
      'adjustments.approve',
      'writeoffs.enter',
      'periods.close',
      'paper.formats',
    ],
    creditLimitCents: null,
  },
  {
    code: 'billing',
    name: 'Billing',
    level: 2,
    permissions: [
      ...READ,
      ...DESK,
      'owners.edit',
      'locations.edit',
      'notes.edit',
      'lists.export',
      'import.run',
      'sensitive.last4',
      'sensitive.edit',
      ...MONEY,
    ],
    creditLimitCents: 50_000,
  },
  {
    code: 'cashier',
    name: 'Cashiers',
    level: 1,
    permissions: [...READ, ...PEOPLE, ...COUNTER, 'payments.edit', 'batches.manage', 'drawers.use'],
    creditLimitCents: 0,
  },
  {
    code: 'callcenter',
    name: 'Call center',
    level: 1,
    permissions: [...READ, ...DESK, 'notes.edit', 'sensitive.last4', ...COUNTER, 'adjustments.enter'],
    creditLimitCents: 5000,
  },
  {
    code: 'collector',
    name: 'Collectors',
    level: 2,
    permissions: [
      ...READ,
      ...PEOPLE,
      'contacts.edit',
      'documents.edit',
      'notes.edit',
      'lists.export',
      'sensitive.last4',
      'sensitive.search',
      ...COUNTER,
      'adjustments.enter',
    ],
    creditLimitCents: 0,
  },
  {
    code: 'field',
    name: 'Field',
    level: 1,
    permissions: ['lookup.use', 'accounts.read', 'locations.read', 'usage.read', 'notes.read'],
    creditLimitCents: 0,
  },
  {
    code: 'auditor',
    name: 'Auditors',
    level: 3,
    permissions: [
      ...READ,
      ...PEOPLE,
      'users.read',
      'audit.read',
      'audit.export',
      'system.check',
      'deposits.read',
      'drawers.read',
      'communications.read',
    ],
    creditLimitCents: 0,
  },
];
