import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseAddress } from '#db/database.ts';
import { openDatabase } from '#db/open.ts';
import { EVERYTHING } from '#domain/permissions.ts';
import type { Actor } from '#services/actor.ts';
import { Failure } from '#services/failure.ts';
import { createRunner } from '#services/runner.ts';
import { pay } from './payment.ts';

/** What a clerk is to do. */
export interface Shift {
  readonly where: DatabaseAddress;
  /** Accounts paid on, in turn. */
  readonly accounts: readonly number[];
  /** Number of the first payment and of the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Idempotency keys are this and the payment's number; none without it. */
  readonly keys?: string;
  /** Repeats every payment so many times, with the same key. */
  readonly repeats?: number;
  /** Waits for a word on standard input, then pays every so many ms, the first after a part of that. */
  readonly everyMs?: number;
}

/** What a clerk says of each payment, a line of JSON each. */
export interface Said {
  readonly n: number;
  readonly ms: number;
  readonly paymentId?: number;
  readonly receipt?: string;
  /** Code of the failure. */
  readonly failed?: string;
}

/*
 * A clerk in a process of its own: `node clerk.ts SHIFT`, a JSON object. What was acknowledged
 * is said at once.
 */
const actor: Actor = {
  userId: 1,
  username: 'tess',
  displayName: 'Tess Ter',
  groups: ['administrator'],
  permissions: new Set([EVERYTHING]),
  level: 3,
  source: 'call',
};
const shift = JSON.parse(process.argv[2]!) as Shift;
const database = await openDatabase(shift.where);
const call = createRunner({ database, actor, clock: { now: Date.now, today: () => '2026-11-21' } });
const say = (said: Said | { ready: true }): void => void process.stdout.write(`${JSON.stringify(said)}\n`);

async function payment(n: number): Promise<void> {
  const began = performance.now();
  const ms = (): number => Math.round((performance.now() - began) * 10) / 10;
  const options = shift.keys === undefined ? {} : { idempotencyKey: `${shift.keys}-${n}` };
  const accountId = shift.accounts[n % shift.accounts.length]!;
  try {
    const receipt = await pay(call, { accountId, cents: 100 + (n % 900) }, options);
    say({ n, ms: ms(), paymentId: receipt.paymentId, receipt: receipt.receipt });
  } catch (error) {
    say({ n, ms: ms(), failed: error instanceof Failure ? error.code : String(error) });
  }
}

if (shift.everyMs) {
  // As after the sign-in: what is loaded at the first command is there.
  await database.orm();
  say({ ready: true });
  await once(process.stdin, 'data');
  process.stdin.destroy();
  await sleep(Math.random() * shift.everyMs);
}
const began = performance.now();
for (let n = shift.from; n < shift.to; n++) {
  for (let time = 0; time < (shift.repeats ?? 1); time++) await payment(n);
  if (shift.everyMs) await sleep(Math.max(0, began + (n + 1 - shift.from) * shift.everyMs - performance.now()));
}
await database.close();
