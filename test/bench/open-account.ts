import { openReady } from '#db/ready.ts';
import { openSqliteFile } from '#db/sqlite-file.ts';
import { civilDateOf } from '#domain/civil-date.ts';
import type { Actor } from '#services/actor.ts';
import { openAccount } from '#services/accounts/open.ts';
import { customerDetails } from '#services/customers/details.ts';
import type { Call } from '#services/operation.ts';
import { type Clock, createRunner } from '#services/runner.ts';
import { recordingDb, type Statement } from '../support/statements.ts';
import { atMost, type Figures, type Measure, median, percentile } from './figure.ts';

/** Somebody at the counter: may read, may not see private customers, so the check of that is measured too. */
const clerk: Actor = {
  userId: 1,
  username: 'bench',
  displayName: 'Bench',
  groups: ['callcenter'],
  permissions: new Set(['accounts.read', 'notes.read']),
  level: 1,
  source: 'screen',
};

const now = Date.now();
const clock: Clock = { now: () => now, today: () => civilDateOf(now) };

/** What opening an account does: the dashboard, and its first tab. */
async function openOnScreen(call: Call, accountId: number): Promise<void> {
  const { customer } = await call(openAccount, { accountId });
  await call(customerDetails, { customerId: customer!.id, accountId });
}

/** Identities of public customers' accounts, spread over the whole database in a fixed disorder. */
function someAccounts(path: string, count: number): number[] {
  const file = openSqliteFile(path, { readonly: true });
  const ids = file
    .prepare('select a.id from account a join customer c on c.id = a.customer_id where c.public = 1 order by a.id')
    .pluck()
    .all() as number[];
  file.close();
  const step = 611_953;
  return Array.from({ length: Math.min(count, ids.length) }, (_, index) => ids[(index * step) % ids.length]!);
}

/** The statements that opening each account takes, as the database gets them. */
async function statementsOf(path: string, accounts: readonly number[]): Promise<Statement[][]> {
  const file = openSqliteFile(path, { readonly: true });
  const { db, taken } = recordingDb(file);
  const database = await openReady({ file: path });
  const call = createRunner({ database: { ...database, db }, actor: clerk, clock });
  const all: Statement[][] = [];
  // The first call of a session reads its rights; later ones only after somebody has changed something.
  await openOnScreen(call, accounts[0]!);
  for (const account of accounts) {
    taken.length = 0;
    await openOnScreen(call, account);
    all.push([...taken]);
  }
  await database.close();
  file.close();
  return all;
}

/** Milliseconds of the same statements, bare: prepared once, every row fetched. */
function bareTimes(path: string, opened: readonly (readonly Statement[])[], rounds: number): number[] {
  const file = openSqliteFile(path, { readonly: true });
  const prepared = new Map(opened[0]!.map(({ sql }) => [sql, file.prepare(sql)]));
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const statements of opened) {
      const began = performance.now();
      for (const { sql, parameters } of statements) prepared.get(sql)!.all(...parameters);
      times.push(performance.now() - began);
    }
  }
  file.close();
  return times;
}

async function ownTimes(call: Call, accounts: readonly number[], rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const account of accounts) {
      const began = performance.now();
      await openOnScreen(call, account);
      times.push(performance.now() - began);
    }
  }
  return times;
}

/** Opening an account, dashboard and tab, against the same rows by bare better-sqlite3. */
export const measure: Measure = async ({ database: path, smoke }): Promise<Figures> => {
  const accounts = someAccounts(path, smoke ? 60 : 1_500);
  const fresh = accounts.slice(0, accounts.length >> 1);
  const warm = accounts.slice(accounts.length >> 1, (accounts.length >> 1) + 200);
  const database = await openReady({ file: path });
  const call = createRunner({ database, actor: clerk, clock });
  await ownTimes(call, warm.slice(0, 20), 3);
  const first = await ownTimes(call, fresh, 1);
  const opened = await statementsOf(path, warm);
  const rounds = smoke ? 2 : 8;
  bareTimes(path, opened, 1);
  await ownTimes(call, warm, 1);
  const bare = bareTimes(path, opened, rounds);
  const own = await ownTimes(call, warm, rounds);
  await database.close();
  return {
    'open account: SQL statements': atMost(Math.max(...opened.map((each) => each.length)), '', { value: 6 }),
    'open account: p50 against bare better-sqlite3': atMost(
      median(own),
      'ms',
      { ratio: 2 },
      { baseline: median(bare), samples: own },
    ),
    'open account: p99, never opened before': atMost(percentile(first, 0.99), 'ms', { value: 10 }, { samples: first }),
  };
};
