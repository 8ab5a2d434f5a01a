import { createHmac } from 'node:crypto';
import type { Database, HashCost } from '#db/database.ts';
import { IdMaker } from '#domain/ids.ts';
import { Failure } from '../failure.ts';
import { retrying } from '../retry.ts';
import { blobSealedWith, NotOpened, openBlob, openBytes, sealBlob, sealBytes, sealedWith } from './envelope.ts';
import { indexOf, indexPrefix } from './blind-index.ts';
import { addKey, type DataKey, type KeyPurpose, loadKeys } from './keys.ts';
import { type Master, readMaster } from './master.ts';

/** The record and kind that a sealed value belongs to; it opens nowhere else. */
export interface Place {
  /** `Customer`, `AutopayInstruction`, `AppUser`. */
  readonly entity: string;
  readonly entityId: number;
  /** `ssn`, `licence`, `bank-account`, `totp`. */
  readonly kind: string;
}

export interface Sealed {
  readonly sealed: string;
  readonly keyId: number;
}

export interface SealedFile {
  readonly sealed: Buffer;
  readonly keyId: number;
  readonly digest: string;
}

/** Seals and opens values. All but the index is quick and waits for nothing: good inside a transaction. */
export interface OpenVault {
  /** The key that seals what is new. */
  readonly keyId: number;
  /** What all indexes under the index key in use begin with. */
  readonly indexedAs: string;
  readonly seal: (value: string, place: Place) => Sealed;
  /** @throws Failure `refused` when the value was changed, cut or moved */
  readonly open: (sealed: string, place: Place) => string;
  /** Keyed digest of a file under the key that seals it: the same content has the same, and it tells nothing. */
  readonly digestOf: (content: Uint8Array) => string;
  readonly sealFile: (content: Uint8Array) => SealedFile;
  /** @throws Failure `refused` when the file was changed or is not the one of that digest */
  readonly openFile: (sealed: Buffer, digest: string) => Buffer;
  /** What a whole value is found by, under each key in use, that of new values first. Takes some 65 ms each. */
  readonly indexes: (kind: string, value: string) => Promise<readonly [string, ...string[]]>;
}

/** The sealed values' side of a database. */
export interface Vault {
  /**
   * Reads the master key and the data keys, making the first ones; before a transaction.
   * @throws Failure `unavailable` without the right key, saying what the administrator must do
   */
  readonly unlock: () => Promise<OpenVault>;
  /** The same with the keys that are there: makes none, so that it seals nothing new where there is none. */
  readonly peek: () => Promise<OpenVault>;
  /** Whether a key file is at hand, be it the right one or not. */
  readonly hasKeyFile: () => Promise<boolean>;
  /** The master key alone, for changing keys. @throws Failure `unavailable` */
  readonly master: () => Promise<Master>;
}

const vaults = new WeakMap<Database, Vault>();
const ids = new IdMaker();

/** The vault of a database; nothing is read before it is unlocked. */
export function vaultOf(database: Database): Vault {
  const known = vaults.get(database);
  if (known) return known;
  let master: Promise<Master> | null = null;
  const using = async <T>(use: (master: Master) => Promise<T>): Promise<T> => {
    master ??= readMaster(database.keys);
    try {
      return await use(await master);
    } catch (error) {
      // A key file may be put right, or in the place of another, while the program runs.
      master = null;
      throw error;
    }
  };
  const vault: Vault = {
    unlock: () => using(async (key) => openVault(await dataKeys(database, key), database.hashCost)),
    peek: () => using(async (key) => openVault(await loadKeys(database.db, key), database.hashCost)),
    hasKeyFile: () =>
      readMaster(database.keys).then(
        () => true,
        () => false,
      ),
    master: () =>
      using(async (key) => {
        await loadKeys(database.db, key);
        return key;
      }),
  };
  vaults.set(database, vault);
  return vault;
}

const PURPOSES: readonly KeyPurpose[] = ['field', 'index'];

async function dataKeys(database: Database, master: Master): Promise<DataKey[]> {
  const keys = await loadKeys(database.db, master);
  const missing = PURPOSES.filter((purpose) => !keys.some((key) => key.purpose === purpose && !key.retired));
  if (missing.length === 0) return keys;
  return retrying(ids, () =>
    database.transaction(async (db) => {
      const there = await loadKeys(db, master);
      for (const purpose of missing) {
        if (there.some((key) => key.purpose === purpose && !key.retired)) continue;
        await addKey(db, master, { id: ids.next(), purpose, now: Date.now() });
      }
      return loadKeys(db, master);
    }),
  );
}

const belongsTo = ({ entity, entityId, kind }: Place, keyId: number): string =>
  `${entity}:${kind}:${entityId}:${keyId}`;

function openVault(keys: readonly DataKey[], cost: HashCost | undefined): OpenVault {
  const fields = new Map(keys.filter((key) => key.purpose === 'field').map((key) => [key.id, key]));
  const newest = [...fields.values()].find((key) => !key.retired);
  const [first, ...others] = keys
    .filter((key) => key.purpose === 'index')
    .toSorted((a, b) => Number(a.retired) - Number(b.retired));
  return {
    keyId: newest?.id ?? 0,
    indexedAs: first ? indexPrefix(first.id) : '',
    seal: (value, place) => {
      const key = inUse(newest);
      const sealed = sealBytes(key.bytes, key.id, Buffer.from(value), belongsTo(place, key.id));
      return { sealed, keyId: key.id };
    },
    open: (sealed, place) => {
      const key = fields.get(sealedWith(sealed) ?? 0);
      if (!key) throw damaged();
      try {
        return openBytes(key.bytes, sealed, belongsTo(place, key.id)).toString('utf8');
      } catch (error) {
        throw error instanceof NotOpened ? damaged(error) : error;
      }
    },
    digestOf: (content) => fileDigest(inUse(newest), content),
    sealFile: (content) => {
      const key = inUse(newest);
      const digest = fileDigest(key, content);
      return { sealed: sealBlob(key.bytes, key.id, content, fileBelongs(digest, key.id)), keyId: key.id, digest };
    },
    openFile: (sealed, digest) => {
      const key = fields.get(blobSealedWith(sealed) ?? 0);
      if (!key) throw damagedFile();
      try {
        return openBlob(key.bytes, sealed, fileBelongs(digest, key.id));
      } catch (error) {
        throw error instanceof NotOpened ? damagedFile(error) : error;
      }
    },
    indexes: async (kind, value) => [
      await indexOf(first!, kind, value, cost),
      ...(await Promise.all(others.map((key) => indexOf(key, kind, value, cost)))),
    ],
  };
}

/** @throws Failure `unavailable` */
function inUse(key: DataKey | undefined): DataKey {
  if (!key) throw new Failure('unavailable', 'There is no key yet that seals.');
  return key;
}

const fileBelongs = (digest: string, keyId: number): string => `File:${digest}:${keyId}`;

/** Under a key made of the data key, which itself is for sealing only. */
function fileDigest({ bytes }: DataKey, content: Uint8Array): string {
  const key = createHmac('sha256', bytes).update('meterdesk digest of files').digest();
  return createHmac('sha256', key).update(content).digest('hex');
}

const damagedFile = (cause?: unknown): Failure =>
  new Failure(
    'refused',
    'This document cannot be opened: it was changed outside the program. Tell your administrator.',
    {},
    cause,
  );

const damaged = (cause?: unknown): Failure =>
  new Failure(
    'refused',
    'This number cannot be opened: it was changed or moved outside the program. Tell your administrator.',
    {},
    cause,
  );
