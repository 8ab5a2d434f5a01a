import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { type Parameter, prepared } from '../prepared.ts';
import { empty, from, never, one } from '../union.ts';

export interface DetailListKeys {
  readonly customerId: number;
  readonly accountId: number | null;
  readonly today: CivilDate;
  /** Highest level of notes that the reader may see. */
  readonly level: number;
}

/** Where a row of the lists comes from. */
export const SOURCE = { address: 1, phone: 2, email: 3, note: 4, condition: 5 } as const;

/** A row of one of the Customer tab's lists, all in one shape; which text is what depends on the source. */
export interface DetailListRow {
  readonly source: number;
  readonly id: number;
  readonly code: string | null;
  /** Name of the code. */
  readonly type: string | null;
  /** Primary; of a note, that it is about the account. */
  readonly flag: number;
  readonly t1: string | null;
  readonly t2: string | null;
  readonly t3: string | null;
  readonly t4: string | null;
  readonly t5: string | null;
  readonly t6: string | null;
  readonly t7: string | null;
  readonly t8: string | null;
  readonly t9: string | null;
  readonly fromOn: CivilDate | null;
  readonly toOn: CivilDate | null;
}

type Bound = Parameter<DetailListKeys>;

const addresses = (db: Db, p: Bound) =>
  db
    .selectFrom('customer_address as x')
    .leftJoin('code_value as v', (j) => j.onRef('v.code', '=', 'x.type').on('v.table_name', '=', 'address_type'))
    .where('x.customer_id', '=', p('customerId'))
    .select([from(SOURCE.address), 'x.id', 'x.type as code', 'v.name as type', 'x.is_primary as flag'])
    .select(['x.care_of as t1', 'x.line1 as t2', 'x.line2 as t3', 'x.city as t4', 'x.state as t5', 'x.zip as t6'])
    .select(['x.country as t7', 'x.county as t8', 'x.geo_code as t9', never.as('fromOn'), never.as('toOn')])
    .$castTo<DetailListRow>();

const phones = (db: Db, p: Bound) =>
  db
    .selectFrom('customer_phone as x')
    .leftJoin('code_value as v', (j) => j.onRef('v.code', '=', 'x.type').on('v.table_name', '=', 'phone_type'))
    .where('x.customer_id', '=', p('customerId'))
    .select([from(SOURCE.phone), 'x.id', 'x.type as code', 'v.name as type', 'x.is_primary as flag'])
    .select(['x.number as t1', 'x.extension as t2', 'x.description as t3'])
    .select([...empty('t4', 't5', 't6', 't7', 't8', 't9'), never.as('fromOn'), never.as('toOn')])
    .$castTo<DetailListRow>();

const emails = (db: Db, p: Bound) =>
  db
    .selectFrom('customer_email as x')
    .leftJoin('code_value as v', (j) => j.onRef('v.code', '=', 'x.type').on('v.table_name', '=', 'email_type'))
    .where('x.customer_id', '=', p('customerId'))
    .select([from(SOURCE.email), 'x.id', 'x.type as code', 'v.name as type', 'x.is_primary as flag'])
    .select(['x.address as t1', 'x.description as t2', ...empty('t3', 't4', 't5', 't6', 't7', 't8', 't9')])
    .select([never.as('fromOn'), never.as('toOn')])
    .$castTo<DetailListRow>();

/** Notes about the customer or this account whose message-center flag is set. */
const notes = (db: Db, p: Bound) =>
  db
    .selectFrom('note as x')
    .leftJoin('code_value as v', (j) => j.onRef('v.code', '=', 'x.type').on('v.table_name', '=', 'note_type'))
    .where('x.customer_id', '=', p('customerId'))
    .where('x.message_center', '=', 1)
    .where('x.removed_at', 'is', null)
    .where('x.access_level', '<=', p('level'))
    .where((eb) => eb.or([eb('x.account_id', 'is', null), eb('x.account_id', '=', p('accountId'))]))
    .select([from(SOURCE.note), 'x.id', 'x.type as code', 'v.name as type', 'x.message_center as flag'])
    .select(['x.level as t1', 'x.subject as t2', 'x.body as t3', 'x.created_by as t4'])
    .select([...empty('t5', 't6', 't7', 't8', 't9'), 'x.created_on as fromOn', 'x.grace_on as toOn'])
    .$castTo<DetailListRow>();

const conditions = (db: Db, p: Bound) =>
  db
    .selectFrom('special_condition as x')
    .leftJoin('code_value as v', (j) => j.onRef('v.code', '=', 'x.code').on('v.table_name', '=', 'special_condition'))
    .where('x.customer_id', '=', p('customerId'))
    .where((eb) => eb.or([eb('x.ended_on', 'is', null), eb('x.ended_on', '>=', p('today'))]))
    .select([from(SOURCE.condition), 'x.id', 'x.code as code', 'v.name as type', one.as('flag')])
    .select(['x.remarks as t1', ...empty('t2', 't3', 't4', 't5', 't6', 't7', 't8', 't9')])
    .select(['x.started_on as fromOn', 'x.ended_on as toOn'])
    .$castTo<DetailListRow>();

/** Addresses, phones, e-mails, flagged notes and special conditions in one statement. */
export const customerDetailLists = prepared<DetailListKeys, DetailListRow>((db, p) =>
  addresses(db, p).unionAll(phones(db, p)).unionAll(emails(db, p)).unionAll(notes(db, p)).unionAll(conditions(db, p)),
);
