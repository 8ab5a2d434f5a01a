import { EVERYTHING, type Permission, PERMISSIONS } from './permissions.ts';

/** Headings of the rights by the first part of their names, in the order of the list. */
const AREAS: Readonly<Record<string, string>> = {
  lookup: 'Customers and accounts',
  accounts: 'Customers and accounts',
  customers: 'Customers and accounts',
  locations: 'Customers and accounts',
  owners: 'Customers and accounts',
  autopay: 'Customers and accounts',
  contacts: 'Contacts and documents',
  documents: 'Contacts and documents',
  history: 'Customers and accounts',
  usage: 'Customers and accounts',
  notes: 'Notes',
  payments: 'Payments',
  batches: 'Payments',
  drawers: 'Payments',
  lockbox: 'Payments',
  adjustments: 'Corrections and charges',
  bills: 'Corrections and charges',
  balances: 'Corrections and charges',
  writeoffs: 'Corrections and charges',
  charges: 'Corrections and charges',
  deposits: 'Deposits and penalties',
  penalties: 'Deposits and penalties',
  periods: 'Deposits and penalties',
  paper: 'Paper and mail',
  communications: 'Paper and mail',
  sensitive: 'Sensitive numbers',
  lists: 'Lists and files',
  import: 'Lists and files',
  options: 'Set-up',
};

const OTHERS = 'Administration';

/** A right as somebody who gives it reads it. */
export interface RightInWords {
  readonly permission: Permission | typeof EVERYTHING;
  readonly area: string;
  /** What it lets its holder do. */
  readonly words: string;
}

/** Every right with its area and what it lets its holder do, areas together. */
export function rightsInWords(): RightInWords[] {
  const rights = Object.entries(PERMISSIONS).map(([permission, words]) => ({
    permission: permission as Permission,
    area: AREAS[permission.split('.')[0]!] ?? OTHERS,
    words,
  }));
  const areas = [...new Set([...Object.values(AREAS), OTHERS])];
  return [
    { permission: EVERYTHING, area: 'Everything', words: 'Every right, also those yet to come' },
    ...areas.flatMap((area) => rights.filter((right) => right.area === area)),
  ];
}
