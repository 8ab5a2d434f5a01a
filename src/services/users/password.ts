import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** `argon2` is taken when it is used: a start without it is sooner at its first screen. */
const hashWith = (parameters: Argon2Parameters): Promise<Buffer> => promisify(argon2)('argon2id', parameters);

/** Argon2id 64 MiB, 3 passes, 1 lane (guide: reliability §5.1). */
const COST = { memory: 65_536, passes: 3, parallelism: 1, tagLength: 32 };

const encode = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** The password as a PHC string with its parameters and a random salt. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await hashWith({ message: password.normalize('NFC'), nonce, ...COST });
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${encode(nonce)}$${encode(tag)}`;
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/;

/** A hash of nothing: verifying against it costs an unknown user the same time as a known one. */
const NOBODY = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Whether the password belongs to the hash; a null hash never matches and takes as long. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const match = PHC.exec(hash ?? NOBODY);
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
