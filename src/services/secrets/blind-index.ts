import { argon2, createHash } from 'node:crypto';
import { promisify } from 'node:util';
import type { HashCost } from '#db/database.ts';
import type { DataKey } from './keys.ts';

/**
 * Argon2id at the floor of OWASP: a stolen database and key still cost two years of a
 * processor for all social security numbers (guide: reliability §5.3).
 */
const COST: HashCost = { memory: 19_456, passes: 2 };
const FORM = { parallelism: 1, tagLength: 16 };
/** Kept bits: some values share an index, so that it says little; those found by chance are sorted out by opening them. */
const BITS = 15;

/** What a whole value of a kind is found by: the key's id and 15 bits. Equal values have equal indexes. */
export async function indexOf(key: DataKey, kind: string, value: string, cost: HashCost = COST): Promise<string> {
  const salt = createHash('sha256').update(`meterdesk index ${kind}`).digest().subarray(0, 16);
  const tag = await promisify(argon2)('argon2id', {
    message: value,
    nonce: salt,
    secret: key.bytes,
    ...cost,
    ...FORM,
  });
  return `${indexPrefix(key.id)}${(tag.readUInt16BE(0) >> (16 - BITS)).toString(16).padStart(4, '0')}`;
}

/** What all indexes under a key begin with. */
export const indexPrefix = (keyId: number): string => `${keyId.toString(36)}.`;
