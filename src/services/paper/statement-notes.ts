import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';

/** Notes for whoever may read the least: a statement says the same whoever prints it. */
const EVERYBODY = 1;

/** What notes say that are used for statements: about the account, its customer or its place, until they expire. */
export async function statementNotes(
  db: Db,
  {
    id: accountId,
    customerId,
    locationId,
  }: { readonly id: number; readonly customerId: number; readonly locationId: number },
  today: CivilDate,
): Promise<string[]> {
  const rows = await db
    .selectFrom('note')
    .select('body')
    .where('used_for', '=', 'statement')
    .where('removed_at', 'is', null)
    .where('access_level', '=', EVERYBODY)
    .where((eb) => eb.or([eb('expires_on', 'is', null), eb('expires_on', '>=', today)]))
    .where((eb) =>
      eb.or([
        eb.and([
          eb('customer_id', '=', customerId),
          eb.or([eb('account_id', 'is', null), eb('account_id', '=', accountId)]),
        ]),
        eb.and([eb('customer_id', 'is', null), eb('location_id', '=', locationId)]),
      ]),
    )
    .orderBy('id')
    .execute();
  return rows.map(({ body }) => body.trim());
}
