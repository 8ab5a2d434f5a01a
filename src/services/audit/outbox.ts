import type { Database } from '#db/database.ts';
import { IdMaker } from '#domain/ids.ts';
import { appendAudit, type AuditFacts } from '../audit.ts';
import { loadOptions } from '../options/operations.ts';
import { retrying } from '../retry.ts';
import { isEvent, NOBODYS, type Noted, refusalFacts, resolved, viewFacts } from './noted.ts';

/** The same refusal of the same user is written once in so many ms; the rest are counted. */
const WINDOW_MS = 5000;
/** Views wait so long for others, so that a batch costs one transaction. */
const GATHER_MS = 1000;
const BATCH = 200;
/** The same user looking at the same thing again within this time is one view. */
const SAME_VIEW_MS = 5 * 60_000;
const VIEWS_REMEMBERED = 5000;
const REFUSALS_REMEMBERED = 1000;
/** After a batch could not be written. */
const AGAIN_MS = 10_000;

interface Counted {
  since: number;
  last: Noted;
  /** Since the last row, none of them written yet. */
  times: number;
}

const ids = new IdMaker();

/**
 * What this process has still to write in the audit trail besides the rows of its commands:
 * refusals, each in a transaction of its own and counted when they repeat, and views, in small
 * batches behind the reads. What is left is written before the database is closed.
 */
export class Outbox {
  readonly #database: Database;
  readonly #refusals = new Map<string, Counted>();
  readonly #seen = new Map<string, number>();
  #views: Noted[] = [];
  #gathering: NodeJS.Timeout | null = null;
  #counting: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(database: Database) {
    this.#database = database;
    database.beforeClose(() => this.flush());
  }

  /** Writes a refusal, or counts it when the same one was written a moment ago. */
  async refused(noted: Noted): Promise<void> {
    const key = `${noted.actor.userId} ${noted.operation} ${noted.outcome} ${noted.refusal ?? ''}`;
    const known = this.#refusals.get(key);
    if (known && Math.abs(noted.at - known.since) < WINDOW_MS) return this.#count(known, noted);
    if (this.#refusals.size >= REFUSALS_REMEMBERED) {
      await this.flush();
      this.#refusals.clear();
    }
    const fresh = { since: noted.at, last: noted, times: 0 };
    this.#refusals.set(key, fresh);
    try {
      await this.#write([{ ...noted, times: 1 + (known?.times ?? 0) }], []);
    } catch (error) {
      fresh.times = known?.times ?? 0;
      this.#count(fresh, noted);
      throw error;
    }
  }

  #count(counted: Counted, noted: Noted): void {
    counted.times += 1;
    counted.last = noted;
    this.#counting ??= setTimeout(() => void this.flush().catch(() => {}), WINDOW_MS).unref();
  }

  /** Keeps a view for the next batch. */
  viewed(noted: Noted): void {
    const key = `${noted.actor.userId} ${noted.operation} ${JSON.stringify(noted.subject)}`;
    const before = this.#seen.get(key);
    if (before !== undefined && Math.abs(noted.at - before) < SAME_VIEW_MS) return;
    this.#seen.delete(key);
    this.#seen.set(key, noted.at);
    if (this.#seen.size > VIEWS_REMEMBERED) this.#seen.delete(this.#seen.keys().next().value!);
    this.#views.push(noted);
    const wait = this.#views.length >= BATCH ? 0 : GATHER_MS;
    this.#gathering ??= setTimeout(() => void this.flush().catch(() => {}), wait).unref();
  }

  /** Writes everything that is kept back. @throws the database's error; what was not written is kept */
  async flush(): Promise<void> {
    clearTimeout(this.#gathering ?? undefined);
    clearTimeout(this.#counting ?? undefined);
    this.#gathering = null;
    this.#counting = null;
    const counted = [...this.#refusals.values()].filter(({ times }) => times > 0).map((one) => ({ one, ...one }));
    for (const { one } of counted) Object.assign(one, { since: one.last.at, times: 0 });
    const views = this.#views.splice(0);
    try {
      await this.#write(
        counted.map(({ last, times }) => ({ ...last, times })),
        views,
      );
    } catch (error) {
      this.#views.unshift(...views.slice(-VIEWS_REMEMBERED));
      for (const { one, times } of counted) one.times += times;
      this.#gathering ??= setTimeout(() => void this.flush().catch(() => {}), AGAIN_MS).unref();
      throw error;
    }
  }

  /** One transaction after the other. */
  #write(refusals: readonly (Noted & { times: number })[], views: readonly Noted[]): Promise<void> {
    const work = this.#writing.then(() => this.#append(refusals, views));
    this.#writing = work.catch(() => {});
    return work;
  }

  async #append(refusals: readonly (Noted & { times: number })[], views: readonly Noted[]): Promise<void> {
    const { db } = this.#database;
    const wanted = views.length > 0 ? (await loadOptions(db)).auditReads : 'off';
    const subjects = await resolved(db, [...refusals, ...(wanted === 'off' ? [] : views)]);
    const newId = (): number => ids.next();
    const facts: AuditFacts[] = refusals
      .filter((one) => isEvent(one, subjects.get(one)))
      .map((one) => refusalFacts(one, subjects.get(one) ?? NOBODYS, one.times, newId));
    for (const view of views) {
      const subject = subjects.get(view);
      if (subject && (wanted === 'all' || subject.private)) facts.push(viewFacts(view, subject, newId));
    }
    if (facts.length === 0) return;
    await retrying(ids, () =>
      this.#database.transaction((tx) =>
        appendAudit(
          tx,
          facts.map((one) => ({ ...one, id: newId() })),
        ),
      ),
    );
  }
}

const outboxes = new WeakMap<Database, Outbox>();

/** The one outbox of an open database. */
export function outboxOf(database: Database): Outbox {
  const known = outboxes.get(database) ?? new Outbox(database);
  outboxes.set(database, known);
  return known;
}
