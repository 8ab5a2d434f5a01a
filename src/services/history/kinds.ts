import type { TransactionKind } from '#db/entities/ledger.ts';

/** Kinds in the words of the people who read them. */
export const KIND_LABELS: Readonly<Record<TransactionKind, string>> = {
  charge: 'Charge',
  payment: 'Payment',
  adjustment: 'Adjustment',
  penalty: 'Penalty',
  deposit_charge: 'Deposit charge',
  deposit_apply: 'Deposit applied',
  deposit_refund: 'Deposit refund',
  interest_credit: 'Interest credit',
  nsf: 'Returned payment',
  nsf_fee: 'Returned-item fee',
  reversal: 'Reversal',
  transfer_out: 'Transfer out',
  transfer_in: 'Transfer in',
  refund: 'Refund',
  write_off: 'Write-off',
  write_off_reinstate: 'Write-off taken back',
  deferred_charge: 'Deferred charge',
  budget_trueup: 'Budget true-up',
  special_charge: 'Special charge',
  credit_apply: 'Credit applied',
};

/** The views of a history: everything, or what is of one sort. */
export const HISTORY_VIEWS = [
  'all',
  'charges',
  'payments',
  'adjustments',
  'unposted',
  'service',
  'statement',
  'invoice',
] as const;
export type HistoryView = (typeof HISTORY_VIEWS)[number];

/**
 * Kinds of the three views that go by kind. A reversal belongs with what it takes back: by its
 * sign it is among the charges (it lowers the debt) or the payments (it raises it again).
 */
export const KINDS_OF_VIEW: Readonly<Record<'charges' | 'payments' | 'adjustments', readonly TransactionKind[]>> = {
  charges: ['charge', 'penalty', 'nsf_fee', 'deposit_charge', 'deferred_charge', 'special_charge'],
  payments: [
    'payment',
    'nsf',
    'refund',
    'transfer_out',
    'transfer_in',
    'credit_apply',
    'deposit_apply',
    'deposit_refund',
  ],
  adjustments: ['adjustment', 'write_off', 'write_off_reinstate', 'budget_trueup', 'interest_credit'],
};

/** Whether a transaction of that kind can be read as an invoice. */
export const isInvoice = (kind: TransactionKind): boolean => KINDS_OF_VIEW.charges.includes(kind);
