import type { PaperKind } from '#domain/paper-kinds.ts';
import { EVERYTHING } from '#domain/permissions.ts';
import { type Actor, may } from '../actor.ts';
import { Failure } from '../failure.ts';
import type { CommandContext, QueryContext } from '../operation.ts';
import { seesAll, visible } from '../sight.ts';

export const STATUSES = ['queued', 'sending', 'sent', 'failed', 'bounced', 'cancelled'] as const;
export type CommunicationStatus = (typeof STATUSES)[number];

/** Something that was printed, written or sent, and what became of it. */
export interface CommunicationRow {
  readonly id: number;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly kind: PaperKind;
  readonly channel: 'email' | 'print' | 'file';
  readonly status: CommunicationStatus;
  readonly recipient: string;
  readonly subject: string | null;
  readonly problem: string | null;
  readonly attempts: number;
  readonly nextTryAt: number | null;
  readonly sentAt: number | null;
  readonly customerId: number | null;
  readonly customerName: string | null;
  readonly accountId: number | null;
  readonly accountNumber: string | null;
  readonly documentName: string | null;
  readonly messageId: string | null;
  readonly version: number;
}

/** Reports hold whatever their maker could see: they are shown to nobody else but administrators. */
const seesReports = (actor: Actor): boolean => may(actor, EVERYTHING);

/** Communications that the actor may know of. */
export const communications = ({ db, sight, actor }: QueryContext) =>
  db
    .selectFrom('communication as x')
    .leftJoin('customer as c', 'c.id', 'x.customer_id')
    .leftJoin('account as a', 'a.id', 'x.account_id')
    .leftJoin('stored_document as d', 'd.id', 'x.document_id')
    .where((eb) =>
      eb.or([
        eb.and([
          eb('x.customer_id', 'is not', null),
          seesAll(sight)
            ? eb.lit(true)
            : visible(sight, { public: eb.ref('c.public').$notNull(), group: eb.ref('c.customer_group') }),
        ]),
        eb.and([
          eb('x.customer_id', 'is', null),
          seesReports(actor) ? eb.lit(true) : eb('x.created_by', '=', actor.username),
        ]),
      ]),
    );

/** Columns of {@link CommunicationRow}. */
export const COLUMNS = [
  'x.id',
  'x.created_at as createdAt',
  'x.created_by as createdBy',
  'x.kind',
  'x.channel',
  'x.status',
  'x.recipient',
  'x.subject',
  'x.problem',
  'x.attempts',
  'x.next_try_at as nextTryAt',
  'x.sent_at as sentAt',
  'x.customer_id as customerId',
  'c.display_name as customerName',
  'x.account_id as accountId',
  'a.number as accountNumber',
  'd.name as documentName',
  'x.message_id as messageId',
  'x.version',
] as const;

/** One of them, to be changed. @throws Failure `not_found` when there is none that the actor may know of */
export async function communicationOf(ctx: CommandContext, id: number) {
  const row = await communications(ctx)
    .select([...COLUMNS, 'x.body', 'x.document_id as documentId', 'x.transaction_id as transactionId'])
    .select('x.statement_id as statementId')
    .where('x.id', '=', id)
    .executeTakeFirst();
  if (!row) throw new Failure('not_found', 'There is no such communication, or it is private.');
  return row;
}
