import type { LetterData } from './data.ts';
import { accountHead, emailsOf, type Making } from './who.ts';

/** What a letter or a form to be signed knows of an account's customer. */
export async function letterData(making: Making, accountId: number): Promise<LetterData> {
  const { db } = making;
  const { head, options, account } = await accountHead(making, accountId);
  const phone = await db
    .selectFrom('customer_phone')
    .select('number')
    .where('customer_id', '=', account.customerId)
    .orderBy('is_primary', 'desc')
    .orderBy('id')
    .executeTakeFirst();
  const [email] = await emailsOf(db, account.customerId);
  return {
    ...head,
    phone: phone?.number ?? '',
    email: email ?? '',
    processor: options.cardProcessor,
    budget: account.budgetCents !== null && options.accountBudgets,
  };
}
