import type { BatchKind } from '#db/entities/payment.ts';

/** Kinds of batches; apart from the entities, which load the unit of work. */
export const BATCH_KINDS_LIST = [
  'payments',
  'lockbox',
  'charges',
  'adjustments',
  'penalties',
  'refunds',
  'deposits',
  'write_offs',
] as const satisfies readonly BatchKind[];

/** In the words of the people who read them. */
export const BATCH_KIND_LABELS: Readonly<Record<BatchKind, string>> = {
  payments: 'Payments',
  lockbox: 'Lockbox',
  charges: 'Charges',
  adjustments: 'Adjustments',
  penalties: 'Penalties',
  refunds: 'Refunds',
  deposits: 'Deposits',
  write_offs: 'Write-offs',
};
