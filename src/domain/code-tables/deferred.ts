import { CALCULATIONS, DEFERRED_TERMS, type DeferredTerms, SIGN_UPS, TRIGGERS } from '../deferred.ts';
import { amountOf, at, choiceOf, codeOf, codesOf, flag, percentOf, upTo } from './shapes.ts';
import { type CodeTable, GENERAL_LEDGER } from './table.ts';

const terms = DEFERRED_TERMS.shape;

/** A value counts while its tick is set. */
const ticked =
  (tick: keyof DeferredTerms, label: string) =>
  (values: Readonly<Record<string, unknown>>): true | string =>
    values[tick] === 1 ? true : `Only while ${label} is ticked.`;

/** What must be said: at least one amount, and a value where its tick is set. */
function wrong(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const { fixed, percentage, roundUp, fixedCents, millionths, roundUpCents, ...order } = values as DeferredTerms;
  return {
    ...(fixed + percentage + roundUp === 0 ? { fixed: 'Tick at least one: fixed, percentage or round-up' } : {}),
    ...(fixed === 1 && fixedCents === 0 ? { fixedCents: 'Give the amount' } : {}),
    ...(percentage === 1 && millionths === 0 ? { millionths: 'Give the percentage' } : {}),
    ...(roundUp === 1 && roundUpCents === 0 ? { roundUpCents: 'Give what is rounded up to a multiple of' } : {}),
    ...(order.useCompanyOrder === 0 && order.services.length === 0 ? { services: 'Name the services in order' } : {}),
  };
}

const services = codesOf('services', 'Service apply order', 'service_type', terms.services, {
  aside: true,
  help: 'The charge goes on the first of them that the account has. F4 lists them, to be moved up and down.',
  enabled: ({ useCompanyOrder }) => (useCompanyOrder === 1 ? 'The company payoff order is used.' : true),
});

/** Charges that wait for a payment. */
export const DEFERRED_TABLE: CodeTable = {
  area: 'billing',
  ...upTo(6),
  name: 'deferred_charge',
  title: 'Deferred charges',
  one: 'deferred charge',
  words: 'Charges and donations that a payment brings about, in the order in which they are applied.',
  ordered: true,
  orderWords: 'the apply order of the charges',
  attributes: [
    {
      ...choiceOf('signUp', 'Sign-up type', SIGN_UPS, {
        fixed: true,
        help: 'Opt-in: who joins is charged. Opt-out: all are who do not decline. It cannot be changed later.',
      }),
      schema: terms.signUp,
    },
    {
      ...choiceOf('trigger', 'Trigger type', TRIGGERS, {
        help: 'Overpayment: takes what was paid too much, never raises the balance. Payment: with any payment.',
      }),
      schema: terms.trigger,
    },
    flag('fixed', 'Fixed', { aside: true }, terms.fixed),
    amountOf('fixedCents', 'Fixed amount', terms.fixedCents, { enabled: ticked('fixed', 'Fixed') }),
    flag('percentage', 'Percentage', { aside: true, help: 'Of the statement.' }, terms.percentage),
    percentOf('millionths', 'Percent', terms.millionths, { enabled: ticked('percentage', 'Percentage') }),
    flag('roundUp', 'Round-up', { aside: true, help: 'The statement, to a multiple of the amount.' }, terms.roundUp),
    amountOf('roundUpCents', 'Nearest multiple of', terms.roundUpCents, { enabled: ticked('roundUp', 'Round-up') }),
    {
      ...choiceOf('calculation', 'Calculation type', CALCULATIONS, {
        help: 'The largest, the smallest or the total of what is ticked.',
      }),
      schema: terms.calculation,
    },
    flag('cap', 'Never let amount exceed', { aside: true }, terms.cap),
    amountOf('capCents', 'At most', terms.capCents, { enabled: ticked('cap', 'Never let amount exceed') }),
    codeOf('gl', 'GL code', GENERAL_LEDGER, terms.gl),
    flag(
      'useCompanyOrder',
      'Use company payoff order',
      { aside: true, help: 'Of services; otherwise an order of its own.' },
      terms.useCompanyOrder,
    ),
    { ...services, kind: { as: 'codes', of: 'service_type', ordered: true } },
    flag(
      'oncePerStatement',
      'Once a statement',
      { aside: true, help: 'However often it is paid in parts; otherwise with each payment.' },
      terms.oncePerStatement,
    ),
  ],
  rule: wrong,
  usedIn: [at('deferred_participation', 'charge', 'customers'), at('deferred_posting', 'charge', 'charges made')],
};
