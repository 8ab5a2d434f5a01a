import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { HashCost } from '#db/database.ts';

/** `argon2` is taken when it is used: a start without it is sooner at its first screen. */
const hashWith = (parameters: Argon2Parameters): Promise<Buffer> => promisify(argon2)('argon2id', parameters);

/** Argon2id 64 MiB, 3 passes, 1 lane (guide: reliability §5.1). */
const COST: HashCost = { memory: 65_536, passes: 3 };
const FORM = { parallelism: 1, tagLength: 32 };
const NONCE_BYTES = 16;

const prefix = ({ memory, passes }: HashCost): string =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${FORM.parallelism}$`;

const encode = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** The password as a PHC string with its parameters and a salt, a random one unless given. */
export async function hashPassword(password: string, cost: HashCost = COST, salt?: Buffer): Promise<string> {
  const nonce = salt ?? randomBytes(NONCE_BYTES);
  const tag = await hashWith({ message: password.normalize('NFC'), nonce, ...cost, ...FORM });
  return `${prefix(cost)}${encode(nonce)}$${encode(tag)}`;
}

/** Whether the hash was made at another cost than new ones are: worth making anew when the password is at hand. */
export const isOutdated = (hash: string, cost: HashCost = COST): boolean => !hash.startsWith(prefix(cost));

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/;

/** A hash of nothing: verifying against it costs an unknown user the same time as a known one. */
const nobody = (cost: HashCost): string => `${prefix(cost)}${'A'.repeat(22)}$${'A'.repeat(43)}`;

/**
 * Whether the password belongs to the hash; a null hash never matches and takes as long.
 * @param cost of a null hash: that of new ones
 */
export async function verifyPassword(password: string, hash: string | null, cost: HashCost = COST): Promise<boolean> {
  const match = PHC.exec(hash ?? nobody(cost));
  if (!match) return false;
  const expected = Buffer.from(match[5]!, 'base64');
  const tag = await hashWith({
    message: password.normalize('NFC'),
    nonce: Buffer.from(match[4]!, 'base64'),
    memory: Number(match[1]),
    passes: Number(match[2]),
    parallelism: Number(match[3]),
    tagLength: expected.length,
  });
  return timingSafeEqual(tag, expected) && hash !== null;
}
