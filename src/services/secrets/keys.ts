import { randomBytes } from 'node:crypto';
import type { Db } from '#db/schema.ts';
import { Failure } from '../failure.ts';
import { NotOpened } from './envelope.ts';
import type { Master } from './master.ts';

/** What a data key is for: sealing values, or making what they are found by. */
export type KeyPurpose = 'field' | 'index';

const KEY_BYTES = 32;

/** A data key, unwrapped. */
export interface DataKey {
  readonly id: number;
  readonly purpose: KeyPurpose;
  readonly bytes: Uint8Array;
  readonly retired: boolean;
}

/**
 * All data keys of the database, newest first.
 * @throws Failure `unavailable` when they are under another master key, or changed
 */
export async function loadKeys(db: Db, master: Master): Promise<DataKey[]> {
  const rows = await db
    .selectFrom('crypto_key')
    .select(['id', 'purpose', 'wrapped', 'master_id', 'retired_at'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => {
    if (row.master_id !== master.id) {
      throw new Failure(
        'unavailable',
        'Tell your administrator: this is not the key file that numbers were sealed with.',
      );
    }
    return {
      id: row.id,
      purpose: row.purpose as KeyPurpose,
      bytes: unwrapped(master, row),
      retired: row.retired_at !== null,
    };
  });
}

function unwrapped(master: Master, row: { id: number; purpose: string; wrapped: string }): Uint8Array {
  try {
    return master.unwrap(row.wrapped, row.id, row.purpose);
  } catch (error) {
    if (!(error instanceof NotOpened)) throw error;
    throw new Failure(
      'unavailable',
      `Tell your administrator: key ${row.id} of the sensitive numbers was changed.`,
      {},
      error,
    );
  }
}

/** Makes a data key; from now on it seals what is new. Must run in a transaction. */
export async function addKey(
  db: Db,
  master: Master,
  key: { id: number; purpose: KeyPurpose; now: number },
): Promise<void> {
  await db
    .insertInto('crypto_key')
    .values({
      id: key.id,
      purpose: key.purpose,
      wrapped: master.wrap(randomBytes(KEY_BYTES), key.id, key.purpose),
      master_id: master.id,
      created_at: key.now,
      retired_at: null,
    })
    .execute();
}
