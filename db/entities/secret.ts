import { defineEntity } from '@mikro-orm/core';
import { idColumn, instant, key, p, pk, text, version } from '../columns.ts';
import { AppUser } from './system.ts';

/** A key that seals values, itself sealed by the key file: worthless without it. */
export const CryptoKey = defineEntity({
  name: 'CryptoKey',
  tableName: 'crypto_key',
  properties: {
    id: pk(),
    /** `field`, `index`. */
    purpose: key(),
    /** The key under the key file's, base64. */
    wrapped: text(),
    /** Tells which key file opens it, without saying anything about that key. */
    masterId: key(),
    createdAt: instant(),
    /** No longer seals anything new; gone from use once nothing is sealed by it. */
    retiredAt: instant().nullable(),
  },
});

/** A sensitive value of a record: sealed, with its last four apart for those who may see only these. */
export const SecretValue = defineEntity({
  name: 'SecretValue',
  tableName: 'secret_value',
  properties: {
    id: pk(),
    /** Whose it is: `Customer`, `AutopayInstruction`, `AppUser`, with the record's id. */
    entity: key(),
    entityId: idColumn(),
    customerId: idColumn().nullable(),
    /** `ssn`, `licence`, `bank-account`, `totp`. */
    kind: key(),
    /** Version, key, nonce, ciphertext and tag, base64. */
    sealed: text(),
    keyId: idColumn(),
    last4: key().nullable(),
    /** What is not secret about it, such as a licence's state. */
    detail: text().nullable(),
    /** Shortened keyed hash for exact search by those who may. */
    blindIndex: key().nullable(),
    updatedAt: instant(),
    version: version(),
  },
  uniques: [{ name: 'secret_value_of', properties: ['entity', 'entityId', 'kind'] }],
  indexes: [
    { name: 'secret_value_index', properties: ['kind', 'blindIndex'] },
    { name: 'secret_value_key', properties: ['keyId'] },
    { name: 'secret_value_customer', properties: ['customerId'] },
  ],
});

/** One of the codes that let a user in once without the second factor; only its hash is kept. */
export const RecoveryCode = defineEntity({
  name: 'RecoveryCode',
  tableName: 'recovery_code',
  properties: {
    id: pk(),
    user: () => p.manyToOne(AppUser).ref().index(true).deleteRule('no action').updateRule('no action'),
    codeHash: key(),
    usedAt: instant().nullable(),
  },
});
