import { z } from 'zod';
import { Failure } from '../failure.ts';
import { query } from '../operation.ts';
import { shortText } from '#domain/typed-text.ts';
import { auditFilters, searchOf } from './filters.ts';
import { labelled } from './labels.ts';
import { type AuditRow, entries, rowOf } from './rows.ts';
import { type Page, page, type Place } from './walk.ts';

const CURSOR = /^(\d{1,16})_(\d{1,16})$/;
const MOST = 500;

/** Entries of the trail, the newest first. */
export interface AuditPage {
  readonly entries: readonly AuditRow[];
  /** Ask with it for older ones; null at the end. A page may be short or empty and yet go on: much was looked through. */
  readonly next: string | null;
}

/** How a page is asked for, whatever the trail is narrowed to. */
export const paging = {
  limit: z.int().min(1).max(MOST, `At most ${MOST}`).default(100),
  cursor: shortText(40).regex(CURSOR, 'Not a place in the audit trail.').optional(),
};

/** The place that a cursor stands for; null: the beginning. */
export function placeOf(cursor: string | undefined): Place | null {
  const match = cursor === undefined ? null : CURSOR.exec(cursor);
  return match ? { at: Number(match[1]), seq: Number(match[2]) } : null;
}

export const cursorOf = (next: Page['next']): string | null => next && `${next.at}_${next.seq}`;

export const listAudit = query({
  name: 'audit.list',
  summary: 'Who did what and when, newest first, with filters',
  permission: 'audit.read',
  input: z.object({ filters: auditFilters.default({}), ...paging }),
  run: async (ctx, { limit, cursor, filters }): Promise<AuditPage> => {
    const { found, next } = await page(ctx, await searchOf(ctx, filters), placeOf(cursor), limit);
    return { entries: await labelled(ctx.db, found.map(rowOf)), next: cursorOf(next) };
  },
});

/** One entry with its place in the chain and the other entries of the same command. */
export interface AuditDetails extends AuditRow {
  readonly hash: string;
  readonly previousHash: string;
  readonly related: readonly AuditRow[];
}

const MOST_RELATED = 50;

export const getAuditEntry = query({
  name: 'audit.entry',
  summary: 'One entry of the audit trail: what was before and after, and what else the command touched',
  permission: 'audit.read',
  input: z.object({ id: z.int() }),
  run: async ({ db, sight }, { id }): Promise<AuditDetails> => {
    const found = await entries(db, sight).select(['hash', 'previous_hash']).where('id', '=', id).executeTakeFirst();
    if (!found) throw new Failure('not_found', 'There is no such entry in the audit trail.');
    const { hash, previous_hash: previousHash, ...entry } = found;
    // Rows of one command stand next to each other, hence no index on what they share.
    const near = await entries(db, sight)
      .where('seq', '>=', entry.seq - MOST_RELATED)
      .where('seq', '<=', entry.seq + MOST_RELATED)
      .where('correlation', '=', entry.correlation)
      .where('id', '<>', id)
      .orderBy('seq')
      .execute();
    const [row, ...related] = await labelled(db, [entry, ...near].map(rowOf));
    return { ...row!, hash, previousHash, related };
  },
});
