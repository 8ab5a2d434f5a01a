import { z } from 'zod';
import { at, flag, numberOf, percentOf, textOf, upTo } from './shapes.ts';
import type { CodeTable } from './table.ts';

const listed = { area: 'customers', ordered: true, ...upTo(20) } as const;

/** Tables that group customers and say how they stand. */
export const CUSTOMER_TABLES: readonly CodeTable[] = [
  {
    ...listed,
    name: 'account_status',
    title: 'Account status',
    one: 'account status',
    words: 'Where a customer stands in the billing system, as the Customer tab says it. Current and Shutoff are fixed.',
    attributes: [],
    usedIn: [at('customer', 'account_status', 'customers')],
  },
  {
    ...listed,
    name: 'customer_group',
    title: 'Customer groups',
    one: 'customer group',
    words: 'Groups of customers, for lists and for who may see whom.',
    attributes: [],
    usedIn: [
      at('customer', 'customer_group', 'customers'),
      at('customer', 'customer_group2', 'customers (second group)'),
      at('group_customer_group', 'customer_group', 'groups of users'),
    ],
  },
  {
    ...listed,
    name: 'chain_account',
    title: 'Chain accounts',
    one: 'chain account',
    words: 'Customers that belong together for reporting.',
    attributes: [],
    usedIn: [at('customer', 'chain_account', 'customers')],
  },
  {
    ...listed,
    name: 'salesperson',
    title: 'Salespeople',
    one: 'salesperson',
    words: 'Who brought a customer in.',
    attributes: [],
    usedIn: [at('customer', 'salesperson', 'customers')],
  },
  {
    ...listed,
    name: 'branch',
    title: 'Branches',
    one: 'branch',
    words: 'Offices that customers and locations belong to.',
    attributes: [],
    usedIn: [at('customer', 'branch', 'customers'), at('location', 'branch', 'locations')],
  },
  {
    ...listed,
    name: 'bill_group',
    title: 'Bill groups',
    one: 'bill group',
    words: 'Accounts that are billed together.',
    attributes: [],
    usedIn: [at('account', 'bill_group', 'accounts')],
  },
  {
    ...listed,
    name: 'terms',
    title: 'Terms',
    one: 'term',
    words: 'When an invoice is due.',
    settable: true,
    attributes: [
      numberOf(
        'days',
        'Days until due',
        z.int('A number of days').min(0, 'Not below 0').max(365, 'At most 365').default(0),
      ),
    ],
    usedIn: [at('customer', 'default_terms', 'customers'), at('account', 'terms', 'accounts')],
  },
  {
    ...listed,
    name: 'tax_group',
    title: 'Tax groups',
    one: 'tax group',
    words: 'Rates of tax, given to locations.',
    settable: true,
    attributes: [
      percentOf('millionths', 'Rate %', z.int().min(0, 'Not below 0').max(1_000_000, 'At most 100').default(0)),
    ],
    usedIn: [at('location', 'tax_group', 'locations'), at('location', 'cycle_tax_group', 'locations (cycle)')],
  },
  {
    ...listed,
    name: 'identity_check',
    title: 'Identity checks',
    one: 'identity check',
    words: 'How far the identity of a new customer was proven.',
    attributes: [],
    usedIn: [at('customer', 'identity_check', 'customers')],
  },
  {
    ...listed,
    name: 'special_condition',
    title: 'Special conditions',
    one: 'special condition',
    words: 'Markers with a badge of their own: life support, dog on site.',
    attributes: [
      textOf('badge', 'Badge', 20, { help: 'As it stands on the cards; empty: the code.' }),
      flag('noPenalty', 'No penalties', { help: 'Who has it is not penalised.' }),
      flag('noShutOff', 'No shut-off', { help: 'Who has it is not shut off.' }),
      flag('disputed', 'Disputed', { help: 'Counts as a disputed debt.' }),
    ],
    usedIn: [at('special_condition', 'code', 'special conditions')],
  },
];
