import { type Kysely, type RawBuilder, sql } from 'kysely';

/** A session at a record. */
export interface PresentRow {
  /** Random, one a sign-in. */
  readonly session: string;
  readonly userId: number;
  readonly username: string;
  /** Which record: `account 4711`. */
  readonly place: string;
  readonly doing: 'reading' | 'editing';
  /** The machine and the process there, so that who was killed is missed at once. */
  readonly host: string;
  readonly pid: number;
}

/**
 * Who has which record open. Kept beside the data: it is of the moment, must neither grow the
 * audit trail nor wake anybody's refresh, and nothing is lost with it.
 */
export interface PresenceStore {
  /** A number that changes when somebody came, went or began to edit. */
  readonly token: () => number | Promise<number>;
  /** Says where a session is, and that it is alive; `news` tells the others at once. */
  readonly put: (row: PresentRow, news: boolean) => Promise<void>;
  readonly remove: (session: string) => Promise<void>;
  /** Everybody at a place who was alive lately. */
  readonly at: (place: string) => Promise<PresentRow[]>;
  /** Leaves with every session that was put. */
  readonly close: () => Promise<void>;
}

/** A session that has not said so long that it is alive is not, ms. */
export const STALE_MS = 30_000;

/** The table, by the same name in the side file and on a server. */
export interface PresenceTables {
  meterdesk_present: {
    session: string;
    user_id: number;
    username: string;
    place: string;
    doing: 'reading' | 'editing';
    host: string;
    pid: number;
    seen_at: number;
  };
}

/** Its columns; `bigint` and `integer` are the same to SQLite. */
export const PRESENCE_COLUMNS = `session text primary key, user_id bigint not null, username text not null,
  place text not null, doing text not null, host text not null, pid integer not null, seen_at bigint not null`;

interface Surroundings {
  readonly token: PresenceStore['token'];
  /** Epoch ms by the clock that all who share the table go by. */
  readonly now: () => RawBuilder<number>;
  readonly tell: () => Promise<unknown>;
  readonly close: () => Promise<unknown>;
}

/** The store over a table. */
export function presenceOver(db: Kysely<PresenceTables>, { token, now, tell, close }: Surroundings): PresenceStore {
  const own = new Set<string>();
  const remove = async (session: string): Promise<void> => {
    own.delete(session);
    await db.deleteFrom('meterdesk_present').where('session', '=', session).execute();
    await tell();
  };
  return {
    token,
    remove,
    put: async ({ userId, ...row }, news) => {
      own.add(row.session);
      const values = { ...row, user_id: userId, seen_at: now() };
      await db
        .insertInto('meterdesk_present')
        .values(values)
        .onConflict((conflict) => conflict.column('session').doUpdateSet(values))
        .execute();
      if (!news) return;
      await db
        .deleteFrom('meterdesk_present')
        .where('seen_at', '<', sql<number>`${now()} - ${STALE_MS}`)
        .execute();
      await tell();
    },
    at: async (place) => {
      const rows = await db
        .selectFrom('meterdesk_present')
        .select(['session', 'user_id as userId', 'username', 'place', 'doing', 'host', 'pid'])
        .where('place', '=', place)
        .where('seen_at', '>=', sql<number>`${now()} - ${STALE_MS}`)
        .orderBy('username')
        .execute();
      return rows;
    },
    close: async () => {
      for (const session of own) await remove(session).catch(() => {});
      await close();
    },
  };
}

/** For a database that only this process can see. */
export function presenceInProcess(): PresenceStore {
  const rows = new Map<string, PresentRow>();
  let changes = 0;
  return {
    token: () => changes,
    put: async (row, news) => {
      rows.set(row.session, row);
      if (news) changes += 1;
    },
    remove: async (session) => {
      rows.delete(session);
      changes += 1;
    },
    at: async (place) => [...rows.values()].filter((row) => row.place === place),
    close: async () => rows.clear(),
  };
}
