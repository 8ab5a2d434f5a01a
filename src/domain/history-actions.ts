import type { CoreMethod } from './payment-core.ts';

/** What can be done with a line of the history (guide: domain §10.6, the seed's buttons). */
export const HISTORY_ACTIONS = [
  'adjustBill',
  'reverseCharges',
  'adjust',
  'transfer',
  'return',
  'chargeBack',
  'reverse',
  'refund',
  'reinstate',
  'delete',
] as const;
export type HistoryAction = (typeof HISTORY_ACTIONS)[number];

/** What decides it, of the transaction selected. */
export interface ActionFacts {
  readonly kind: string;
  readonly status: 'unposted' | 'posted';
  /** Of a payment: what its method is at the core. */
  readonly core: CoreMethod | null;
  /** It is reversed, returned or charged back as a whole. */
  readonly takenBack: boolean;
  /** Of what was transferred here: it is a debt, no money. */
  readonly isDebt: boolean;
  /** Of a charge: something of it can still be changed; null when everything can. */
  readonly locked: string | null;
  /** Of a charge: every line of it was reversed. */
  readonly allReversed: boolean;
  /** Of a write-off: something of it stands. */
  readonly stands: boolean;
  /** Of a payment: it has a receipt, by which it is deleted while it is not posted. */
  readonly hasReceipt: boolean;
  /** Of a refund: it only tells another reference of one. */
  readonly isCorrection: boolean;
}

/** Opens its form to add something, to edit it, or to look at it. */
export type ActionMode = 'add' | 'edit' | 'view';

/** An action that fits the line: the mode its form opens in, or the reason why it cannot be done now. */
export type OfferedAction =
  | { readonly action: HistoryAction; readonly mode: ActionMode }
  | { readonly action: HistoryAction; readonly reason: string };

/** The right that each asks for; what is deleted asks for its own. */
export const ACTION_RIGHTS: Readonly<Record<HistoryAction, string>> = {
  adjustBill: 'bills.adjust',
  reverseCharges: 'bills.adjust',
  adjust: 'adjustments.enter',
  transfer: 'payments.transfer',
  return: 'payments.return',
  chargeBack: 'payments.return',
  reverse: 'payments.reverse',
  refund: 'payments.refund',
  reinstate: 'writeoffs.enter',
  delete: 'adjustments.enter',
};

const DELETING: Readonly<Record<string, string>> = {
  payment: 'payments.edit',
  refund: 'payments.refund',
  charge: 'bills.adjust',
};

const CHARGES = ['charge', 'penalty', 'nsf_fee', 'deferred_charge', 'special_charge', 'budget_trueup'];

function ofCharge({ status, locked, allReversed, kind }: ActionFacts): OfferedAction[] {
  if (status === 'unposted') {
    if (kind === 'nsf_fee')
      return [
        { action: 'return', mode: 'edit' },
        { action: 'delete', mode: 'edit' },
      ];
    const change: OfferedAction = { action: 'adjustBill', mode: 'edit' };
    return kind === 'charge' ? [change, { action: 'delete', mode: 'edit' }] : [change];
  }
  const gone = 'Every line of it was reversed.';
  return [
    allReversed
      ? { action: 'adjustBill', reason: gone }
      : locked === null
        ? { action: 'adjustBill', mode: 'add' }
        : { action: 'adjustBill', reason: locked },
    { action: 'adjust', mode: 'add' },
    allReversed ? { action: 'reverseCharges', reason: gone } : { action: 'reverseCharges', mode: 'add' },
  ];
}

function ofPayment({ status, core, takenBack, hasReceipt }: ActionFacts): OfferedAction[] {
  if (status === 'unposted') return hasReceipt ? [{ action: 'delete', mode: 'edit' }] : [];
  if (takenBack) return core === 'check' || core === 'draft' ? [{ action: 'return', mode: 'view' }] : [];
  return [
    { action: 'transfer', mode: 'add' },
    ...(core === 'check' || core === 'draft' ? [{ action: 'return', mode: 'add' } as const] : []),
    ...(core === 'card' ? [{ action: 'chargeBack', mode: 'add' } as const] : []),
    { action: 'reverse', mode: 'add' },
  ];
}

/** Actions that fit a line, whoever looks; those that nobody could do on it are left out. */
export function fittingActions(facts: ActionFacts): OfferedAction[] {
  const { kind, status } = facts;
  if (CHARGES.includes(kind)) return ofCharge(facts);
  if (kind === 'payment') return ofPayment(facts);
  if (kind === 'transfer_in')
    return status === 'posted' && !facts.takenBack && !facts.isDebt ? [{ action: 'transfer', mode: 'add' }] : [];
  if (kind === 'nsf') return [{ action: 'return', mode: 'view' }];
  if (kind === 'refund') {
    if (status === 'unposted') return [{ action: 'delete', mode: 'edit' }];
    return facts.isCorrection ? [] : [{ action: 'refund', mode: 'edit' }];
  }
  if (kind === 'adjustment' && status === 'unposted') {
    return [
      { action: 'adjust', mode: 'edit' },
      { action: 'delete', mode: 'edit' },
    ];
  }
  if (kind === 'write_off') {
    return [
      facts.stands ? { action: 'reinstate', mode: 'add' } : { action: 'reinstate', reason: 'It was taken back.' },
    ];
  }
  return [];
}

/** The same for somebody with these rights: what one may not do is hidden. */
export const historyActions = (facts: ActionFacts, may: (right: string) => boolean): OfferedAction[] =>
  fittingActions(facts).filter(({ action }) =>
    may((action === 'delete' ? DELETING[facts.kind] : undefined) ?? ACTION_RIGHTS[action]),
  );
