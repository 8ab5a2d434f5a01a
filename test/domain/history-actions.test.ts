import { describe, expect, test } from 'vitest';
import {
  ACTION_RIGHTS,
  type ActionFacts,
  fittingActions,
  HISTORY_ACTIONS,
  historyActions,
  type OfferedAction,
} from '#domain/history-actions.ts';
import { PERMISSIONS } from '#domain/permissions.ts';

const facts = (more: Partial<ActionFacts>): ActionFacts => ({
  kind: 'charge',
  status: 'posted',
  core: null,
  takenBack: false,
  isDebt: false,
  locked: null,
  allReversed: false,
  stands: true,
  hasReceipt: true,
  isCorrection: false,
  ...more,
});

const brief = (offered: readonly OfferedAction[]): string[] =>
  offered.map((one) => ('mode' in one ? `${one.action} ${one.mode}` : `${one.action} – ${one.reason}`));

/** What is selected, and what is offered: the seed's buttons as the guide's matrix completes them (domain §10.6). */
const MATRIX: readonly (readonly [string, Partial<ActionFacts>, readonly string[]])[] = [
  ['charge posted, unpaid', {}, ['adjustBill add', 'adjust add', 'reverseCharges add']],
  [
    'charge posted, paid',
    { locked: 'This line is paid.' },
    ['adjustBill – This line is paid.', 'adjust add', 'reverseCharges add'],
  ],
  [
    'charge posted, every line reversed',
    { allReversed: true },
    ['adjustBill – Every line of it was reversed.', 'adjust add', 'reverseCharges – Every line of it was reversed.'],
  ],
  ['charge unposted', { status: 'unposted' }, ['adjustBill edit', 'delete edit']],
  ['penalty unposted', { kind: 'penalty', status: 'unposted' }, ['adjustBill edit']],
  ['penalty posted', { kind: 'penalty' }, ['adjustBill add', 'adjust add', 'reverseCharges add']],
  ['fee of a returned item, unposted', { kind: 'nsf_fee', status: 'unposted' }, ['return edit', 'delete edit']],
  ['payment unposted', { kind: 'payment', status: 'unposted', core: 'check' }, ['delete edit']],
  ['payment unposted, without a receipt', { kind: 'payment', status: 'unposted', hasReceipt: false }, []],
  ['payment posted, check', { kind: 'payment', core: 'check' }, ['transfer add', 'return add', 'reverse add']],
  ['payment posted, draft', { kind: 'payment', core: 'draft' }, ['transfer add', 'return add', 'reverse add']],
  ['payment posted, cash', { kind: 'payment', core: 'cash' }, ['transfer add', 'reverse add']],
  ['payment posted, card', { kind: 'payment', core: 'card' }, ['transfer add', 'chargeBack add', 'reverse add']],
  ['payment posted, of no known method', { kind: 'payment' }, ['transfer add', 'reverse add']],
  ['payment returned', { kind: 'payment', core: 'check', takenBack: true }, ['return view']],
  ['payment reversed, cash', { kind: 'payment', core: 'cash', takenBack: true }, []],
  ['payment moved here', { kind: 'transfer_in' }, ['transfer add']],
  ['debt moved here', { kind: 'transfer_in', isDebt: true }, []],
  ['payment moved here and returned', { kind: 'transfer_in', takenBack: true }, []],
  ['returned item', { kind: 'nsf' }, ['return view']],
  ['refund posted', { kind: 'refund' }, ['refund edit']],
  ['refund posted, of another reference', { kind: 'refund', isCorrection: true }, []],
  ['refund unposted', { kind: 'refund', status: 'unposted' }, ['delete edit']],
  ['adjustment unposted', { kind: 'adjustment', status: 'unposted' }, ['adjust edit', 'delete edit']],
  ['adjustment posted', { kind: 'adjustment' }, []],
  ['write-off that stands', { kind: 'write_off' }, ['reinstate add']],
  ['write-off taken back', { kind: 'write_off', stands: false }, ['reinstate – It was taken back.']],
  ['reversal', { kind: 'reversal' }, []],
];

describe('what can be done with a line of the history', () => {
  test.each(MATRIX)('%s', (_, selected, expected) => {
    expect(brief(fittingActions(facts(selected)))).toEqual(expected);
  });

  test('what one may not do is hidden', () => {
    const check = facts({ kind: 'payment', core: 'check' });
    expect(brief(historyActions(check, (right) => right === 'payments.return'))).toEqual(['return add']);
    expect(historyActions(check, () => false)).toEqual([]);
  });

  test('each sort is deleted by its own right: a refund by who may refund, an adjustment by who may adjust', () => {
    const may = (held: string) => (right: string) => right === held;
    const refund = facts({ kind: 'refund', status: 'unposted' });
    expect(brief(historyActions(refund, may('payments.refund')))).toEqual(['delete edit']);
    expect(historyActions(refund, may('adjustments.enter'))).toEqual([]);
    const payment = facts({ kind: 'payment', status: 'unposted' });
    expect(brief(historyActions(payment, may('payments.edit')))).toEqual(['delete edit']);
  });

  test('each asks for a right that exists', () => {
    expect(HISTORY_ACTIONS.map((action) => ACTION_RIGHTS[action]).filter((right) => !(right in PERMISSIONS))).toEqual(
      [],
    );
  });
});
