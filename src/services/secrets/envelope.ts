import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/*
 * One sealed value: version (1) | key (8) | nonce (12) | ciphertext | tag (16), AES-256-GCM
 * (guide: reliability §5.2). What it belongs to is bound in as additional data, so that a
 * value moved to another row does not open.
 */

const VERSION = 1;
const HEAD = 1 + 8;
const NONCE = 12;
const TAG = 16;
const CIPHER = 'aes-256-gcm';

/** A sealed value does not open: another key, another place, or changed bytes. */
export class NotOpened extends Error {
  override name = 'NotOpened';
}

/** Seals the bytes under the key; base64. */
export const sealBytes = (key: Uint8Array, keyId: number, bytes: Uint8Array, belongsTo: string): string =>
  sealBlob(key, keyId, bytes, belongsTo).toString('base64');

/** The same as it is, for files. */
export function sealBlob(key: Uint8Array, keyId: number, bytes: Uint8Array, belongsTo: string): Buffer {
  const head = Buffer.alloc(HEAD);
  head.writeUInt8(VERSION, 0);
  head.writeBigUInt64BE(BigInt(keyId), 1);
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG });
  cipher.setAAD(Buffer.from(belongsTo));
  const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([head, nonce, text, cipher.getAuthTag()]);
}

/** @throws NotOpened */
export function openBytes(key: Uint8Array, sealed: string, belongsTo: string): Buffer {
  if (sealedWith(sealed) === null) throw new NotOpened();
  return openBlob(key, Buffer.from(sealed, 'base64'), belongsTo);
}

/** The same of a file. @throws NotOpened */
export function openBlob(key: Uint8Array, blob: Buffer, belongsTo: string): Buffer {
  if (blobSealedWith(blob) === null) throw new NotOpened();
  try {
    const decipher = createDecipheriv(CIPHER, key, blob.subarray(HEAD, HEAD + NONCE), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(belongsTo));
    decipher.setAuthTag(blob.subarray(-TAG));
    return Buffer.concat([decipher.update(blob.subarray(HEAD + NONCE, -TAG)), decipher.final()]);
  } catch (cause) {
    throw new NotOpened(undefined, { cause });
  }
}

/** The key that a sealed value names; null when it is not one. */
export function sealedWith(sealed: string): number | null {
  const blob = Buffer.from(sealed, 'base64');
  return blob.toString('base64') === sealed ? blobSealedWith(blob) : null;
}

/** The same of a file. */
export function blobSealedWith(blob: Buffer): number | null {
  if (blob.length < HEAD + NONCE + TAG || blob[0] !== VERSION) return null;
  return Number(blob.readBigUInt64BE(1));
}
