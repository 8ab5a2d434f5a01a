import { type DocumentLevel, isSecure } from '#domain/document.ts';
import { type Actor, may } from '../actor.ts';
import type { QueryContext } from '../operation.ts';
import { secureOf } from './types.ts';

/** Right that opens, attaches and changes secure documents. */
export const SECURE = 'documents.secure';

/** A document as lists and forms show it, with its newest file. */
export interface DocumentRow {
  readonly id: number;
  readonly version: number;
  readonly level: DocumentLevel;
  readonly customerId: number | null;
  readonly locationId: number | null;
  readonly accountId: number | null;
  readonly noteId: number | null;
  readonly type: string;
  /** The type's name, or its code when the table lacks it. */
  readonly typeName: string;
  readonly secure: 0 | 1;
  /** Whether this actor may open it. What may not be opened has neither description nor file name. */
  readonly opens: boolean;
  readonly description: string;
  readonly accessLevel: number;
  readonly fileName: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** How many files it has had; the number of the newest. */
  readonly files: number;
  /** When the newest was added, epoch ms, and by whom. */
  readonly addedAt: number;
  readonly addedBy: string;
}

/** Highest level of documents that this actor's groups reach. */
export const reachOf = ({ documentLevel, level }: Actor): number => documentLevel ?? level;

/** Documents that are there and that the actor's groups reach, each with its newest file; add `where` to it. */
export const selectDocuments = ({ db, actor }: Pick<QueryContext, 'db' | 'actor'>) =>
  db
    .selectFrom('document as d')
    .innerJoin('document_version as v', 'v.document_id', 'd.id')
    .leftJoin('code_value as ty', (on) => on.on('ty.table_name', '=', 'document_type').onRef('ty.code', '=', 'd.type'))
    .where((eb) =>
      eb(
        'v.number',
        '=',
        eb
          .selectFrom('document_version as newer')
          .select((s) => s.fn.max<number>('newer.number').as('n'))
          .whereRef('newer.document_id', '=', 'd.id'),
      ),
    )
    .where('d.removed_at', 'is', null)
    .where('d.access_level', '<=', reachOf(actor))
    .select(['d.id', 'd.version', 'd.level', 'd.type', 'd.description', 'd.access_level as accessLevel'])
    .select(['d.customer_id as customerId', 'd.location_id as locationId', 'd.account_id as accountId'])
    .select(['d.note_id as noteId', 'ty.name as typeName', 'ty.attributes'])
    .select(['v.file_name as fileName', 'v.media_type as mediaType', 'v.size', 'v.number as files', 'v.sealed'])
    .select(['v.created_at as addedAt', 'v.created_by as addedBy']);

type Selected = Awaited<ReturnType<ReturnType<typeof selectDocuments>['execute']>>[number];

/** What the actor may know of a document. */
export function documentRow({ attributes, sealed, ...row }: Selected, actor: Actor): DocumentRow {
  const secure = isSecure({ secure: secureOf(attributes) }, sealed as 0 | 1);
  const opens = !secure || may(actor, SECURE);
  return {
    ...row,
    level: row.level as DocumentLevel,
    typeName: row.typeName ?? row.type,
    secure: secure ? 1 : 0,
    opens,
    ...(opens ? {} : { description: '', fileName: '', mediaType: '', size: 0 }),
  };
}
