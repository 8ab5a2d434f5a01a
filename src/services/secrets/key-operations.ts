import { z } from 'zod';
import type { KeySource } from '#db/database.ts';
import type { Db } from '#db/schema.ts';
import { Failure } from '../failure.ts';
import { command, query } from '../operation.ts';
import { addKey, type KeyPurpose } from './keys.ts';
import { type Master, masterOf } from './master.ts';

/** One data key, and how much hangs on it. */
export interface KeyState {
  readonly id: number;
  readonly purpose: string;
  readonly created: string;
  readonly retired: string | null;
  /** Numbers and files sealed by it; for an index key, numbers found by it. */
  readonly numbers: number;
}

const isoOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** The data keys, and how many numbers are sealed by each. Needs no key file. */
export const keyStates = query({
  name: 'keys.status',
  summary: 'The keys that seal sensitive numbers, and how many each one seals',
  permission: 'keys.manage',
  input: z.object({}),
  run: async ({ db }): Promise<readonly KeyState[]> => {
    const keys = await db.selectFrom('crypto_key').selectAll().orderBy('created_at').orderBy('id').execute();
    const states: KeyState[] = [];
    for (const { id, purpose, created_at: at, retired_at: retired } of keys) {
      const numbers = await sealedBy(db, id, purpose);
      states.push({ id, purpose, created: isoOf(at)!, retired: isoOf(retired), numbers });
    }
    return states;
  },
});

async function sealedBy(db: Db, keyId: number, purpose: string): Promise<number> {
  const { n } = await db
    .selectFrom('secret_value')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where((eb) =>
      purpose === 'field' ? eb('key_id', '=', keyId) : eb('blind_index', 'like', `${keyId.toString(36)}.%`),
    )
    .executeTakeFirstOrThrow();
  return Number(n) + (purpose === 'field' ? await filesSealedBy(db, keyId) : 0);
}

async function filesSealedBy(db: Db, keyId: number): Promise<number> {
  const { n } = await db
    .selectFrom('document_version')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('key_id', '=', keyId)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Makes a new data key, which seals what is new from now on; what is there is sealed anew by `keys rotate`. */
export const newKey = command({
  name: 'keys.new',
  summary: 'Make a new key for sensitive numbers, and retire the one before',
  permission: 'keys.manage',
  input: z.object({ purpose: z.enum(['field', 'index']).default('field') }),
  prepare: (_, { vault }) => vault.master(),
  run: async (ctx, { purpose }, master: Master) => {
    const id = ctx.newId();
    await ctx.db
      .updateTable('crypto_key')
      .set({ retired_at: ctx.now })
      .where('purpose', '=', purpose)
      .where('retired_at', 'is', null)
      .execute();
    await addKey(ctx.db, master, { id, purpose, now: ctx.now });
    ctx.audit({ entity: 'CryptoKey', entityId: id, changes: { purpose: [null, purpose] } });
    return { id, purpose };
  },
});

/** Erases retired keys that nothing is sealed by or found by any more. */
export const dropKeys = command({
  name: 'keys.drop',
  summary: 'Erase retired keys that seal nothing any more',
  permission: 'keys.manage',
  input: z.object({}),
  run: async (ctx) => {
    const retired = await ctx.db
      .selectFrom('crypto_key')
      .select(['id', 'purpose'])
      .where('retired_at', 'is not', null)
      .execute();
    const erased: number[] = [];
    for (const { id, purpose } of retired) {
      if ((await sealedBy(ctx.db, id, purpose)) > 0) continue;
      await ctx.db.deleteFrom('crypto_key').where('id', '=', id).execute();
      ctx.audit({ entity: 'CryptoKey', entityId: id, changes: { purpose: [purpose, null] } });
      erased.push(id);
    }
    return { erased: erased.length, kept: retired.length - erased.length };
  },
});

interface Rewrapping {
  readonly from: Master;
  readonly to: Master;
}

/**
 * Puts all data keys under another master key; the numbers stay as they are. Not in the
 * registry: the new key comes from a file, never from an input.
 */
export const rewrapUnder = (keys: KeySource) =>
  command({
    name: 'keys.rewrap',
    summary: 'Put the keys of sensitive numbers under another key file',
    permission: 'keys.manage',
    input: z.object({}),
    prepare: async (_, { vault }): Promise<Rewrapping> => {
      const from = await vault.master();
      const to = masterOf(await keys.read());
      if (to.id === from.id)
        throw new Failure('refused', 'This is the same key; make another file: meterdesk keys init.');
      return { from, to };
    },
    run: async (ctx, _, { from, to }: Rewrapping) => {
      const rows = await ctx.db.selectFrom('crypto_key').select(['id', 'purpose', 'wrapped']).execute();
      for (const { id, purpose, wrapped } of rows) {
        const key = from.unwrap(wrapped, id, purpose as KeyPurpose);
        await ctx.db
          .updateTable('crypto_key')
          .set({ wrapped: to.wrap(key, id, purpose), master_id: to.id })
          .where('id', '=', id)
          .execute();
        ctx.audit({ entity: 'CryptoKey', entityId: id, changes: { masterId: [from.id, to.id] } });
      }
      return { keys: rows.length };
    },
  });
