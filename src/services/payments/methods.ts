import type { Db } from '#db/schema.ts';
import { paymentMethod, type PayingRules, type PaymentMethod, refusalOf } from '#domain/payment-methods.ts';
import { idList } from '#db/bulk-add.ts';
import { refusedMethods } from '../accounts/refused-methods.ts';
import { codeValues } from '../code-tables/values.ts';

/** Active payment methods, in their order. */
export async function paymentMethods(db: Db): Promise<PaymentMethod[]> {
  return (await codeValues(db, 'payment_method')).map(paymentMethod);
}

/** An account as a payment needs it. */
export interface PayingAccount {
  readonly id: number;
  readonly customerId: number;
  readonly number: string;
  readonly name: string;
  readonly balanceCents: number;
  readonly unpostedCents: number;
  readonly rules: PayingRules;
}

/** Accounts with balance and what their customers' records say about paying. */
export async function payingAccounts(db: Db, ids: readonly number[]): Promise<Map<number, PayingAccount>> {
  const rows = await db
    .selectFrom('account as a')
    .innerJoin('customer as c', 'c.id', 'a.customer_id')
    .leftJoin('account_balance as b', 'b.account_id', 'a.id')
    .select([
      'a.id',
      'a.customer_id as customerId',
      'a.number',
      'c.display_name as name',
      'b.balance_cents as balanceCents',
      'b.unposted_cents as unpostedCents',
      'c.no_payments as noPayments',
      'c.no_checks as noChecks',
      'c.disallowed_methods as disallowed',
    ])
    .where('a.id', 'in', idList(db, ids))
    .execute();
  return new Map(
    rows.map(({ noPayments, noChecks, disallowed, balanceCents, unpostedCents, ...row }) => [
      row.id,
      {
        ...row,
        balanceCents: balanceCents ?? 0,
        unpostedCents: unpostedCents ?? 0,
        rules: { noPayments: noPayments === 1, noChecks: noChecks === 1, disallowed: refusedMethods(disallowed) },
      },
    ]),
  );
}

/** A method as one customer may use it. */
export interface OfferedMethod extends PaymentMethod {
  /** Why not, or null. */
  readonly refused: string | null;
}

/** Methods for several accounts: what one of them refuses is refused. */
export const offeredMethods = (
  methods: readonly PaymentMethod[],
  accounts: Iterable<PayingAccount>,
): OfferedMethod[] => {
  const all = [...accounts];
  return methods.map((method) => ({
    ...method,
    refused: all.map(({ rules }) => refusalOf(method, rules)).find((reason) => reason !== null) ?? null,
  }));
};
