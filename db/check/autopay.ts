import type { Rule } from './finding.ts';

/** What holds of customers' automatic payments. */
export const autopayRules: readonly Rule[] = [
  {
    name: 'one-automatic-payment',
    title: 'Of the automatic payments of a customer that have not ended exactly one is drawn from by itself',
    find: async (db, limit) => {
      const rows = await db
        .selectFrom('autopay_instruction')
        .select('customer_id')
        .select((eb) => eb.fn.sum<number>('automatic').as('automatic'))
        .where('ended_on', 'is', null)
        .groupBy('customer_id')
        .having((eb) => eb.fn.sum('automatic'), '<>', 1)
        .orderBy('customer_id')
        .limit(limit)
        .execute();
      return rows.map(({ customer_id: id, automatic }) => ({
        account: null,
        message: `customer ${id}: ${Number(automatic)} automatic instruments`,
      }));
    },
  },
];
