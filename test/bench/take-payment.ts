import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openReady } from '#db/ready.ts';
import { openSqliteFile } from '#db/sqlite-file.ts';
import { civilDateOf } from '#domain/civil-date.ts';
import type { Actor } from '#services/actor.ts';
import { find } from '#services/lookup/find.ts';
import type { Call } from '#services/operation.ts';
import { payableAccount } from '#services/payments/account.ts';
import type { PaymentFacts } from '#services/payments/input.ts';
import { previewPayment } from '#services/payments/preview.ts';
import { recentPayments } from '#services/payments/recent.ts';
import { enterPayment } from '#services/payments/write.ts';
import { createRunner } from '#services/runner.ts';
import { atMost, type Figures, type Measure, median, percentile } from './figure.ts';

const cashier: Actor = {
  userId: 1,
  username: 'bench',
  displayName: 'Bench',
  groups: ['cashier'],
  permissions: new Set(['lookup.use', 'payments.enter', 'history.read']),
  level: 1,
  source: 'screen',
};
const now = Date.now();
const clock = { now: () => now, today: () => civilDateOf(now) };

/** Numbers of current accounts that may pay in any way, spread over the whole database. */
function payers(path: string, count: number): string[] {
  const file = openSqliteFile(path, { readonly: true });
  const numbers = file
    .prepare(
      `select a.number from account a join customer c on c.id = a.customer_id
       where a.activity = 'current' and c.public = 1 and c.no_payments = 0 and c.disallowed_methods is null order by a.id`,
    )
    .pluck()
    .all() as string[];
  file.close();
  const step = 611_953;
  return Array.from({ length: Math.min(count, numbers.length) }, (_, at) => numbers[(at * step) % numbers.length]!);
}

interface Times {
  readonly shown: number[];
  readonly taken: number[];
}

/** What the payment screen asks for, from Enter behind the number to the receipt and the list. */
async function takeAll(call: Call, numbers: readonly string[]): Promise<Times> {
  const times: Times = { shown: [], taken: [] };
  for (const [at, text] of numbers.entries()) {
    const began = performance.now();
    const { rows } = await call(find, { text, limit: 8 });
    const accountId = rows.find(({ accountNumber }) => accountNumber === text)!.accountId!;
    await call(payableAccount, { accountId });
    times.shown.push(performance.now() - began);
    const facts = {
      accounts: [{ accountId, debits: [], services: [], invoices: [] }],
      tenders: [{ method: 'cash', cents: 1000 + at, reference: null }],
      mode: 'automatic',
      channel: 'counter',
      restToAccount: false,
      memo: null,
    } satisfies PaymentFacts;
    const entered = performance.now();
    await call(previewPayment, facts);
    await call(enterPayment, facts, { idempotencyKey: randomUUID() });
    await call(recentPayments, { limit: 10 });
    times.taken.push(performance.now() - entered);
  }
  return times;
}

/** Milliseconds of writing one row of a kilobyte to the disk, for good, in the same folder. */
function bareCommits(folder: string, count: number): number[] {
  const file = openSqliteFile(join(folder, 'bare.db'));
  file.exec('create table note (id integer primary key, body text not null)');
  const insert = file.prepare('insert into note (body) values (?)');
  const times = Array.from({ length: count }, () => {
    const began = performance.now();
    insert.run('x'.repeat(1000));
    return performance.now() - began;
  });
  file.close();
  return times;
}

/** A payment at the counter: the account on the screen, and the payment safe on the disk. */
export const measure: Measure = async ({ database: path, smoke }): Promise<Figures> => {
  const folder = mkdtempSync(join(dirname(path), 'counter-'));
  try {
    const copy = join(folder, 'copy.db');
    copyFileSync(path, copy, constants.COPYFILE_FICLONE);
    const numbers = payers(copy, smoke ? 60 : 600);
    const database = await openReady({ file: copy });
    const call = createRunner({ database, actor: cashier, clock });
    await takeAll(call, numbers.slice(0, 20));
    const { shown, taken } = await takeAll(call, numbers.slice(20));
    await database.close();
    const bare = bareCommits(folder, smoke ? 40 : 300);
    return {
      'payment: number to what must be seen, p99': atMost(
        percentile(shown, 0.99),
        'ms',
        { value: 20 },
        { samples: shown },
      ),
      'payment: taken and listed, against one bare commit': atMost(
        median(taken),
        'ms',
        { ratio: 15 },
        { baseline: median(bare), samples: taken },
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
