import { z } from 'zod';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { query } from '../operation.ts';
import { seesAll, visible } from '../sight.ts';
import type { LockboxProblem } from './problems.ts';

/** A payment of a lockbox file. */
export interface LockboxItemRow {
  readonly id: number;
  readonly fileId: number;
  readonly fileName: string;
  readonly depositedOn: CivilDate;
  readonly row: number;
  /** As the file says it. */
  readonly accountNumber: string;
  readonly payer: string | null;
  readonly amountCents: Cents;
  readonly method: string;
  readonly reference: string | null;
  readonly paidOn: CivilDate;
  readonly status: 'matched' | 'exception' | 'returned';
  readonly problem: LockboxProblem | null;
  readonly accountId: number | null;
  /** Whose account it is, where one is known. */
  readonly customerName: string | null;
  readonly paymentId: number | null;
  readonly resolvedBy: string | null;
  readonly remarks: string | null;
  readonly version: number;
}

export const listLockbox = query({
  name: 'lockbox.list',
  summary: 'Payments of lockbox files: those that wait for somebody, or all',
  permission: 'lockbox.manage',
  input: z.object({
    status: z.enum(['exception', 'matched', 'returned', 'all']).default('exception'),
    fileId: z.number().int().positive().optional(),
    /** Behind this one. */
    after: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(1000).default(200),
  }),
  run: async ({ db, sight }, { status, fileId, after, limit }): Promise<LockboxItemRow[]> => {
    const rows = await db
      .selectFrom('lockbox_item as i')
      .innerJoin('lockbox_file as f', 'f.id', 'i.file_id')
      .leftJoin('customer as c', 'c.id', 'i.customer_id')
      .select([
        'i.id',
        'i.file_id as fileId',
        'f.name as fileName',
        'f.deposited_on as depositedOn',
        'i.row',
        'i.account_number as accountNumber',
        'i.payer',
        'i.amount_cents as amountCents',
        'i.method',
        'i.reference',
        'i.paid_on as paidOn',
        'i.status',
        'i.problem',
        'i.account_id as accountId',
        'c.display_name as customerName',
        'i.payment_id as paymentId',
        'i.resolved_by as resolvedBy',
        'i.remarks',
        'i.version',
      ])
      .where('i.id', '>', after)
      .$if(status !== 'all', (q) => q.where('i.status', '=', status as 'exception'))
      .$if(fileId !== undefined, (q) => q.where('i.file_id', '=', fileId!))
      .$if(!seesAll(sight), (q) =>
        q.where((eb) =>
          eb.or([
            eb('i.customer_id', 'is', null),
            visible(sight, { public: eb.fn.coalesce('c.public', eb.lit(1)), group: eb.ref('c.customer_group') }),
          ]),
        ),
      )
      .orderBy('i.id')
      .limit(limit)
      .execute();
    return rows as LockboxItemRow[];
  },
});

/** A file with what became of its payments. */
export interface LockboxFileRow {
  readonly id: number;
  readonly name: string;
  readonly depositedOn: CivilDate;
  readonly items: number;
  readonly totalCents: Cents;
  readonly batchNumber: string;
  readonly importedBy: string;
  readonly importedAt: number;
  readonly exceptions: number;
  readonly returned: number;
}

export const lockboxFiles = query({
  name: 'lockbox.files',
  summary: 'Lockbox files, the newest first, with what became of their payments',
  permission: 'lockbox.manage',
  input: z.object({ limit: z.number().int().min(1).max(500).default(50) }),
  run: async ({ db }, { limit }): Promise<LockboxFileRow[]> => {
    const files = await db
      .selectFrom('lockbox_file as f')
      .innerJoin('batch as b', 'b.id', 'f.batch_id')
      .select((eb) => [
        'f.id',
        'f.name',
        'f.deposited_on as depositedOn',
        'f.items',
        'f.total_cents as totalCents',
        'b.number as batchNumber',
        'f.imported_by as importedBy',
        'f.imported_at as importedAt',
        ...(['exception', 'returned'] as const).map((status) =>
          eb
            .selectFrom('lockbox_item as i')
            .select((s) => s.fn.countAll<number>().as('count'))
            .whereRef('i.file_id', '=', 'f.id')
            .where('i.status', '=', status)
            .as(status),
        ),
      ])
      .orderBy('f.id', 'desc')
      .limit(limit)
      .execute();
    return files.map(({ exception, returned, ...file }) => ({
      ...file,
      exceptions: Number(exception ?? 0),
      returned: Number(returned ?? 0),
    })) as LockboxFileRow[];
  },
});
