import type { Db } from '#db/schema.ts';
import { CUSTOMER_READERS } from './customer-labels.ts';
import type { Label } from './label.ts';
import { MONEY_READERS } from './money-labels.ts';
import type { AuditRow } from './rows.ts';

type Reader = (db: Db, ids: readonly number[]) => Promise<Label[]>;

const READERS: Readonly<Record<string, Reader>> = {
  Customer: async (db, ids) => {
    const rows = await db.selectFrom('customer').select(['id', 'number']).where('id', 'in', ids).execute();
    return rows.map(({ id, number }) => ({ id, record: number, jump: { customerId: id } }));
  },
  Account: async (db, ids) => {
    const rows = await db.selectFrom('account').select(['id', 'number']).where('id', 'in', ids).execute();
    return rows.map(({ id, number }) => ({ id, record: number, jump: { accountId: id } }));
  },
  Location: async (db, ids) => {
    const rows = await db.selectFrom('location').select(['id', 'number']).where('id', 'in', ids).execute();
    return rows.map(({ id, number }) => ({ id, record: number, jump: { locationId: id } }));
  },
  Note: async (db, ids) => {
    const rows = await db
      .selectFrom('note as n')
      .leftJoin('account as a', 'a.id', 'n.account_id')
      .leftJoin('customer as c', 'c.id', 'n.customer_id')
      .leftJoin('location as l', 'l.id', 'n.location_id')
      .select((eb) => ['n.id', eb.fn.coalesce('a.number', 'c.number', 'l.number').as('number')])
      .select(['n.account_id as accountId', 'n.customer_id as customerId', 'n.location_id as locationId'])
      .where('n.id', 'in', ids)
      .execute();
    return rows.map(({ id, number, accountId, customerId, locationId }) => {
      const whose = accountId !== null ? { accountId } : customerId !== null ? { customerId } : null;
      const place = whose ?? (locationId === null ? null : { locationId });
      return { id, record: `on ${number ?? 'nothing'}`, jump: place && { ...place, noteId: id } };
    });
  },
  Document: async (db, ids) => {
    const rows = await db
      .selectFrom('document as d')
      .leftJoin('account as a', 'a.id', 'd.account_id')
      .leftJoin('customer as c', 'c.id', 'd.customer_id')
      .leftJoin('location as l', 'l.id', 'd.location_id')
      .select((eb) => ['d.id', 'd.type', eb.fn.coalesce('a.number', 'c.number', 'l.number').as('number')])
      .select(['d.account_id as accountId', 'd.customer_id as customerId', 'd.location_id as locationId'])
      .where('d.id', 'in', ids)
      .execute();
    return rows.map(({ id, type, number, accountId, customerId, locationId }) => {
      const whose = accountId !== null ? { accountId } : customerId !== null ? { customerId } : null;
      const jump = whose ?? (locationId === null ? null : { locationId });
      return { id, record: `${type} of ${number ?? 'nobody'}`, jump };
    });
  },
  Contact: async (db, ids) => {
    const rows = await db
      .selectFrom('contact as k')
      .leftJoin('customer as c', 'c.id', 'k.customer_id')
      .leftJoin('location as l', 'l.id', 'k.location_id')
      .select((eb) => ['k.id', eb.fn.coalesce('c.number', 'l.number').as('number')])
      .select(['k.customer_id as customerId', 'k.location_id as locationId'])
      .where('k.id', 'in', ids)
      .execute();
    return rows.map(({ id, number, customerId, locationId }) => {
      const jump = customerId !== null ? { customerId } : locationId === null ? null : { locationId };
      return { id, record: `of ${number ?? 'nobody'}`, jump };
    });
  },
  AppUser: async (db, ids) => {
    const rows = await db.selectFrom('app_user').select(['id', 'username']).where('id', 'in', ids).execute();
    return rows.map(({ id, username }) => ({ id, record: username, jump: null }));
  },
  CodeValue: async (db, ids) => {
    const rows = await db
      .selectFrom('code_value')
      .select(['id', 'table_name', 'code'])
      .where('id', 'in', ids)
      .execute();
    return rows.map(({ id, table_name: table, code }) => ({ id, record: `${table} ${code}`, jump: null }));
  },
  UserGroup: async (db, ids) => {
    const rows = await db.selectFrom('user_group').select(['id', 'code']).where('id', 'in', ids).execute();
    return rows.map(({ id, code }) => ({ id, record: code, jump: null }));
  },
  AccessToken: async (db, ids) => {
    const rows = await db
      .selectFrom('access_token as t')
      .innerJoin('app_user as u', 'u.id', 't.user_id')
      .select(['t.id', 'u.username'])
      .where('t.id', 'in', ids)
      .execute();
    return rows.map(({ id, username }) => ({ id, record: `of ${username}`, jump: null }));
  },
  ...CUSTOMER_READERS,
  ...MONEY_READERS,
};

/** The entries with the number or name of their record and the way there; one statement a kind of record. */
export async function labelled(db: Db, rows: readonly AuditRow[]): Promise<AuditRow[]> {
  const found = new Map<string, Label>();
  for (const [entity, group] of Map.groupBy(rows, (row) => row.entity ?? '')) {
    const ids = [...new Set(group.flatMap((row) => (row.entityId === null ? [] : [row.entityId])))];
    const reader = READERS[entity];
    if (!reader || ids.length === 0) continue;
    for (const label of await reader(db, ids)) found.set(`${entity} ${label.id}`, label);
  }
  return rows.map((row) => {
    const label = found.get(`${row.entity} ${row.entityId}`);
    return label ? { ...row, record: label.record, jump: label.jump } : row;
  });
}
