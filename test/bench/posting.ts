import { constants, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Database } from '#db/database.ts';
import { openReady } from '#db/ready.ts';
import { openSqliteFile } from '#db/sqlite-file.ts';
import { EVERYTHING } from '#domain/permissions.ts';
import { createBatch } from '#services/batches/find.ts';
import { postWholeBatch } from '#services/batches/post.ts';
import { enterAll } from '#services/ledger/enter.ts';
import { GL } from '#services/ledger/gl.ts';
import { type Call, command } from '#services/operation.ts';
import { type Clock, createRunner } from '#services/runner.ts';
import type { Actor } from '#services/actor.ts';
import { atMost, type Figures, type Measure, percentile } from './figure.ts';

const PAYMENTS = 100_000;
const FEW = 2_000;
const PIECE = 5_000;

const clerk: Actor = {
  userId: 1,
  username: 'bench',
  displayName: 'Bench',
  groups: ['administrator'],
  permissions: new Set([EVERYTHING]),
  level: 3,
  source: 'job',
};
/** The demo ends some days back: money comes in on its last day. */
const clockOf = (today: string): Clock => ({ now: () => Date.now(), today: () => today });

interface Payer {
  readonly id: number;
  readonly customerId: number;
  readonly owed: number;
}

/** Enters a payment for each of some accounts, as a lockbox does. */
const enterMany = command({
  name: 'bench.enter',
  summary: 'Enter payments for the bench',
  permission: null,
  input: z.object({ batchId: z.number().nullable(), payers: z.array(z.custom<Payer>()) }),
  run: async (ctx, { batchId, payers }): Promise<number> => {
    const id = batchId ?? (await createBatch(ctx, { kind: 'payments' })).id;
    await enterAll(
      ctx,
      payers.map(({ owed, ...account }) => ({
        account,
        kind: 'payment' as const,
        effectiveOn: ctx.today,
        method: 'check',
        batchId: id,
        lines: [{ debitGl: GL.cash, creditGl: GL.receivable, amountCents: owed, effect: -1 as const }],
      })),
    );
    return id;
  },
});

/** Accounts that owe, and what; with the last day of the books. */
function payersOf(path: string, count: number): { payers: Payer[]; today: string } {
  const file = openSqliteFile(path, { readonly: true });
  const payers = file
    .prepare(
      `select b.account_id as id, b.customer_id as customerId, max(100, b.balance_cents) as owed
       from account_balance b where b.balance_cents > 0 order by b.account_id limit ?`,
    )
    .all(count) as Payer[];
  const today = file
    .prepare(
      'select max(effective_on) from ledger_transaction where account_id in (select account_id from account_balance limit 50)',
    )
    .pluck()
    .get() as string;
  file.close();
  return { payers, today };
}

async function entered(database: Database, call: Call, payers: readonly Payer[]): Promise<number> {
  let batchId: number | null = null;
  for (let from = 0; from < payers.length; from += PIECE) {
    batchId = await call(enterMany, { batchId, payers: payers.slice(from, from + PIECE) });
  }
  await database.transaction(async (db) => {
    await db.updateTable('batch').set({ status: 'balanced' }).where('id', '=', batchId!).execute();
  });
  return batchId!;
}

interface Written {
  readonly transactions: readonly { id: number; account: number; cents: number }[];
  /** Of what was there before: deferred charges that followed were not. */
  readonly allocations: readonly unknown[][];
}

/** The rows that the posting wrote. */
function writtenBy(path: string, batchId: number): Written {
  const file = openSqliteFile(path, { readonly: true });
  const transactions = file
    .prepare('select id, account_id as account, amount_cents as cents from ledger_transaction where batch_id = ?')
    .all(batchId) as Written['transactions'][number][];
  const allocations = file
    .prepare(
      `select x.id, x.customer_id, x.credit_line_id, x.debit_line_id, x.amount_cents, x.allocated_on
       from ledger_transaction t join ledger_line l on l.transaction_id = t.id join allocation x on x.credit_line_id = l.id
       join ledger_line d on d.id = x.debit_line_id
       where t.batch_id = ? and not exists (
         select 1 from deferred_posting f where f.transaction_id = d.transaction_id and f.trigger_id >= t.id
       )`,
    )
    .raw()
    .all(batchId) as unknown[][];
  file.close();
  return { transactions, allocations };
}

/** The same rows by bare prepared statements in one transaction; seconds. */
function bareSeconds(path: string, { transactions, allocations }: Written, today: string): number {
  const file = openSqliteFile(path);
  const post = file.prepare(`update ledger_transaction set status = 'posted', posted_on = ? where id = ?`);
  const allocate = file.prepare(
    `insert into allocation (id, customer_id, credit_line_id, debit_line_id, amount_cents, allocated_on) values (?, ?, ?, ?, ?, ?)`,
  );
  const lower = file.prepare('update ledger_line set open_cents = open_cents - ? where id = ?');
  const move = file.prepare(
    'update account_balance set balance_cents = balance_cents + ?, unposted_cents = unposted_cents - ? where account_id = ?',
  );
  const began = performance.now();
  file.transaction(() => {
    for (const { id, account, cents } of transactions) {
      post.run(today, id);
      move.run(cents, cents, account);
    }
    for (const row of allocations) {
      allocate.run(...row);
      lower.run(row[4], row[2]);
      lower.run(row[4], row[3]);
    }
  })();
  const seconds = (performance.now() - began) / 1000;
  file.close();
  return seconds;
}

/** Posting a batch of payments on a copy of the utility, against the same rows by bare statements. */
export const measure: Measure = async ({ database: original, smoke }): Promise<Figures> => {
  const folder = mkdtempSync(join(dirname(original), 'posting-'));
  const [path, before] = [join(folder, 'posting.db'), join(folder, 'before.db')];
  try {
    copyFileSync(original, path, constants.COPYFILE_FICLONE);
    const { payers, today } = payersOf(path, smoke ? FEW : PAYMENTS);
    const database = await openReady({ file: path });
    const call = createRunner({ database, actor: clerk, clock: clockOf(today) });
    const batchId = await entered(database, call, payers);
    database.file!.pragma('wal_checkpoint(truncate)');
    copyFileSync(path, before, constants.COPYFILE_FICLONE);
    const steps: number[] = [];
    let last = performance.now();
    const began = last;
    await postWholeBatch(call, batchId, {
      progress: () => {
        const now = performance.now();
        steps.push(now - last);
        last = now;
      },
    });
    const seconds = (performance.now() - began) / 1000;
    await database.close();
    const bare = bareSeconds(before, writtenBy(path, batchId), today);
    const size = payers.length.toLocaleString('en');
    return {
      [`posting a batch of ${size} payments`]: atMost(seconds, 's', { value: (60 * payers.length) / PAYMENTS }),
      [`posting ${size} payments against bare statements`]: atMost(seconds, 's', { ratio: 10 }, { baseline: bare }),
      'longest hold of the write lock while posting (p99)': atMost(percentile(steps, 0.99), 'ms', { value: 1000 }),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
