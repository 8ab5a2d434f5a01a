import { at, upTo } from './shapes.ts';
import type { CodeTable } from './table.ts';

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
  attributes: [],
  usedIn: [at('deferred_participation', 'charge', 'customers'), at('deferred_posting', 'charge', 'charges made')],
};
