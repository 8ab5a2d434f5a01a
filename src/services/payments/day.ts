import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { Failure } from '../failure.ts';
import { assertOpenPeriod } from '../ledger/periods.ts';
import { query } from '../operation.ts';
import { day } from './input.ts';

/**
 * Asks that a payment can be dated so: not ahead, and not into a closed period, where its batch
 * could never be posted.
 * @throws Failure `invalid` or `refused`, at the field `paidOn`
 */
export async function assertPaymentDay(db: Db, paidOn: CivilDate, today: CivilDate): Promise<void> {
  if (paidOn > today) {
    const message = 'The payment date is in the future.';
    throw new Failure('invalid', message, { paidOn: message });
  }
  await assertOpenPeriod(db, [paidOn], 'paidOn');
}

export const paymentDay = query({
  name: 'payment.day',
  summary: 'Whether a payment can be dated to a day',
  permission: 'payments.enter',
  input: z.object({ paidOn: day }),
  run: async ({ db, today }, { paidOn }): Promise<CivilDate> => {
    await assertPaymentDay(db, paidOn, today);
    return paidOn;
  },
});
