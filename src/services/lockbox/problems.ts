/** Why a payment of a file could not be credited by itself. */
export const LOCKBOX_PROBLEMS = {
  unknown_account: 'No such account',
  closed_account: 'Closed account, owes less',
  duplicate: 'The same was paid already',
  disallowed: 'Method not accepted',
  no_payments: 'Accept no payments',
  deleted: 'Its payment was deleted',
} as const;

export type LockboxProblem = keyof typeof LOCKBOX_PROBLEMS;
