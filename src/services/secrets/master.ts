import { hkdfSync } from 'node:crypto';
import type { KeySource } from '#db/database.ts';
import { Failure } from '../failure.ts';
import { openBytes, sealBytes } from './envelope.ts';

const KEY_BYTES = 32;
const ID_BYTES = 8;

/** What the master key is for: it seals the keys that seal values, and nothing else. */
export interface Master {
  /** Tells masters apart without saying anything about them. */
  readonly id: string;
  readonly wrap: (key: Uint8Array, keyId: number, purpose: string) => string;
  /** @throws NotOpened */
  readonly unwrap: (wrapped: string, keyId: number, purpose: string) => Uint8Array;
}

/** @throws Failure `unavailable`, with what the administrator must do */
export async function readMaster(keys: KeySource | undefined): Promise<Master> {
  if (!keys)
    throw new Failure('unavailable', 'Tell your administrator: no key file for sensitive numbers is known here.');
  let bytes: Uint8Array;
  try {
    bytes = await keys.read();
  } catch (error) {
    const why = error instanceof Error && error.name === 'KeyFileRefused' ? error.message : 'The key cannot be read.';
    throw new Failure(
      'unavailable',
      `Tell your administrator: sensitive numbers cannot be opened here. ${why}`,
      {},
      error,
    );
  }
  return masterOf(bytes);
}

/** The master key of these 32 bytes: one derived key a purpose, so that what leaks of one says nothing about another. */
export function masterOf(bytes: Uint8Array): Master {
  const derived = (purpose: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', bytes, new Uint8Array(), `meterdesk ${purpose}`, length));
  const id = derived('master-id', ID_BYTES).toString('hex');
  const wrapping = (purpose: string): Buffer => derived(`${purpose}-wrapping`, KEY_BYTES);
  const belongsTo = (keyId: number, purpose: string): string => `crypto_key:${purpose}:${keyId}`;
  return {
    id,
    wrap: (key, keyId, purpose) => sealBytes(wrapping(purpose), keyId, key, belongsTo(keyId, purpose)),
    unwrap: (wrapped, keyId, purpose) => openBytes(wrapping(purpose), wrapped, belongsTo(keyId, purpose)),
  };
}
