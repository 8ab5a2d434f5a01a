import { z } from 'zod';
import { Failure } from '../failure.ts';
import { query, type QueryContext } from '../operation.ts';
import { COLUMNS, type CommunicationRow, communications, STATUSES } from './rows.ts';

const id = z.int().positive();
const MOST = 500;

/** A page of communications, the newest first. */
export interface CommunicationPage {
  readonly rows: readonly CommunicationRow[];
  /** Where the next page begins; null when this is the last. */
  readonly next: number | null;
}

export const listCommunications = query({
  name: 'communication.list',
  summary: 'What was printed, written to files and sent, the newest first: of all, a customer or an account',
  permission: 'communications.read',
  input: z.object({
    accountId: id.optional(),
    customerId: id.optional(),
    status: z.enum(STATUSES, 'There is no such state').optional(),
    limit: z.int().min(1).max(MOST, `At most ${MOST}`).default(100),
    /** Identity of the last row of the page before. */
    cursor: id.nullish(),
  }),
  subject: ({ accountId, customerId }) =>
    accountId !== undefined ? { accountId } : customerId === undefined ? null : { customerId },
  run: async (ctx, { accountId, customerId, status, limit, cursor }): Promise<CommunicationPage> => {
    const rows = await communications(ctx)
      .select(COLUMNS)
      .$if(accountId !== undefined, (q) => q.where('x.account_id', '=', accountId!))
      .$if(customerId !== undefined, (q) => q.where('x.customer_id', '=', customerId!))
      .$if(status !== undefined, (q) => q.where('x.status', '=', status!))
      // Identities follow time, so that one index serves order and page.
      .$if(!!cursor, (q) => q.where('x.id', '<', cursor!))
      .orderBy('x.id', 'desc')
      .limit(limit + 1)
      .execute();
    const page = rows.slice(0, limit);
    return { rows: page, next: rows.length > limit ? page.at(-1)!.id : null };
  },
});

/** A document as it was sent. */
export interface KeptDocument {
  readonly name: string;
  readonly mediaType: string;
  /** Base64. */
  readonly content: string;
  readonly customerId: number | null;
}

export const readDocument = query({
  name: 'communication.document',
  summary: 'The document that went with a communication, as it was made',
  permission: 'communications.read',
  input: z.object({ communicationId: id }),
  viewed: (_: unknown, { customerId }: KeptDocument) => (customerId === null ? null : { customerId }),
  run: async (ctx: QueryContext, { communicationId }: { readonly communicationId: number }): Promise<KeptDocument> => {
    const row = await communications(ctx)
      .select(['d.name', 'd.media_type as mediaType', 'd.content', 'x.customer_id as customerId'])
      .where('x.id', '=', communicationId)
      .executeTakeFirst();
    if (!row || row.name === null) throw new Failure('not_found', 'There is no such document, or it is private.');
    return { name: row.name, mediaType: row.mediaType!, content: row.content!, customerId: row.customerId };
  },
});
