import { z } from 'zod';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { allocate } from '#services/ledger/allocate.ts';
import { enter } from '#services/ledger/enter.ts';
import { GL } from '#services/ledger/gl.ts';
import { post } from '#services/ledger/post.ts';
import { release, tiesOf } from '#services/ledger/release.ts';
import { type Call, command } from '#services/operation.ts';
import { type AccountRef } from './premises.ts';
import { TODAY } from './database.ts';

/** Money as the engine books it, for tests of what follows from it. */
const payOperation = command({
  name: 'test.pay',
  summary: 'Pay',
  permission: null,
  input: z.object({ id: z.int(), customerId: z.int(), cents: z.int(), on: z.string() }),
  run: async (ctx, { id, customerId, cents, on }) => {
    const line = { debitGl: GL.cash, creditGl: GL.receivable, amountCents: cents, effect: -1 } as const;
    const entered = await enter(ctx, {
      account: { id, customerId },
      kind: 'payment',
      effectiveOn: on,
      method: 'check',
      lines: [line],
    });
    await post(ctx, [entered.id]);
    return entered.lineIds[0]!;
  },
});

const bounceOperation = command({
  name: 'test.bounce',
  summary: 'Return a payment',
  permission: null,
  input: z.object({ id: z.int(), customerId: z.int(), line: z.int(), cents: z.int(), on: z.string() }),
  run: async (ctx, { id, customerId, line, cents, on }) => {
    await release(ctx, await tiesOf(ctx, 'credit', [line]), on);
    const back = { debitGl: GL.receivable, creditGl: GL.cash, amountCents: cents, effect: 1 } as const;
    const entered = await enter(ctx, {
      account: { id, customerId },
      kind: 'nsf',
      effectiveOn: on,
      dueOn: on,
      lines: [back],
    });
    await post(ctx, [entered.id]);
    const [debit] = entered.lineIds;
    const end = { customerId, effectiveOn: on };
    await allocate(ctx, [{ credit: { id: line, ...end }, debit: { id: debit!, ...end }, cents }]);
  },
});

/** A payment, posted; answers its line. */
export const pay = (call: Call, account: AccountRef, cents: Cents, on: CivilDate = TODAY): Promise<number> =>
  call(payOperation, { id: account.id, customerId: account.customerId, cents, on });

/** The payment of that line comes back. */
export const bounce = (
  call: Call,
  account: AccountRef,
  line: number,
  cents: Cents,
  on: CivilDate = TODAY,
): Promise<void> => call(bounceOperation, { id: account.id, customerId: account.customerId, line, cents, on });
