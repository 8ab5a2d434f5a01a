import type { Database } from '#db/database.ts';
import { IdMaker } from '#domain/ids.ts';
import { FINDABLE_KINDS } from '#domain/sensitive.ts';
import { Failure } from '../failure.ts';
import type { Progress } from '../operation.ts';
import { retrying } from '../retry.ts';
import { type OpenVault, vaultOf } from './vault.ts';

/** Rows of one transaction: others wait no longer than for a posting (guide: reliability §5.2). */
const SLICE = 200;
/** Indexes made at a time: each takes 19 MiB. */
const AT_A_TIME = 4;

const ids = new IdMaker();

/** What became of the numbers that were looked at. */
export interface Renewed {
  readonly renewed: number;
  /** Changed or moved outside the program: left as they are. */
  readonly damaged: number;
}

interface Row {
  readonly id: number;
  readonly entity: string;
  readonly entityId: number;
  readonly kind: string;
  readonly sealed: string;
}

function opened(vault: OpenVault, row: Row): string | null {
  try {
    return vault.open(row.sealed, row);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/**
 * Seals everything anew that another key than the newest seals, a slice a transaction. Broken
 * off at any moment it is gone on with by running it again.
 */
export async function resealAll(database: Database, onProgress: Progress = () => {}): Promise<Renewed> {
  const vault = await vaultOf(database).unlock();
  const of = await countOf(database, vault.keyId);
  let [after, renewed, damaged] = [0, 0, 0];
  for (;;) {
    const done = await retrying(ids, () => database.transaction((db) => resealSlice(db, vault, after)));
    if (done.last === null) return { renewed, damaged };
    after = done.last;
    renewed += done.renewed;
    damaged += done.damaged;
    onProgress('sealed anew', renewed + damaged, of);
  }
}

async function countOf({ db }: Database, keyId: number): Promise<number> {
  const { n } = await db
    .selectFrom('secret_value')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('key_id', '!=', keyId)
    .executeTakeFirstOrThrow();
  return Number(n);
}

async function resealSlice(
  db: Database['db'],
  vault: OpenVault,
  after: number,
): Promise<Renewed & { readonly last: number | null }> {
  const rows = await db
    .selectFrom('secret_value')
    .select(['id', 'entity', 'entity_id as entityId', 'kind', 'sealed'])
    .where('key_id', '!=', vault.keyId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(SLICE)
    .execute();
  let damaged = 0;
  for (const row of rows) {
    const value = opened(vault, row);
    if (value === null) damaged += 1;
    else {
      const { sealed, keyId } = vault.seal(value, row);
      await db.updateTable('secret_value').set({ sealed, key_id: keyId }).where('id', '=', row.id).execute();
    }
  }
  return { renewed: rows.length - damaged, damaged, last: rows.at(-1)?.id ?? null };
}

/**
 * Gives every number what it is found by under the newest index key; some 65 ms each. Broken
 * off at any moment it is gone on with by running it again.
 */
export async function indexAll(database: Database, onProgress: Progress = () => {}): Promise<Renewed> {
  const vault = await vaultOf(database).unlock();
  let [after, renewed, damaged] = [0, 0, 0];
  for (;;) {
    const rows = await unindexed(database, vault, after);
    if (rows.length === 0) return { renewed, damaged };
    for (let from = 0; from < rows.length; from += AT_A_TIME) {
      const some = rows.slice(from, from + AT_A_TIME).map((row) => ({ row, value: opened(vault, row) }));
      damaged += some.filter(({ value }) => value === null).length;
      const whole = some.flatMap(({ row, value }) => (value === null ? [] : [{ row, value }]));
      const indexes = await Promise.all(whole.map(async ({ row, value }) => (await vault.indexes(row.kind, value))[0]));
      await retrying(ids, () =>
        database.transaction(async (db) => {
          for (const [at, { row }] of whole.entries()) {
            // Whoever changed it meanwhile has given it an index.
            await db
              .updateTable('secret_value')
              .set({ blind_index: indexes[at]! })
              .where('id', '=', row.id)
              .where('sealed', '=', row.sealed)
              .execute();
          }
        }),
      );
      renewed += whole.length;
      onProgress('indexed', renewed + damaged, null);
    }
    after = rows.at(-1)!.id;
  }
}

const unindexed = ({ db }: Database, vault: OpenVault, after: number): Promise<Row[]> =>
  db
    .selectFrom('secret_value')
    .select(['id', 'entity', 'entity_id as entityId', 'kind', 'sealed'])
    .where('id', '>', after)
    .where('kind', 'in', FINDABLE_KINDS)
    .where((eb) => eb.or([eb('blind_index', 'is', null), eb('blind_index', 'not like', `${vault.indexedAs}%`)]))
    .orderBy('id')
    .limit(SLICE)
    .execute();
