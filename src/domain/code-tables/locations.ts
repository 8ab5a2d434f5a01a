import { z } from 'zod';
import { at, choiceOf, codeOf, numberOf, upTo } from './shapes.ts';
import { type CodeTable, GENERAL_LEDGER } from './table.ts';

const listed = { area: 'locations', ordered: false, ...upTo(20) } as const;
const whole = (least: number, most: number, otherwise: number) =>
  z.int('A whole number').min(least, `At least ${least}`).max(most, `At most ${most}`).default(otherwise);
const gl = z.string().min(1, 'Choose a code of the general ledger').max(20);
const byId = { by: 'id' } as const;

/** Tables of locations and what is delivered there. */
export const LOCATION_TABLES: readonly CodeTable[] = [
  {
    ...listed,
    name: 'revenue_class',
    title: 'Revenue classes',
    one: 'revenue class',
    words: 'Kinds of customers for revenue: residential, commercial.',
    attributes: [],
    usedIn: [at('location', 'revenue_class_id', 'locations', byId)],
    stored: { table: 'revenue_class', entity: 'RevenueClass', columns: {} },
  },
  {
    ...listed,
    name: 'route',
    title: 'Routes',
    one: 'route',
    words: 'Rounds on which meters are read.',
    attributes: [],
    usedIn: [at('location', 'route_id', 'locations', byId)],
    stored: { table: 'route', entity: 'Route', columns: {} },
  },
  {
    ...listed,
    name: 'cycle',
    title: 'Billing cycles',
    one: 'cycle',
    words: 'When bills are made; a location’s bill period follows from its cycle.',
    attributes: [
      choiceOf('billPeriod', 'Bill period', {
        monthly: 'Monthly',
        bimonthly: 'Every two months',
        quarterly: 'Quarterly',
      }),
      numberOf('billDay', 'Bill day', whole(1, 31, 1), { help: 'Day of the month on which bills are dated.' }),
      numberOf('dueDays', 'Days until due', whole(0, 365, 20)),
    ],
    usedIn: [at('location', 'cycle_id', 'locations', byId)],
    stored: {
      table: 'cycle',
      entity: 'Cycle',
      columns: { billPeriod: 'bill_period', billDay: 'bill_day', dueDays: 'due_days' },
    },
  },
  {
    ...listed,
    name: 'service_type',
    title: 'Services and payoff order',
    one: 'service',
    words: 'What is billed, in the order in which money pays what is owed for it.',
    ordered: true,
    orderWords: 'the payoff order: debts of the first service are paid first',
    attributes: [
      {
        name: 'unit',
        label: 'Unit',
        kind: { as: 'text', most: 10 },
        schema: z.string().max(10, 'Use at most 10 characters').nullable().default(null),
        help: 'Of consumption: kgal, HCF, kWh; empty when the service has no meter.',
      },
      codeOf('receivableGl', 'Receivable GL', GENERAL_LEDGER, gl),
      codeOf('revenueGl', 'Revenue GL', GENERAL_LEDGER, gl),
    ],
    usedIn: [
      at('account_service', 'service_type_id', 'services of accounts', byId),
      at('rate_code', 'service_type_id', 'rates', byId),
      at('meter_installation', 'service_type_id', 'meters', byId),
      at('special_charge', 'service_type_id', 'special charges', byId),
      at('deposit', 'service_type_id', 'deposits', byId),
      at('ledger_line', 'service_type_id', 'lines of the ledger', { by: 'id', large: true }),
      at('meter_read', 'service_type_id', 'readings', { by: 'id', large: true }),
    ],
    stored: {
      table: 'service_type',
      entity: 'ServiceType',
      sort: 'payoff_rank',
      columns: { unit: 'unit', receivableGl: 'receivable_gl', revenueGl: 'revenue_gl' },
    },
  },
  {
    ...listed,
    ordered: true,
    name: 'service_order_category',
    title: 'Service order categories',
    one: 'category',
    words: 'What a service order is for.',
    attributes: [],
    usedIn: [at('service_order', 'category', 'service orders')],
  },
];
