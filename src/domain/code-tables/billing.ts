import { DEPOSIT_TERMS } from '../deposit.ts';
import { PENALTY_TERMS } from '../penalty.ts';
import { amountOf, at, choiceOf, codeOf, codesOf, flag, numberOf, percentOf, ratesOf, upTo } from './shapes.ts';
import { type CodeTable, GENERAL_LEDGER } from './table.ts';

const listed = { area: 'billing', ordered: true, settable: true, ...upTo(20) } as const;
const penalty = PENALTY_TERMS.shape;
const deposit = DEPOSIT_TERMS.shape;

/** Tables of what is charged besides service. */
export const BILLING_TABLES: readonly CodeTable[] = [
  {
    ...listed,
    name: 'penalty_code',
    title: 'Penalties',
    one: 'penalty',
    words: 'Late charges: their rate, what they are reckoned on and who is exempt.',
    attributes: [
      {
        ...choiceOf('basis', 'Reckoned on', {
          past_due: 'All that is past due',
          current_bill: 'The last bill alone',
          services: 'The services named',
        }),
        schema: penalty.basis,
      },
      percentOf('millionths', 'Percent', penalty.millionths),
      amountOf('flatCents', 'Flat amount', penalty.flatCents),
      amountOf('minimumCents', 'At least', penalty.minimumCents, { aside: true }),
      amountOf('maximumCents', 'At most', penalty.maximumCents, { aside: true, help: 'Empty: any amount.' }),
      amountOf('leastBaseCents', 'Least balance', penalty.leastBaseCents, {
        aside: true,
        help: 'Below it nothing is charged.',
      }),
      numberOf('graceDays', 'Days of grace', penalty.graceDays),
      flag(
        'oncePerItem',
        'Once a debt',
        { aside: true, help: 'Each debt once for ever; otherwise once a month.' },
        penalty.oncePerItem,
      ),
      flag(
        'onPenalties',
        'On penalties',
        { aside: true, help: 'Penalties themselves are penalised.' },
        penalty.onPenalties,
      ),
      codesOf('services', 'Services', 'service_type', penalty.services, {
        aside: true,
        enabled: ({ basis }) => (basis === 'services' ? true : 'Only where it is reckoned on services.'),
      }),
      codesOf('exemptServices', 'Exempt services', 'service_type', penalty.exemptServices, { aside: true }),
      codesOf('exemptClasses', 'Exempt classes', 'revenue_class', penalty.exemptClasses, { aside: true }),
      flag(
        'exemptGovernment',
        'Not government',
        { aside: true, help: 'Government pays no penalty.' },
        penalty.exemptGovernment,
      ),
      codeOf('gl', 'GL code', GENERAL_LEDGER, penalty.gl),
      numberOf('dueDays', 'Days until due', penalty.dueDays, { aside: true }),
    ],
    usedIn: [at('penalty_run', 'code', 'penalty runs')],
  },
  {
    ...listed,
    name: 'deposit_code',
    title: 'Deposits',
    one: 'deposit code',
    words: 'Kinds of deposits: what is asked for, its interest, when it is given back.',
    attributes: [
      amountOf('amountCents', 'Amount', deposit.amountCents, { help: 'Proposed; 0: nothing is.' }),
      codeOf('gl', 'GL code', GENERAL_LEDGER, deposit.gl),
      flag('refundable', 'Refundable', {}, deposit.refundable),
      {
        ...choiceOf('interest', 'Interest', { none: 'None', simple: 'Simple', compound: 'Compound' }),
        schema: deposit.interest,
      },
      ratesOf('rates', 'Rates', deposit.rates, { aside: true, help: 'A line each: 2026-01-01 2.5' }),
      {
        ...choiceOf('payInterest', 'Interest paid', { yearly: 'By the yearly run', release: 'When it is released' }),
        schema: deposit.payInterest,
        aside: true,
      },
      numberOf('refundMonths', 'Months held', deposit.refundMonths, {
        help: 'Of good standing before it is given back by itself; 0: never by itself.',
      }),
      numberOf('maxLate', 'Late overlooked', deposit.maxLate, { aside: true }),
      numberOf('maxReturned', 'Returns overlooked', deposit.maxReturned, { aside: true }),
      flag(
        'onlyService',
        'Its service only',
        { aside: true, help: 'Pays only debts of the service that it was charged for.' },
        deposit.onlyService,
      ),
    ],
    usedIn: [at('deposit', 'code', 'deposits')],
  },
  {
    ...listed,
    name: 'charge_code',
    title: 'Charges',
    one: 'charge',
    words: 'What may be charged besides service, and the account that it goes to.',
    attributes: [
      codeOf('gl', 'GL code', GENERAL_LEDGER, penalty.gl.unwrap().default('4900')),
      flag('taxable', 'Taxable'),
    ],
    usedIn: [
      at('special_charge', 'code', 'special charges'),
      at('ledger_line', 'code', 'lines of the ledger', { large: true }),
    ],
  },
];
