import { type Kysely, sql } from 'kysely';
import { databaseTrouble } from './errors.ts';
import { PRESENCE_COLUMNS, presenceOver, type PresenceStore, type PresenceTables } from './presence.ts';
import { PRESENCE_CHANNEL, type PostgresListener } from './postgres-listener.ts';

/**
 * The presence of a utility on a server: an unlogged table, made when it is first needed, and a
 * notice when somebody comes or goes. While the notices cannot be heard it is looked up each time.
 */
export async function openPostgresPresence(
  db: Kysely<PresenceTables>,
  listener: PostgresListener,
): Promise<PresenceStore> {
  const make = () => sql.raw(`create unlogged table if not exists meterdesk_present (${PRESENCE_COLUMNS})`).execute(db);
  // Two that make it at the same moment: the second finds it made.
  await make().catch((error: unknown) => {
    if (databaseTrouble(error) !== 'duplicate') throw error;
  });
  let unheard = 0;
  return presenceOver(db, {
    token: () => listener.heard(PRESENCE_CHANNEL) ?? --unheard,
    now: () => sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
    tell: () => sql.raw(`notify ${PRESENCE_CHANNEL}`).execute(db),
    close: async () => {},
  });
}
