import type { Db } from '#db/schema.ts';
import { Failure } from '../failure.ts';
import type { OpenVault, Place } from './vault.ts';

/** What is kept of a value beside the value. */
export interface Kept {
  readonly customerId?: number | null;
  readonly last4?: string | null;
  /** What is not secret about it, such as a licence's state. */
  readonly detail?: string | null;
  readonly blindIndex?: string | null;
}

/** Seals a value in the place of the one before; must run in a transaction. */
export async function putSecret(
  db: Db,
  vault: OpenVault,
  place: Place,
  value: string,
  kept: Kept,
  { id, now }: { id: number; now: number },
): Promise<void> {
  const { sealed, keyId } = vault.seal(value, place);
  await assertKept(db, keyId);
  const fields = {
    customer_id: kept.customerId ?? null,
    sealed,
    key_id: keyId,
    last4: kept.last4 ?? null,
    detail: kept.detail ?? null,
    blind_index: kept.blindIndex ?? null,
    updated_at: now,
  };
  await db
    .insertInto('secret_value')
    .values({ id, entity: place.entity, entity_id: place.entityId, kind: place.kind, ...fields, version: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['entity', 'entity_id', 'kind'])
        .doUpdateSet((eb) => ({ ...fields, version: eb('secret_value.version', '+', 1) })),
    )
    .execute();
}

/** Changes what is not secret about a value. */
export const putDetail = (db: Db, place: Place, detail: string | null, now: number) =>
  db
    .updateTable('secret_value')
    .set((eb) => ({ detail, updated_at: now, version: eb('version', '+', 1) }))
    .where('entity', '=', place.entity)
    .where('entity_id', '=', place.entityId)
    .where('kind', '=', place.kind)
    .execute();

/** A key may have been changed and taken away since the vault was unlocked. */
async function assertKept(db: Db, keyId: number): Promise<void> {
  const key = await db.selectFrom('crypto_key').select('id').where('id', '=', keyId).executeTakeFirst();
  if (!key) throw new Failure('busy', 'The keys have just been changed. Nothing was saved; try again.');
}

/** The sealed value of a place; undefined when there is none. */
export const findSealed = (db: Db, place: Place) =>
  db
    .selectFrom('secret_value')
    .select(['id', 'sealed', 'last4', 'detail', 'customer_id', 'version'])
    .where('entity', '=', place.entity)
    .where('entity_id', '=', place.entityId)
    .where('kind', '=', place.kind)
    .executeTakeFirst();

/** Takes a value away; whether there was one. */
export async function dropSecret(db: Db, place: Place): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('secret_value')
    .where('entity', '=', place.entity)
    .where('entity_id', '=', place.entityId)
    .where('kind', '=', place.kind)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
