import type { Database } from '#db/database.ts';
import type { Db } from '#db/schema.ts';
import { IdMaker } from '#domain/ids.ts';
import { loadOptions } from './options/operations.ts';
import { retrying } from './retry.ts';

const DAY_MS = 86_400_000;
/** Rows of one transaction: others wait for it no longer than for a command. */
const SLICE = 200;

/** What was thrown away, and how old what is kept may be. */
export interface Discarded {
  readonly answers: number;
  readonly days: number;
}

/**
 * Throws away the answers of commands with an idempotency key that are older than the company
 * keeps them: a repetition comes soon or never, and an answer may tell of customers. The same key
 * then runs its command again.
 * @param now epoch ms
 */
export async function discardOldAnswers(database: Database, now: number): Promise<Discarded> {
  const days = (await loadOptions(database.db)).keptAnswerDays;
  const before = now - days * DAY_MS;
  const ids = new IdMaker();
  let answers = 0;
  // Along the primary key, so that each row is looked at once.
  for (let last = ''; ;) {
    const keys = await oldKeys(database.db, before, last);
    if (keys.length === 0) return { answers, days };
    await retrying(ids, () =>
      database.transaction((db) => db.deleteFrom('idempotent_answer').where('key', 'in', keys).execute()),
    );
    answers += keys.length;
    last = keys.at(-1)!;
  }
}

async function oldKeys(db: Db, before: number, after: string): Promise<string[]> {
  const rows = await db
    .selectFrom('idempotent_answer')
    .select('key')
    .where('key', '>', after)
    .where('at', '<', before)
    .orderBy('key')
    .limit(SLICE)
    .execute();
  return rows.map((row) => row.key);
}
