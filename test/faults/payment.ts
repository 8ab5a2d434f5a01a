import type { CallOptions, Call } from '#services/operation.ts';
import type { PaymentFacts } from '#services/payments/input.ts';
import { enterPayment, type PaymentReceipt } from '#services/payments/write.ts';

/** A payment in cash, which counts at once: the office has it so. */
export const pay = (
  call: Call,
  { accountId, cents }: { readonly accountId: number; readonly cents: number },
  options: CallOptions = {},
): Promise<PaymentReceipt> =>
  call(
    enterPayment,
    { accounts: [{ accountId }], tenders: [{ method: 'cash', cents }] } as unknown as PaymentFacts,
    options,
  );
