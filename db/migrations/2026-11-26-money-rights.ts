import type { DualMigration } from './dual.ts';

/**
 * Rights that came with payments, deposits and paper, for the default groups of utilities that were
 * there before: a new one gets all of its rights when it is made.
 */
const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  manager: [
    'payments.enter',
    'payments.edit',
    'payments.return',
    'payments.transfer',
    'payments.reverse',
    'payments.refund',
    'batches.manage',
    'batches.post',
    'drawers.use',
    'drawers.read',
    'lockbox.manage',
    'adjustments.enter',
    'adjustments.approve',
    'bills.adjust',
    'balances.transfer',
    'writeoffs.enter',
    'charges.special',
    'deposits.read',
    'deposits.manage',
    'penalties.run',
    'periods.close',
    'paper.print',
    'paper.mail',
    'paper.formats',
    'communications.read',
  ],
  billing: [
    'payments.enter',
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
    'deposits.read',
    'deposits.manage',
    'penalties.run',
    'paper.print',
    'paper.mail',
    'communications.read',
  ],
  cashier: [
    'payments.enter',
    'payments.edit',
    'batches.manage',
    'drawers.use',
    'deposits.read',
    'paper.print',
    'paper.mail',
    'communications.read',
  ],
  callcenter: [
    'payments.enter',
    'adjustments.enter',
    'deposits.read',
    'paper.print',
    'paper.mail',
    'communications.read',
  ],
  collector: [
    'payments.enter',
    'adjustments.enter',
    'deposits.read',
    'paper.print',
    'paper.mail',
    'communications.read',
  ],
  auditor: ['deposits.read', 'drawers.read', 'communications.read'],
};

const grants = Object.entries(RIGHTS).flatMap(([group, permissions]) =>
  permissions.map(
    (permission) => `insert into group_permission (id, group_id, permission)
      select coalesce((select max(id) from group_permission), 0) + 1, g.id, '${permission}' from user_group g
      where g.code = '${group}' and not exists
        (select 1 from group_permission p where p.group_id = g.id and p.permission = '${permission}');`,
  ),
);

export const migration: DualMigration = {
  name: '2026-11-26-money-rights',
  sqlite: { up: grants },
  postgresql: { up: grants },
};
