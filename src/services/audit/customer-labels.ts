import type { Db } from '#db/schema.ts';
import type { Label } from './label.ts';

type Table = 'customer_address' | 'customer_phone' | 'customer_email' | 'autopay_instruction' | 'web_login_token';

/** What belongs to a customer is called by the customer: there one sees it. */
const ofCustomers =
  (table: Table) =>
  async (db: Db, ids: readonly number[]): Promise<Label[]> => {
    const rows = await db
      // The tables are alike in what is asked of them.
      .selectFrom(`${table as 'customer_address'} as x`)
      .innerJoin('customer as c', 'c.id', 'x.customer_id')
      .select(['x.id', 'c.id as customerId', 'c.number'])
      .where('x.id', 'in', ids)
      .execute();
    return rows.map(({ id, customerId, number }) => ({ id, record: `of ${number}`, jump: { customerId } }));
  };

/** How entries about parts of a customer are called; of what was taken away there is nothing left to call. */
export const CUSTOMER_READERS = {
  CustomerAddress: ofCustomers('customer_address'),
  CustomerPhone: ofCustomers('customer_phone'),
  CustomerEmail: ofCustomers('customer_email'),
  AutopayInstruction: ofCustomers('autopay_instruction'),
  WebLoginToken: ofCustomers('web_login_token'),
};
