import { setImmediate } from 'node:timers/promises';
import type { Db } from '#db/schema.ts';
import { civilDateOf } from '#domain/civil-date.ts';
import { CHAIN_START, chainHash, type ChainForm } from '../audit.ts';
import type { Checkpoint } from './checkpoint.ts';

const PAGE = 2000;

type Entry = Awaited<ReturnType<typeof readPage>>[number];

const readPage = (db: Db, after: number) =>
  db.selectFrom('audit_entry').selectAll().where('seq', '>', after).orderBy('seq').limit(PAGE).execute();

function hashOf(row: Entry): string {
  return chainHash(
    {
      id: row.id,
      at: row.at,
      userId: row.user_id,
      username: row.username,
      operation: row.operation,
      outcome: row.outcome as 'done',
      entity: row.entity,
      entityId: row.entity_id,
      customerId: row.customer_id,
      changes: row.changes,
      source: row.source,
      origin: row.origin,
      reason: row.reason,
      correlation: row.correlation,
    },
    row.seq,
    row.previous_hash,
    row.form as ChainForm,
  );
}

/** Entries of one day, in the machine's time zone. */
export interface AuditDay {
  readonly day: string;
  readonly entries: number;
}

/** What following the trail from its start has shown. */
export interface TrailReport {
  /** Entries that follow each other without a gap or a change. */
  readonly entries: number;
  /** The last one that holds; null in an empty trail. */
  readonly last: { readonly seq: number; readonly hash: string; readonly at: number } | null;
  readonly days: readonly AuditDay[];
  /** Checkpoints that the trail agrees with. */
  readonly checkpoints: number;
  /** The first break of the chain, then the first checkpoint that does not agree; empty when all holds. */
  readonly findings: readonly string[];
}

export interface VerifyOptions {
  readonly checkpoints?: readonly Checkpoint[];
  readonly onEntries?: (entries: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Counts entries by day; most follow one of the same day. */
class Days {
  readonly #counts = new Map<string, number>();
  #day = '';
  #until = 0;
  #from = 0;

  add(at: number): void {
    if (at < this.#from || at >= this.#until) {
      this.#day = civilDateOf(at);
      const midnight = new Date(at).setHours(0, 0, 0, 0);
      this.#from = midnight;
      this.#until = new Date(midnight).setDate(new Date(midnight).getDate() + 1);
    }
    this.#counts.set(this.#day, (this.#counts.get(this.#day) ?? 0) + 1);
  }

  list(): AuditDay[] {
    return [...this.#counts].map(([day, entries]) => ({ day, entries })).toSorted((a, b) => (a.day < b.day ? -1 : 1));
  }
}

/** Why a row does not continue the chain; null when it does. */
function breakAt(row: Entry, seq: number, hash: string): string | null {
  if (row.seq !== seq + 1) return `audit entry ${seq + 1}: is missing`;
  if (row.previous_hash !== hash) return `audit entry ${row.seq}: does not follow the entry before`;
  return hashOf(row) === row.hash ? null : `audit entry ${row.seq}: was changed`;
}

/** Follows the chain and stops at the first row that does not fit: what comes after proves nothing. */
async function follow(db: Db, { onEntries, signal }: VerifyOptions) {
  const days = new Days();
  let last: TrailReport['last'] = null;
  for (let rows = await readPage(db, 0); rows.length > 0; rows = await readPage(db, last!.seq)) {
    for (const row of rows) {
      const broken = breakAt(row, last?.seq ?? 0, last?.hash ?? CHAIN_START);
      if (broken) return { last, days, broken };
      days.add(row.at);
      last = { seq: row.seq, hash: row.hash, at: row.at };
    }
    onEntries?.(last!.seq);
    await setImmediate();
    signal?.throwIfAborted();
  }
  return { last, days, broken: null };
}

/** What the trail has in the place that a checkpoint saw; null when it agrees. */
function disagreement(
  checkpoint: Checkpoint,
  now: { readonly seq: number; readonly hash: string } | undefined,
  end: number,
): string | null {
  const { seq, at } = checkpoint;
  const saw = `the checkpoint of ${new Date(at).toISOString()} (entry ${seq})`;
  if (seq === 0 || now?.hash === checkpoint.hash) return null;
  if (now) return `audit entry ${seq}: is not the one that ${saw} saw; the trail was rewritten`;
  return end < seq
    ? `audit entry ${end + 1}: is missing, the trail was cut: ${saw} saw more`
    : `audit entry ${seq}: is missing, ${saw} saw it`;
}

async function agree(db: Db, checkpoints: readonly Checkpoint[]): Promise<{ agreed: number; finding: string | null }> {
  const end = await db.selectFrom('audit_entry').select(['seq']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  let agreed = 0;
  for (const checkpoint of checkpoints.toSorted((a, b) => a.seq - b.seq)) {
    const now = await db
      .selectFrom('audit_entry')
      .select(['seq', 'hash'])
      .where('seq', '=', checkpoint.seq)
      .executeTakeFirst();
    const finding = disagreement(checkpoint, now, end?.seq ?? 0);
    if (finding) return { agreed, finding };
    agreed += 1;
  }
  return { agreed, finding: null };
}

/**
 * Proves that no entry was changed, added between others, taken out or put elsewhere; with
 * checkpoints also that the end was not cut off nor everything written anew.
 */
export async function verifyTrail(db: Db, options: VerifyOptions = {}): Promise<TrailReport> {
  const { last, days, broken } = await follow(db, options);
  const { agreed, finding } = await agree(db, options.checkpoints ?? []);
  return {
    entries: last?.seq ?? 0,
    last,
    days: days.list(),
    checkpoints: agreed,
    findings: [broken, finding].filter((one) => one !== null),
  };
}
