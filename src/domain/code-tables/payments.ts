import { glCode } from '../code-attributes.ts';
import { coreMethod } from '../payment-core.ts';
import { at, choiceOf, codeOf, flag, upTo } from './shapes.ts';
import { type CodeTable, type CodeUse, GENERAL_LEDGER } from './table.ts';

const listed = { area: 'payments', ordered: true, ...upTo(20), attributes: [] } as const;

/** Transactions of some kinds that carry the reason. */
const on = (...values: string[]): readonly CodeUse[] => [
  at('ledger_transaction', 'reason', 'transactions', { large: true, only: { column: 'kind', values } }),
];

/** Tables of paying, and of taking back what was entered. */
export const PAYMENT_TABLES: readonly CodeTable[] = [
  {
    ...listed,
    name: 'payment_method',
    title: 'Payment methods',
    one: 'payment method',
    words:
      'How money comes. A method of one’s own is built on a core method and follows it: what is refused with the core is refused with it.',
    attributes: [
      choiceOf(
        'core',
        'Core method',
        { cash: 'Cash', check: 'Check', card: 'Card', draft: 'Bank draft' },
        {
          fixed: true,
          help: 'A bank returns checks and drafts; what refuses the core method refuses this one.',
        },
      ),
    ],
    implied: (code) => (coreMethod(code, null) !== null ? { core: code } : {}),
    usedIn: [
      at('tender', 'method', 'payments', { large: true }),
      at('ledger_transaction', 'method', 'transactions', { large: true }),
      at('lockbox_item', 'method', 'lockbox items'),
      at('customer', 'disallowed_methods', 'customers who may not use it', { by: 'list' }),
    ],
  },
  {
    ...listed,
    name: 'adjustment_reason',
    title: 'Reasons of adjustments',
    one: 'reason',
    words: 'Why an amount is corrected, and the account that it goes to.',
    settable: true,
    attributes: [codeOf('gl', 'GL code', GENERAL_LEDGER, glCode('4950')), flag('taxable', 'Taxable')],
    usedIn: on('adjustment'),
  },
  {
    ...listed,
    name: 'reversal_reason',
    title: 'Reasons of reversals',
    one: 'reason',
    words: 'Why a payment or a charge is taken back.',
    usedIn: on('reversal'),
  },
  {
    ...listed,
    name: 'return_reason',
    title: 'Reasons of returned items',
    one: 'reason',
    words: 'Why a bank returned a check or a draft.',
    usedIn: on('nsf', 'nsf_fee', 'reversal'),
  },
  {
    ...listed,
    name: 'write_off_reason',
    title: 'Reasons of write-offs',
    one: 'reason',
    words: 'Why a debt is given up.',
    usedIn: on('write_off', 'write_off_reinstate'),
  },
];
