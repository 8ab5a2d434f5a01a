import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withoutEntryGuards } from '#db/entry-guards.ts';
import type { Database } from '#db/database.ts';
import { openReady } from '#db/ready.ts';
import type { Db } from '#db/schema.ts';
import { addDays, civilDateOf } from '#domain/civil-date.ts';
import type { Actor } from '#services/actor.ts';
import { historyAgeing } from '#services/history/ageing.ts';
import { FIRST_PAGE } from '#screens/account-panel/tabs/history/load.ts';
import { explainBalance } from '#services/history/explain.ts';
import { listHistory } from '#services/history/list.ts';
import type { Call } from '#services/operation.ts';
import { type Clock, createRunner } from '#services/runner.ts';
import { type AccountRef, Premises } from '../support/premises.ts';
import { atMost, type Figures, type Measure, median } from './figure.ts';

/** Transactions of the long history, and of the short one that it is compared with. */
const LONG = 10_000;
const SHORT = 10;
const ROWS_AT_ONCE = 500;

const clerk: Actor = {
  userId: 1,
  username: 'bench',
  displayName: 'Bench',
  groups: ['billing'],
  permissions: new Set(['history.read']),
  level: 1,
  source: 'screen',
};

const now = Date.now();
const clock: Clock = { now: () => now, today: () => civilDateOf(now) };

async function insert(db: Db, table: 'ledger_transaction' | 'ledger_line' | 'allocation', rows: object[]) {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await db
      .insertInto(table)
      .values(rows.slice(at, at + ROWS_AT_ONCE) as never)
      .execute();
  }
}

/** Charges and the payments that settle them, by turns, one each day. */
async function live(db: Db, premises: Premises, account: AccountRef, count: number): Promise<void> {
  const ledger: Record<'ledger_transaction' | 'ledger_line' | 'allocation', object[]> = {
    ledger_transaction: [],
    ledger_line: [],
    allocation: [],
  };
  const owner = { customer_id: account.customerId, account_id: account.id };
  let debit = 0;
  for (let n = count; n > 0; n -= 1) {
    const on = addDays(clock.today(), -n);
    const charge = (count - n) % 2 === 0;
    const cents = 5000;
    const [transaction, line] = [premises.next(), premises.next()];
    const kind = charge ? 'charge' : 'payment';
    ledger.ledger_transaction.push({
      id: transaction,
      ...owner,
      kind,
      status: 'posted',
      number: `N${n}`,
      effective_on: on,
      amount_cents: charge ? cents : -cents,
      created_at: now,
      created_by: 'bench',
    });
    ledger.ledger_line.push({
      id: line,
      transaction_id: transaction,
      ...owner,
      effect: charge ? 1 : -1,
      amount_cents: cents,
      debit_gl: charge ? '1200' : '1010',
      credit_gl: charge ? '4000' : '1200',
      open_cents: 0,
      effective_on: on,
    });
    if (charge) debit = line;
    else {
      const pair = { credit_line_id: line, debit_line_id: debit, amount_cents: cents, allocated_on: on };
      ledger.allocation.push({ id: premises.next(), customer_id: account.customerId, ...pair });
    }
  }
  await insert(db, 'ledger_transaction', ledger.ledger_transaction);
  await insert(db, 'ledger_line', ledger.ledger_line);
  await insert(db, 'allocation', ledger.allocation);
}

function twoHistories(database: Database): Promise<{ short: number; long: number }> {
  return database.transaction(async (db) => {
    const premises = new Premises({ db });
    const [short, long] = [await premises.household('Short, Ann'), await premises.household('Long, Ben')];
    await withoutEntryGuards(db, async () => {
      await live(db, premises, short, SHORT);
      await live(db, premises, long, LONG);
    });
    return { short: short.id, long: long.id };
  });
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Both by turns, so that whatever else the machine does falls on both. */
async function byTurns(rounds: number, short: () => Promise<unknown>, long: () => Promise<unknown>) {
  const times: { short: number[]; long: number[] } = { short: [], long: [] };
  for (let round = 0; round < rounds; round += 1) {
    times.short.push(await time(short));
    times.long.push(await time(long));
  }
  return times;
}

async function figures(call: Call, { short, long }: { short: number; long: number }, smoke: boolean): Promise<Figures> {
  const rounds = smoke ? 20 : 400;
  const page = (accountId: number) => () => call(listHistory, { accountId, view: 'all', limit: FIRST_PAGE });
  const aged = (accountId: number) => () => call(historyAgeing, { accountId });
  await byTurns(10, page(short), page(long));
  const pages = await byTurns(rounds, page(short), page(long));
  const ageings = await byTurns(rounds, aged(short), aged(long));
  const explained: number[] = [];
  for (let round = 0; round < (smoke ? 2 : 9); round += 1) {
    explained.push(await time(() => call(explainBalance, { accountId: long })));
  }
  const against = (times: { short: number[]; long: number[] }, ratio: number) =>
    atMost(median(times.long), 'ms', { ratio }, { baseline: median(times.short), samples: times.long });
  return {
    'history of 10,000: first page against one of ten': against(pages, 1.5),
    'history of 10,000: ageing against one of ten': against(ageings, 1.5),
    'history of 10,000: the balance explained': atMost(median(explained), 'ms', { value: 500 }, { samples: explained }),
  };
}

/** Opening a long history against a short one of the same file. */
export const measure: Measure = async ({ smoke }): Promise<Figures> => {
  const folder = mkdtempSync(join(tmpdir(), 'meterdesk-history-'));
  const database = await openReady({ file: join(folder, 'history.db') });
  try {
    const accounts = await twoHistories(database);
    return await figures(createRunner({ database, actor: clerk, clock }), accounts, smoke);
  } finally {
    await database.close();
    rmSync(folder, { recursive: true });
  }
};
